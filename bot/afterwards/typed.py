"""How what comes after an incident is typed."""

from __future__ import annotations

import re

from bot.afterwards.commands import (
    LONGEST_WHAT,
    AskForCare,
    AskForFollowUp,
    ListFollowUps,
    ShowRetrospective,
    ShowWeek,
    TypeFollowUp,
)
from bot.errors import NotUnderstood
from bot.incidents.typed.numbers import only_number, take_number
from bot.playbooks.commands import Calm
from bot.say.language import N_, _
from bot.typing.command import Command
from bot.typing.grammar import Phrase

# As it is read alone, and as it stands behind the command.
_BEHIND_ITS_NUMBER = re.compile(r"(?:^|\bfollowup\s+)#?\d{1,9}[\s:,]+(?=[^\W\d])", re.IGNORECASE)


def read_follow_up(words: str) -> Command:
    """Read "12 @ana friday: rotate the keys"; alone it is a form."""
    number, line = take_number(words)
    if not line:
        return AskForFollowUp(number=number)
    if len(line) > LONGEST_WHAT:
        raise NotUnderstood(
            _("That's too long for one follow-up."),
            _("{most} characters fit.").format(most=LONGEST_WHAT),
            _("Say it shorter; nothing was written down."),
        )
    return TypeFollowUp(number=number, line=line)


def read_week(words: str) -> Command:
    """Read the word alone; with more behind it, it is what somebody tells of."""
    return Calm(words=f"week {words}") if words else ShowWeek()


PHRASES = (
    Phrase(
        starts="/incident retro",
        takes=N_("[number]"),
        help=N_("Look back on one that is over: its timeline, to edit and to post in its thread."),
        read=lambda words: ShowRetrospective(number=only_number(words)),
        examples=("/incident retro", "/incident retro 12"),
    ),
    Phrase(
        starts="/incident followup",
        takes=N_("[number] [@name] [by when]: [what]"),
        help=N_("Write down what somebody does after it, and by when; I remind them."),
        read=read_follow_up,
        person_after=("",),
        person_within=_BEHIND_ITS_NUMBER,
        examples=("/incident followup", "/incident followup 12 @ana friday: rotate the keys"),
    ),
    Phrase(
        starts="/incident followups",
        help=N_("See what is left to do after incidents, yours first."),
        read=lambda _words: ListFollowUps(),
        examples=("/incident followups",),
    ),
    Phrase(
        starts="/calm week",
        help=N_("See how many heated cases you met this week; nobody else does."),
        read=read_week,
        private=True,
        examples=("/calm week",),
    ),
    Phrase(
        starts="/zanshin settings care",
        help=N_("Say whether heated cases are counted, for whoever meets them."),
        read=lambda _words: AskForCare(),
        examples=("/zanshin settings care",),
    ),
)
