"""Rules for one step: read in three seconds on a phone, while somebody shouts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.run.checking.sentences import in_reading, in_saying
from bot.run.checking.slips import Slip, quoted
from bot.run.checking.tongues import ENGLISH, Tongue
from bot.store.content import gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playbooks.catalogue import Line, Playbook, Step

MOST_WORDS = 25  # before the sentences: three seconds
LONGEST_TITLE = 40  # letters, on one line of a phone
LONGEST_LABEL = 36
MOST_AVOIDED = 2
MOST_SAID = 4


def slips_of(step: Step, playbook: Playbook, tongue: Tongue = ENGLISH) -> Iterator[Slip]:
    """Mark everything wrong in a step."""
    for slip in _slips(step, playbook, tongue):
        yield replace(slip, step=step.id)


def _slips(step: Step, playbook: Playbook, tongue: Tongue) -> Iterator[Slip]:
    yield from _short(step, tongue)
    yield from _avoidance(step)
    yield from _ways(step, tongue)
    yield from _gaps(step)
    for words in (step.title, step.instruct, step.wait.text if step.wait else "", *(one.why for one in step.avoid)):
        if words:
            yield from in_reading(words, tongue)
    for line in step.say:
        yield from _line(line, tongue)
    yield from _mixed(step, tongue)
    if not step.points and playbook.id != "crisis":
        yield Slip(
            "no-points", "it names no point", "Nobody can tell where it comes from", "Name the points it realises"
        )
    if step.do in {"recuse", "recuse-safety"} and not step.say and playbook.now is None:
        yield Slip(
            "no-bridge",
            "it calls somebody and says nothing to the customer",
            "They'd wait in silence",
            "Add a sentence to say meanwhile",
        )


def words_before(step: Step) -> int:
    """Count what is read before the first sentence."""
    return len(" ".join((step.title, step.instruct, step.wait.text if step.wait else "")).split())


def _short(step: Step, tongue: Tongue) -> Iterator[Slip]:
    if (count := words_before(step)) > MOST_WORDS:
        yield Slip(
            "step-long",
            f"{count} words before the sentences",
            "Three seconds are enough for 25",
            "Cut it, or make two steps of it",
        )
    if not step.title:
        yield Slip("no-title", "it has no title", "The card would be called like the whole playbook", "Give it one")
    if len(step.title) > LONGEST_TITLE:
        yield Slip(
            "title-long",
            f"the title {quoted(step.title)} has {len(step.title)} letters",
            "It breaks on a phone",
            f"Keep to {LONGEST_TITLE}",
        )
    if len(step.say) > MOST_SAID:
        yield Slip(
            "many-sentences",
            f"{len(step.say)} sentences to choose from",
            "Choosing takes time nobody has",
            f"Keep the best {MOST_SAID}",
        )
    if found := tongue.praise.search(f"{step.title} {step.instruct}"):
        yield Slip(
            "praise", f"{quoted(found[0])}", "Nobody knows yet how it went", "Leave it out, or say what was achieved"
        )


def _avoidance(step: Step) -> Iterator[Slip]:
    if step.avoid and not step.say:
        yield Slip(
            "avoid-first",
            "it says what not to say, and not what to say",
            "The first thing read is the first said",
            "Put the sentence to say above it",
        )
    if len(step.avoid) > MOST_AVOIDED:
        yield Slip(
            "many-avoided", f"{len(step.avoid)} sentences to avoid", "They stay in the head", f"Keep {MOST_AVOIDED}"
        )


def _ways(step: Step, tongue: Tongue) -> Iterator[Slip]:
    labels = [way.label for way in step.choose]
    for label in labels:
        if len(label) > LONGEST_LABEL:
            yield Slip(
                "label-long",
                f"the button {quoted(label)} has {len(label)} letters",
                "It's cut off on a phone",
                f"Keep to {LONGEST_LABEL}",
            )
        yield from in_reading(label, tongue)
    if len(set(labels)) < len(labels):
        yield Slip("label-twice", "two buttons say the same", "Nobody can choose between them", "Tell them apart")
    if len(labels) == 1:
        yield Slip(
            "one-way", f"the only answer is {quoted(labels[0])}", "There is nothing to choose", "Use “next” instead"
        )
    if step.choose and step.next:
        yield Slip("next-unused", "“next” beside “choose”", "It's never taken", "Take it out")


def _gaps(step: Step) -> Iterator[Slip]:
    with_gap = [line for line in step.say if gaps(line.text)]
    if with_gap and len(with_gap) == len(step.say):
        yield Slip(
            "gap-alone",
            f"every sentence has a gap, such as {quoted(with_gap[0].text)}",
            "Who can't fill it has nothing to say",
            "Add one that can be said as it stands",
        )


def _mixed(step: Step, tongue: Tongue) -> Iterator[Slip]:
    said = " ".join(line.text for line in step.say)
    if tongue.mixed and all(one.search(said) for one in tongue.mixed):
        yield Slip(
            "du-and-sie",
            f"“Sie” and “du” are mixed in {quoted(said)}",
            "Nobody knows who is spoken to",
            "One of them in a step",
        )


def _line(line: Line, tongue: Tongue) -> Iterator[Slip]:
    yield from in_saying(line.text, (tongue.we,), tongue=tongue)
    for name, variant in line.variants():
        yield from in_saying(variant, formal=name in {"email", "in"}, tongue=tongue) if name != "us" else ()
        if variant == line.text:
            yield Slip(
                "variant-same",
                f"the wording for {name} is the same: {quoted(variant)}",
                "It's asked for in vain",
                "Take it out",
            )
    if line.chat and len(line.chat.split()) > len(line.text.split()):
        yield Slip(
            "chat-longer",
            f"{quoted(line.chat)} is longer than what's spoken",
            "In chat people write less",
            "Shorten it",
        )
