"""A playbook written out whole, for reading on a terminal or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Playbook, Step

if TYPE_CHECKING:
    from collections.abc import Iterator


CALLED = {"chat": "In chat", "email": "By e-mail", "us": "In American English", "in": "In Indian English"}


def as_markdown(playbook: Playbook) -> str:
    """Write a playbook as Markdown."""
    return "\n".join(_lines(playbook))


def _lines(playbook: Playbook) -> Iterator[str]:
    yield f"# {playbook.title} ({playbook.id})"
    yield f"\n{playbook.situation}\n"
    if playbook.now:
        yield f"Right now: {playbook.now.do}" + (f" Say: “{playbook.now.say}”" if playbook.now.say else "") + "\n"
    for number, step in enumerate(playbook.steps, 1):
        if step.part:
            yield "\n## After the call\n"
        yield f"{number}. {step.title or step.id}"
        yield from (f"   {line}" for line in _step(step))
    if playbook.notes:
        yield "\nNotes:"
        yield from (f"- {note}" for note in playbook.notes)
    yield f"\nSource: {playbook.source.credit}"
    yield f"Reviewed: {playbook.reviewed}"


def _step(step: Step) -> Iterator[str]:
    if step.instruct:
        yield step.instruct
    if step.wait:
        yield f"{step.wait.text} ({step.wait.seconds} s)"
    if step.rule:
        yield f"Your own rule: {step.rule}"
    for line in step.say:
        yield f"Say: “{line.text}”"
        yield from (f"  {CALLED[name]}: “{variant}”" for name, variant in line.variants())
    yield from (f"Avoid: “{avoid.text}” {avoid.why}" for avoid in step.avoid)
    yield from (f"- {way.label} → {way.goto}" for way in step.choose)
