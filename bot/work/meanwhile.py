"""A form that was open while somebody else saved the same: nothing of theirs is undone unseen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from bot.say.language import _
from bot.say.messages import Form, Input
from bot.say.replies import OpenForm
from bot.typing.command import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH = 6  # of the mark of one answer

Revised = TypeVar("Revised", bound=Revision)


def remembering(form: Form) -> OpenForm:
    """Open a form that knows what each of its answers was when it was opened."""
    seen = " ".join(f"{one.name}:{_mark(one.value)}" for one in form.inputs)
    return OpenForm(form=form.model_copy(update={"fields": form.fields | {"seen": seen}}))


def put_together(command: Revised, form: Form) -> Revised | OpenForm:
    """Leave what somebody else has changed since as it is; where both changed the same, ask once more.

    `form` is the form as it would be opened now.
    """
    seen = dict(pair.split(":") for pair in command.seen.split() if ":" in pair)
    filled = command.model_dump(mode="json")
    theirs, both = {}, []
    for one in form.inputs:
        mine = one.value if filled[one.name] is None else str(filled[one.name])
        if seen.get(one.name, _mark(one.value)) == _mark(one.value) or mine == one.value:
            continue
        if _mark(mine) == seen[one.name]:
            theirs[one.name] = one.value
        else:
            both.append(one)
    kept = filled | theirs
    if both:
        answers = {one.name: str(kept[one.name]) for one in form.inputs if kept[one.name] is not None}
        return asked_again(remembering(form).form, _why(both), answers)
    return type(command).model_validate({name: value for name, value in kept.items() if value not in (None, "")})


def asked_again(form: Form, why: str, answers: Mapping[str, str]) -> OpenForm:
    """Ask the same once more, and say why; what was filled in stays."""
    inputs = tuple(one.model_copy(update={"value": answers.get(one.name, one.value)}) for one in form.inputs)
    return OpenForm(form=form.model_copy(update={"intro": (why,), "inputs": inputs}))


def _why(both: list[Input]) -> str:
    said = [
        _("Somebody else has changed {what} since you opened this. It is now: {value}").format(
            what=f"“{one.label}”", value=_shown(one)
        )
        for one in both
    ]
    return "\n".join([*said, _("What you wrote is still here. Save it again to have it your way.")])


def _shown(one: Input) -> str:
    label = next((option.label for option in one.options if option.value == one.value), one.value)
    return label or "–"


def _mark(answer: str) -> str:
    return hashlib.sha256(answer.encode()).hexdigest()[:_LENGTH]
