"""A team larger than the sample people, for what only happens to many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from bot.directory.model import Identity, Organisation, Person, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from bot.store.database import Base
    from tests.stage import FakeStage

Row = TypeVar("Row", bound="Base")


async def join(stage: FakeStage, accounts: Iterable[str], *, supervisors: bool = False) -> None:
    """Add people to the sample organisation; each is called like their account."""

    def add(session: Session) -> None:
        workspace = session.scalars(select(Workspace).where(Workspace.address == "playground")).one()
        add_people(session, workspace, accounts, supervisors=supervisors, stage=stage)

    await stage.database.write(add)


def add_people(
    session: Session, workspace: Workspace, accounts: Iterable[str], *, supervisors: bool, stage: FakeStage
) -> None:
    """Add people to a workspace."""
    for account in accounts:
        person = Person(
            organisation_id=workspace.organisation_id,
            name=account.title(),
            is_agent=not supervisors,
            is_supervisor=supervisors,
        )
        session.add(person)
        session.flush()
        session.add(
            Identity(person_id=person.id, workspace_id=workspace.id, address=account, last_acted_at=stage.clock.now())
        )


async def another_organisation(stage: FakeStage, accounts: Iterable[str]) -> None:
    """Add an organisation of its own, in the workspace "elsewhere"."""

    def add(session: Session) -> None:
        organisation = Organisation(name="Others", created_at=stage.clock.now())
        session.add(organisation)
        session.flush()
        workspace = Workspace(organisation_id=organisation.id, platform="web", address="elsewhere", name="Elsewhere")
        session.add(workspace)
        session.flush()
        add_people(session, workspace, accounts, supervisors=False, stage=stage)
        session.flush()
        leads = session.scalars(select(Person).where(Person.organisation_id == organisation.id)).first()
        leads.is_supervisor = leads.is_admin = True

    await stage.database.write(add)


async def rows(stage: FakeStage, model: type[Row]) -> list[Row]:
    """Read every row of one kind."""
    columns: object = model
    return await stage.database.read(
        lambda session: list(session.scalars(select(model).order_by(columns.id)))  # type: ignore[attr-defined]
    )
