"""Messages and forms as Teams shows them: cards within every limit, and nothing in them that people did not write."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.forms import Known, filled
from adapters.teams.inbound import Filled, pressed
from adapters.teams.invokes import submits_only
from adapters.teams.render import activity, render, render_form, summary
from adapters.teams.spans import NEAR, Reading, literal, markup, moment
from bot.say.aloud import plain_message
from bot.say.messages import Button, Choice, Form, Input, Link, Message, PersonRef, Section, TimeRef, text
from tests.adapters.teams_stage import actions, errors, lines, sends, words
from tests.adapters.test_slack_render import FORMS, MESSAGES
from tests.examples import tried
from tests.fakes.teams_rules import LARGEST, wrong_in_activity, wrong_in_card

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
ACCOUNTS = {1: "29:ana", 2: "29:ben"}
MEMBERS = {"29:ana": "Ana", "29:ben": "Ben"}
READING = Reading(NOW, ACCOUNTS)
KNOWN = Known(people={"<@29:ana>": "Ana", "<@29:ben>": "Ben"}, channels={"<#19:support>": "support"})


@tried(300)
@given(MESSAGES)
def test_every_message_is_a_card_teams_takes(message: Message) -> None:
    """Whatever it says, however long: valid, alone in its activity, with something in its place for old clients."""
    written = activity(render(message, READING))

    assert wrong_in_activity(written, MEMBERS) == []


@tried(200)
@given(FORMS)
def test_every_form_is_a_card_that_comes_back_as_it_was_asked(form: Form) -> None:
    """With errors and without; what is sent from it names its command, its fields and the form itself."""
    names = {one.name: "Please fill this in." for one in form.inputs}
    for card in (render_form(form, KNOWN, READING), render_form(form, KNOWN, READING, errors=names)):
        assert wrong_in_card(card) == []
        sending = sends(card)
        assert sending is not None
        sent = pressed(json.loads(json.dumps(sending["data"])))
        assert isinstance(sent, Filled)
        assert sent.form == form
        assert sent.command == form.command
    assert set(errors(render_form(form, KNOWN, READING, errors=names))) == set(names)


@tried(200)
@given(MESSAGES)
def test_in_a_dialog_every_button_submits(message: Message) -> None:
    """The same data, by the only way dialogs know."""
    card = render(message, READING)
    there = submits_only(card)

    assert "Action.Execute" not in json.dumps(there)
    assert [one["data"] for one in actions(card)] == [
        one["data"] for element in there["body"] if element["type"] == "ActionSet" for one in element["actions"]
    ]


LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


@tried(500)
@given(LINES)
def test_words_show_as_they_were_typed(typed: str) -> None:
    """Nothing in them formats, links, mentions or is computed; unseen marks aside they read back to the letter."""
    written = literal(typed)

    assert words(written) == typed.replace("\N{WORD JOINER}", "")
    assert "{{" not in written
    assert not re.search(r"(?<!\\)<", written)
    assert not re.search(r"https?://\w", written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("CASE_12 is *urgent*", r"CASE_12 is \*urgent\*"),
        ("- first", r"\- first"),
        ("1. first", "1\N{WORD JOINER}. first"),
        ("# big", r"\# big"),
        ("[click](https://evil.example)", "\\[click\\](h\N{WORD JOINER}ttps://evil.example)"),
        ("<at>Ben</at>", r"\<at\>Ben\</at\>"),
        ("{{DATE(2026-01-01T00:00:00Z)}}", "{\N{WORD JOINER}{DATE(2026-01-01T00:00:00Z)}}"),
        ("{{{x}}}", "{\N{WORD JOINER}{\N{WORD JOINER}{x}}}"),
        ("a & b &amp; c", r"a \& b \&amp; c"),
        ("C:\\temp", "C:\\\\temp"),
    ],
)
def test_marks_of_people_are_letters(typed: str, written: str) -> None:
    """Each is written so that Teams shows it."""
    assert literal(typed) == written


def test_a_brace_in_front_of_a_time_is_no_part_of_it() -> None:
    """A brace somebody typed does not keep a time of ours from being computed."""
    written = markup(("at {", TimeRef(at=NOW)), READING)

    assert written == f"at {{\N{WORD JOINER}{moment(TimeRef(at=NOW), NOW)}"


def test_only_people_the_core_named_are_mentioned() -> None:
    """With an account they are, with the text and the entity alike; without one they are named."""
    ana, carol = PersonRef(person_id=1, name="Ana <b>"), PersonRef(person_id=9, name="Carol")
    card = render(Message.of("", Section(text=text("{a} and {b}, <at>Ben</at>", a=ana, b=carol))), READING)

    [entity] = card["msteams"]["entities"]
    assert entity == {"type": "mention", "text": "<at>Ana b</at>", "mentioned": {"id": "29:ana", "name": "Ana <b>"}}
    assert card["body"][0]["text"].count("<at>") == 1
    assert "@Carol" in card["body"][0]["text"]


def test_times_are_the_readers_and_near_ones_need_no_day() -> None:
    """Written for the client to put into its own zone."""
    near, far = TimeRef(at=NOW + timedelta(minutes=20)), TimeRef(at=NOW + NEAR)

    assert moment(near, NOW) == "{{TIME(2026-11-24T14:50:00Z)}}"
    assert moment(far, NOW) == "{{DATE(2026-11-25T02:30:00Z,SHORT)}} {{TIME(2026-11-25T02:30:00Z)}}"
    since = moment(TimeRef(at=NOW, style="elapsed"), NOW)
    assert since == "since {{TIME(2026-11-24T14:30:00Z)}}"


def test_a_message_that_is_too_long_keeps_its_buttons_and_says_so() -> None:
    """Reading is left out from the end; pressing is not."""
    long = tuple(Section(text=(f"{number} " + "x" * 900,)) for number in range(200))
    button = Choice(buttons=(Button(label="Go on", command="calm"),))
    written = activity(render(Message.of("Long", *long, button), READING))
    shown = list(lines(written["attachments"][0]["content"]["body"]))

    assert len(json.dumps(written, ensure_ascii=False)) * 2 < LARGEST
    assert "[Go on]" in shown
    assert any("more paragraphs don't fit here." in line for line in shown)


def test_a_button_that_carries_too_much_says_so() -> None:
    """Nobody is left to wonder where it is."""
    heavy = Choice(buttons=(Button(label="Open it", command="ask-to-open", fields={"title": "x" * 20_000}),))
    shown = "\n".join(lines(render(Message.of("", heavy), READING)["body"]))

    assert "“Open it” can't be pressed here" in shown


def test_links_lead_to_web_addresses_only() -> None:
    """Anything else is words."""
    good = markup((Link(words="the case", url="https://desk.example/a(1)"),), READING)
    bad = markup((Link(words="the case", url="javascript:alert(1)"),), READING)

    assert good == "[the case](https://desk.example/a%281%29)"
    assert bad == "the case"


def test_a_form_keeps_what_was_typed() -> None:
    """Also ticks that were taken away."""
    form = Form(
        title="T",
        command="calm",
        inputs=(Input(name="words", label="W", value="old"), Input(name="sent", label="S", kind="tick", value="yes")),
        submit="Go",
    )
    again = filled(form, {"words": "new", "sent": ""})

    assert [one.value for one in again.inputs] == ["new", ""]


def test_people_and_channels_are_offered_to_pick() -> None:
    """Those we know by name, everybody else out of the directory; what was chosen stays chosen."""
    form = Form(
        title="T",
        command="calm",
        inputs=(
            Input(name="who", label="Who?", kind="person", value="<@29:ben>"),
            Input(name="place", label="Where?", kind="conversation", value="<#19:support>"),
        ),
        submit="Go",
    )
    body: list[dict[str, Any]] = render_form(form, KNOWN, READING)["body"]
    who, place = (one for one in body if one["type"] == "Input.ChoiceSet")

    assert (who["value"], who["choices.data"]["dataset"]) == ("<@29:ben>", "graph.microsoft.com/users")
    assert place["choices"] == [{"title": "#support", "value": "<#19:support>"}]


@tried(100)
@given(MESSAGES)
def test_a_notification_says_in_a_line_what_it_is_about(message: Message) -> None:
    """Never nothing, never more than a line."""
    said = summary(message)

    assert 0 < len(said) <= 300
    assert "\n" not in said.strip()
    assert plain_message(message) is not None


def test_a_notification_says_what_has_happened_where_a_message_names_it() -> None:
    """The heading of a card alone does not say why it comes now."""
    card = Message.of(
        "#1 Payments fail", Section(text=("Ana, news is due.",)), toast="Update due now: #1 Payments fail"
    )
    written = render(card, READING)

    assert activity(written)["summary"] == "Update due now: #1 Payments fail"
    assert "Update due now" not in str(written["body"])


@pytest.mark.parametrize(("sent", "read"), [("yes", "yes"), ("", ""), ("false", ""), (None, "")])
def test_a_tick_that_is_off_is_off(sent: str | None, read: str) -> None:
    """However a client says so, or leaves it out."""
    tick = Input(name="sent", label="Sent", kind="tick", value="yes", required=False)
    form = Form(title="T", command="calm", inputs=(tick,), submit="Go")
    sending = sends(render_form(form, KNOWN, READING))
    assert sending is not None
    found = pressed(sending["data"] | ({"answer:sent": sent} if sent is not None else {}))

    assert found.fields["sent"] == read
