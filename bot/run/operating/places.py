"""How a conversation is named to whoever runs the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, func, literal

from bot.directory.model import Conversation, ConversationKind, Person

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def place_name() -> ColumnElement[str]:
    """Name a conversation in a statement that joins Conversation, and Person from without."""
    name = func.coalesce(func.nullif(Conversation.name, ""), Conversation.address)
    return case(
        (Conversation.kind == ConversationKind.HOME, literal("home of ") + func.coalesce(Person.name, "nobody")),
        (Conversation.person_id.is_not(None), literal("@") + Person.name),
        else_=literal("#") + name,
    )
