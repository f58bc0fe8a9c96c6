"""Who caused a command and where: found anew for every change, remembered for half a minute for reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, insert, select

from bot.directory import addresses
from bot.directory.following import back_again, follow, read_locale
from bot.directory.model import Conversation, ConversationKind, Identity, Organisation, Person, Workspace
from bot.errors import SetupMissing
from bot.say.language import _
from bot.typing.names import tidy_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

SEEN_EVERY = timedelta(minutes=1)  # how exactly we remember when somebody last acted


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a command came from, in the words of its platform."""

    key: str  # the same key means the same act of the same person
    platform: str
    workspace: str
    account: str
    alias: str = ""  # another id the platform has for them, which whoever installs may know better
    name: str = ""  # as the platform shows it
    name_is_shown: bool = True  # to everybody; otherwise it is a handle, for as long as nothing better is known
    time_zone: str = ""  # theirs, as the platform knows it
    locale: str = ""  # what they read, as the platform knows it
    conversation: str
    kind: ConversationKind
    conversation_name: str = ""
    vouched: tuple[tuple[str, str], ...] = ()  # others the platform itself has named here: account and name
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # groups named here: each with those in it
    pressed: bool = False  # a button or a form on a message of ours, rather than typed words
    under: tuple[str, ...] = ()  # how a card may be called in whose thread it was typed
    stays: str = ""  # "board" or "home": what was pressed draws itself, and the answer stands below it

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
    account: str = ""  # with the workspace before it: how the command line names them
    name: str = ""
    locale: str = "en"
    time_zone: str = "UTC"
    is_agent: bool = False
    is_supervisor: bool = False
    is_admin: bool = False
    has_admin: bool = True  # does the organisation have one
    was_removed: bool = False  # from the team: they join again by nothing they type

    @property
    def on_team(self) -> bool:
        """Say whether they have any role."""
        return self.is_agent or self.is_supervisor or self.is_admin


