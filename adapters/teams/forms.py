"""Forms become cards with inputs: pure. Each question stands under its own name, with what is wrong with its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adapters.teams.cards import ANSWER, Element, elements_of, execute, text_block
from adapters.teams.spans import Reading, literal
from bot.door.writing import cut
from bot.say.language import _
from bot.say.messages import Form, Input, Message, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


LONGEST_HINT = 1000
LONGEST_ANSWER = 3000
MOST_OPTIONS = 500
DIRECTORY = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}  # everybody in the tenant


@dataclass(frozen=True, kw_only=True)
class Known:
    """Whom and what a form can offer to pick: names by the mention of each."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def form_elements(
    form: Form, known: Known, reading: Reading, *, errors: Mapping[str, str] | None = None, above: Message | None = None
) -> list[Element]:
    """Write a form; `errors` stand at their questions, `above` at its top."""
    errors, reading = errors or {}, Reading(reading.now)  # a form calls nobody
    intro = Message.of(form.title, *((Section(text=form.intro),) if form.intro else ()))
    names = {one.name for one in form.inputs}
    general = [error for name, error in errors.items() if name not in names]
    return [
        *(elements_of(above, reading) if above is not None else []),
        *elements_of(intro, reading),
        *(_error(error) for error in general),
        *(element for one in form.inputs for element in _question(one, known, errors.get(one.name, ""))),
        {"type": "ActionSet", "actions": [_send(form)]},
    ]


def _send(form: Form) -> Element:
    # The form goes along: whatever is wrong with an answer is said beside it, wherever the answer arrives.
    asked = form.model_dump(mode="json")
    data = {"fields": dict(form.fields), "form": asked}
    return execute(form.command, data, form.submit, style="primary", inputs=True)


def filled(form: Form, answers: Mapping[str, str]) -> Form:
    """Fill in a form with what was answered."""
    inputs = tuple(one.model_copy(update={"value": answers.get(one.name, "")}) for one in form.inputs)
    return form.model_copy(update={"inputs": inputs})


def _error(error: str) -> Element:
    return text_block("⚠️ " + literal(error), color="Attention", weight="Bolder")


def _question(one: Input, known: Known, error: str) -> list[Element]:
    hint = [text_block(literal(cut(one.hint, LONGEST_HINT)), isSubtle=True, size="Small", spacing="None")]
    asked = {"id": f"{ANSWER}{one.name}", "label": cut(one.label, LONGEST_HINT), **_element(one, known)}
    if one.required and one.kind != "tick":
        asked |= {"isRequired": True, "errorMessage": _("This is needed.")}
    return [asked, *(hint if one.hint.strip() else []), *([_error(error)] if error else [])]


def _element(one: Input, known: Known) -> dict[str, Any]:
    match one.kind:
        case "pick" if one.options:
            return _pick(one, [(option.label, option.value) for option in one.options if option.value])
        case "person":
            return _pick(one, [(name, account) for account, name in known.people.items()], style="filtered") | {
                "choices.data": DIRECTORY
            }
        case "conversation" if known.channels:
            return _pick(one, [(f"#{name}", channel) for channel, name in known.channels.items()])
        case "tick":
            value = "yes" if one.value else ""
            return {"type": "Input.Toggle", "title": _("Yes"), "valueOn": "yes", "valueOff": "", "value": value}
        case _:
            most = min(max(one.max_length, 1), LONGEST_ANSWER)
            kept = {"value": one.value[:most]} if one.value else {}
            return {"type": "Input.Text", "isMultiline": one.kind == "lines", "maxLength": most, **kept}


def _pick(one: Input, options: Sequence[tuple[str, str]], style: str = "compact") -> dict[str, Any]:
    choices = [{"title": cut(title, 100), "value": value} for title, value in options[:MOST_OPTIONS]]
    kept = {"value": one.value} if one.value in {choice["value"] for choice in choices} else {}
    return {"type": "Input.ChoiceSet", "style": style, "choices": choices, "placeholder": _("Choose"), **kept}
