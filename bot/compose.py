"""The only place that builds the whole program out of its parts."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from bot import afterwards, causes, gestures, handoffs, insights, people, playbooks
from bot.afterwards.caring import minding, words_were_heated
from bot.afterwards.retrospectives import offer_draft
from bot.causes.asking import asking
from bot.causes.showing import causes_section
from bot.delivery.model import Notice
from bot.delivery.sender import Sender
from bot.directory.actors import Actor, Origin
from bot.directory.availability import Occupied
from bot.directory.following import Said, take_in
from bot.directory.model import Organisation
from bot.directory.roster import supervisors
from bot.errors import ContentProblem
from bot.gestures.commands import AskForGesture
from bot.handoffs.commands import Recuse
from bot.handoffs.model import Reason
from bot.incidents import domain as incidents
from bot.incidents.commands import AskForUpdate, AskToOpen
from bot.incidents.updates.answering import news_for
from bot.incidents.updates.known import times_of_the_incident
from bot.incidents.updates.wordings import Wordings, load_wordings
from bot.insights.building import Sources
from bot.people.setup import appoint, warn_if_last
from bot.people.surroundings import Surroundings
from bot.playbooks.answers.danger import heard
from bot.playbooks.cards import supervisor as supervisor_cards
from bot.playbooks.catalogue import Catalogue
from bot.playbooks.library import Library
from bot.playbooks.shelves.folder import Folder
from bot.playbooks.shelves.guards import ends_the_call
from bot.playbooks.shelves.shelf import Books, Shelf, read_books, read_over_ours
from bot.playbooks.steps.walking import Walking
from bot.ports import Clock, Messenger, Subject
from bot.say.language import _, load_all
from bot.say.messages import Button
from bot.scheduling.ticker import Ticker
from bot.store.bell import Bell
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.typing.grammar import Grammar, Phrase
from bot.understanding.ready import get_ready
from bot.watch.metrics import Metrics
from bot.work.bucket import Allowance, Buckets
from bot.work.clockwork import Clockwork
from bot.work.dispatch import Dispatch
from bot.work.domain import ClockTask, Domain
from bot.work.memory import Memory
from bot.work.outcomes import erase_bodies, outcome_tasks
from bot.work.retention import CAUTIOUS, Retention
from bot.work.trail import Trail
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.typing.command import Command
    from bot.work.domain import Eraser


@dataclass(frozen=True, kw_only=True)
class Program:
    """The whole program, ready to run."""

    database: Database
    clock: Clock
    catalogue: Catalogue
    problems: tuple[ContentProblem, ...]  # of content files
    domains: tuple[Domain, ...]
    grammar: Grammar
    dispatch: Dispatch
    clockwork: Clockwork
    sender: Sender
    bell: Bell
    ticker: Ticker
    metrics: Metrics
    admins: frozenset[str] = frozenset()  # accounts that whoever runs the server has named
    retention: Retention = CAUTIOUS
    reports: Sources = field(default_factory=Sources)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Everything that can be typed."""
        return self.grammar.phrases

    async def appoint(self, who: Origin) -> None:
        """Make somebody admin on the word of whoever runs the server. Raises DatabaseAway."""
        await self.database.write(partial(appoint, who=who, now=self.clock.now()))
        self.bell.wake()

    async def follow(self, said: Said) -> None:
        """Take in what a platform says of somebody. Raises DatabaseAway."""
        await self.database.write(partial(self._follow, said=said))
        self.bell.wake()

    def _follow(self, session: Session, *, said: Said) -> None:
        now = self.clock.now()
        person = take_in(session, said, now)
        if person is None:
            return
        clock = Actor(organisation_id=person.organisation_id, person_id=None)
        engaged = partial(engaged_in, domains=self.domains)
        with Work(session, now=now, actor=clock, engaged=engaged) as work:
            session.flush()
            for domain in self.domains:
                domain.team_changed(work)
            if said.left and person.is_supervisor:
                warn_if_last(person, work)
            work.board_changed()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Send and tick while inside; on the way out finish what was begun."""
        await self.database.write(partial(tell_broken_files, problems=self.problems, clock=self.clock))
        learned = asyncio.create_task(asyncio.to_thread(_get_ready))  # nobody waits for it, but who asks first
        sending = asyncio.create_task(self.sender.run())
        ringing = asyncio.create_task(self.bell.run())
        self.ticker.start()
        try:
            yield
        finally:
            await self.ticker.stop()
            ringing.cancel()
            self.sender.stop()
            await sending
            await learned


def _get_ready() -> None:
    """Load what is loaded when somebody first needs it."""
    get_ready()
    ends_the_call("")  # which compiles the rules it reads
    load_all()


@dataclass(frozen=True)
class Bookcase:
    """What a folder of content files holds: read and indexed once, for as many programs as need it."""

    books: Books
    wordings: Wordings
    folder: Folder | None = None  # is read again when it changes

    @property
    def problems(self) -> tuple[ContentProblem, ...]:
        """What cannot be read in it."""
        openings = (problem for one in self.books.openings.values() for problem in one.problems)
        return (*self.books.catalogue.problems, *openings, *self.wordings.problems)


def read_bookcase(folder: Path) -> Bookcase:
    """Read every playbook, opening and wording of a folder."""
    return Bookcase(read_books(folder), load_wordings(folder))


def open_bookcase(path: Path) -> Bookcase:
    """Read ours, and over them a folder of whoever runs the server, which goes on being looked at."""
    if path == SHIPPED_PLAYBOOKS:
        return read_bookcase(path)
    folder = Folder(path)
    return Bookcase(read_over_ours(folder), load_wordings(path), folder)


def compose(
    *,
    database: Database,
    clock: Clock,
    bookcase: Bookcase,
    messengers: Mapping[str, Messenger],
    more: Sequence[Domain] = (),
    admins: frozenset[str] = frozenset(),
    retention: Retention = CAUTIOUS,
    allowance: Allowance | None = None,
    address: str = "",  # by which browsers of people reach it, where they do
) -> Program:
    """Build the program around a database, a clock and the platforms configured; `more` are further domains."""
    domains = build_domains(bookcase, more, retention, address)
    grammar, engaged = build_grammar(bookcase.books.catalogue, domains), partial(engaged_in, domains=domains)
    metrics, memory, trail = _from_zero(messengers, domains), Memory(), Trail(private_commands(domains))
    sender = Sender(database=database, clock=clock, messengers=messengers, metrics=metrics)
    bell = Bell(database, sender.wake)
    wake = bell.wake
    dispatch = Dispatch(
        database=database,
        clock=clock,
        grammar=grammar,
        use_cases={command: use for domain in domains for command, use in domain.use_cases.items()},
        wake=wake,
        metrics=metrics,
        memory=memory,
        engaged=engaged,
        trail=trail,
        buckets=Buckets(allowance, urgent_commands(domains)),
        questions=[domain.questions for domain in domains],
    )
    clockwork = Clockwork(database=database, clock=clock, memory=memory, metrics=metrics, wake=wake, engaged=engaged)
    return Program(
        database=database,
        clock=clock,
        catalogue=bookcase.books.catalogue,
        problems=bookcase.problems,
        domains=domains,
        grammar=grammar,
        dispatch=dispatch,
        clockwork=clockwork,
        sender=sender,
        bell=bell,
        ticker=build_ticker(clockwork, domains, trail, retention),
        metrics=metrics,
        admins=admins,
        retention=retention,
        reports=report_sources(bookcase, retention, address),
    )


def erasers_of(domains: Sequence[Domain], retention: Retention) -> tuple[Eraser, ...]:
    """List what erases what nobody needs any more."""
    return (partial(erase_bodies, retention=retention), *(domain.erase_old for domain in domains))


def report_sources(bookcase: Bookcase, retention: Retention, address: str) -> Sources:
    """Gather what reports need beside rows."""
    titles = Shelf(bookcase.books, bookcase.folder).titles
    return Sources(titles, retention, address, further=(causes_section,))


def _from_zero(platforms: Iterable[str], domains: tuple[Domain, ...]) -> Metrics:
    """Let every count be there before anything is counted: what appears as one has not risen."""
    metrics = Metrics()
    metrics.expect(
        platforms=platforms,
        commands=(command.called() for domain in domains for command in domain.use_cases),
        tasks=(task.name for task in clock_tasks(domains)),
    )
    return metrics


def build_ticker(clockwork: Clockwork, domains: tuple[Domain, ...], trail: Trail, retention: Retention) -> Ticker:
    """Build what the clock does: what is due, what is chained, what is let go of."""
    erasers: tuple[Eraser, ...] = (partial(trail.forget, retention=retention), *erasers_of(domains, retention))
    return Ticker(clockwork=clockwork, tasks=clock_tasks(domains), erasers=erasers, trail=trail)


def build_domains(
    bookcase: Bookcase, more: Sequence[Domain] = (), retention: Retention = CAUTIOUS, address: str = ""
) -> tuple[Domain, ...]:
    """Build what the program can do: a line for each domain, in the order of the help and of the board."""
    shelf = Shelf(bookcase.books, bookcase.folder)
    walking = Walking(shelf=shelf, doable=DOABLE, times=times_of_the_incident)
    library = Library(walking, heated=words_were_heated, news=news_for)
    domains: tuple[Domain, ...] = (
        playbooks.domain(library, retention),
        minding(asking(handoffs.domain(library.used_lately, retention))),
        heard(gestures.domain(retention)),
        asking(heard(incidents.domain(bookcase.wordings, retention, offer_draft))),
        heard(afterwards.domain(retention)),
        insights.domain(report_sources(bookcase, retention, address)),
        heard(causes.domain(retention)),
        *more,
        people.domain(Surroundings(lambda: domains), retention),
    )
    return domains


def urgent_commands(domains: Sequence[Domain]) -> list[type[Command]]:
    """List what is carried out however much whoever asks has asked for."""
    return [command for domain in domains if domain.urgent for command in domain.use_cases]


def private_commands(domains: Sequence[Domain]) -> list[str]:
    """Name the commands that tell who stepped out of a case, or which playbook somebody needed."""
    return [one.called() for domain in domains if domain.private for one in domain.use_cases]


def engaged_in(work: Work, *, domains: Sequence[Domain]) -> dict[int, Occupied]:
    """Say who looks after something that cannot wait: one answer, for every domain that would ask them for more."""
    return {who: found for domain in domains for who, found in domain.engaged(work).items()}


def clock_tasks(domains: tuple[Domain, ...]) -> tuple[ClockTask, ...]:
    """List everything the clock acts on."""
    listeners = {name: hear for domain in domains for name, hear in domain.outcomes.items()}
    return (*outcome_tasks(listeners), *(task for domain in domains for task in domain.clock))


# What a step of a playbook can start.
DOABLE: dict[str, Callable[[], Button]] = {
    "recuse": lambda: Recuse().button(_("Find somebody to take over"), "primary"),
    "open-incident": lambda: AskToOpen().button(_("Open an incident"), "primary"),
    "post-update": lambda: AskForUpdate().button(_("Write an update"), "primary"),
    "gesture": lambda: AskForGesture().button(_("Make a gesture"), "primary"),
    "recuse-safety": lambda: Recuse(reason=Reason.SAFETY).button(_("Get me out, call a supervisor"), "danger"),
}


def build_grammar(catalogue: Catalogue, domains: tuple[Domain, ...]) -> Grammar:
    """Build what can be typed."""
    phrases = tuple(phrase for domain in domains for phrase in domain.phrases)
    return Grammar(phrases, {name: f"/calm {name}" for name in catalogue.playbooks})


def tell_broken_files(session: Session, *, problems: Sequence[ContentProblem], clock: Clock) -> None:
    """Tell every supervisor once about content files that cannot be read."""
    if not problems:
        return
    lines = list(map(str, problems))
    subject = Subject.of("content", hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16])
    for organisation in session.scalars(select(Organisation)):
        told = session.scalar(
            select(exists().where(Notice.subject == subject, Notice.organisation_id == organisation.id))
        )
        if told:
            continue
        with Work(session, now=clock.now(), actor=Actor(organisation_id=organisation.id, person_id=None)) as work:
            for person in supervisors(session, organisation.id):
                work.tell(subject, person, partial(supervisor_cards.broken_files, lines))