# Built once: it is asked for with every command, and putting it together takes longer than asking it.
_ACTOR = (
    select(
        Identity,
        Person,
        Organisation,
        exists().where(Person.organisation_id == Organisation.id, Person.is_admin).correlate(Organisation),
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


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Somebody who acts, with the rows that say so: what was loaded is handed on."""

    actor: Actor
    person: Person
    organisation: Organisation


def recognise(session: Session, origin: Origin, now: datetime | None = None) -> Acting | None:
    """Find who this is, if they were here before; given `now`, remember that they acted, and their name."""
    found = session.execute(
        _ACTOR, {"platform": origin.platform, "workspace": origin.workspace, "account": origin.account}
    ).first()
    if found is None:
        return None
    identity, person, organisation, has_admin = found
    if now is not None and now - identity.last_acted_at > SEEN_EVERY:
        identity.last_acted_at = now
    if now is not None:
        back_again(identity, person)
        follow(
            identity,
            person,
            name=origin.name,
            time_zone=origin.time_zone,
            locale=origin.locale,
            is_shown=origin.name_is_shown,
        )
    actor = Actor(
        organisation_id=organisation.id,
        person_id=person.id,
        workspace_id=identity.workspace_id,
        account=f"{origin.workspace}/{origin.account}",
        name=person.name,
        locale=read_locale(origin.locale) or person.locale,
        time_zone=organisation.time_zone,
        is_agent=person.is_agent,
        is_supervisor=person.is_supervisor,
        is_admin=person.is_admin,
        has_admin=has_admin,
        was_removed=person.removed_at is not None,
    )
    return Acting(actor=actor, person=person, organisation=organisation)


def find_actor(session: Session, origin: Origin) -> Actor | None:
    """Find who this is, if they were here before."""
    found = recognise(session, origin)
    return found.actor if found is not None else None


def enrol(session: Session, origin: Origin, now: datetime) -> Acting:
    """Find or add the person; whoever types in the support channel joins the team as an agent."""
    workspace = session.scalar(
        select(Workspace).where(Workspace.platform == origin.platform, Workspace.address == origin.workspace)
    )
    if workspace is None:
        raise SetupMissing(
            _("Zanshin doesn't know this workspace."),
            _("It wasn't installed here, or was removed."),
            _("Ask whoever runs it to install it again."),
        )
    identity = session.scalar(
        select(Identity).where(Identity.workspace_id == workspace.id, Identity.address == origin.account)
    )
    if identity is None and origin.alias:
        identity = _named_beforehand(session, workspace, origin)
    if identity is None:
        person = add_person(session, workspace, account=origin.account, name=origin.name, now=now)
    else:
        person = session.get_one(Person, identity.person_id)
    place = find_conversation(session, workspace.organisation_id, workspace.id, origin, person.id)
    if place.is_support and not person.on_team and person.removed_at is None:
        person.is_agent = True
    session.flush()
    acting = recognise(session, origin, now)
    assert acting is not None  # noqa: S101  it was written just above
    return acting


def _named_beforehand(session: Session, workspace: Workspace, origin: Origin) -> Identity | None:
    """Find somebody who was named by another id before they came; from now on they have the one they act under."""
    identity = session.scalar(
        select(Identity).where(Identity.workspace_id == workspace.id, Identity.address == origin.alias)
    )
    if identity is not None:
        person = session.get_one(Person, identity.person_id)
        person.name = origin.name if person.name == origin.alias and origin.name else person.name
        identity.address = origin.account
    return identity


def add_person(session: Session, workspace: Workspace, *, account: str, name: str, now: datetime) -> Person:
    """Add somebody who is in a workspace, with no role yet."""
    person = Person(organisation_id=workspace.organisation_id, name=tidy_name(name) or account)
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


def support_channels(session: Session, organisation_id: int) -> list[Conversation]:
    """List the channels where the team works: one for each workspace at most."""
    ours = (Conversation.organisation_id == organisation_id, Conversation.is_support)
    return list(session.scalars(select(Conversation).where(*ours).order_by(Conversation.id)))


class Chats:
    """Direct chats, each looked up once a transaction; those that are not there yet are added together."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[int, int] = {}  # by person

    def of(self, person_id: int) -> int:
        """Give the direct chat with a person that was opened before."""
        return self._found[person_id]

    def open(self, people: Collection[int]) -> None:
        """Find or add the direct chats with these people, where each of them acted last."""
        wanted = [person_id for person_id in people if person_id not in self._found]
        if not wanted:
            return
        rows = self._session.execute(
            select(Identity, Person.organisation_id, Conversation.id)
            .join(Person, Person.id == Identity.person_id)
            .outerjoin(
                Conversation,
                (Conversation.workspace_id == Identity.workspace_id)
                & (Conversation.person_id == Identity.person_id)
                & (Conversation.kind == ConversationKind.DIRECT),
            )
            .where(Identity.person_id.in_(wanted))
            .order_by(Identity.last_acted_at, Identity.id.desc())
        )
        reached = {identity.person_id: (identity, organisation_id, chat) for identity, organisation_id, chat in rows}
        self._found |= {person_id: chat for person_id, (_, _, chat) in reached.items() if chat is not None}
        new = [_direct_chat(identity, owner) for identity, owner, chat in reached.values() if chat is None]
        if new:
            new.sort(
                key=itemgetter("workspace_id", "address")
            )  # two transactions that add the same ones never wait in a ring
            adding = insert(Conversation).returning(Conversation.person_id, Conversation.id)
            added = self._session.execute(adding, new)
            self._found |= {person_id: chat for person_id, chat in added if person_id is not None}


def _direct_chat(identity: Identity, organisation_id: int) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id,
        "workspace_id": identity.workspace_id,
        "address": addresses.direct_chat(identity.address),
        "kind": ConversationKind.DIRECT,
        "name": addresses.direct_chat(identity.address),
        "person_id": identity.person_id,
    }


def direct_chat_of(session: Session, identity: Identity, workspace: Workspace) -> Conversation:
    """Find or add the direct chat with somebody in one workspace."""
    person_id = identity.person_id
    origin = Origin(
        key="",
        platform=workspace.platform,
        workspace=workspace.address,
        account=identity.address,
        conversation=addresses.direct_chat(identity.address),
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
