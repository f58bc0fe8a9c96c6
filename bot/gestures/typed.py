"""How gestures are typed: an amount and a case in any order; other words are about a customer."""

from __future__ import annotations

import re

from bot.gestures.commands import LONGEST_AMOUNT, AskForGesture, ListGestures, ShowMonth
from bot.gestures.months import is_month
from bot.playbooks.commands import Calm
from bot.say.language import N_
from bot.typing.command import Command
from bot.typing.grammar import Phrase

_CASE = re.compile(r"(?<!\S)(?:(?:for|on|in)\s+)?(?:case\s+)?([A-Za-z][A-Za-z0-9]*-\d+|#[A-Za-z0-9-]*\d)[,:;.]*(?!\S)")
_AROUND = re.compile(r"^(?:of|a)\s+|\s+(?:for|on|to|credit|refund)$", re.IGNORECASE)


def read_gesture(words: str) -> Command:
    """Read "20 euros CASE-42"; words that name neither are looked up as what is happening."""
    found = _CASE.search(words)
    case = found[1].lstrip("#") if found is not None else ""
    amount = words.replace(found[0], " ").strip() if found is not None else words.strip()
    amount = _AROUND.sub("", amount).strip(" ,:;")
    if words and not case and not re.search(r"\d", amount):
        return Calm(words=f"gesture {words}")
    return AskForGesture(amount=amount if len(amount) <= LONGEST_AMOUNT else "", case=case)


def read_gestures(words: str) -> Command:
    """Read a month behind the word for the whole catalogue; other words are about a customer."""
    if is_month(words):
        return ShowMonth(month=words)
    return Calm(words=f"gestures {words}") if words else ListGestures()


PHRASES = (
    Phrase(
        starts="/calm gesture",
        takes=N_("[amount] [case]"),
        help=N_("Give a customer a credit, a refund or a token: at once within your limits, or ask for it."),
        read=read_gesture,
        private=True,
        examples=("/calm gesture", "/calm gesture 20 CASE-42"),
    ),
    Phrase(
        starts="/calm gestures",
        takes=N_("[month]"),
        help=N_("Show what may be given to customers, and how much of it alone; for supervisors, what was in a month."),
        read=read_gestures,
        examples=("/calm gestures", "/calm gestures 2026-11"),
    ),
)
