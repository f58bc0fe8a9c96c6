"""What can be asked about handoffs and holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from bot.commands import Command, Need, Number
from bot.handoffs.model import Reason
from bot.say.language import N_
from bot.typing.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 3000  # characters of one answer in a note
LONGEST_LINE = 200


class StartHold(Command):
    """Say "I asked them to hold": the clock the customer waits by starts."""

    needs: ClassVar[Need] = Need.TEAM


class EndHold(Command):
    """Say "I am back": the customer is no longer on hold."""

    hold: Number
    handoff: Number | None = None  # on whose card it was said


class Recuse(Command):
    """Step out of a case: find somebody who takes it over. Everything but the press itself is optional."""

    needs: ClassVar[Need] = Need.TEAM

    who: str = ""  # the colleague to ask first
    on_behalf_of: str = ""  # a supervisor steps in for somebody
    case: str = Field(default="", max_length=LONGEST_LINE)
    reason: Reason | None = None
    note: str = Field(default="", max_length=LONGEST)
    cut: bool = False  # more was typed than a note takes
    another: bool = False  # although one of theirs is open


class ShowHandoff(Command):
    """Show how a handoff stands, as far as the actor may know."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    handoff: Number


class AskForNote(Command):
    """Open the form of the note for the taker."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    handoff: Number


class WriteNote(Command):
    """Tell the taker more."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number
    reason: Reason | None = None
    case: str = Field(default="", max_length=LONGEST_LINE)
    customer: str = Field(default="", max_length=LONGEST_LINE)
    mood: str = Field(default="", max_length=LONGEST_LINE)
    happened: str = Field(default="", max_length=LONGEST)
    promised: str = Field(default="", max_length=LONGEST)
    asked_for: str = Field(default="", max_length=LONGEST)
    real_problem: str = Field(default="", max_length=LONGEST)
    do_nots: str = Field(default="", max_length=LONGEST)


class AcceptHandoff(Command):
    """Take the case over. The first one wins."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class DeclineHandoff(Command):
    """Say no to an offer; the next one is asked at once."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class AskWhyDeclined(Command):
    """Open the form for the reason of a no."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    handoff: Number


class ExplainDecline(Command):
    """Say why one declined; supervisors read it."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number
    why: str = Field(default="", max_length=500)


class CancelHandoff(Command):
    """Go on alone after all."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # None: the one of mine that is searched for


class PromiseCallback(Command):
    """Say that the customer will be called back: the search ends."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class HandBack(Command):
    """Hand on a case that one had taken over: somebody else is looked for."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # None: the one I took over last


class CompleteHandoff(Command):
    """Be done with a case that one had taken over."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # as above


class KeepHandoff(Command):
    """Still be at it: ask again later."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class TakeOver(Command):
    """Take a case over as a supervisor, whoever has it."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    handoff: Number


class AskToReassign(Command):
    """Open the form that gives a case to somebody."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    handoff: Number


class ReassignHandoff(Command):
    """Give a case to somebody."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    handoff: Number
    who: str


class ExplainLadder(Command):
    """Show why each person was asked or not."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    handoff: Number


class AskForTimes(Command):
    """Open the times of the ladder."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class ChangeTimes(Command):
    """Change the times of the ladder."""

    needs: ClassVar[Need] = Need.ADMIN

    one: int = Field(ge=5, le=300)
    everybody: int = Field(ge=5, le=300)
    supervisors: int = Field(ge=15, le=900)
    nobody: int = Field(ge=1, le=60)
    cooling: int = Field(ge=0, le=480)


# --- how a recuse is typed ----------------------------------------------------------------------

