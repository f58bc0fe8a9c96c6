"""Runs that are long over, and votes: who used which playbook is nobody's business for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from bot.playbooks.model import Run, RunState, Vote
from bot.work.retention import Retention, let_go

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def erase_old(session: Session, now: datetime, *, retention: Retention) -> bool:
    """Delete runs that ended, a time after they began, and what somebody said worked for as long."""
    ended = (Run.state != RunState.OPEN, Run.started_at < now - retention.runs)
    voted = Vote.day < (now - retention.runs).date()
    return let_go(session, delete(Run).where(*ended), delete(Vote).where(voted))
