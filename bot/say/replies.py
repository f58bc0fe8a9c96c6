"""The answer to the actor within the request. What must arrive for certain is a notice instead."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from bot.say.messages import Form, Message, Part, Value


class Private(Value):
    """Say something to the actor alone."""

    kind: Literal["private"] = "private"
    message: Message
    fleeting: bool = False  # holds only just now: nothing was done, and nobody needs to find it later
    undone: bool = False  # nothing was done: what was filled in may still be of use


class Replace(Value):
    """Show this instead of the message whose button was pressed."""

    kind: Literal["replace"] = "replace"
    message: Message


class OpenForm(Value):
    """Ask the actor to fill in a form."""

    kind: Literal["open_form"] = "open_form"
    form: Form


class FieldErrors(Value):
    """The form stays open; each named input says what is wrong with it."""

    kind: Literal["field_errors"] = "field_errors"
    errors: dict[str, str]


class Done(Value):
    """Carried out; there is nothing to say."""

    kind: Literal["done"] = "done"


Reply = Annotated[Private | Replace | OpenForm | FieldErrors | Done, Field(discriminator="kind")]

REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


def begin_with(reply: Reply, part: Part) -> Reply:
    """Say something before what is said to the actor."""
    if not isinstance(reply, Private):
        return reply
    message = reply.message.model_copy(update={"parts": (part, *reply.message.parts)})
    return reply.model_copy(update={"message": message})
