"""Rules for a whole playbook, and for all of them together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from bot.playbooks.catalogue import END, targets
from bot.run.checking.sentences import filled, in_reading, in_saying
from bot.run.checking.slips import Slip, quoted
from bot.run.checking.steps import slips_of
from bot.run.checking.tongues import ENGLISH, Tongue
from bot.store.content import gaps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from bot.playbooks.catalogue import Playbook

LONGEST_TITLE = 24  # letters: it's a button among others
FEWEST_WORDS, MOST_WORDS = 10, 80  # lines people type
MOST_NOW = 45  # words
MOST_PRESSES = 2  # Start, and one more
LONGEST_SITUATION = 25  # words
LONGEST_AID = 7  # steps on the straight way, before the call is over
OLD = timedelta(days=365)
ALIKE = 92  # of 100


def slips_of_playbook(
    playbook: Playbook, today: date, points: Collection[str], tongue: Tongue = ENGLISH
) -> Iterator[Slip]:
    """Mark everything wrong in a playbook."""
    yield from _head(playbook, today, tongue)
    yield from _now(playbook, tongue)
    yield from _typed(playbook)
    yield from _way_through(playbook)
    yield from _share_of_gaps(playbook)
    for step in playbook.steps:
        yield from slips_of(step, playbook, tongue)
        for point in step.points:
            if points and point not in points:
                yield Slip(
                    "point-unknown", f"there's no point {point}", "It can't be traced", "Correct the number", step.id
                )


def slips_across(playbooks: Sequence[Playbook]) -> Iterator[tuple[str, Slip]]:
    """Mark what stands in two playbooks: who looks for words that fit finds the same ones twice."""
    seen: list[tuple[str, str, str]] = []
    typed: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for playbook in playbooks:
        for words in playbook.words:
            key = words.lower().strip()
            pair = typed.get(key, playbook.id), playbook.id
            if pair[0] != pair[1] and pair not in told:
                told.add(pair)
                yield (
                    playbook.id,
                    Slip(
                        "words-twice",
                        f"{quoted(words)} stands in {typed[key]} too",
                        "Neither is found by it",
                        "Keep it where it fits best",
                        "words",
                    ),
                )
            typed.setdefault(key, playbook.id)
        for step in playbook.steps:
            for line in step.say:
                said = filled(line.text).lower()
                twin = next((one for one in seen if one[0] != playbook.id and fuzz.ratio(one[2], said) >= ALIKE), None)
                if twin is not None:
                    yield (
                        playbook.id,
                        Slip(
                            "sentence-twice",
                            f"{quoted(line.text)} stands in {twin[0]}, {twin[1]} too",
                            "One sentence, two places to mend",
                            "Say it in this playbook's own words",
                            step.id,
                        ),
                    )
                seen.append((playbook.id, step.id, said))


def _head(playbook: Playbook, today: date, tongue: Tongue) -> Iterator[Slip]:
    if len(playbook.title) > LONGEST_TITLE:
        yield Slip(
            "name-long",
            f"the name {quoted(playbook.title)} has {len(playbook.title)} letters",
            "It's a button beside two others",
            f"Keep to {LONGEST_TITLE}",
        )
    if len(playbook.situation.split()) > LONGEST_SITUATION:
        yield Slip(
            "situation-long",
            f"the situation has {len(playbook.situation.split())} words",
            "It's read in a list",
            f"Keep to {LONGEST_SITUATION}",
        )
    yield from in_reading(playbook.situation, tongue)
    if not playbook.notes:
        yield Slip(
            "no-notes",
            "there are no notes",
            "No article is right in everything",
            "Say where evidence limits or disputes it",
        )
    if tongue.credit not in playbook.source.credit.lower():
        yield Slip(
            "credit",
            f"the credit is {quoted(playbook.source.credit)}",
            "Readers can't tell whose ideas these are",
            f"Write “{tongue.credit} …”, with what is whose",
        )
    if playbook.reviewed > today:
        yield Slip(
            "reviewed", f"it was reviewed on {playbook.reviewed}", "That day is still to come", "Write the real day"
        )
    if today - playbook.reviewed > OLD:
        yield Slip(
            "reviewed",
            f"it was last reviewed on {playbook.reviewed}",
            "Words age within a year",
            "Read it through, and write today's date",
        )


def _now(playbook: Playbook, tongue: Tongue) -> Iterator[Slip]:
    now = playbook.now
    if now is None or not now.say:
        yield Slip(
            "no-now",
            "nothing to say right now",
            "It's what helps before anything is pressed",
            "Fill in now: do and say",
        )
        return
    if (count := len(f"{now.do} {now.say}".split())) > MOST_NOW:
        yield Slip("now-long", f"{count} words under now", "It's read within seconds", f"Keep to {MOST_NOW}")
    for slip in (*in_reading(now.do, tongue), *in_saying(now.say, (tongue.we,), tongue=tongue)):
        yield Slip(slip.rule, slip.what, slip.why, slip.todo, "now")


def _typed(playbook: Playbook) -> Iterator[Slip]:
    if not FEWEST_WORDS <= len(playbook.words) <= MOST_WORDS:
        yield Slip(
            "words-few",
            f"{len(playbook.words)} lines of words",
            "By them it's found",
            f"Write {FEWEST_WORDS} to {MOST_WORDS}, as people type them",
            "words",
        )
    lower = [one.lower().strip() for one in playbook.words]
    if twice := next((one for number, one in enumerate(lower) if one in lower[:number]), None):
        yield Slip("words-twice", f"{quoted(twice)} stands here twice", "Once is enough", "Take one out", "words")


def _way_through(playbook: Playbook) -> Iterator[Slip]:
    depth, ring, seen = 1, [playbook.steps[0].id], {END}  # one press: Start
    while ring and not any(playbook.step(one).say for one in ring):
        seen |= set(ring)
        ring = list(
            dict.fromkeys(one for step in ring for one in targets(playbook, playbook.step(step)) if one not in seen)
        )
        depth += 1
    if not ring or depth > MOST_PRESSES:
        yield Slip(
            "first-sentence",
            f"the first sentence to say comes after {depth} presses" if ring else "there's no sentence to say",
            "Somebody is waiting for an answer now",
            "Put it into the first or second step",
        )
    taken, step = 0, playbook.steps[0].id
    while step != END and step not in playbook.afterwards and taken <= len(playbook.steps):
        taken, step = taken + (playbook.step(step).wait is None), targets(playbook, playbook.step(step))[0]
    if taken > LONGEST_AID:
        yield Slip(
            "aid-long",
            f"first aid takes {taken} steps",
            "The customer is on the line",
            "Move what can wait below “part: after”",
        )
    holds = {step.hold for step in playbook.steps}
    if "start" in holds and "end" not in holds:
        yield Slip(
            "hold-open",
            "a hold is begun and never ended",
            "The customer would wait for ever",
            "Add “hold: end” where they're back",
        )


def _share_of_gaps(playbook: Playbook) -> Iterator[Slip]:
    lines = [line.text for step in playbook.steps for line in step.say]
    with_gap = sum(bool(gaps(one)) for one in lines)
    if lines and with_gap * 3 > len(lines):
        yield Slip(
            "gap-share",
            f"{with_gap} of {len(lines)} sentences have a gap",
            "Under attack nobody fills in forms",
            "A third at most: name the thing itself, or do without",
        )
