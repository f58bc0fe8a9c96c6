"""Runs that are long over: who used which playbook is nobody's business for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from bot.playbooks.model import Run, RunState
from bot.work.retention import Retention

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def erase_old(session: Session, now: datetime, *, retention: Retention) -> None:
    """Delete runs that ended, a time after they began."""
    session.execute(delete(Run).where(Run.state != RunState.OPEN, Run.started_at < now - retention.runs))