_CASE = re.compile(r"[A-Za-z][A-Za-z0-9]*-\d+|#[A-Za-z0-9-]*\d|\d{3,}")
_WORDS: dict[str, Reason] = {
    "heated": Reason.HEATED,
    "too heated": Reason.HEATED,
    "personal attack": Reason.ATTACK,
    "personal": Reason.ATTACK,
    "attack": Reason.ATTACK,
    "insulted": Reason.ATTACK,
    "safety": Reason.SAFETY,
    "threat": Reason.SAFETY,
    "threats": Reason.SAFETY,
    "exhausted": Reason.EXHAUSTED,
    "conflict of interest": Reason.CONFLICT,
    "conflict": Reason.CONFLICT,
    "end of shift": Reason.END_OF_SHIFT,
    "shift": Reason.END_OF_SHIFT,
    "other": Reason.OTHER,
}
_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)
_THREAT = re.compile(
    r"\b(threat\w*|(?:will|gonna|going to|to|wanna|i'?ll|could|should) (?:kill|shoot|stab|hurt|beat|burn|slap|punch)|"
    r"kill(?:s|ed|ing)? (?:me|you|us|him|her|them|someone|somebody|himself|herself|myself)|"
    r"hurts? (?:me|you|us|someone|somebody)|weapon|gun|knife|bomb|beat me up|"
    r"com(?:e|es|ing) (?:after|for|over to|round to) (?:me|you|us|your|my|our)|finds? (?:me|you|out where)|"
    r"(?:knows?|where) (?:where )?(?:i|you|we) live|rape\w*|stalk\w*|suicid\w*|"
    r"harm (?:me|you|myself|himself|herself))\b",
    re.IGNORECASE,
)


def read_recuse(words: str) -> Command:
    """Read "@ben CASE-42 heated: wants the manager": every piece optional, whatever is left is the note."""
    rest = words.strip()
    on_behalf_of = who = case = ""
    if rest.lower().startswith("for "):
        on_behalf_of, rest = _take_person(rest[4:].strip())
        rest = rest if on_behalf_of else words.strip()
    if not on_behalf_of:
        who, rest = _take_person(rest)
    head, _sep, tail = rest.partition(" ")
    if _CASE.fullmatch(head.rstrip(":,")) and len(head) <= LONGEST_LINE:
        case, rest = head.rstrip(":,").lstrip("#"), tail.strip()
    reason, rest = _take_reason(rest)
    return Recuse(
        who=who,
        on_behalf_of=on_behalf_of,
        case=case,
        reason=reason,
        note=rest[:LONGEST],
        cut=len(rest) > LONGEST,
    )


def _take_person(words: str) -> tuple[str, str]:
    if not words.startswith(("<@", "@")):
        return "", words
    who, _sep, rest = words.partition(" ")
    return who, rest.strip()


def _take_reason(words: str) -> tuple[Reason | None, str]:
    lowered = words.lower()
    for name in _BY_LENGTH:
        if lowered == name:
            return _WORDS[name], ""
        if lowered.startswith((f"{name}:", f"{name},", f"{name} -", f"{name} –")):
            return _WORDS[name], words[len(name) :].lstrip(" -–:,").strip()
    return None, words


def is_threat(words: str) -> bool:
    """Say whether words tell of threats: then a supervisor is called at once. Rather once too often."""
    return _THREAT.search(words) is not None


def _alone(command: type[Command], word: str) -> Callable[[str], Command]:
    """Read a word that stands alone; with more behind it, it was the beginning of a note."""
    return lambda rest: read_recuse(f"{word} {rest}") if rest else command()


PHRASES = (
    Phrase(
        starts="/recuse",
        takes="[@colleague] [case] [why: what happened]",
        help=N_("Step out of a heated case: I find somebody who takes it over."),
        read=read_recuse,
        examples=(
            "/recuse",
            "/recuse @ben",
            "/recuse CASE-42 heated: wants the manager",
            "/recuse for @ana",
        ),
    ),
    Phrase(
        starts="/recuse cancel",
        help=N_("Go on alone after all."),
        read=_alone(CancelHandoff, "cancel"),
        examples=("/recuse cancel",),
    ),
    Phrase(
        starts="/recuse done",
        help=N_("Be done with the case you took over."),
        read=_alone(CompleteHandoff, "done"),
        examples=("/recuse done",),
    ),
    Phrase(
        starts="/recuse back",
        help=N_("Hand on the case you took over; I look for somebody else."),
        read=_alone(HandBack, "back"),
        examples=("/recuse back",),
    ),
    Phrase(
        starts="/zanshin settings handoffs",
        help=N_("Change how long each step of a handoff waits."),
        read=lambda _words: AskForTimes(),
        examples=("/zanshin settings handoffs",),
    ),
)
