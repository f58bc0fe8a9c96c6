"""How causes are typed."""

from __future__ import annotations

import re

from bot.causes.commands import LONGEST_CUSTOMER, AddReachOut, AskForCause, ListCauses, ShowCauses, ShowReachOuts
from bot.errors import NotUnderstood
from bot.say.language import N_, _
from bot.typing.command import Command
from bot.typing.grammar import Phrase

_NUMBER = re.compile(r"(?:incident\s+)?#?(?P<number>\d{1,9})")


def read_cause(words: str) -> Command:
    """Read the number of an incident; without one, the case one was done with last is meant."""
    if not words:
        return AskForCause()
    found = _NUMBER.fullmatch(words.lower())
    if found is None:
        raise NotUnderstood(
            _("I can't tell what you mean by “{words}”.").format(words=words[:40]),
            _("A cause is named for the case you ended last, or for an incident by its number."),
            _("Type `/zanshin cause`, or with a number: `/zanshin cause 12`."),
        )
    return AskForCause(incident=int(found["number"]))


def read_customer(words: str) -> Command:
    """Read whom to add to the list; without a name the list itself is meant."""
    if len(words) > LONGEST_CUSTOMER:
        raise NotUnderstood(
            _("That is too long for a name."),
            _("I keep up to {most} letters; these are {count}, and I noted nothing.").format(
                most=LONGEST_CUSTOMER, count=len(words)
            ),
            _("Type the name alone: `/zanshin customers Zoë Ó Briain`."),
        )
    return AddReachOut(customer=words) if words else ShowReachOuts()


PHRASES = (
    Phrase(
        starts="/zanshin cause",
        takes=N_("[incident]"),
        help=N_("Say what caused the case you ended last, or an incident."),
        read=read_cause,
        examples=("/zanshin cause", "/zanshin cause 12"),
    ),
    Phrase(
        starts="/zanshin causes",
        takes=N_("[period]"),
        help=N_("For supervisors: what caused most cases and incidents, and what its department does about it."),
        read=lambda words: ShowCauses(period=words[:100]),
        examples=("/zanshin causes", "/zanshin causes last month"),
    ),
    Phrase(
        starts="/zanshin causes list",
        help=N_("Keep the list of causes, with the department that mends each; typed in its channel, I know that."),
        read=lambda _words: ListCauses(),
        examples=("/zanshin causes list",),
    ),
    Phrase(
        starts="/zanshin customers",
        takes=N_("[customer]"),
        help=N_("For supervisors: your own list of customers to reach out to, who may have met it and said nothing."),
        read=read_customer,
        private=True,
        examples=("/zanshin customers", "/zanshin customers Zoë Ó Briain"),
    ),
)
