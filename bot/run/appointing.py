"""Naming people from the command line, before anybody has typed anything: how the first admin comes about."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sqlalchemy import select

from bot.directory import addresses
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind, Identity, Person, Workspace
from bot.errors import NothingFound, WrongUse
from bot.people.setup import appoint
from bot.run.deeds import note_deed
from bot.run.operating.opening import change
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.run.settings import Settings

SHAPES = {
    "slack": re.compile(r"[UW][A-Z0-9]{5,}"),
    "teams": re.compile(r"29:.+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),
}

NAMELESS = "What they are called is known once they type something; until then this id stands for their name."


class Tenants(Protocol):
    """What a platform knows that the core does not: its workspaces by setting, and ids of its directory."""

    def put_in_place(self, session: Session) -> None:
        """Have the workspaces that the settings name."""
        ...

    def account_of(self, session: Session, workspace: str, named: str) -> str:
        """Find the account of somebody a directory names; empty: nobody who has been here."""
        ...


class Appointed(NamedTuple):
    """What was done, and whether anybody knows what they are called."""

    said: str
    is_named: bool


def appoint_by_name(
    settings: Settings, who: str, role: str, tenants: Tenants, *, called: str = "", dry_run: bool = False
) -> Appointed:
    """Give somebody a role, whether they have done anything yet or not; say what was done, or would be."""
    job = partial(_appoint, who=who.strip(), role=role, tenants=tenants, called=called)
    return change(settings, job, dry_run=dry_run)


def platform_of(who: str) -> str:
    """Say on which platform an account has this shape; empty: on none."""
    account = who.strip().rpartition("/")[2]
    return next((name for name, shape in SHAPES.items() if shape.fullmatch(account)), "")


def _appoint(session: Session, *, who: str, role: str, tenants: Tenants, called: str) -> Appointed:
    named, _slash, account = who.rpartition("/")
    tenants.put_in_place(session)
    workspace = _workspace(session, named, account)
    found = tenants.account_of(session, workspace.address, account) or account
    origin = Origin(
        key="",
        platform=workspace.platform,
        workspace=workspace.address,
        account=found,
        name=called,
        conversation=addresses.direct_chat(found),
        kind=ConversationKind.DIRECT,
    )
    # Somebody known by their directory alone cannot be written to before they come.
    reachable = workspace.platform != "teams" or found.startswith("29:")
    news = appoint(session, origin, SystemClock().now(), role=role, reachable=reachable)
    if news:
        note_deed(session, f"operator-adds-{role}", {workspace.organisation_id})
    person = select(Person.name).join(Identity, Identity.person_id == Person.id)
    name = session.scalar(person.where(Identity.workspace_id == workspace.id, Identity.address == found))
    return Appointed(f"{account} is {'now' if news else 'already'} {role} in {workspace.name}.", name != found)


def _workspace(session: Session, named: str, account: str) -> Workspace:
    """Find the workspace somebody is in: the one that is named, or else the only one of their platform."""
    every = session.scalars(select(Workspace).order_by(Workspace.id)).all()
    platform = platform_of(account)
    if named:
        there = [one for one in every if one.address == named]
    elif platform:
        there = [one for one in every if one.platform == platform]
    else:
        raise WrongUse(
            f"{account} is no account. In Slack: a member ID such as U012AB3CD. In Teams: the Object ID of their page "
            "in Entra, or what Zanshin tells them when they type `zanshin`."
        )
    if len(there) == 1:
        return there[0]
    if there:
        raise WrongUse(f"There are several workspaces. Name one of them: {_choices(there, account)}")
    what = named or f"of {platform.title()}"
    raise NothingFound(
        f"No workspace {what} is known yet. Start zanshin serve with its settings, so that they meet; then try again."
    )


def _choices(workspaces: Sequence[Workspace], account: str) -> str:
    return ", ".join(f"{one.address}/{account} ({one.name})" for one in workspaces[:10])
