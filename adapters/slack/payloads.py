"""The shapes of what Slack sends, as far as we read them: anything else in a payload is left alone."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, field_validator, model_validator

from bot.typing.quoting import answered, shortened, thing, word

LONGEST_ADDRESS = 2000

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
# What is no name, no words and no address is none; who, where and whose is never guessed.
Name = Annotated[str, BeforeValidator(shortened(300))]
Words = Annotated[str, BeforeValidator(word), Field(max_length=100_000)]
Address = Annotated[
    str, BeforeValidator(lambda sent: sent if isinstance(sent, str) and len(sent) <= LONGEST_ADDRESS else "")
]


class Shape(BaseModel):
    """One shape; what is null is not there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, sent: Any) -> Any:
        return {name: one for name, one in sent.items() if one is not None} if isinstance(sent, dict) else sent


class Team(Shape):
    """A workspace."""

    id: Id
    enterprise_id: Id | None = None  # of the organisation it is part of


class Enterprise(Shape):
    """An organisation of several workspaces."""

    id: Id


class Account(Shape):
    """Somebody, as interactions name them."""

    id: Id
    name: Name = ""
    username: Name = ""
    team_id: Id | None = None  # where they belong


class Channel(Shape):
    """A channel or direct chat."""

    id: Id
    name: Name = ""


class Ours(Shape):
    """By whose authority an event reaches us."""

    team_id: Id | None = None
    user_id: Id | None = None  # the bot's own account
    is_enterprise_install: bool = False


class SlashCommand(Shape):
    """A typed command."""

    type: Literal["slash_command"]
    team_id: Id
    enterprise_id: Id | None = None
    channel_id: Id
    channel_name: Name = ""
    user_id: Id
    user_name: Name = ""
    command: Name
    text: Words = ""
    response_url: Address = ""
    trigger_id: Address = ""


Answered = Annotated[Words, BeforeValidator(answered)]  # a number, a yes: nothing throws away what was filled in


def _nothing(sent: Any) -> Any:
    return sent or None


def _there(sent: Any) -> Any:
    return [one for one in sent if one is not None] if isinstance(sent, list) else sent


def _named(elements: Any) -> dict[str, Any]:
    return elements if isinstance(elements, dict) and elements else {"": {}}


class Chosen(Shape):
    """An option that was picked."""

    value: Answered = ""


class Element(Shape):
    """What was pressed, picked or filled in."""

    type: Name = ""
    action_id: Name = ""
    block_id: Name = ""
    value: Answered = ""
    selected_option: Chosen | None = None
    selected_options: Annotated[list[Chosen], BeforeValidator(_there)] | None = None
    selected_user: Id | None = None
    selected_conversation: Id | None = None
    selected_channel: Id | None = None


class Values(Shape):
    """What a form holds: block, element, answer."""

    values: dict[Name, dict[Name, Element]] = {}

    @field_validator("values", mode="before")
    @classmethod
    def _nothing_is_an_answer(cls, sent: Any) -> Any:
        blocks = sent if isinstance(sent, dict) else {}
        return {
            block: {name: one if isinstance(one, dict) else {} for name, one in _named(elements).items()}
            for block, elements in blocks.items()
        }


class View(Shape):
    """A modal, or somebody's Home."""

    id: Id
    type: Name = "modal"
    callback_id: Name = ""
    private_metadata: Words = ""
    root_view_id: Name = ""
    previous_view_id: Name = ""
    state: Annotated[Values, BeforeValidator(_or_empty)] = Values()


def _or_empty(sent: Any) -> Any:
    return thing(sent) or {}


class Container(Shape):
    """What a button stands on."""

    type: Name = ""
    is_ephemeral: Annotated[bool, BeforeValidator(lambda sent: sent is True)] = False


class BlockActions(Shape):
    """A press of a button."""

    type: Literal["block_actions"]
    team: Team | None = None  # none, where a whole organisation has installed us
    enterprise: Annotated[Enterprise | None, BeforeValidator(_nothing)] = None
    user: Account
    channel: Annotated[Channel | None, BeforeValidator(thing)] = None
    container: Annotated[Container, BeforeValidator(_or_empty)] = Container()
    view: View | None = None
    actions: list[Element] = Field(min_length=1)
    response_url: Address = ""
    trigger_id: Address = ""


