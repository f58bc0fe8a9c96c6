"""Renaming: whoever is erased is "somebody" in what is shown already, and what people see of it is shown anew."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.delivery.model import Card, DeliveryState, Notice

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.directory.model import Person

OURS = frozenset({"kind", "style", "tone", "command"})  # of a message: nobody wrote what stands there
AT_ONCE = 500
_BETWEEN = re.compile(r"(, | and | und |[\u2068\u2069]+)")  # names in a list, and what keeps them in their direction


def rename(session: Session, person: Person, to: str, now: datetime) -> int:
    """Have every message kept of their organisation say another name; return how many cards are shown anew."""
    shown = 0
    for kind in (Card, Notice):
        kept = select(kind.id, kind.body, kind.reference).where(
            kind.organisation_id == person.organisation_id, kind.body.is_not(None)
        )
        for row_id, body, reference in session.execute(kept.execution_options(yield_per=AT_ONCE)).all():
            said = renamed(body or "", person.id, person.name, to)
            if said != body:
                again = kind is Card and reference is not None
                session.execute(
                    update(kind).where(kind.id == row_id).values({"body": said} | (_anew(now) if again else {}))
                )
                shown += again
    return shown


def _anew(now: datetime) -> dict[str, Any]:
    return {"wanted": Card.wanted + 1, "state": DeliveryState.PENDING, "try_at": now, "ended_at": None}


def renamed(body: str, person_id: int, name: str, to: str) -> str:
    """Write a message with another name, where the name stands alone or in a list; what people wrote stays."""
    try:
        message = json.loads(body)
    except ValueError:
        return body
    said = _renamed(message, person_id, name, to)
    return body if said == message else json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _renamed(part: Any, person_id: int, name: str, to: str) -> Any:
    match part:
        case str():
            return "".join(to if one == name else one for one in _BETWEEN.split(part))
        case {"kind": "person", "person_id": number} if number == person_id:
            return to
        case dict():
            return {key: one if key in OURS else _renamed(one, person_id, name, to) for key, one in part.items()}
        case list():
            return [_renamed(one, person_id, name, to) for one in part]
    return part
