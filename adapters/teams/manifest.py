"""The app package an admin uploads to Teams: the manifest, and two icons."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.teams.settings import GUID
from bot.errors import WrongUse
from bot.run.addresses import public_address

ABOUT = "/teams/about"
ICONS = Path(__file__).parent / "icons"
VERSION = "1.1.0"  # raised with the content: Teams takes an update only of a higher one
# 1.23 is taken by every tenant; real slash commands, and messages that only one person sees, came with 1.29.
PLAIN_SCHEMA, SLASH_SCHEMA = "1.23", "1.29"
SCHEMA_URL = "https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.schema.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same package has the same bytes, whenever it is written

# What the menu offers, in the words the grammar reads; some are put in place and finished by whoever types.
MENU = (
    ("calm", "The de-escalation playbook that fits: calm she keeps shouting about the refund"),
    ("recuse", "Find a colleague who takes the case over: recuse CASE-42 heated: charged twice"),
    ("incident open", "Promise customers an update: incident open sev2 Card payments fail"),
    ("incident", "What is open, and what was promised"),
    ("status", "Everything that concerns you, on one card"),
    ("zanshin away", "Take a break: zanshin away 30m lunch"),
    ("zanshin back", "Be available again"),
    ("zanshin team", "Who is on the team"),
    ("zanshin settings", "Change the settings of your organisation"),
    ("help", "Everything I can do"),
)
PUBLIC_MENU = ("calm", "recuse", "incident", "status", "help")  # where one word is taken, and answered in private
EXTENSIONS = (
    ("find-playbook", "Which playbook fits?", "Find the playbook for what this customer wrote"),
    ("recuse-me", "Recuse me from this", "Find a colleague, with this message as the note"),
    ("open-incident", "Open an incident", "Open one, with this message as its title"),
    ("draft-update", "Use as update draft", "Tell customers, in the words of this"),
)
SENTENCES = "playbook-sentences"


def manifest(url: str | None, app_id: str | None, *, slash: bool = False, version: str | None = None) -> dict[str, Any]:
    """Write the manifest of an app that is reached at `url`; `slash`: for tenants that have slash commands.

    Raises WrongUse for an address that Teams cannot reach, for an id that is none, and for such a version.
    """
    base, bot = public_address(url, "Teams"), _guid(app_id)
    schema = SLASH_SCHEMA if slash else PLAIN_SCHEMA
    return {
        "$schema": SCHEMA_URL.format(version=schema),
        "manifestVersion": schema,
        "version": _version(version),
        "id": bot,
        "developer": {
            "name": "Zanshin",
            "websiteUrl": base + ABOUT,
            "privacyUrl": f"{base}{ABOUT}#privacy",
            "termsOfUseUrl": f"{base}{ABOUT}#terms",
        },
        "name": {"short": "Zanshin", "full": "Zanshin for customer support"},
        "description": {
            "short": "Stay calm under attack: playbooks, handoffs, promises kept",
            "full": "Zanshin helps support agents when a customer gets heated: the playbook that fits, for their eyes "
            "only; a colleague who takes the case over; and reminders of the update that was promised.",
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#234A4F",
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "bots": [_bot(bot, slash=slash)],
        "composeExtensions": [_extension(bot)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [urlsplit(base).netloc],
    }


def _bot(bot: str, *, slash: bool) -> dict[str, Any]:
    commands = [{"title": title, "description": says} for title, says in MENU]
    public = commands if slash else [one for one in commands if one["title"] in PUBLIC_MENU]
    triggers: dict[str, Any] = {"triggers": ["mention", "slash"]} if slash else {}
    return {
        "botId": bot,
        "scopes": ["personal", "team", "groupChat"],
        "supportsFiles": False,
        "isNotificationOnly": False,
        **({"supportsTargetedMessages": True} if slash else {}),
        "commandLists": [
            {"scopes": ["personal"], "commands": commands},
            {"scopes": ["team", "groupChat"], "commands": public, **triggers},
        ],
    }


def _extension(bot: str) -> dict[str, Any]:
    search = {
        "id": SENTENCES,
        "type": "query",
        "context": ["compose", "commandBox"],
        "title": "Sentences to say",
        "description": "Find a sentence of a playbook, and drop it into what you write",
        "initialRun": True,
        "parameters": [{"name": "words", "title": "Words", "description": "What it is about", "inputType": "text"}],
    }
    actions = [
        {"id": id_, "type": "action", "context": ["message"], "fetchTask": True, "title": title, "description": says}
        for id_, title, says in EXTENSIONS
    ]
    return {"botId": bot, "commands": [search, *actions]}


def package(written: dict[str, Any]) -> bytes:
    """Pack a manifest with the icons, as Teams takes it."""
    files = {
        "manifest.json": json.dumps(written, indent=2, ensure_ascii=False).encode(),
        "color.png": (ICONS / "color.png").read_bytes(),
        "outline.png": (ICONS / "outline.png").read_bytes(),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return packed.getvalue()


def _guid(app_id: str | None) -> str:
    tidy = (app_id or "").strip().lower()
    wanted = "Give the id of the Entra app with --app-id: the portal calls it Application (client) ID."
    if not re.fullmatch(GUID, tidy):
        raise WrongUse(f"“{tidy[:60]}” is no such id. {wanted}" if tidy else wanted)
    if all(len(set(group)) == 1 for group in tidy.split("-")):  # 00000000-…, 11111111-2222-…
        raise WrongUse(f"{tidy} stands for an id, and is none. {wanted}")
    return tidy


def _version(version: str | None) -> str:
    if version is not None and not re.fullmatch(r"[1-9]\d{0,4}(\.(0|[1-9]\d{0,4})){2}", version):
        raise WrongUse(f"{version} is no version Teams takes. Give one such as --version 1.1.0, higher than before.")
    return version or VERSION