class ViewSubmission(Shape):
    """A form that was sent."""

    type: Literal["view_submission"]
    team: Team | None = None  # none, where a whole organisation has installed us
    enterprise: Annotated[Enterprise | None, BeforeValidator(_nothing)] = None
    user: Account
    view: View
    trigger_id: Address = ""


class Post(Shape):
    """The message a shortcut was chosen on; whatever is not as expected is left out, and the rest is read."""

    text: Words = ""
    thread_ts: Name = ""
    bot_id: Name = ""
    blocks: Any = None
    attachments: Any = None
    files: Any = None


class Shortcut(Shape):
    """A shortcut: of a message, or from the menu."""

    type: Literal["shortcut", "message_action"]
    callback_id: Name
    team: Team | None = None  # none, where a whole organisation has installed us
    enterprise: Annotated[Enterprise | None, BeforeValidator(_nothing)] = None
    user: Account
    channel: Annotated[Channel | None, BeforeValidator(thing)] = None
    message: Annotated[Post, BeforeValidator(_or_empty)] = Post()
    response_url: Address = ""
    trigger_id: Address = ""


class Revoked(Shape):
    """Whose tokens are worth nothing any more."""

    bot: list[Name] | None = None


class Event(Shape):
    """Something that happened; which of these are there depends on its type."""

    type: Name
    subtype: Name | None = None
    user: Id | None = None
    bot_id: Id | None = None
    user_team: Id | None = None
    team: Id | None = None
    channel: Id | None = None
    channel_type: Name = ""
    text: Words = ""
    ts: Name = ""
    thread_ts: Name = ""
    tab: Name = ""
    tokens: Revoked = Revoked()


class Happened(Shape):
    """An event of the kinds we listen to."""

    type: Literal["event_callback"]
    team_id: Id
    enterprise_id: Id | None = None
    event_id: Id
    event_time: int | None = Field(default=None, ge=0, le=10**11)
    authorizations: list[Ours] = []
    event: Event


class Renamed(Shape):
    """A channel and its new name."""

    type: Name
    channel: Channel


class HappenedToChannel(Shape):
    """A channel was renamed."""

    type: Literal["event_callback"]
    team_id: Id
    event_id: Id
    event: Renamed


class Changed(Shape):
    """Somebody, as Slack shows them now."""

    type: Name
    user: dict[str, Any]


class HappenedToPerson(Shape):
    """Somebody's name, zone or standing has changed, or something that is nothing to us."""

    type: Literal["event_callback"]
    team_id: Id
    event_id: Id
    event: Changed


Payload = SlashCommand | BlockActions | ViewSubmission | Shortcut | Happened | HappenedToChannel | HappenedToPerson

_BY_TYPE: dict[str, TypeAdapter[Any]] = {
    "slash_command": TypeAdapter(SlashCommand),
    "block_actions": TypeAdapter(BlockActions),
    "view_submission": TypeAdapter(ViewSubmission),
    "shortcut": TypeAdapter(Shortcut),
    "message_action": TypeAdapter(Shortcut),
}
_EVENTS: dict[str, TypeAdapter[Any]] = {
    **dict.fromkeys(("app_mention", "message", "app_home_opened"), TypeAdapter(Happened)),
    **dict.fromkeys(("app_uninstalled", "tokens_revoked"), TypeAdapter(Happened)),
    **dict.fromkeys(("channel_rename", "group_rename"), TypeAdapter(HappenedToChannel)),
    "user_change": TypeAdapter(HappenedToPerson),
}


def listened_to() -> frozenset[str]:
    """Name the kinds of events we read."""
    return frozenset(_EVENTS)


def shape(payload: dict[str, Any]) -> Payload | None:
    """Read a payload into its shape; None for a kind we do not listen to. Raises ValueError for a broken one."""
    kind, event = payload.get("type"), payload.get("event")
    if not isinstance(kind, str):
        raise ValueError("no type")  # noqa: TRY004  the caller waits for one kind of error
    found = _BY_TYPE.get(kind)
    if kind == "event_callback":
        if not isinstance(event, dict) or not isinstance(event.get("type"), str):
            raise ValueError("no event")
        found = _EVENTS.get(event["type"])
    if found is None:
        return None
    read: Payload = found.validate_python(payload)
    return read
