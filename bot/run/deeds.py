"""Deeds of the command line, left for the trail: the clock of a server chains them as it does those of people."""

from __future__ import annotations

import getpass
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import InboxEntry
from bot.directory.model import Organisation
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def note_deed(session: Session, deed: str, organisations: Collection[int] | None = None) -> None:
    """Note what whoever runs the server did, in one organisation or in all; never to whom, nor any words."""
    now = SystemClock().now()
    for organisation_id in session.scalars(select(Organisation.id)) if organisations is None else set(organisations):
        session.add(
            InboxEntry(
                key=f"operator:{secrets.token_hex(16)}",
                at=now,
                trail_due_at=now,
                organisation_id=organisation_id,
                command=deed,
                whence=f"command line, {_user()}",
            )
        )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return "nobody named"
