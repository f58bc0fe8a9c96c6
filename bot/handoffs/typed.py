"""What is typed about handoffs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.handoffs.cases import take_case
from bot.handoffs.commands import LONGEST, AddToNote, AskForTimes, CancelHandoff, CompleteHandoff, HandBack
from bot.handoffs.reading.asking_first import LEFT_OUT, insist_on_search
from bot.handoffs.reading.callbacks import read_callback, read_callback_in
from bot.handoffs.reading.colleagues import PLEASE
from bot.handoffs.reading.handing_on import GIVE_TO, read_back_in, read_giving
from bot.handoffs.reading.stepping_out import FOR, read_recuse
from bot.safety.hearing import danger_in
from bot.say.language import N_
from bot.typing.command import Command
from bot.typing.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable


_RECEIVES = ("to ", "an ", *FOR)
_IN_FRONT = ("to ", "an ", "ask ", "")  # of a colleague who is to be asked first
_NOTE = re.compile(r"(?:note|notiz|add\s+to\s+(?:(?:the|my)\s+)?note|zur\s+notiz)\s*[:,–—-]\s*", re.IGNORECASE)


def _alone(command: type[Command], word: str) -> Callable[[str], Command]:
    """Read a word that stands alone; with more behind it, it was the beginning of a note."""
    return lambda rest: _read_first(f"{word} {rest}") if rest else command()


def _read_first(words: str) -> Command:
    """Read what stands behind /recuse, wherever its words begin like another command of ours."""
    if note := _NOTE.match(words):
        return _read_note(words[note.end() :])
    found = read_callback_in(words) or read_giving(words) or read_back_in(words)
    return found or insist_on_search(words, read_recuse(words))


def _read_note(words: str) -> Command:
    """Read more for the note; whoever tells of danger has somebody looked for."""
    said = words.strip(" :,–—-")
    return read_recuse(said) if danger_in(said) else AddToNote(words=said[:LONGEST])


def _read_back(words: str) -> Command:
    return _read_first(f"back {words}") if words else HandBack()


def _is_name(behind: str) -> bool:
    """Say whether what stands behind a colleague's name shows that it is one: a mark, a case, "please" or nothing."""
    said = behind.strip()
    return not said or said[0] in ",:;–—" or PLEASE.match(said) is not None or take_case(said)[0] != ""


PHRASES = (
    Phrase(
        starts="/recuse",
        takes=N_("[@colleague] [case] [why: what happened]"),
        help=N_("Step out of a heated case: I find somebody who takes it over."),
        read=_read_first,
        person_after=(
            *FOR,
            *(f"{back} {to}" for back in ("zurück", "zurückgeben") for to in _RECEIVES),
            *GIVE_TO,
            *_IN_FRONT,
        ),
        person_within=LEFT_OUT,
        sure=dict.fromkeys((*GIVE_TO, *_IN_FRONT), _is_name),
        private=True,
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
        starts="/recuse callback",
        takes=N_("[by when]"),
        help=N_("Promise the customer a call instead; I remind you, and find somebody else if it's late."),
        read=read_callback,
        private=True,
        examples=("/recuse callback 16:30", "/recuse callback tomorrow 9:00"),
    ),
    Phrase(
        starts="/recuse note",
        takes=N_("[what happened]"),
        help=N_("Add to the note of the case you hand over, or have taken."),
        read=_read_note,
        private=True,
        examples=("/recuse note she waits since May",),
    ),
    Phrase(
        starts="/recuse back",
        takes=N_("[@colleague] [case] [why]"),
        help=N_("Hand on the case you took over; I look for somebody else."),
        read=_read_back,
        person_after=_RECEIVES,
        private=True,
        examples=("/recuse back", "/recuse back she wants the manager now"),
    ),
    Phrase(
        starts="/zanshin settings handoffs",
        help=N_("Change how long each step of a handoff waits."),
        read=lambda _words: AskForTimes(),
        examples=("/zanshin settings handoffs",),
    ),
)
