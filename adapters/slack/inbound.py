"""What Slack sends, translated: pure, and strict about its shape. Who, where, what is wanted, and how to answer."""

from __future__ import annotations

import enum
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from adapters.slack.payloads import (
    BlockActions,
    Happened,
    HappenedToChannel,
    HappenedToPerson,
    Shortcut,
    SlashCommand,
    ViewSubmission,
)
from adapters.slack.places import (
    NAMELESS,
    PLATFORM,
    depth,
    enterprise_of,
    in_channel,
    in_direct,
    is_stranger,
    metadata_of,
    origin,
    origin_of,
    read_fields,
    where_clicked,
    where_opened,
)
from adapters.slack.posts import words_of
from adapters.slack.standing import Profile, read_profile
from adapters.slack.words import clean, group_in, mentioned_in
from bot.directory.actors import Origin
from bot.door.wanted import Pressed, Submitted, Typed, Wanted
from bot.people.commands import OpenHome
from bot.typing.addressing import said_to_us, without_marks
from bot.typing.command import TYPED_LIMIT
from bot.typing.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.slack.payloads import Element, Event, Payload

NOBODY = "USLACKBOT"  # Slack itself
# A shortcut: the command it asks for, the field its message goes into, and how much of it fits.
SHORTCUTS = {
    "find-playbook": ("calm", "words", TYPED_LIMIT),
    "recuse-me": ("recuse", "note", 3000),
    "open-incident": ("ask-to-open", "title", 200),
    "draft-update": ("ask-for-update", "notice", 1500),
    "calm-now": ("calm", "words", 0),
    "recuse-now": ("recuse", "note", 0),
    "incident-now": ("ask-to-open", "title", 0),
    "update-now": ("ask-for-update", "notice", 0),
}


