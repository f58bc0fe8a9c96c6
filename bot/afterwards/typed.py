"""How what comes after an incident is typed."""

from __future__ import annotations

from bot.afterwards.commands import ShowRetrospective
from bot.incidents.typed.numbers import only_number
from bot.say.language import N_
from bot.typing.grammar import Phrase

PHRASES = (
    Phrase(
        starts="/incident retro",
        takes="[number]",
        help=N_("Look back on one that is over: its timeline, to edit and to post in its thread."),
        read=lambda words: ShowRetrospective(number=only_number(words)),
        examples=("/incident retro", "/incident retro 12"),
    ),
)
