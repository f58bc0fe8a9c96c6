"""A team's own playbook, as people write it: pure. Paragraphs become steps, and what cannot be read is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.playbooks.authoring.files import CannotReadFile, is_file, read_playbook
from bot.playbooks.catalogue import LONGEST_STEP, Avoidance, Line, Playbook, Step
from bot.say.language import _
from bot.store.content import PLACEHOLDERS, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

MOST_STEPS = 20
LONGEST_STEPS = 3000  # characters of all steps, as a form takes them
LONGEST_WORDS = 2000
FEWEST_WORDS = 3  # lines of what people say: with fewer the playbook would hardly ever be found
LONGEST_TITLE = 80
LONGEST_INSTRUCTION = 600
LONGEST_SENTENCE = 400
SHORTEST_SENTENCE = 2
MOST_SENTENCES = 8
MOST_AVOIDED = 6

_QUOTED = re.compile(r"[\"“„«](?P<said>.+?)[\"”“»]\s*(?P<after>.*)")
_AVOID = re.compile(r"(?:not|avoid|don't say|better not)\s*:\s*(?P<rest>.+)", re.IGNORECASE)
_GAP = re.compile(r"\{(\w+)\}")
_DASH = " -–—:,."


class CannotRead(ValueError):
    """What was written cannot be read, and why, in words for its author."""


def own_playbook(*, id_: str, title: str, situation: str, words: str, steps: str, author: str, day: date) -> Playbook:
    """Read what the author wrote, by hand or as a file; raise CannotRead."""
    if is_file(steps):
        return _from_file(steps).model_copy(update={"id": id_, "title": title, "reviewed": day})
    try:
        return Playbook(
            id=id_,
            title=title,
            situation=situation,
            words=tuple(lines_of(words)),
            reviewed=day,
            source=Source(title=title, author=author, credit=f"{author}, {day}"),
            steps=tuple(read_steps(steps)),
        )
    except ValidationError as wrong:
        raise CannotRead(str(wrong.errors()[0]["msg"])) from wrong


def _from_file(written: str) -> Playbook:
    try:
        return read_playbook(written)
    except CannotReadFile as wrong:
        raise CannotRead(str(wrong)) from wrong


def as_typed(playbook: Playbook) -> tuple[str, str]:
    """Write the words and steps of a playbook as an author types them; steps that no form holds are left out."""
    paragraphs: list[str] = []
    for step in playbook.steps[:MOST_STEPS]:
        paragraph = "\n".join(_typed(step))
        if len("\n\n".join((*paragraphs, paragraph))) > LONGEST_STEPS:
            break
        paragraphs.append(paragraph)
    words: list[str] = []
    for line in playbook.words:
        if len("\n".join((*words, line))) <= LONGEST_WORDS:
            words.append(line)
    return "\n".join(words), "\n\n".join(paragraphs)


def _typed(step: Step) -> Iterator[str]:
    if step.title:
        yield step.title
    if step.instruct:
        yield step.instruct.replace("\n\n", "\n")
    if step.wait:
        yield step.wait.text
    yield from (f"“{_unquoted(line.text)}”" for line in step.say)
    yield from (f"Not: “{_unquoted(one.text)}” {one.why}" for one in step.avoid)


def _unquoted(sentence: str) -> str:
    """Leave one pair of marks of quotation: the one around the sentence."""
    return re.sub(r"[\"“”„«»]", "’", sentence)


def lines_of(written: str) -> list[str]:
    """Take a text apart into its lines, without those that say nothing."""
    return [line.strip(" •-\t") for line in written.splitlines() if line.strip(" •-\t")]


def read_steps(written: str) -> list[Step]:
    """Read steps, a paragraph each, or out of a file; raise CannotRead naming the step."""
    if is_file(written):
        return list(_from_file(written).steps)
    paragraphs = [lines_of(one) for one in re.split(r"\n[ \t]*\n", written.replace("\r\n", "\n"))]
    paragraphs = [lines for lines in paragraphs if lines]
    if not paragraphs:
        raise CannotRead(_("Write at least one step."))
    if len(paragraphs) > MOST_STEPS:
        raise CannotRead(
            _("At most {most} steps, and these are {count}. Under attack, fewer help more.").format(
                most=MOST_STEPS, count=len(paragraphs)
            )
        )
    return [_step(number, lines) for number, lines in enumerate(paragraphs, 1)]


def _step(number: int, lines: Sequence[str]) -> Step:
    say: list[str] = []
    avoid: list[Avoidance] = []
    told: list[str] = []
    for line in lines:
        _check_gaps(number, line)
        if found := _AVOID.fullmatch(line):
            avoid.append(_avoidance(number, found["rest"]))
        elif sentence := _sentence_in(line):
            say.append(_bounded(number, sentence, LONGEST_SENTENCE))
        else:
            told.append(line)
    title = told.pop(0) if told and len(told[0]) <= LONGEST_TITLE and (told[1:] or say or avoid) else ""
    instruct = _bounded(number, "\n".join(told), LONGEST_INSTRUCTION)
    _check_room(number, say, avoid, title + instruct)
    lines_to_say = tuple(Line(text=one) for one in say)
    return Step(id=f"step-{number}", title=title, instruct=instruct, say=lines_to_say, avoid=tuple(avoid))


def _check_room(number: int, say: Sequence[str], avoid: Sequence[Avoidance], told: str) -> None:
    """Refuse a step that fills more than a card: nobody would read it."""
    letters = len(told) + sum(map(len, say)) + sum(len(one.text) + len(one.why) for one in avoid)
    if letters > LONGEST_STEP or len(say) > MOST_SENTENCES or len(avoid) > MOST_AVOIDED:
        raise CannotRead(
            _("Step {number} is too long for a card. Make two steps of it, with an empty line between them.").format(
                number=number
            )
        )


def _sentence_in(line: str) -> str:
    """Find the sentence of a line that is nothing but a quotation."""
    found = _QUOTED.fullmatch(line)
    if found is None or found["after"].strip(_DASH):
        return ""
    said = found["said"].strip()
    return said if len(said) >= SHORTEST_SENTENCE else ""


def _avoidance(number: int, rest: str) -> Avoidance:
    quoted = _QUOTED.fullmatch(rest)
    said, why = (quoted["said"], quoted["after"]) if quoted else _first_sentence(rest)
    why = why.strip().lstrip(_DASH).strip()
    if min(len(said.strip()), len(why)) < SHORTEST_SENTENCE:
        raise CannotRead(
            _("Step {number}: say why it's better not said, such as Not: “Calm down.” It sounds like an order.").format(
                number=number
            )
        )
    return Avoidance(text=_bounded(number, said.strip(), LONGEST_SENTENCE), why=_bounded(number, why, LONGEST_SENTENCE))


def _first_sentence(words: str) -> tuple[str, str]:
    said, mark, why = re.match(r"(.*?)([.!?]|$)(.*)", words).groups()  # type: ignore[union-attr]  # it always matches
    return said + mark, why


def _bounded(number: int, words: str, most: int) -> str:
    if len(words) > most:
        raise CannotRead(
            _("Step {number}: “{words}…” is too long; {most} characters at most.").format(
                number=number, words=words[:30], most=most
            )
        )
    return words


def _check_gaps(number: int, line: str) -> None:
    """Let only gaps that somebody can fill in stand in braces."""
    unknown = next((name for name in _GAP.findall(line) if name not in PLACEHOLDERS), None)
    if unknown is None and not re.search(r"[{}]", _GAP.sub("", line)):
        return
    raise CannotRead(
        _("Step {number}: in braces stand only gaps, such as {gaps}.").format(
            number=number, gaps="{customer}, {agent}, {step}, {eta}"
        )
    )
