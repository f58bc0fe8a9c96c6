"""Typed words become commands, the same on every platform; the help is generated from the same phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import NotUnderstood
from bot.safety.hearing import danger_in
from bot.say.language import _, quoted, reader
from bot.say.messages import Button
from bot.typing.command import TYPED_LIMIT, Command
from bot.typing.elsewhere import is_other, may_be_typed
from bot.typing.german import all_german, in_english, to_type
from bot.typing.helping import CALLS_FOR_HELP, asks_for_help, only_asks
from bot.typing.lines import with_lines
from bot.typing.mentions import NOBODY, Known, is_unclear, may_name, named, take_person
from bot.typing.naming import with_person
from bot.typing.signs import one_spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


Near = TypeVar("Near")

_IS_TITLE = re.compile(r"\S+\s+(?!#?\d+\b)\S")  # "cancel 1" is none
_MARKED = re.compile(r"(/\w+ \w+(?: da)?)(?:[,:;](?=\s)|[!.]+(?=\s|$))")
_HEAD = re.compile(r"/\w+")
_CLOSE = 0.34  # share of a word's letters that may be wrong for it to count as a slip of the fingers
_VERY_CLOSE = 0.15  # the same, for the first word of a sentence: "call them" is not "calm them"


@dataclass(frozen=True)
class Grammar:
    """Every phrase, and the words that are meant as one (a playbook's own name, for example)."""

    phrases: tuple[Phrase, ...]
    short_for: Mapping[str, str]  # "restrain" -> "/calm restrain"

    def read(self, typed: str, known: Known = NOBODY) -> Command | NotUnderstood:
        """Read typed words; never raises. Words nobody knows come back with the nearest right ones as buttons."""
        return self._bare(typed.strip()) or self._read(typed, known)

    def _bare(self, typed: str) -> Command | None:
        """Read a phrase alone, as most are typed: each is read once."""
        if typed not in self._starts:
            return None
        if typed not in self._read_before:
            self._read_before[typed] = self._read(typed, NOBODY)
        found = self._read_before[typed]
        return found if isinstance(found, Command) else None

    @cached_property
    def _starts(self) -> frozenset[str]:
        return frozenset(one.starts for one in self.phrases)

    @cached_property
    def _read_before(self) -> dict[str, Command | NotUnderstood]:
        return {}

    def _read(self, typed: str, known: Known) -> Command | NotUnderstood:
        words = in_english(known.read(tidy(typed)) if known is not NOBODY else tidy(typed))
        if self._calls_for_help(words.lower()):
            words = f"/zanshin help {words.lower().partition(' ')[2]}"
        elif (about := self._asks_about(words)) is not None:
            words = f"/zanshin help {about}"
        phrase, rest = self._match(words if words.startswith("/") else f"/{words}")
        if phrase is None and words.isalpha():
            phrase = self._alone.get(
                in_english(f"/zanshin {words}").removeprefix("/zanshin ").lower()
            )  # "here", as one says it to us by name
        if phrase is not None and (asked := self._is_other(phrase, rest)) is not None:
            return asked
        if phrase is not None and phrase.lines:
            rest = with_lines(rest, typed)
        read = _read(phrase, with_person(phrase, rest, known)) if phrase is not None else None
        if (read is None or isinstance(read, NotUnderstood)) and danger_in(words):
            phrase, rest = self._match(f"/calm {words}")  # nobody in danger is asked what they meant
            read = _read(phrase, rest) if phrase is not None else None
        return read if read is not None else self._lost(words)

    def _calls_for_help(self, lowered: str) -> bool:
        """Say whether words ask for help, alone or with one thing we do: "help incident"."""
        head, _space, about = lowered.lstrip("/").partition(" ")
        on_one = head == "help" and (f"/{about}" in self._by_head or about in self._alone)
        return on_one or lowered in CALLS_FOR_HELP or asks_for_help(lowered)

    def _asks_about(self, words: str) -> str | None:
        """Name the job whose command is followed by nothing but a wish for help."""
        last = words[words.rfind(" ") + 1 :]
        if "?" not in last and not asks_for_help(last):  # as nearly always
            return None
        head = _HEAD.match(words if words.startswith("/") else f"/{words}")
        if head is None or head[0].lower() not in self._by_head:
            return None
        whole = f"{head[0]} {head.string[head.end() :].strip()}".strip()  # "/recuse?"
        phrase, rest = self._match(whole)
        if not only_asks(rest) and (phrase is None or phrase.starts != f"{head[0].lower()} help" or rest):
            return None
        job, *behind = whole[: len(whole) - len(rest)].lower().lstrip("/").split()
        return job if job != "zanshin" else next(iter(behind), "")

    def asks_who(self, typed: str) -> bool:
        """Say whether it takes the people of a team to read words."""
        if self._bare(typed.strip()) is not None:
            return False
        words = in_english(f"/{typed.strip().lstrip('/').lower()}")
        within = (one.person_within for one in self.phrases if one.person_within is not None)
        near = self._by_head.get(words.partition(" ")[0], ())
        before = (f"{one.starts} {behind}" for one in near for behind in one.person_after)
        return is_unclear(typed) or may_name(words, before) or any(one.search(words) for one in within)

    @cached_property
    def _by_head(self) -> Mapping[str, Sequence[Phrase]]:
        """The phrases by their first word, the longest first: however many there are, few are looked at."""
        found: dict[str, list[Phrase]] = {}
        for phrase in sorted(self.phrases, key=lambda one: -len(one.starts)):
            found.setdefault(phrase.starts.partition(" ")[0], []).append(phrase)
        return found

    @cached_property
    def _alone(self) -> Mapping[str, Phrase]:
        """The phrases of ours that one word names."""
        return {one.starts.removeprefix("/zanshin "): one for one in self.phrases if one.starts.startswith("/zanshin ")}

    def is_command(self, typed: str) -> bool:
        """Say whether words typed among people are meant for us."""
        return typed.lstrip().startswith("/")

    def begins_with_command(self, words: str) -> bool:
        """Say whether words begin like something that can be typed, slash or not."""
        return self._match(f"/{words.lstrip('/')}")[0] is not None or words.lower() in CALLS_FOR_HELP

    def knows(self, typed: str) -> bool:
        """Say whether words are a command as it is meant: nothing follows where nothing is taken."""
        if self._asks_about(tidy(typed)) is not None:
            return True
        phrase, rest = self._match(typed)
        if phrase is None or phrase.starts in self.private or (rest and not phrase.takes):
            return False
        return any(letter.isdigit() for letter in rest) or isinstance(_read(phrase, rest), Command)

    def is_slip(self, words: str) -> bool:
        """Say whether words are a command with a slip of the fingers, and no sentence of somebody's own."""
        head, *rest = f"/{words.lstrip('/')}".split()
        if not rest:
            return any(True for full in (words, f"zanshin {words}") for _button in self._mended(full))
        longer = {one.starts: one for one in self.phrases if " " in one.starts}
        return bool(_near([head, *rest], longer)) or any(_far(head, one) <= _VERY_CLOSE for one in self._by_head)

    @cached_property
    def private(self) -> frozenset[str]:
        """What commands begin with behind which stands what is nobody else's business."""
        return frozenset(phrase.starts for phrase in self.phrases if phrase.private)

    def _match(self, words: str) -> tuple[Phrase | None, str]:
        """Find the phrase and what stands behind it; a mark behind its word is looked over: "away, back at 3"."""
        found = self._match_as_typed(words)
        if found[0] is None and _MARKED.match(words):
            unmarked = self._match_as_typed(_MARKED.sub(r"\1", words))
            return unmarked if unmarked[0] is not None else found
        return found

    def _match_as_typed(self, words: str) -> tuple[Phrase | None, str]:
        words = in_english(words)
        lowered = words.lower() + " "
        for phrase in self._by_head.get(lowered.partition(" ")[0], ()):
            if lowered.startswith(phrase.starts + " "):
                rest = words[len(phrase.starts) :].strip()
                if rest and phrase.private and not phrase.takes:
                    continue  # "/calm help me with him" is somebody's own sentence
                if not rest or phrase.takes or not self._goes_on(phrase):
                    return phrase, rest
                # "/zanshin staus" is no "/zanshin": where more can follow, what follows has to be known.
                return self._reordered(phrase, rest)
        return None, words

    def _reordered(self, phrase: Phrase, rest: str) -> tuple[Phrase | None, str]:
        """Read "3 resolve done" as "resolve #3 done", where that is a phrase about a number."""
        said = phrase.reordered(rest) if phrase.reordered is not None else ""
        found, behind = self._match(f"{phrase.starts} {said}") if said else (None, "")
        return (found, behind) if found is not None and found.takes.startswith("[number]") else (None, rest)

    def takes_somebody(self, head: str) -> bool:
        """Say whether somebody can be named right behind a command."""
        return any(one.starts == head and "@" in one.takes for one in self._by_head.get(head, ()))

    def _goes_on(self, phrase: Phrase) -> bool:
        return any(other.starts.startswith(phrase.starts + " ") for other in self.phrases)

    def _lost(self, words: str) -> NotUnderstood:
        if (known := self._known_slip(f"/{words.lstrip('/')}")) is not None:
            return known
        buttons = tuple(_unique(self._nearest(words)))[:3]
        return NotUnderstood(
            _("I don't know {words}.").format(words=quoted(_shown(words))) if words else _("You typed nothing."),
            _("It isn't one of my commands."),
            _("Did you mean one of these?") if buttons else _("Type `/zanshin help` to see them all."),
            buttons,
        )

    def _known_slip(self, words: str) -> NotUnderstood | None:
        for phrase in self._by_head.get(words.lower().partition(" ")[0], ()):
            if phrase.slips is not None and words.lower().startswith(f"{phrase.starts} "):
                return phrase.slips(words[len(phrase.starts) :].strip())
        return None

    def _is_other(self, phrase: Phrase, rest: str) -> NotUnderstood | None:
        """Ask before words are taken for somebody's own that are another command as it is typed."""
        if not (phrase.private and rest) or " " in phrase.starts:
            return None
        for typed in is_other(rest, phrase.starts):
            found, behind = self._match(typed)
            if found is None or " " not in found.starts or found.starts.startswith(phrase.starts) or danger_in(rest):
                continue
            meant, own = _read(found, behind), _read(phrase, rest)
            if isinstance(meant, Command) and isinstance(own, Command):
                return NotUnderstood(
                    _("Did you mean {command}?").format(command=quoted(_shown(typed))),
                    _("It's typed by itself, so nothing was done yet."),
                    _("Choose what you meant."),
                    (meant.button(_shown(typed), "primary"), own.button(_shown(f"{phrase.starts} {rest}"))),
                )
        return None

    def _elsewhere(self, words: str) -> Iterable[Button]:
        """Find what was typed behind another of our words: "/zanshin recuse CASE-42", "/incident away 30m"."""
        head, _space, rest = words.partition(" ")
        if not rest or head.lower() not in self._by_head:
            return
        for typed in may_be_typed(rest, head.lower(), self._by_head):
            found, behind = self._match(typed)
            named = typed == f"/{rest.lstrip('/')}"
            if found is not None and (named or " " in found.starts) and (not behind or found.takes):
                yield from self._button(typed)
        for one in self._by_head[head.lower()]:
            if one.otherwise and _IS_TITLE.match(rest):
                yield from self._button(f"{one.starts} {one.otherwise} {rest}")

    def _nearest(self, words: str) -> Iterable[Button]:
        mended = list(self._mended(words))
        begun = words.partition(" ")[0].lower()
        only_begins = [one for one in mended if one.label.lower() == begun]  # nothing but "/incident"
        yield from (one for one in mended if one not in only_begins)
        yield from self._elsewhere(words)
        yield from only_begins
        if take_person(words)[0]:  # whoever names somebody wants them asked
            yield from self._button(f"/recuse {words}")
        if words and not words.startswith("/"):
            yield from self._button(f"/calm {words}")

    def _mended(self, words: str) -> Iterable[Button]:
        """Mend the slip: the nearest phrase with the words after it kept."""
        typed = f"/{words.lstrip('/ ')}".split()  # "/ calm" is meant as "/calm"
        head, rest = typed[0].lower().lstrip("/"), " ".join(typed[1:])
        if full := self.short_for.get(head):
            yield from self._button(f"{full} {rest}")
        for phrase, length in _near(typed, self._spellings()):
            kept = " ".join(typed[length:]) if phrase.takes else ""
            yield from self._button(f"{phrase.starts} {kept}")
        for full in _near([head], self.short_for):
            yield from self._button(full)

    def _spellings(self) -> Mapping[str, tuple[Phrase, int]]:
        """List how the phrases are spelled for whoever reads this, and in how many words."""
        german = all_german if reader().startswith("de") else lambda _starts: ()
        spelled = ((said, one) for one in self.phrases for said in (one.starts, *german(one.starts)))
        return {said: (one, len(said.split())) for said, one in spelled}

    def _button(self, typed: str) -> Iterable[Button]:
        phrase, rest = self._match(tidy(typed))
        if phrase is None:
            return
        try:
            yield phrase.read(rest).button(_shown(f"{to_type(phrase.starts)} {rest}".strip()), "primary")
        except NotUnderstood:
            return


def tidy(typed: str) -> str:
    """Normalise what people type: one form of each letter, single spaces, a bounded length."""
    return one_spelling(typed[: TYPED_LIMIT * 2])[:TYPED_LIMIT].strip()


def _read(phrase: Phrase, rest: str) -> Command | NotUnderstood:
    try:
        return phrase.read(rest)
    except NotUnderstood as refused:
        return refused


def _near(typed: Sequence[str], known: Mapping[str, Near]) -> list[Near]:
    """Find what was nearly typed, the longest first: every word of it has to be near the one in its place."""
    scored = []
    for name, meant in known.items():
        names = name.split()
        far = [_far(word, other) for word, other in zip(typed, names, strict=False)]
        if len(far) == len(names) and max(far) <= _CLOSE:
            scored.append((-len(names), sum(far), name, meant))
    return [meant for *_score, meant in sorted(scored, key=lambda one: one[:3])]


def _far(word: str, other: str) -> float:
    return DamerauLevenshtein.normalized_distance(word.lower(), other)


def _shown(typed: str) -> str:
    words = named(typed, at="@")
    return words if len(words) <= 60 else words[:59] + "…"  # noqa: PLR2004  fits a button


def _unique(buttons: Iterable[Button]) -> Iterable[Button]:
    seen: set[str] = set()
    for button in buttons:
        if button.label.lower() not in seen:
            seen.add(button.label.lower())
            yield button


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One way of typing a command, with the help people read about it."""

    starts: str  # such as "/zanshin away"
    takes: str = ""  # such as "[30m] [why]", marked with N_ as the help is
    help: str  # marked with N_; said in the reader's language
    person_after: tuple[str, ...] = ()  # behind one of these may stand a name, without an @ too; "" is at the beginning
    person_within: re.Pattern[str] | None = None  # behind which of further words one may, too
    sure: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)  # whether what follows shows it is a name
    read: Callable[[str], Command]  # the words after `starts` -> the command; may raise NotUnderstood
    slips: Callable[[str], NotUnderstood | None] | None = None  # what is asked where words follow that it does not take
    otherwise: str = ""  # what stands in front of words that are nothing else
    reordered: Callable[[str], str] | None = None  # what follows, as it is typed in our order
    examples: tuple[str, ...] = ()
    lines: bool = False  # what follows is read in lines by others, too
    private: bool = False  # what follows is nobody else's business: it is not taken where others read along

    @property
    def shown(self) -> tuple[str, str]:
        """How it begins and what follows, in the reader's language."""
        return to_type(self.starts), _(self.takes) if self.takes else ""
