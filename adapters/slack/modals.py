"""Forms become modals: pure. Each question is a block under its own name, so that its answer and its error find it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.slack.blocks import LONGEST_ID, LONGEST_LABEL, VIEW, Block, blocks_of
from adapters.slack.render import LONGEST_VIEW_TITLE, render_modal
from adapters.slack.spans import account_in, channel_in, plain_text
from bot.door.writing import cut
from bot.say.language import _
from bot.say.messages import Form, Input, Message, Option, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


CALLBACK = "form"
LONGEST_ANSWER = 3000
LONGEST_TEXT = 2000  # of a label, a hint or an error
LONGEST_METADATA = 2700  # of 3000: where the modal was opened is noted there too
LARGEST = 200_000  # bytes, of 250 kB
MOST_OPTIONS = 100  # of a group, and of groups


def render_form(form: Form, accounts: Mapping[int, str]) -> dict[str, Any]:
    """Write a form as a modal; one that Slack could never carry says so instead."""
    metadata = form_metadata(form)
    wordless = not form.intro and form.inputs
    intro = [] if wordless else blocks_of(Message.of("", Section(text=form.intro)), accounts, VIEW)
    blocks = [*intro, *map(_question, form.inputs)]
    view = {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": metadata,
        "title": plain_text(cut(form.title, LONGEST_VIEW_TITLE)),
        "submit": plain_text(cut(form.submit, LONGEST_VIEW_TITLE)),
        "close": plain_text(cut(_("Cancel"), LONGEST_VIEW_TITLE)),
        "blocks": blocks,
    }
    fits = len(metadata) <= LONGEST_METADATA and len(blocks) <= VIEW.pieces
    return view if fits and len(json.dumps(view)) <= LARGEST else render_modal(_too_large(form), accounts)


def form_metadata(form: Form) -> str:
    """Write what a modal has to remember: the command, and the fields nobody sees."""
    return json.dumps({"command": form.command, "fields": form.fields}, ensure_ascii=False, separators=(",", ":"))


def field_errors(errors: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Put errors at the questions they belong to; what belongs to none of `names` is said at the first."""
    questions = list(names)
    placed: dict[str, str] = {}
    for name, error in errors.items():
        place = name if name in questions or not questions else questions[0]
        placed[place] = f"{placed[place]} {error}" if place in placed else error
    return {place: cut(error, LONGEST_TEXT) for place, error in placed.items()}


def _too_large(form: Form) -> Message:
    return Message.of(
        form.title,
        Section(text=(_("This form can't be opened here."),), tone="warning"),
        Section(text=(_("More words belong to it than Slack can carry. Nothing was changed."),)),
        Section(text=(_("Type the command again with fewer words, and fill in the rest afterwards."),)),
    )


def _question(one: Input) -> Block:
    hint = {"hint": plain_text(cut(one.hint, LONGEST_TEXT))} if one.hint.strip() else {}
    return {
        "type": "input",
        "block_id": one.name[:LONGEST_ID],
        "label": plain_text(cut(one.label, LONGEST_TEXT)),
        "optional": not one.required or one.kind == "tick",
        "element": {**_element(one), "action_id": one.name[:LONGEST_ID]},
        **hint,
    }


def _element(one: Input) -> Block:
    match one.kind:
        case "pick" if one.options:
            return _pick(one)
        case "person":
            chosen = account_in(one.value)
            return {"type": "users_select", **({"initial_user": chosen} if chosen else {})}
        case "conversation":
            chosen = channel_in(one.value)
            kept = {"initial_conversation": chosen} if chosen else {}
            return {"type": "conversations_select", "filter": {"include": ["public", "private"]}, **kept}
        case "tick":
            yes = {"text": plain_text(_("Yes")), "value": "yes"}
            return {"type": "checkboxes", "options": [yes], **({"initial_options": [yes]} if one.value else {})}
        case _:
            return _typed(one)


def _typed(one: Input) -> Block:
    most = min(max(one.max_length, 1), LONGEST_ANSWER)
    kept = {"initial_value": one.value[:most]} if one.value else {}
    return {"type": "plain_text_input", "multiline": one.kind == "lines", "max_length": most, **kept}


def _pick(one: Input) -> Block:
    options = [_option(option) for option in one.options if option.value][: MOST_OPTIONS**2]
    if not options:
        return _typed(one)
    kept = next(({"initial_option": option} for option in options if option["value"] == one.value), {})
    if len(options) <= MOST_OPTIONS:
        return {"type": "static_select", "options": options, **kept}
    groups = [options[begin : begin + MOST_OPTIONS] for begin in range(0, len(options), MOST_OPTIONS)]
    return {"type": "static_select", "option_groups": [_group(group) for group in groups], **kept}


def _option(option: Option) -> dict[str, Any]:
    return {"text": plain_text(cut(option.label, LONGEST_LABEL)), "value": option.value}


def _group(options: list[dict[str, Any]]) -> dict[str, Any]:
    first, last = (option["text"]["text"] for option in (options[0], options[-1]))
    return {"label": plain_text(cut(f"{first[:30]} – {last[:30]}", LONGEST_LABEL)), "options": options}
