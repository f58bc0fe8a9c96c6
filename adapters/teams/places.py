"""Where things happen in Teams, in the core's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.directory import addresses
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind

if TYPE_CHECKING:
    from adapters.teams.payloads import Activity

PLATFORM = "teams"
CHANNEL_ID = "msteams"  # how the Bot Framework calls Teams
PERSONAL = "personal"
_THREAD = ";messageid="


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A conversation as Teams knows it, and how it is reached."""

    service_url: str
    conversation: str  # a thread of a channel is one by itself
    tenant: str
    bot: str  # our own account there
    team: str = ""  # of a channel
    group: str = ""  # that team, as the directory calls it
    personal: bool = False

    @property
    def channel(self) -> str:
        """Name the channel, whatever thread of it this is."""
        return self.conversation.partition(_THREAD)[0]

    @property
    def thread(self) -> tuple[str, ...]:
        """Name the message that began this thread of a channel, the two ways cards of ours are called."""
        began = self.conversation.partition(_THREAD)[2]
        return (f"{self.conversation}|{began}", f"{self.channel}|{began}") if began else ()


def spot_of(activity: Activity) -> Spot:
    """Say where it happened; raise ValueError where nobody says whose Teams it is."""
    data, place = activity.channel_data, activity.conversation
    tenant = place.tenant_id or (data.tenant.id if data is not None and data.tenant is not None else None)
    if tenant is None:
        raise ValueError("no tenant")
    team = data.team.id if data is not None and data.team is not None else ""
    return Spot(
        service_url=activity.service_url,
        conversation=place.id,
        tenant=tenant,
        bot=activity.recipient.id if activity.recipient is not None else "",
        team=team,
        group=data.team.aad_group_id if data is not None and data.team is not None else "",
        personal=_is_personal(activity),
    )


def _is_personal(activity: Activity) -> bool:
    kind = activity.conversation.conversation_type
    if kind is None:  # some activities do not say; a thread of a channel has its mark, a team its data
        data = activity.channel_data
        in_team = data is not None and data.team is not None
        return not in_team and not activity.conversation.id.startswith("19:")
    return kind == PERSONAL


def direct(account: str) -> str:
    """Name the direct chat with somebody."""
    return addresses.direct_chat(account)


def is_direct(address: str) -> bool:
    """Say whether an address is that of a direct chat."""
    return address.startswith(direct(""))


def origin_of(activity: Activity, spot: Spot, key: str) -> Origin:
    """Write who acts, and where, in the core's words."""
    data, sender = activity.channel_data, activity.sender
    channel = data.channel if data is not None else None
    unnamed = spot.personal or (channel is not None and channel.is_private)  # whoever is outside reads no name of ours
    name = (channel.name if channel is not None else None) or activity.conversation.name
    return Origin(
        key=key,
        platform=PLATFORM,
        workspace=spot.tenant,
        account=sender.id,
        alias=sender.aad_object_id or "",
        name=sender.name or "",
        time_zone=next((one.timezone for one in activity.entities if one.timezone), activity.local_timezone),
        locale=activity.locale or next((one.locale for one in activity.entities if one.locale), ""),
        conversation=direct(sender.id) if spot.personal else spot.channel,
        kind=ConversationKind.DIRECT if spot.personal else ConversationKind.CHANNEL,
        conversation_name="" if unnamed else name or "",
        under=spot.thread,
    )
