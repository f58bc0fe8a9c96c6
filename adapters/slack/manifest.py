"""The manifest: everything an admin of Slack would otherwise have to click together, for "From a manifest"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.errors import WrongUse
from bot.run.addresses import public_address

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

COMMANDS = (
    ("/calm", "The de-escalation playbook that fits, for your eyes only", "[what is happening, or a playbook]"),
    ("/recuse", "Find a colleague who takes over a heated case", "[@colleague] [case] [heated|attack|exhausted: why]"),
    ("/incident", "Keep the promise of the next customer update", "[open|update|list|… , or nothing for help]"),
    ("/zanshin", "Your team, your breaks, the board, settings", "[help|status|away 30m|back|team|settings]"),
)

# What each permission is for; without any one of them something people rely on stops.
SCOPES = {
    "app_mentions:read": "hear its name in channels and threads, where slash commands are not",
    "channels:read": "know what public channels are called, and whether it was invited",
    "chat:write": "say anything at all: playbooks, offers, reminders",
    "commands": "take /calm, /recuse, /incident, /zanshin and the shortcuts",
    "dnd:read": "ask those first who do not want to be undisturbed",
    "files:write": "show the picture of a report",
    "groups:read": "do so for private channels it was invited to",
    "im:history": "hear what is typed to it in its direct chat",
    "im:write": "open the direct chat in which offers and reminders arrive",
    "reactions:write": "show that it heard its name, before it answers in private",
    "usergroups:read": "fill the team from a user group",
    "users:read": "know names, and who is a guest or was deactivated",
}

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_rename",
    "group_rename",
    "message.im",
    "tokens_revoked",
    "user_change",
)


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """A shortcut: chosen on a message, or from anywhere."""

    id: str
    name: str
    says: str
    on_message: bool


SHORTCUTS = (
    MenuEntry(
        id="find-playbook",
        name="Which playbook fits?",
        says="Find the playbook for what this customer wrote",
        on_message=True,
    ),
    MenuEntry(
        id="recuse-me",
        name="Recuse me from this",
        says="Find a colleague, with this message as the note",
        on_message=True,
    ),
    MenuEntry(
        id="open-incident", name="Open an incident", says="Open one, with this message as its title", on_message=True
    ),
    MenuEntry(
        id="draft-update", name="Use as update draft", says="Tell customers, in the words of this", on_message=True
    ),
    MenuEntry(id="calm-now", name="Find a playbook", says="The de-escalation playbook that fits", on_message=False),
    MenuEntry(id="recuse-now", name="Recuse me", says="Find a colleague who takes over", on_message=False),
    MenuEntry(id="incident-now", name="Report an incident", says="Promise customers an update", on_message=False),
    MenuEntry(
        id="update-now", name="Write an update", says="Tell customers what is known, and what is next", on_message=False
    ),
)


def manifest(url: str | None, *, socket: bool = False, many: bool = False) -> dict[str, Any]:
    """Write the manifest of an app that is reached at `url`, or down a socket; `many`: installed by OAuth.

    Raises WrongUse for an address that Slack cannot reach.
    """
    base = "" if socket and url is None else public_address(url, "Slack", "--socket")
    reached = {} if socket else {"request_url": base + EVENTS_PATH}
    redirects = {"redirect_urls": [base + REDIRECT_PATH]} if many and base else {}
    if many and not base:
        raise WrongUse("Installing by OAuth needs an address Slack can send people back to: add --url https://…")
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Zanshin",
            "description": "Stay calm under attack: playbooks, handoffs, promises kept",
            "background_color": "#234a4f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Zanshin", "always_online": True},
            "shortcuts": [_shortcut(entry) for entry in SHORTCUTS],
            "slash_commands": [_command(*command, base="" if socket else base) for command in COMMANDS],
        },
        "oauth_config": {**redirects, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "org_deploy_enabled": many,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": many,
        },
    }


def _shortcut(entry: MenuEntry) -> dict[str, str]:
    kind = "message" if entry.on_message else "global"
    return {"name": entry.name, "type": kind, "callback_id": entry.id, "description": entry.says}


def _command(name: str, description: str, hint: str, *, base: str) -> dict[str, Any]:
    address = {"url": base + EVENTS_PATH} if base else {}
    return {"command": name, **address, "description": description, "usage_hint": hint, "should_escape": True}
