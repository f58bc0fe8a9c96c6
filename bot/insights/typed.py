"""How insights are typed: a period, then a team; both may be left out."""

from __future__ import annotations

from bot.insights.commands import LONGEST_ASKED, ShowReport
from bot.say.language import N_
from bot.typing.grammar import Phrase

PHRASES = (
    Phrase(
        starts="/zanshin report",
        takes=N_("[week|month|quarter|from to] [team]"),
        help=N_("Supervisors: what changed in a week, a month or a quarter, and what to do on Monday."),
        read=lambda words: ShowReport(words=words[:LONGEST_ASKED]),
        examples=("/zanshin report", "/zanshin report month", "/zanshin report 2026-11-01 to 2026-11-20 billing"),
    ),
)
