"""Work: the open transaction of one command, and everything a use case may touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from sqlalchemy import bindparam, select

from bot.delivery.cards import Kind, Outbox, Wanted, last_asked_at, let_go, readers_of
from bot.delivery.model import IfUnknown
from bot.directory.actors import Actor, Chats, Origin, find_conversation, support_channels
from bot.directory.model import Conversation, ConversationKind, Organisation, Person, Settings
from bot.directory.settings import settings_of
from bot.errors import NotFound
from bot.ports import Subject
from bot.say.language import _, speaking
from bot.say.messages import Message
from bot.say.replies import Private, Replace, Reply
from bot.store.database import digest, latest_of, locks_all
from bot.store.engines import Latest
from bot.typing.command import Command
from bot.work.memory import Recollection, Thoughts
from bot.work.views import draw_again

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.directory.availability import Occupied

    Engaged = Callable[["Work"], Mapping[int, Occupied]]
    TextWriter = Callable[[], Message]  # writes a message in the language that is spoken

Row = TypeVar("Row")
Kind_ = TypeVar("Kind_", bound=Settings)
T = TypeVar("T")

_TICK = timedelta(microseconds=1)
_CHANNEL = select(Conversation.id).where(  # built once: many commands ask where they are
    Conversation.workspace_id == bindparam("workspace"), Conversation.address == bindparam("address")
)


class NeedsRows(Exception):
    """Without a transaction, nothing more can be said."""


class NeedsTime(Exception):
    """On the event loop, nothing more can be said."""


class Work:
    """One transaction: load rows, decide, change rows, show cards, tell notices. It cannot send or await.

    A context: what was shown and told inside is written on the way out, in bulk, if nothing went wrong.
    """

    def __init__(
        self,
        session: Session | None,
        *,
        now: datetime,
        actor: Actor,
        origin: Origin | None = None,
        organisation: Organisation | None = None,
        person: Person | None = None,
        recollection: Recollection | None = None,
        engaged: Engaged | None = None,
        aside: bool = False,
        thoughts: Thoughts | None = None,
    ) -> None:
        self._session = session
        self._aside, self.thoughts = aside, thoughts or Thoughts()  # aside: on a thread, without a transaction
        self.now = now
        self.actor = actor
        self.origin = origin
        self.touched = {actor.organisation_id}  # organisations in which something may be different afterwards
        self._recollection = recollection  # of a read: it relies on what is remembered, and locks nothing
        self._organisation = organisation
        self._person = person  # kept: the session itself would forget who acts
        self.kept: dict[Any, Any] = {}  # what was looked up within this command, for whoever needs it after
        self._engaged = engaged
        self._latest: Latest | None = None
        self._outbox = Outbox()
        self._board_changed = False
        self.then: list[Command] = []  # carried out once a read has been answered

    @property
    def session(self) -> Session:
        """The open transaction; a read that was begun without one is begun again with one."""
        if self._session is None:
            raise NeedsRows
        return self._session

    def step_aside(self) -> None:
        """Go on where taking time holds nobody up: a read that was begun on the loop begins again on a thread."""
        if self._session is None and not self._aside:
            raise NeedsTime

    @cached_property
    def chats(self) -> Chats:
        """The direct chats with people."""
        return Chats(self.session)

    @property
    def reads(self) -> bool:
        """Say whether nothing may be changed or locked."""
        return self._recollection is not None

    def recall(self, key: Hashable, look: Callable[[], T]) -> T:
        """Look something up; a read may rely on what was found a few seconds ago, if nothing has changed here since."""
        return look() if self._recollection is None else self._recollection.recall(key, look)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None and self._session is not None:
            self._write()

    def _write(self) -> None:
        # Rows, then boards, then cards: every transaction locks in this order, so none waits for another in a ring.
        self.session.flush()
        place = self._outbox.address(self.session, self.chats)
        if self._board_changed:
            draw_again(self.session, self.actor.organisation_id, self.actor.person_id, self.now)
        self._outbox.write(self.session, self.now, place)

    @property
    def sends(self) -> bool:
        """Say whether something is to be shown or said after the commit."""
        return not self._outbox.is_empty

    @property
    def organisation(self) -> Organisation:
        """The organisation all of this happens in."""
        if self._organisation is None:
            self._organisation = self.session.get_one(Organisation, self.actor.organisation_id)
        return self._organisation

    @cached_property
    def engaged(self) -> Mapping[int, Occupied]:
        """Who looks after something that cannot wait, whatever domain it is of."""
        return self._engaged(self) if self._engaged is not None else {}

    @cached_property
    def support_channels(self) -> list[Conversation]:
        """The channels where the team works: one for each platform at most."""
        return support_channels(self.session, self.actor.organisation_id)

    @property
    def support_channel(self) -> Conversation | None:
        """The channel where the team works, of the platform somebody acts on if there is one."""
        near = [one for one in self.support_channels if one.workspace_id == self.actor.workspace_id]
        return next(iter(near or self.support_channels), None)

    def settings(self, model: type[Kind_]) -> Kind_ | None:
        """Look up the organisation's row of settings of one kind, those of all kinds at once."""
        if model not in self.kept:
            self.kept |= settings_of(self.session, self.actor.organisation_id)
        found: Kind_ | None = self.kept[model]
        return found

    def look(self, model: type[Row], row_id: int | None, what: str) -> Row:
        """Load a row of the actor's organisation to read it; `what` names it in the refusal."""
        row = self.session.get(model, row_id) if row_id is not None else None
        return self._ours(row, what)

    def find(self, model: type[Row], row_id: int | None, what: str) -> Row:
        """Load a row of the actor's organisation for a change; `what` names it in the refusal."""
        if row_id is None or self.reads or locks_all(self.session):
            return self.look(model, row_id, what)
        if (locked := self.kept.get((model, row_id))) is not None:  # nobody else has changed it since
            return cast("Row", locked)
        columns: Any = model
        row = self.session.scalar(
            select(model)
            .where(columns.id == row_id, columns.organisation_id == self.actor.organisation_id)
            .with_for_update()
            .execution_options(populate_existing=True)  # what was loaded before the lock may be old by now
        )
        found = self.kept[model, row_id] = self._ours(row, what)
        return found

    def _ours(self, row: Row | None, what: str) -> Row:
        columns: Any = row
        if row is None or columns.organisation_id != self.actor.organisation_id:
            raise NotFound(
                _("{what} isn't here.").format(what=what),
                _("It may belong to somebody else, or was erased."),
                _("Type the command again to see what is there now."),
            )
        return row

    def me(self) -> Person:
        """Load the person who acts."""
        return self.find(Person, self.actor.person_id, _("Your place on the team"))

    def here(self) -> Conversation:
        """Find the conversation the command came from."""
        assert self.origin is not None and self.actor.workspace_id is not None  # noqa: S101, PT018  the clock is nowhere
        assert self.actor.person_id is not None  # noqa: S101  as above
        return find_conversation(
            self.session, self.actor.organisation_id, self.actor.workspace_id, self.origin, self.actor.person_id
        )

    def channel_id(self) -> int | None:
        """Find the channel the command came from, if we know it already."""
        if self.origin is None or self.origin.kind is not ConversationKind.CHANNEL:
            return None
        return self.session.scalar(
            _CHANNEL, {"workspace": self.actor.workspace_id, "address": self.origin.conversation}
        )

    @property
    def in_direct_chat(self) -> bool:
        """Say whether the actor reads the answer where their cards stand and follow what happens."""
        return self.origin is not None and self.origin.kind is ConversationKind.DIRECT

    def answer(self, message: Message) -> Reply:
        """Answer the actor alone: in place of what they pressed, or below what they typed, or what draws itself."""
        if self.origin is not None and self.origin.pressed and not self.origin.stays:
            return Replace(message=message)
        return Private(message=message)

    def show(
        self,
        subject: Subject,
        conversation: Conversation,
        message: Message,
        *,
        outcome_to: str | None = None,
        under: Subject | None = None,
        aloud: bool = False,
        afresh: bool = False,
    ) -> None:
        """Show this in the card of a subject, in one conversation, from now on.

        It stands in the thread of the card of another subject, `under`, and is heard outside of it too if said `aloud`;
        `afresh`, it is a new message in place of the one there was: changing one makes no sound.
        """
        wanted = self._wanted(subject, conversation, message, outcome_to=outcome_to)
        self._outbox.ask(Kind.SHOW, replace(wanted, under=under, aloud=aloud, afresh=afresh))

    def show_to(
        self,
        subject: Subject,
        person: Person,
        write: TextWriter,
        *,
        lasts: timedelta | None = None,
        if_unknown: IfUnknown = IfUnknown.AGAIN,
        outcome_to: str | None = None,
        afresh: bool = False,
    ) -> None:
        """Show this in the card of a subject, in the person's direct chat and language; not after `lasts`."""
        wanted = self._wanted(
            subject, person, _written(person, write), lasts=lasts, if_unknown=if_unknown, outcome_to=outcome_to
        )
        self._outbox.ask(Kind.SHOW, replace(wanted, afresh=afresh))

    def show_anew(self, subject: Subject, person: Person, write: TextWriter, *, instead: TextWriter) -> None:
        """Show this in a new message, at the end of the person's direct chat; the one there was says `instead`."""
        let_go(self.session, subject, person, _written(person, instead), self.now)
        self.show_to(subject, person, write)

    def readers(self, subject: Subject) -> Sequence[Person]:
        """List who has the card of a subject in their direct chat."""
        return readers_of(self.session, subject)

    def correct(self, subject: Subject, conversation: Conversation, message: Message) -> None:
        """Change what the card of a subject shows there; a card that nobody has seen yet is never sent."""
        self._outbox.ask(Kind.CORRECT, self._wanted(subject, conversation, message))

    def correct_for(self, subject: Subject, person: Person, write: TextWriter) -> None:
        """Change what the card of a subject shows in the person's direct chat, if they have seen it."""
        self._outbox.ask(Kind.CORRECT, self._wanted(subject, person, _written(person, write)))

    def tell(
        self,
        subject: Subject,
        person: Person,
        write: TextWriter,
        *,
        lasts: timedelta | None = None,
        if_unknown: IfUnknown = IfUnknown.AGAIN,
        outcome_to: str | None = None,
    ) -> None:
        """Tell a person something once, in their direct chat and their language; after `lasts` it is too late."""
        wanted = self._wanted(
            subject, person, _written(person, write), lasts=lasts, if_unknown=if_unknown, outcome_to=outcome_to
        )
        self._outbox.ask(Kind.TELL, wanted)

    def announce(
        self, subject: Subject, to: Conversation, message: Message, *, lasts: timedelta, outcome_to: str | None = None
    ) -> None:
        """Say something once to everybody in a channel; after `lasts` it is too late."""
        self._outbox.ask(Kind.TELL, self._wanted(subject, to, message, lasts=lasts, outcome_to=outcome_to))

    def withdraw(self, subject: Subject) -> None:
        """Take back what was not said yet about a subject: it no longer holds."""
        self._outbox.withdraw(subject)

    def _wanted(
        self,
        subject: Subject,
        to: Conversation | Person,
        message: Message,
        *,
        lasts: timedelta | None = None,
        if_unknown: IfUnknown = IfUnknown.AGAIN,
        outcome_to: str | None = None,
    ) -> Wanted:
        return Wanted(
            organisation_id=self.actor.organisation_id,
            subject=subject,
            conversation_id=to.id if isinstance(to, Conversation) else None,
            person=to if isinstance(to, Person) else None,
            message=message,
            asked_at=self._next_moment(),
            not_after=self.now + lasts if lasts is not None else None,
            if_unknown=if_unknown,
            outcome_to=outcome_to,
        )

    def board_changed(self) -> None:
        """Have every open status board of the organisation drawn again."""
        self._board_changed = True

    def digest(self, words: str, purpose: str) -> str:
        """Hash a reference, so that it can be compared and not read."""
        return digest(self.session, words, purpose)

    def _next_moment(self) -> datetime:
        # Rows keep the order they were asked for in, though a transaction has one `now` and clocks differ.
        if self._latest is None:
            self._latest = latest_of(self.session)
        asked = self._latest.at or last_asked_at(self.session) or self.now
        self._latest.at = following = max(self.now, asked) + _TICK
        return following


def _written(person: Person, write: TextWriter) -> Message:
    with speaking(person.locale):
        return write()
