"""Who acts and where, in the core's words; and what a modal remembers of it, for Slack does not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field, TypeAdapter

from adapters.slack.payloads import Shape
from bot.directory import addresses
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind

if TYPE_CHECKING:
    from adapters.slack.payloads import Account, Channel, Enterprise, Team, View

PLATFORM = "slack"
DIRECT_NAMES = ("directmessage", "")  # how commands and clicks name a direct chat
NAMELESS = ("privategroup",)  # Slack does not say what a private channel is called
GROUP = "mpdm-"  # how the made-up name of a direct chat of several begins
_FIELDS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where something was done."""

    conversation: str
    kind: ConversationKind
    name: str = ""


def in_channel(channel: str, name: str, account: str) -> Where:
    """Say where a channel is; in any direct chat, also one of two people, we answer in our own with whoever asked."""
    if channel.startswith("D") or name in DIRECT_NAMES:
        return in_direct(account)
    called = "" if name in NAMELESS or name.startswith(GROUP) else name
    return Where(conversation=channel, kind=ConversationKind.CHANNEL, name=called)


def in_direct(account: str) -> Where:
    """Say where the direct chat with somebody is; what Slack calls it is looked up when something is sent there."""
    return Where(conversation=addresses.direct_chat(account), kind=ConversationKind.DIRECT)


def where_clicked(channel: Channel | None, account: Account) -> Where:
    """Say where a message or a menu is."""
    return in_channel(channel.id, channel.name, account.id) if channel is not None else in_direct(account.id)


def origin_of(key: str, team: Team | None, account: Account, where: Where) -> Origin:
    """Say who acts; raise ValueError where nobody says in which workspace."""
    workspace = team.id if team is not None else account.team_id
    if workspace is None:
        raise ValueError("no workspace")
    return origin(key, workspace, account.id, where, name=account.name or account.username)


def origin(key: str, workspace: str, account: str, where: Where, *, name: str = "") -> Origin:
    """Write it in the core's words."""
    return Origin(
        key=key,
        platform=PLATFORM,
        workspace=workspace,
        account=account,
        name=name,
        conversation=where.conversation,
        kind=where.kind,
        conversation_name=where.name,
    )


def enterprise_of(team: Team | None, enterprise: Enterprise | None) -> str:
    """Name the organisation a workspace is part of; empty for those that are by themselves."""
    if enterprise is not None:
        return enterprise.id
    return (team.enterprise_id or "") if team is not None else ""


def is_stranger(team: Team | None, account: Account) -> bool:
    """Say whether somebody belongs to another workspace than the one we were installed in.

    Organisations of several workspaces share their people: there it says nothing.
    """
    return team is not None and team.enterprise_id is None and account.team_id not in (None, team.id)


class Metadata(Shape):
    """What a modal remembers: the command it asks for, hidden fields, and the channel it was opened in."""

    command: str = ""
    fields: dict[str, str] = Field(default={})
    channel: str = ""
    channel_name: str = ""


def metadata_of(view: View) -> Metadata:
    """Read what a modal remembers; raise ValueError for what is none of ours."""
    return Metadata.model_validate_json(view.private_metadata or "{}")


def with_place(view: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """Have a modal remember in which channel it was opened: its answers do not say."""
    found = Metadata.model_validate_json(view.get("private_metadata") or "{}")
    if origin.kind is ConversationKind.CHANNEL:
        place = {"channel": origin.conversation, "channel_name": origin.conversation_name}
        found = found.model_copy(update=place)
    return view | {"private_metadata": found.model_dump_json(exclude_defaults=True)}


def where_opened(view: View, account: Account) -> Where:
    """Say where a modal was opened."""
    about = metadata_of(view)
    if not about.channel:
        return in_direct(account.id)
    return in_channel(about.channel, about.channel_name or NAMELESS[0], account.id)


def depth(view: View | None) -> int:
    """Count the modals that lie on one another."""
    if view is None:
        return 0
    if not view.previous_view_id:
        return 1
    return 2 if view.previous_view_id == view.root_view_id else 3


def read_fields(written: str) -> dict[str, str]:
    """Read fields as they stand on a button; raise ValueError for anything else."""
    return {name: value.replace("\0", "") for name, value in _FIELDS.validate_json(written).items()}
