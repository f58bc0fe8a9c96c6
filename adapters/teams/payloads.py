"""The shapes of what Teams sends, as far as we read them: anything else in an activity is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AliasGenerator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from bot.typing.quoting import shortened, thing, word

if TYPE_CHECKING:
    from collections.abc import Callable

Id = Annotated[str, Field(min_length=1, max_length=500)]
# What is no name and no words is none; who, where and whose is never guessed.
Name = Annotated[str, BeforeValidator(shortened(300))]
Words = Annotated[str, BeforeValidator(word), Field(max_length=100_000)]
Loose = Annotated[str, BeforeValidator(shortened(60))]  # a zone, a language: a strange one loses no message
Address = Annotated[str, Field(max_length=2000)]


class Shape(BaseModel):
    """One shape; fields are spelled as Teams spells them, and what is null is not there."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=AliasGenerator(validation_alias=to_camel), populate_by_name=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, sent: Any) -> Any:
        return {name: one for name, one in sent.items() if one is not None} if isinstance(sent, dict) else sent


AShape = TypeVar("AShape", bound=Shape)


class Account(Shape):
    """Somebody, or the bot itself."""

    id: Id
    name: Name | None = None
    aad_object_id: Id | None = None
    type: Loose | None = None  # of somebody or something mentioned
    is_targeted: Annotated[bool, BeforeValidator(lambda sent: sent is True)] = (
        False  # of the recipient: only the two of us see it
    )


class Conversation(Shape):
    """Where something happened."""

    id: Id
    conversation_type: str | None = None  # personal, groupChat, channel
    tenant_id: Id | None = None
    name: Name | None = None


class Tenant(Shape):
    """Whose Teams it is."""

    id: Id


class Channel(Shape):
    """A channel of a team."""

    id: Id
    name: Name | None = None
    type: str | None = None  # standard, private, shared

    @property
    def is_private(self) -> bool:
        """Say whether most of the team neither see it nor read what it is called."""
        return self.type in ("private", "shared")


class Team(Shape):
    """A team."""

    id: Id
    name: Name | None = None
    aad_group_id: Loose = ""  # as the directory calls it


class ChannelData(Shape):
    """What only Teams says."""

    tenant: Tenant | None = None
    channel: Channel | None = None
    team: Team | None = None
    event_type: Loose = ""


class Entity(Shape):
    """Something named in the text."""

    type: Loose = ""
    text: Words = ""
    mentioned: Account | None = None
    timezone: Loose = ""  # of whoever sends it, in what a client says of itself
    locale: Loose = ""  # theirs too


def _readable(shape: type[AShape]) -> Callable[[Any], tuple[AShape, ...]]:
    """Keep those of a list that can be read: a message is not lost for one of another shape."""

    def read(sent: Any) -> tuple[AShape, ...]:
        found = []
        for one in sent if isinstance(sent, list | tuple) else ():
            try:
                found.append(shape.model_validate(one))
            except ValidationError:
                continue
        return tuple(found)

    return read


class Activity(Shape):
    """Anything that happened."""

    type: str
    id: Id | None = None
    name: Name | None = None  # of an invoke
    timestamp: Loose | None = None
    service_url: Address
    channel_id: str
    sender: Account = Field(validation_alias="from")
    recipient: Account | None = None
    conversation: Conversation
    channel_data: ChannelData | None = None
    text: Words | None = None
    entities: Annotated[tuple[Entity, ...], BeforeValidator(_readable(Entity))] = ()
    local_timezone: Loose = ""
    locale: Loose = ""  # of whoever sends it
    value: Any = None
    reply_to_id: Id | None = None
    action: Loose | None = None  # of an installation update
    members_added: Annotated[tuple[Account, ...], BeforeValidator(_readable(Account))] = Field((), max_length=1000)
    members_removed: Annotated[tuple[Account, ...], BeforeValidator(_readable(Account))] = Field((), max_length=1000)


class Action(Shape):
    """What was pressed on a card."""

    verb: Id
    data: dict[str, Any] = Field(default={})


class CardAction(Shape):
    """The value of an `adaptiveCard/action`."""

    action: Action
    trigger: str = "manual"


def _body(sent: Any) -> Any:
    return (
        {"content": sent, "content_type": "text"} if isinstance(sent, str) else sent if isinstance(sent, dict) else None
    )


class Quoted(Shape):
    """The message an extension was opened on; whatever is not as expected is left out, and the rest is read."""

    body: Annotated[Body | None, BeforeValidator(_body)] = None
    subject: Words = ""
    attachments: Any = None


class Body(Shape):
    """What a message says, usually as HTML."""

    content: Words = ""
    content_type: Loose = "html"


class Parameter(Shape):
    """One thing typed into the search box of an extension."""

    name: Name
    value: Words = ""


class Extension(Shape):
    """The value of a `composeExtension/…` and `task/…`."""

    command_id: Loose = ""
    parameters: Annotated[tuple[Parameter, ...], BeforeValidator(_readable(Parameter))] = Field((), max_length=10)
    message_payload: Annotated[Quoted | None, BeforeValidator(thing)] = None
    data: Annotated[dict[str, Any] | None, BeforeValidator(thing)] = None


class Place(Shape):
    """The channel in which something began, as a card of ours remembers it."""

    channel: Id
    name: Name = ""
