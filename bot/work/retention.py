"""How long what people wrote and did is kept, by kind: docs/privacy.md tells them, the operator's settings decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy import Delete, Table, Update, select

from bot.say.language import ngettext

if TYPE_CHECKING:
    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

AT_ONCE = 1000  # rows of a kind in one transaction: nobody waits long behind it


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long each kind stays after its end."""

    reasons: timedelta = timedelta(days=30)  # who stepped out of a case, and why
    runs: timedelta = timedelta(days=90)  # who used which playbook
    gestures: timedelta = timedelta(days=180)  # for which case and customer a gesture was, and why
    incidents: timedelta = timedelta(days=365)  # the words of an incident's record
    trail: timedelta = timedelta(days=365)  # who decided what; who it was in a case goes with the reasons


CAUTIOUS = Retention()


def let_go(session: Session, *changes: Update | Delete) -> bool:
    """Carry out each change on as many rows as one transaction may hold; True: there may be more."""
    full = [_change_some(session, change) for change in changes]
    return any(full)


def _change_some(session: Session, change: Update | Delete) -> bool:
    assert isinstance(change.table, Table)  # noqa: S101  of our models
    assert change.whereclause is not None  # noqa: S101  nothing is let go of altogether
    [key] = change.table.primary_key
    some = select(key).where(change.whereclause).limit(AT_ONCE)
    changed = session.execute(change.where(key.in_(some)), execution_options={"synchronize_session": False})
    return cast("CursorResult[object]", changed).rowcount == AT_ONCE


def in_days(length: timedelta) -> str:
    """Write how long something is kept."""
    return ngettext("{count} day", "{count} days", length.days).format(count=length.days)
