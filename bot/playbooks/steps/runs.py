"""Walking through a playbook: pure. A path is the ids of the steps so far; the last one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.catalogue import END, Playbook, targets

if TYPE_CHECKING:
    from collections.abc import Sequence


def first(playbook: Playbook, at: str | None = None) -> str:
    """Name the step everybody starts at, or a later one that is asked for, if there is one of that name."""
    return next((step.id for step in playbook.steps if step.id == at), playbook.steps[0].id)


def after(playbook: Playbook, step_id: str) -> str | None:
    """Name the step that follows, on the first way where there are several; None at the end."""
    return choose(playbook, step_id, 0)


def choose(playbook: Playbook, step_id: str, way: int) -> str | None:
    """Name the step a way leads to; None at the end. A way that does not exist is the first."""
    found = targets(playbook, playbook.step(step_id))
    target = found[way] if 0 <= way < len(found) else found[0]
    return None if target == END else target


def back(path: Sequence[str]) -> tuple[str, ...]:
    """Take the last step back; the first stays."""
    return tuple(path[:-1]) or tuple(path)


def ends_first_aid(playbook: Playbook, step_id: str) -> bool:
    """Say whether what follows is for after the call."""
    following = after(playbook, step_id)
    return step_id not in playbook.afterwards and following is not None and following in playbook.afterwards


def position(playbook: Playbook, path: Sequence[str]) -> tuple[int, int]:
    """Count the steps so far in this part, and how many there will be if nothing unusual happens.

    Circles count once.
    """

    def here(step_id: str) -> bool:
        return (step_id in playbook.afterwards) == (path[-1] in playbook.afterwards)

    step, ahead, seen = path[-1], 0, {path[-1]}
    while (following := after(playbook, step)) is not None and following not in seen and here(following):
        seen.add(following)
        step, ahead = following, ahead + 1
    taken = sum(map(here, path))
    return taken, taken + ahead
