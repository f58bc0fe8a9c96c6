"""Whether an update says what customers need: checked before they have it, with a better wording at hand. Pure."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from bot.say.language import _
from bot.typing.times.mentioned import times_in
from bot.understanding.drafts import NOT_NEEDED, Check, Flag, OwnWords, check
from bot.understanding.rewording import Gaps, Rewording

if TYPE_CHECKING:
    from collections.abc import Collection

NOTHING_OWN = OwnWords()
_LONGEST_QUOTED = 80  # characters
_NO_GAPS = Gaps("", "", "")


def check_draft(draft: str, own: OwnWords = NOTHING_OWN) -> Check:
    """Say what a draft says, its times read as we read any."""
    return check(draft, times_in, own)


def better_draft(draft: str, found: Check, *, issue: str = "", time: str = "", own: OwnWords = NOTHING_OWN) -> str:
    """Say it better; what is not known of the case is left to be filled in."""
    gaps = Gaps(
        issue=issue or _("[What customers notice]."),
        action=_("[What is being done, or what they can do]."),
        time=_("Next update by {time}.").format(time=time or _("[time]")),
    )
    return Rewording(times_in, gaps, own).better(draft, found)


def cut_draft(draft: str, own: OwnWords = NOTHING_OWN) -> str:
    """Leave out or soften what customers do not need; empty if nothing else is said."""
    return Rewording(times_in, _NO_GAPS, own).cut(draft)


def remarks(draft: str, flags: Collection[Flag], own: OwnWords = NOTHING_OWN) -> tuple[str, ...]:
    """Say a line for each thing that customers do not need: its words, and what would be better."""
    found = check_draft(draft, own)
    pointed = {flag: [draft[one.start : one.end] for one in found.found if one.flag is flag] for flag in flags}
    return tuple(_remark(flag, _quoted(pointed[flag])) for flag in NOT_NEEDED if flag in flags)


def pointed_at(draft: str, own: OwnWords = NOTHING_OWN) -> tuple[str, ...]:
    """Give the words of a draft that customers do not need."""
    return tuple(draft[one.start : one.end] for one in check_draft(draft, own).found if one.flag in NOT_NEEDED)


def named(flag: str) -> str:
    """Name what was pointed out."""
    names = {
        Flag.PROCESS: _("our own affairs"),
        Flag.BLAME: _("blame"),
        Flag.JARGON: _("words not everybody knows"),
        Flag.OVERPROMISE: _("too sure a promise"),
    }
    return names.get(Flag(flag), flag)


def _quoted(words: Collection[str]) -> str:
    return shorten(_("”, “").join(dict.fromkeys(words)), _LONGEST_QUOTED, placeholder=" …")


def _remark(flag: Flag, words: str) -> str:
    match flag:
        case Flag.PROCESS:
            line = _("“{words}”: that is our side of it. Say what happens for them.")
        case Flag.BLAME:
            line = _("“{words}”: that points at somebody. Say what happened, and what is being done.")
        case Flag.JARGON:
            line = _("“{words}”: not everybody knows that. Say it in plain words.")
        case _:
            line = _("“{words}”: nobody can be that sure. Say what you expect.")
    return line.format(words=words)
