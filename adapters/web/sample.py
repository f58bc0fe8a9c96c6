"""The sample people and channels of the playground, plainly labelled as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.web.inbound import PLATFORM, WORKSPACE
from bot.directory import addresses
from bot.directory.model import Conversation, ConversationKind, Identity, Organisation, Person, Workspace
from bot.say.language import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class SamplePerson:
    """Somebody to be for a while."""

    account: str
    name: str
    role: str  # said in the reader's language
    is_supervisor: bool = False
    is_admin: bool = False


PEOPLE = (
    SamplePerson(account="ana", name="Ana", role=N_("sample agent")),
    SamplePerson(account="ben", name="Ben", role=N_("sample agent")),
    SamplePerson(account="sofia", name="Sofia", role=N_("sample supervisor"), is_supervisor=True, is_admin=True),
    SamplePerson(account="omar", name="Omar", role=N_("sample incident owner")),
)
CHANNELS = {"support": "support", "incidents": "incidents"}
FIRST = PEOPLE[0].account  # whom one is at first
NAMES = {person.account: person.name for person in PEOPLE}


def is_place(account: str, conversation: str) -> bool:
    """Say whether somebody may be there: in channels, in their own direct chat, at their own Home."""
    return conversation in CHANNELS or conversation in (addresses.direct_chat(account), addresses.home(account))


def zones_of(session: Session) -> list[str]:
    """Name the zones in which people here read times."""
    home = session.scalars(select(Organisation).join(Workspace).where(Workspace.platform == PLATFORM)).first()
    if home is None:
        return []
    readers = session.scalars(select(Person).where(Person.organisation_id == home.id, Person.removed_at.is_(None)))
    return sorted({home.time_zone, *(one.zone_name(home) for one in readers)})


def seed(session: Session, now: datetime) -> None:
    """Put the sample people in place, once."""
    if session.scalar(select(Workspace.id).where(Workspace.platform == PLATFORM)) is not None:
        return
    organisation = Organisation(name="Sample support team", created_at=now)
    session.add(organisation)
    session.flush()
    workspace = Workspace(
        organisation_id=organisation.id, platform=PLATFORM, address=WORKSPACE, name="Zanshin playground"
    )
    session.add(workspace)
    session.flush()
    seat(session, workspace, now)


def seat(
    session: Session,
    workspace: Workspace,
    now: datetime,
    *,
    account: Callable[[str], str] = str,
    channel: Callable[[str], str] = str,
) -> None:
    """Put the sample people, their team and its channels in place, each called as its platform calls them."""
    for place, name in CHANNELS.items():
        session.add(
            Conversation(
                organisation_id=workspace.organisation_id,
                workspace_id=workspace.id,
                address=channel(place),
                kind=ConversationKind.CHANNEL,
                name=name,
                is_support=place == "support",
            )
        )
    people = {
        sample.account: Person(
            organisation_id=workspace.organisation_id,
            name=sample.name,
            is_agent=not sample.is_supervisor,
            is_supervisor=sample.is_supervisor,
            is_admin=sample.is_admin,
        )
        for sample in PEOPLE
    }
    session.add_all(people.values())
    session.flush()
    for name, person in people.items():
        identity = Identity(person_id=person.id, workspace_id=workspace.id, address=account(name), last_acted_at=now)
        session.add(identity)


def language_of(session: Session, account: str) -> str:
    """Find out which language a person reads."""
    return (
        session.scalar(
            select(Person.locale)
            .join(Identity, Identity.person_id == Person.id)
            .join(Workspace, Workspace.id == Identity.workspace_id)
            .where(Workspace.platform == PLATFORM, Identity.address == account)
        )
        or "en"
    )
