"""Who caused a command and where: found anew for every change, remembered for half a minute for reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, bindparam, exists, select

from bot.directory.model import Conversation, ConversationKind, Identity, Organisation, Person, Workspace
from bot.errors import SetupMissing
from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import InstrumentedAttribute, Session

SEEN_EVERY = timedelta(minutes=1)  # how exactly we remember when somebody last acted


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a command came from, in the words of its platform."""

    key: str  # the same key means the same act of the same person
    platform: str
    workspace: str
    account: str
    name: str = ""  # as the platform shows it
    conversation: str
    kind: ConversationKind
    conversation_name: str = ""
    vouched: tuple[tuple[str, str], ...] = ()  # others the platform itself has named here: account and name
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # groups named here: each with those in it
    pressed: bool = False  # a button or a form on a message of ours, rather than typed words
    stays: bool = False  # what was pressed draws itself: the answer stands below it

    @property
    def identity(self) -> tuple[str, str, str]:
        """What tells one person of one platform from every other."""
        return self.platform, self.workspace, self.account


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person, or the clock, who caused a command."""

    organisation_id: int
    person_id: int | None  # None is the clock
    workspace_id: int | None = None
    name: str = ""
    locale: str = "en"
    time_zone: str = "UTC"
    is_agent: bool = False
    is_supervisor: bool = False
    is_admin: bool = False
    has_supervisor: bool = True  # does the organisation have one
    has_support_channel: bool = True  # does the organisation have one

    @property
    def on_team(self) -> bool:
        """Say whether they have any role."""
        return self.is_agent or self.is_supervisor or self.is_admin


def _owns(
    model: type[Person | Conversation], which: ColumnElement[bool] | InstrumentedAttribute[bool]
) -> ColumnElement[bool]:
    return exists().where(model.organisation_id == Organisation.id, which).correlate(Organisation)


# Built once: it is asked for with every command, and putting it together takes longer than asking it.
_ACTOR = (
    select(
        Identity,
        Person,
        Organisation,
        _owns(Person, Person.is_supervisor),
        _owns(Conversation, Conversation.is_support),
    )
    .join(Workspace, Workspace.id == Identity.workspace_id)
    .join(Person, Person.id == Identity.person_id)
    .join(Organisation, Organisation.id == Person.organisation_id)
    .where(
        Workspace.platform == bindparam("platform"),
        Workspace.address == bindparam("workspace"),
        Identity.address == bindparam("account"),
    )
)


def find_actor(session: Session, origin: Origin, now: datetime | None = None) -> Actor | None:
    """Find who this is, if they were here before; given `now`, remember that they acted, and their name."""
    found = session.execute(
        _ACTOR, {"platform": origin.platform, "workspace": origin.workspace, "account": origin.account}
    ).first()
    if found is None:
        return None
    identity, person, organisation, has_supervisor, has_support = found
    if now is not None and now - identity.last_acted_at > SEEN_EVERY:
        identity.last_acted_at = now
    if now is not None and origin.name and person.name == identity.address:
        person.name = origin.name  # until now we knew their account alone
    return Actor(
        organisation_id=organisation.id,
        person_id=person.id,
        workspace_id=identity.workspace_id,
        name=person.name,
        locale=person.locale,
        time_zone=organisation.time_zone,
        is_agent=person.is_agent,
        is_supervisor=person.is_supervisor,
        is_admin=person.is_admin,
        has_supervisor=has_supervisor,
        has_support_channel=has_support,
    )


def enrol(session: Session, origin: Origin, now: datetime) -> Actor:
    """Find or add the person; whoever types in the support channel joins the team as an agent."""
    workspace = session.scalar(
        select(Workspace).where(Workspace.platform == origin.platform, Workspace.address == origin.workspace)
    )
    if workspace is None:
        raise SetupMissing(
            _("Zanshin does not know this workspace."),
            _("It was not installed here, or was removed."),
            _("Ask whoever runs it to install it again."),
        )
    identity = session.scalar(
        select(Identity).where(Identity.workspace_id == workspace.id, Identity.address == origin.account)
    )
    if identity is None:
        person = add_person(session, workspace, account=origin.account, name=origin.name, now=now)
    else:
        person = session.get_one(Person, identity.person_id)
    place = find_conversation(session, workspace.organisation_id, workspace.id, origin, person.id)
    if place.is_support and not person.on_team and person.removed_at is None:
        person.is_agent = True
    session.flush()
    actor = find_actor(session, origin, now)
    assert actor is not None  # noqa: S101  it was written just above
    return actor


def add_person(session: Session, workspace: Workspace, *, account: str, name: str, now: datetime) -> Person:
    """Add somebody who is in a workspace, with no role yet."""
    person = Person(organisation_id=workspace.organisation_id, name=name or account)
    session.add(person)
    session.flush()
    session.add(Identity(person_id=person.id, workspace_id=workspace.id, address=account, last_acted_at=now))
    session.flush()
    return person


def find_conversation(
    session: Session, organisation_id: int, workspace_id: int, origin: Origin, person_id: int
) -> Conversation:
    """Find or add the conversation a command came from."""
    direct = origin.kind is ConversationKind.DIRECT
    where = (
        (Conversation.kind == ConversationKind.DIRECT, Conversation.person_id == person_id)
        if direct
        else (Conversation.address == origin.conversation,)
    )
    found = session.scalar(select(Conversation).where(Conversation.workspace_id == workspace_id, *where))
    if found is None:
        found = Conversation(
            organisation_id=organisation_id,
            workspace_id=workspace_id,
            address=origin.conversation,
            kind=origin.kind,
            name=origin.conversation_name or origin.conversation,
            person_id=person_id if direct else None,
        )
        session.add(found)
        session.flush()
    elif direct and found.address != origin.conversation:
        found.address = origin.conversation  # now we know how the platform calls it
    return found


def support_channel(session: Session, organisation_id: int) -> Conversation | None:
    """Find the channel where the team works; looked up once a transaction."""
    found: dict[int, Conversation | None] = session.info.setdefault("support channels", {})
    if organisation_id not in found:
        found[organisation_id] = session.scalar(
            select(Conversation).where(Conversation.organisation_id == organisation_id, Conversation.is_support)
        )
    return found[organisation_id]


def direct_chat(session: Session, person_id: int) -> int:
    """Find or add the direct chat with a person, where they acted last; looked up once a transaction."""
    found = _direct_chats(session)
    if person_id not in found:
        found[person_id] = _direct_chat(session, person_id).id
    return found[person_id]


def look_up_direct_chats(session: Session, people: Collection[int]) -> None:
    """Look up the direct chats with many people at once; those that are not there yet are added when needed."""
    if not people:
        return
    found = _direct_chats(session)
    rows = session.execute(
        select(Identity.person_id, Conversation.id)
        .outerjoin(
            Conversation,
            (Conversation.workspace_id == Identity.workspace_id)
            & (Conversation.person_id == Identity.person_id)
            & (Conversation.kind == ConversationKind.DIRECT),
        )
        .where(Identity.person_id.in_(people))
        .order_by(Identity.last_acted_at, Identity.id.desc())
    )
    latest = {person_id: chat for person_id, chat in rows}  # noqa: C416  rows are typed, dict() is not
    found |= {person_id: chat for person_id, chat in latest.items() if chat is not None and person_id not in found}


def _direct_chats(session: Session) -> dict[int, int]:
    chats: dict[int, int] = session.info.setdefault("direct chats", {})
    return chats


def _direct_chat(session: Session, person_id: int) -> Conversation:
    identity, workspace = session.execute(
        select(Identity, Workspace)
        .join(Workspace, Workspace.id == Identity.workspace_id)
        .where(Identity.person_id == person_id)
        .order_by(Identity.last_acted_at.desc(), Identity.id)
        .limit(1)
    ).one()
    return direct_chat_of(session, identity, workspace)


def direct_chat_of(session: Session, identity: Identity, workspace: Workspace) -> Conversation:
    """Find or add the direct chat with somebody in one workspace."""
    person_id = identity.person_id
    origin = Origin(
        key="",
        platform=workspace.platform,
        workspace=workspace.address,
        account=identity.address,
        conversation=f"@{identity.address}",
        kind=ConversationKind.DIRECT,
    )
    known = session.scalar(
        select(Conversation).where(
            Conversation.workspace_id == workspace.id,
            Conversation.kind == ConversationKind.DIRECT,
            Conversation.person_id == person_id,
        )
    )
    return known or find_conversation(session, workspace.organisation_id, workspace.id, origin, person_id)
