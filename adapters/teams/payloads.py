"""The shapes of what Teams sends, as far as we read them: anything else in an activity is left alone."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AliasGenerator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from bot.typing.quoting import word

Id = Annotated[str, Field(min_length=1, max_length=500)]
Name = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=100_000)]
Address = Annotated[str, Field(max_length=2000)]


LONGEST_LOOSE = 60


class Shape(BaseModel):
    """One shape; fields are spelled as Teams spells them, and what is null is not there."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=AliasGenerator(validation_alias=to_camel), populate_by_name=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, sent: Any) -> Any:
        return {name: one for name, one in sent.items() if one is not None} if isinstance(sent, dict) else sent


class Account(Shape):
    """Somebody, or the bot itself."""

    id: Id
    name: Name | None = None
    aad_object_id: Id | None = None
    type: str | None = None  # of somebody or something mentioned
    is_targeted: bool = False  # of the recipient: only the two of us see it


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


def _short(sent: Any) -> str:
    return sent[:LONGEST_LOOSE] if isinstance(sent, str) else ""


Loose = Annotated[str, BeforeValidator(_short)]  # a strange one loses no message


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
    event_type: str = ""


class Entity(Shape):
    """Something named in the text."""

    type: str = ""
    text: Words = ""
    mentioned: Account | None = None
    timezone: Annotated[str, Field(max_length=60)] = ""  # of whoever sends it, in what a client says of itself
    locale: Loose = ""  # theirs too


def _readable(sent: Any) -> tuple[Entity, ...]:
    """Keep the entities that can be read: a message is not lost for one of another shape."""
    found = []
    for one in sent if isinstance(sent, list | tuple) else ():
        try:
            found.append(Entity.model_validate(one))
        except ValidationError:
            continue
    return tuple(found)


def _as_words(sent: Any) -> Any:
    return sent if isinstance(sent, str) or sent is None else str(sent) if isinstance(sent, int | float) else ""


class Activity(Shape):
    """Anything that happened."""

    type: str
    id: Id | None = None
    name: str | None = None  # of an invoke
    timestamp: Annotated[str, Field(max_length=60)] | None = None
    service_url: Address
    channel_id: str
    sender: Account = Field(validation_alias="from")
    recipient: Account | None = None
    conversation: Conversation
    channel_data: ChannelData | None = None
    text: Annotated[Words | None, BeforeValidator(_as_words)] = None
    entities: Annotated[tuple[Entity, ...], BeforeValidator(_readable)] = ()
    local_timezone: Annotated[str, Field(max_length=60)] = ""
    locale: Loose = ""  # of whoever sends it
    value: Any = None
    reply_to_id: Id | None = None
    action: str | None = None  # of an installation update
    members_added: tuple[Account, ...] = Field(default=(), max_length=1000)
    members_removed: tuple[Account, ...] = Field(default=(), max_length=1000)


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
    subject: Annotated[str, BeforeValidator(word)] = ""
    attachments: Any = None


class Body(Shape):
    """What a message says, usually as HTML."""

    content: Annotated[Words, BeforeValidator(word)] = ""
    content_type: Annotated[str, BeforeValidator(word)] = "html"


class Parameter(Shape):
    """One thing typed into the search box of an extension."""

    name: str
    value: Words = ""


class Extension(Shape):
    """The value of a `composeExtension/…` and `task/…`."""

    command_id: str = ""
    parameters: tuple[Parameter, ...] = Field(default=(), max_length=10)
    message_payload: Quoted | None = None
    data: dict[str, Any] | None = None


class Place(Shape):
    """The channel in which something began, as a card of ours remembers it."""

    channel: Id
    name: Name = ""
