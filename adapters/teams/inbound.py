"""What Teams sends, translated: pure, and strict about its shape. Who, where, what is wanted, and how to answer."""

from __future__ import annotations

import enum
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from adapters.teams.cards import ANSWER
from adapters.teams.payloads import Account, Activity, CardAction, Extension, Place
from adapters.teams.places import CHANNEL_ID, PLATFORM, Spot, origin_of, spot_of
from adapters.teams.posts import words_of
from adapters.teams.render import PLACE
from adapters.teams.words import mentioned_in, spoken
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind
from bot.door.wanted import Pressed, Submitted, Typed
from bot.say.messages import Form
from bot.typing.addressing import MARKS, said_to_us, without_marks
from bot.typing.command import TYPED_LIMIT
from bot.typing.quoting import answered, quoted, thing

SHOW_HOME = ("status", "home", "board")  # what people type to see what Home shows elsewhere
# What an extension asks for on a message: the command, the field its words go into, and how much of it fits.
EXTENSIONS = {
    "find-playbook": ("calm", "words", TYPED_LIMIT),
    "recuse-me": ("recuse", "note", 3000),
    "open-incident": ("ask-to-open", "title", 200),
    "draft-update": ("ask-for-update", "notice", 1500),
}
_TICKED = ("yes", "true", "True")


class Via(enum.Enum):
    """How something reached us, and so how it can be answered."""

    DIRECT = "direct"  # words in the personal chat
    MENTION = "mention"  # words in a channel or group chat, where everybody reads along
    TARGETED = "targeted"  # words in such a place that only the two of us see
    CARD = "card"  # a press on a card, answered at once
    SUBMIT = "submit"  # a press on a card by a client that waits for no answer
    DIALOG = "dialog"  # an extension of a message, or a form in a dialog


@dataclass(frozen=True, kw_only=True)
class Filled(Submitted):
    """A form that was sent."""

    form: Form  # as it was asked, to be asked again


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A press on a card that is none of ours, or none any more."""


@dataclass(frozen=True, kw_only=True)
class OpenedHome:
    """Somebody wants to see their Home."""


Wanted = Typed | Pressed | Filled | OpenedHome | Unread


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody did, and everything that answering them takes."""

    origin: Origin
    spot: Spot
    via: Via
    wanted: Wanted
    directory_id: str = ""  # how the directory of the tenant knows whoever acts
    mentioned: tuple[tuple[str, str], ...] = ()  # accounts Teams has named in it, with their names
    message: str = ""  # the message that was typed, or whose card was pressed


@dataclass(frozen=True, kw_only=True)
class Query:
    """Somebody looks for sentences while they write."""

    origin: Origin
    spot: Spot
    words: str


@dataclass(frozen=True, kw_only=True)
class CameIn:
    """We were added somewhere; `greets`: just now, and Teams tells it once."""

    origin: Origin
    spot: Spot
    directory_id: str = ""
    greets: bool = False


@dataclass(frozen=True, kw_only=True)
class WentOut:
    """We were removed from somewhere."""

    spot: Spot
    account: str


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """A channel is called otherwise now."""

    spot: Spot
    channel: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """A client asks for the newest version of a card it shows: the one it shows is it."""


@dataclass(frozen=True, kw_only=True)
class PeopleLeft:
    """People are in a team no more."""

    spot: Spot
    accounts: tuple[str, ...]


Inbound = Act | Query | CameIn | WentOut | Renamed | Refreshed | PeopleLeft


def read(activity: Activity) -> Inbound | None:
    """Say what an activity wants; None: nothing of us. Raises ValueError for a shape that is none."""
    if activity.channel_id != CHANNEL_ID:
        return None
    spot = spot_of(activity)
    match activity.type:
        case "message":
            return _message(activity, spot)
        case "invoke":
            return _invoke(activity, spot)
        case "installationUpdate":
            return _installed(activity, spot)
        case "conversationUpdate":
            return _changed(activity, spot)
        case _:
            return None


# --- messages ---------------------------------------------------------------------------------


def _message(activity: Activity, spot: Spot) -> Act | None:
    if activity.value is not None:
        try:
            return _press(activity, spot, Via.SUBMIT, activity.value, message=activity.reply_to_id)
        except ValueError:
            return _act(activity, spot, Via.SUBMIT, Unread(), message=None)
    words = _to_us(activity, spot)
    if spot.personal:
        return _act(activity, spot, Via.DIRECT, _typed(words), message=activity.id)
    if activity.recipient is not None and activity.recipient.is_targeted:
        return _act(activity, spot, Via.TARGETED, _typed(words, alone=True), message=activity.id)
    return _act(activity, spot, Via.MENTION, _typed(without_marks(words), aloud=True), message=activity.id)


def _to_us(activity: Activity, spot: Spot) -> str:
    words = spoken(activity.text or "", activity.entities, activity.recipient)
    targeted = activity.recipient is not None and activity.recipient.is_targeted
    return said_to_us(words, (spot.bot,), aloud=not spot.personal and not targeted)


def _typed(words: str, *, aloud: bool = False, alone: bool = False) -> Typed | OpenedHome:
    if words.strip(MARKS).lower().lstrip("/") in SHOW_HOME:
        return OpenedHome()
    return Typed(words=words or "/zanshin", aloud=aloud, alone=alone)


# --- invokes ----------------------------------------------------------------------------------


