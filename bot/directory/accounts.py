"""How a platform knows the people that messages name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Identity, Workspace
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


REMEMBERED_MOST = 10_000


class Accounts:
    """Finds the accounts of people, and remembers them: an account never changes hands."""

    def __init__(self, database: Database, platform: str) -> None:
        self._database = database
        self._platform = platform
        self._known: dict[tuple[str, int], str] = {}

    async def of(self, workspace: str, people: Collection[int]) -> dict[int, str]:
        """Find accounts in a workspace, by person; whoever has none there is left out."""
        missing = [person for person in people if (workspace, person) not in self._known]
        if missing:
            if len(self._known) >= REMEMBERED_MOST:
                self._known.clear()
                missing = list(people)
            found = await self._database.read(lambda session: _look_up(session, self._platform, workspace, missing))
            self._known |= {(workspace, person): account for person, account in found.items()}
        return {person: self._known[workspace, person] for person in people if (workspace, person) in self._known}


def _look_up(session: Session, platform: str, workspace: str, people: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(Identity.person_id, Identity.address)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Workspace.platform == platform, Workspace.address == workspace, Identity.person_id.in_(people))
    )
    return {person: account for person, account in rows}  # noqa: C416  rows are typed, dict() is not
