"""What a domain brings to the program: its commands, its typed words, what the clock does for it, its sections."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.directory.availability import Occupied
from bot.directory.model import Person
from bot.ports import Outcome, Subject
from bot.say.messages import Part
from bot.say.replies import Reply
from bot.typing.command import Command
from bot.typing.grammar import Phrase
from bot.work.questions import Question
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    Eraser = Callable[[Session, datetime], bool]  # erases some of what was written long enough ago; True: more is left
    # Says why two organisations, or two people, cannot become one just now; "" where nothing stands in the way.
    Hindrance = Callable[[Session, str, Person, Person], str]
    BoardSection = Callable[[Work, Person], Sequence[Part]]  # for whom it is drawn
    InThread = Callable[[Session, Subject, str], str]
    KeptAbout = Callable[[Work, Person], Sequence["Kept"]]


NOW = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of what is kept about somebody."""

    what: str  # with how many there are
    readers: str
    until: str


@dataclass(frozen=True, kw_only=True)
class Domain:
    """What one domain brings to the program."""

    use_cases: dict[type[Command], Callable[[Any, Work], Reply]]
    phrases: tuple[Phrase, ...] = ()
    clock: tuple[ClockTask, ...] = ()
    outcomes: dict[str, Callable[[Sequence[Outcome], Work], None]] = field(default_factory=dict)
    board: tuple[BoardSection, ...] = ()
    home: tuple[BoardSection, ...] = ()
    home_rank: int = 50  # a lower one stands higher on Home: what is most urgent to one person comes first
    # Who is available and still not asked: of one person, or of everybody.
    occupied: Callable[[Work, Person | None], Mapping[int, Occupied]] = lambda _work, _only: {}
    engaged: Callable[[Work], Mapping[int, Occupied]] = lambda _work: {}  # who looks after what cannot wait
    team_changed: Callable[[Work], None] = lambda _work: None  # somebody came, left, or can do something else
    # Words typed in the thread of a card, by what that card is about, as they are typed anywhere.
    in_thread: Mapping[str, InThread] = field(default_factory=dict)
    hinders: Hindrance = lambda _session, _purpose, _joins, _stays: ""
    # What whoever acts was asked and has not answered yet.
    questions: Callable[[Work], Sequence[Question]] = lambda _work: ()
    erase_old: Eraser = lambda _session, _now: False
    private: bool = False  # that somebody used it is their own affair: the trail lets go of who it was
    urgent: bool = False  # somebody waits for it: it is carried out however much whoever asks has asked for
    kept: KeptAbout = lambda _work, _person: ()  # what is kept about somebody, as docs/privacy.md says

    def __post_init__(self) -> None:
        """Refuse a command that does not say who may ask for it."""
        for command in self.use_cases:
            if not hasattr(command, "needs"):
                raise TypeError(
                    f"{command.__name__} ({command.__module__}) does not say who may ask for it: add"
                    f" `needs: ClassVar[Need] = Need.TEAM`, or Need.NOTHING where everybody in a workspace may."
                )


@dataclass(frozen=True, kw_only=True)
class ClockTask:
    """Something the clock does to the rows of one kind that are due, as a set."""

    name: str
    model: type[Any]  # has id and organisation_id
    act: Callable[[Sequence[Any], Work], None]  # due rows of one organisation; must move every one of them
    due: str = "next_due_at"  # the column that says when
    alone: bool = False  # one process at a time, and `act` locks what it needs; otherwise rows are locked for it
    has_next: ColumnElement[bool] | None = None  # which rows have a next step, and so need a time for it
    mended_after: timedelta = NOW  # when to look at a row that had lost its time
    again_after: timedelta | None = None  # when to look again at a row that failed; None: when somebody mends it


class CodePurpose(enum.StrEnum):
    """What a code is for."""

    JOIN = "join"  # two workspaces become part of one organisation
    LINK = "link"  # two identities become one person