def _invoke(activity: Activity, spot: Spot) -> Inbound | None:
    match activity.name:
        case "adaptiveCard/action":
            sent = CardAction.model_validate(activity.value)
            if sent.trigger == "automatic":
                return Refreshed()
            return _press(activity, spot, Via.CARD, sent.action.data, message=activity.reply_to_id)
        case "composeExtension/query":
            return _query(activity, spot)
        case "composeExtension/fetchTask":
            return _on_message(activity, spot)
        case "composeExtension/submitAction" | "task/submit" | "task/fetch":
            data = Extension.model_validate(thing(activity.value) or {}).data
            return _press(activity, spot, Via.DIALOG, data, message=None)
        case _:
            return None


def _query(activity: Activity, spot: Spot) -> Query:
    asked = Extension.model_validate(thing(activity.value) or {})
    words = " ".join(one.value for one in asked.parameters if one.name == "words")
    return Query(origin=origin_of(activity, spot, _key(activity)), spot=spot, words=words[:TYPED_LIMIT].strip())


def _on_message(activity: Activity, spot: Spot) -> Act | None:
    asked = Extension.model_validate(thing(activity.value) or {})
    if asked.command_id not in EXTENSIONS:
        return None
    command, field, most = EXTENSIONS[asked.command_id]
    words = quoted(words_of(asked.message_payload), field, most) if asked.message_payload is not None else ""
    wanted = Pressed(command=command, fields={field: words} if words else {})
    return _act(activity, spot, Via.DIALOG, wanted, message=None)


def pressed(data: Any) -> Pressed | Filled:
    """Read what a card carries, as `render` wrote it; raise ValueError for anything else."""
    if not isinstance(data, dict) or not isinstance(data.get("command"), str):
        raise ValueError("no press of ours")  # noqa: TRY004  the caller waits for one kind of error
    if not isinstance(data.get("fields") or {}, dict):
        raise ValueError("no fields of ours")  # noqa: TRY004  the caller waits for one kind of error
    fields = {str(name): answered(given) for name, given in (data.get("fields") or {}).items()}
    answers = {
        name.removeprefix(ANSWER).partition("#")[0]: answered(given)
        for name, given in data.items()
        if name.startswith(ANSWER)
    }
    fields = {name: value.replace("\0", "") for name, value in (fields | answers).items()}
    if "form" not in data:
        return Pressed(command=data["command"], fields=fields)
    form = Form.model_validate(data["form"])
    # Some clients say "false" for a tick that is off, whatever the card asks for.
    ticks = {one.name: "yes" if fields.get(one.name) in _TICKED else "" for one in form.inputs if one.kind == "tick"}
    return Filled(command=data["command"], fields=fields | ticks, form=form)


# --- what happened to us ----------------------------------------------------------------------


def _installed(activity: Activity, spot: Spot) -> CameIn | WentOut | None:
    match activity.action:
        case "add" | "add-upgrade":
            return _came_in(activity, spot)
        case "remove" | "remove-upgrade":
            return WentOut(spot=spot, account=activity.sender.id)
        case _:
            return None


def _changed(activity: Activity, spot: Spot) -> CameIn | WentOut | Renamed | PeopleLeft | None:
    data = activity.channel_data
    if data is not None and data.event_type == "channelRenamed" and data.channel is not None and data.channel.name:
        return Renamed(spot=spot, channel=data.channel.id, name="" if data.channel.is_private else data.channel.name)
    if data is not None and data.event_type == "teamRenamed" and data.team is not None and data.team.name:
        return Renamed(spot=spot, channel=data.team.id, name=data.team.name)  # its General channel has the team's id
    if _names(activity.members_added, spot.bot):
        return _came_in(activity, spot)
    if _names(activity.members_removed, spot.bot):
        return WentOut(spot=spot, account=activity.sender.id)
    if activity.members_removed and spot.team:
        return PeopleLeft(spot=spot, accounts=tuple(one.id for one in activity.members_removed))
    return None


def _names(accounts: tuple[Account, ...], bot: str) -> bool:
    return any(account.id == bot for account in accounts)


def _came_in(activity: Activity, spot: Spot) -> CameIn:
    origin = origin_of(activity, spot, _key(activity))
    greets = activity.type == "installationUpdate" and activity.action == "add"
    return CameIn(origin=origin, spot=spot, directory_id=activity.sender.aad_object_id or "", greets=greets)


# --- all of them ------------------------------------------------------------------------------


def _act(
    activity: Activity,
    spot: Spot,
    via: Via,
    wanted: Wanted,
    *,
    message: str | None,
) -> Act:
    return Act(
        origin=origin_of(activity, spot, _key(activity)),
        spot=spot,
        via=via,
        wanted=wanted,
        directory_id=activity.sender.aad_object_id or "",
        mentioned=tuple(mentioned_in(activity.entities).items()),
        message=message or "",
    )


def _press(activity: Activity, spot: Spot, via: Via, data: Any, *, message: str | None) -> Act:
    """Read a press; in a direct chat it belongs to the channel in which it all began, if there was one."""
    act = _act(activity, spot, via, pressed(data), message=message)
    if not spot.personal or PLACE not in data:
        return act
    place = Place.model_validate(data[PLACE])
    origin = replace(act.origin, kind=ConversationKind.CHANNEL, conversation=place.channel)
    return replace(act, origin=replace(origin, conversation_name=place.name))


def _key(activity: Activity) -> str:
    """Name an act: sent again, it has the same name."""
    act = activity.id or json.dumps([activity.value, activity.sender.id, activity.timestamp], sort_keys=True)
    parts = (PLATFORM, activity.conversation.id, act, activity.type, activity.name or "")
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()