class Via(enum.Enum):
    """How something reached us, and so how it can be answered."""

    COMMAND = "command"  # a slash command
    EPHEMERAL = "ephemeral"  # a press on a message only they see
    CARD = "card"  # a press on a message others may see
    MODAL = "modal"  # a press inside a modal
    HOME = "home"  # a press on their Home
    FORM = "form"  # a form that was sent
    SHORTCUT = "shortcut"
    MENTION = "mention"  # in a channel, where everybody reads along
    DIRECT = "direct"  # words in the direct chat


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody did, and everything that answering them takes. None of it is ever stored."""

    origin: Origin
    via: Via
    wanted: Wanted
    mentioned: tuple[str, ...] = ()  # accounts Slack has named in it
    group: str = ""  # the user group Slack has named in it, where its members are asked for
    enterprise: str = ""  # of which the workspace is part, in Enterprise Grid
    stranger: bool = False  # of another organisation, met in a shared channel
    trigger: str = ""  # opens a form, for three seconds
    response_url: str = ""  # answers where it was typed or pressed
    view: str = ""  # the modal it happened in
    depth: int = 0  # how many modals lie on one another
    questions: tuple[str, ...] = ()  # of the form
    channel: str = ""  # of the message, as Slack calls it
    ts: str = ""  # of the message
    thread: str = ""  # of the message


@dataclass(frozen=True, kw_only=True)
class ChannelRenamed:
    """A channel is called otherwise now."""

    workspace: str
    channel: str
    name: str


@dataclass(frozen=True, kw_only=True)
class AccessEnded:
    """We were removed from a workspace, or from a whole organisation."""

    workspace: str
    enterprise: str = ""
    told_at: datetime | None = None  # Slack may tell late, or twice


@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """Somebody is shown otherwise now, or is gone."""

    workspace: str
    account: str
    profile: Profile


Inbound = Act | ChannelRenamed | AccessEnded | PersonChanged


def read(found: Payload, digest: str) -> Inbound | None:
    """Say what a verified payload wants; None: nothing of us. Raises ValueError for a shape that is none."""
    return _READERS[type(found)](found, digest)


def digest_of(payload: dict[str, Any]) -> str:
    """Digest a payload that came over a socket, which signs no bytes."""
    return _digest(json.dumps(payload, sort_keys=True))


# --- commands, clicks, forms, shortcuts ------------------------------------------------------------


def _command(sent: SlashCommand, digest: str) -> Act:
    where, words = in_channel(sent.channel_id, sent.channel_name, sent.user_id), clean(f"{sent.command} {sent.text}")
    return Act(
        origin=origin(digest, sent.team_id, sent.user_id, where, name=sent.user_name),
        via=Via.COMMAND,
        wanted=Typed(words=words),
        mentioned=mentioned_in(words),
        group=group_in(words),
        enterprise=sent.enterprise_id or "",
        trigger=sent.trigger_id,
        response_url=sent.response_url,
        channel=sent.channel_id,
    )


def _press(sent: BlockActions, digest: str) -> Act | None:
    wanted = read_press(sent.actions[0])
    if wanted is None:
        return None
    view, channel = sent.view, sent.channel
    if view is not None:
        via = Via.HOME if view.type == "home" else Via.MODAL
        where = where_opened(view, sent.user)
    else:
        via = Via.EPHEMERAL if sent.container.is_ephemeral else Via.CARD
        where = where_clicked(channel, sent.user)
    return Act(
        origin=origin_of(digest, sent.team, sent.user, where),
        via=via,
        wanted=wanted,
        enterprise=enterprise_of(sent.team, sent.enterprise),
        stranger=is_stranger(sent.team, sent.user),
        trigger=sent.trigger_id,
        response_url=sent.response_url,
        view=view.id if view is not None else "",
        depth=depth(view),
        channel=channel.id if channel is not None else "",
    )


def read_press(element: Element) -> Pressed | None:
    """Read a button as `render` wrote it, or the box of a search; None for anything that asks for nothing."""
    if element.type == "plain_text_input":
        return Pressed(command=command_of(element.action_id), fields={"words": clean(element.value or "")})
    if element.type != "button" or not element.value:
        return None  # a link opens by itself; Slack tells us all the same
    return Pressed(command=command_of(element.action_id), fields=read_fields(element.value))


def command_of(action_id: str) -> str:
    """Find the command in an action id: behind a colon it is only made unique."""
    return action_id.partition(":")[0]


def _form(sent: ViewSubmission, digest: str) -> Act:
    about = metadata_of(sent.view)
    answers = {
        block: answer(element) for block, elements in sent.view.state.values.items() for element in elements.values()
    }
    return Act(
        origin=origin_of(digest, sent.team, sent.user, where_opened(sent.view, sent.user)),
        via=Via.FORM,
        wanted=Submitted(command=about.command, fields=about.fields | answers),
        mentioned=mentioned_in(*answers.values()),
        enterprise=enterprise_of(sent.team, sent.enterprise),
        stranger=is_stranger(sent.team, sent.user),
        trigger=sent.trigger_id,
        view=sent.view.id,
        depth=depth(sent.view),
        questions=tuple(sent.view.state.values),
    )


def answer(element: Element) -> str:
    """Read one answer of a form, the way forms of the core write it."""
    if element.selected_user:
        return f"<@{element.selected_user}>"
    if place := element.selected_conversation or element.selected_channel:
        return f"<#{place}>"
    if element.selected_option is not None:
        return element.selected_option.value
    if element.selected_options is not None:
        return "yes" if element.selected_options else ""
    return (element.value or "").replace("\0", "")


def _shortcut(sent: Shortcut, digest: str) -> Act | None:
    if sent.callback_id not in SHORTCUTS:
        return None
    command, field, most = SHORTCUTS[sent.callback_id]
    words = quoted(words_of(sent.message), field, most)
    return Act(
        origin=origin_of(digest, sent.team, sent.user, where_clicked(sent.channel, sent.user)),
        via=Via.SHORTCUT,
        wanted=Pressed(command=command, fields={field: words} if words else {}),
        mentioned=mentioned_in(words),
        enterprise=enterprise_of(sent.team, sent.enterprise),
        stranger=is_stranger(sent.team, sent.user),
        trigger=sent.trigger_id,
        response_url=sent.response_url,
        channel=sent.channel.id if sent.channel is not None else "",
        thread=sent.message.thread_ts,
    )


# --- events ---------------------------------------------------------------------------------------


def _event(sent: Happened, _digest_of_body: str) -> Inbound | None:
    event, ours = sent.event, {one.user_id for one in sent.authorizations}
    if event.type == "app_uninstalled" or (event.type == "tokens_revoked" and event.tokens.bot):
        return _ended(sent)
    if event.bot_id is not None or event.user in (None, NOBODY, *ours):
        return None
    match event.type:
        case "app_mention":
            return _mention(sent, event)
        case "message" if event.channel_type == "im" and event.subtype in (None, "file_share"):
            return _said(sent, event, Typed(words=_to_us(sent, event, aloud=False)), Via.DIRECT)
        case "app_home_opened" if event.tab == "home":
            return _said(sent, event, Pressed(command=OpenHome.called(), fields={}), Via.HOME)
        case _:
            return None


def _ended(sent: Happened) -> AccessEnded:
    """Read that we were removed; an organisation that installed us as a whole removes us as a whole."""
    whole = any(one.is_enterprise_install for one in sent.authorizations)
    return AccessEnded(
        workspace="" if whole else sent.team_id,
        enterprise=sent.enterprise_id or "",
        told_at=datetime.fromtimestamp(sent.event_time, UTC) if sent.event_time is not None else None,
    )


def _renamed(sent: HappenedToChannel, _digest_of_body: str) -> ChannelRenamed:
    channel = sent.event.channel
    private = sent.event.type == "group_rename"  # whoever is outside reads no name of it, here as elsewhere
    name = "" if private else channel.name or channel.id
    return ChannelRenamed(workspace=sent.team_id, channel=channel.id, name=name)


def _changed(sent: HappenedToPerson, _digest_of_body: str) -> PersonChanged | None:
    user = sent.event.user
    account = user.get("id")
    if not isinstance(account, str) or not account:
        raise ValueError("nobody has changed")
    return PersonChanged(workspace=sent.team_id, account=account, profile=read_profile(user, sent.team_id))


_READERS: dict[type[Payload], Callable[[Any, str], Inbound | None]] = {
    SlashCommand: _command,
    BlockActions: _press,
    ViewSubmission: _form,
    Shortcut: _shortcut,
    Happened: _event,
    HappenedToChannel: _renamed,
    HappenedToPerson: _changed,
}


def _mention(sent: Happened, event: Event) -> Act:
    """Take what stands after our name: in a channel everybody reads along."""
    words = without_marks(_to_us(sent, event, aloud=True))
    return _said(sent, event, Typed(words=words or "/zanshin", aloud=True), Via.MENTION)


def _to_us(sent: Happened, event: Event, *, aloud: bool) -> str:
    ours = [one.user_id for one in sent.authorizations if one.user_id is not None]
    return said_to_us(clean(event.text), ours, aloud=aloud)


def _said(sent: Happened, event: Event, wanted: Typed | Pressed, via: Via) -> Act:
    account, channel = event.user or NOBODY, event.channel or ""
    words = wanted.words if isinstance(wanted, Typed) else ""
    # The same message may be told under several ids; without a moment of its own the id is all there is.
    moment = (channel, event.ts, event.type) if event.ts else (sent.event_id,)
    where = in_channel(channel, NAMELESS[0], account) if via is Via.MENTION else in_direct(account)
    by = origin(_digest(PLATFORM, sent.team_id, *moment), sent.team_id, account, where)
    return Act(
        origin=replace(by, under=(f"{channel}:{event.thread_ts}",)) if via is Via.MENTION and event.thread_ts else by,
        via=via,
        wanted=wanted,
        mentioned=mentioned_in(words),
        group=group_in(words),
        enterprise=sent.enterprise_id or "",
        stranger=sent.enterprise_id is None and {event.user_team, event.team} - {None, sent.team_id} != set(),
        channel=channel,
        ts=event.ts,
        thread=event.thread_ts,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
