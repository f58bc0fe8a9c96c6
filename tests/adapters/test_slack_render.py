"""Messages and forms as Slack shows them: within every limit, and with nothing in them that people did not write."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.modals import field_errors, form_metadata, render_form
from adapters.slack.render import render, render_home, render_modal
from bot.door.drawing import MOST_LINES
from bot.say.messages import (
    Avoid,
    Blank,
    Button,
    Choice,
    Code,
    Fact,
    Fields,
    Form,
    Input,
    Link,
    Listing,
    Message,
    Offered,
    Offers,
    Option,
    PersonRef,
    Say,
    Search,
    Section,
    Strong,
    Wait,
    moment,
    text,
)
from bot.say.people import people_of
from tests.examples import tried
from tests.fakes.slack_rules import wrong_in_message, wrong_in_view

AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
ANA = PersonRef(person_id=1, name="Ana")
ACCOUNTS = {1: "U0ANA", 2: "W2BEN", 3: "nonsense>"}

# --- random messages ------------------------------------------------------------------------------

NASTY = st.sampled_from(
    [
        "<!channel>",
        "<!here|here>",
        "<@U0ANA>",
        "<#C1>",
        "<https://evil.example|click>",
        "@here",
        "*bold*",
        "_it_",
        "~no~",
        "`code`",
        "```",
        "> quote",
        "&lt;",
        "a & b",
        "|",
        "{count}",
        ":fire:",
        "https://desk.example/1",
        "\n\n",
        "\u202e",
        "👩‍👩‍👧",
        "ß",
        "مرحبا",
    ]
)
WORDS = st.one_of(
    st.lists(st.one_of(NASTY, st.text(max_size=12), st.just(" ")), max_size=6).map("".join),
    st.builds(lambda unit, times: unit * times, st.one_of(NASTY, st.text(max_size=8)), st.integers(0, 600)),
)
SHORT = st.one_of(NASTY, st.text(max_size=24)).map(lambda words: words[:24])
TIMES = st.builds(
    moment,
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  the zone is apart
    st.sampled_from(["time", "date", "elapsed"]),
    st.one_of(st.none(), st.just(datetime(2101, 1, 1, tzinfo=UTC))),
)
SPANS = st.one_of(
    WORDS,
    st.builds(Strong, words=WORDS),
    st.builds(Code, words=WORDS),
    st.builds(Blank, name=SHORT),
    st.builds(PersonRef, person_id=st.integers(1, 4), name=SHORT),
    TIMES,
    st.builds(Link, words=WORDS, url=st.one_of(WORDS, st.just("https://desk.example/a|b?c=<d>&e"), SHORT)),
)
TEXTS = st.lists(SPANS, max_size=5).map(tuple)
FIELDS = st.dictionaries(st.sampled_from(["number", "words", "why"]), WORDS, max_size=2)
COMMANDS = st.sampled_from(["calm", "accept-handoff", "post-update"])
BUTTONS = st.builds(
    Button,
    label=st.one_of(SHORT, st.text(max_size=75)),
    command=COMMANDS,
    fields=FIELDS,
    style=st.sampled_from(["plain", "primary", "danger"]),
)
PARTS = st.one_of(
    st.builds(Section, text=TEXTS, tone=st.sampled_from(["plain", "quiet", "good", "warning", "danger"])),
    st.builds(Fields, facts=st.lists(st.builds(Fact, name=SHORT, text=TEXTS), max_size=12).map(tuple)),
    st.builds(Listing, lines=st.lists(TEXTS, max_size=8).map(tuple)),
    st.builds(Say, text=TEXTS),
    st.builds(Avoid, text=TEXTS, why=TEXTS),
    st.builds(Wait, pause=st.just("breath"), seconds=st.integers(0, 90), text=TEXTS),
    st.builds(Choice, buttons=st.lists(BUTTONS, max_size=5).map(tuple)),
    st.builds(Offers, offered=st.lists(st.builds(Offered, text=TEXTS, button=BUTTONS), max_size=5).map(tuple)),
    st.builds(Search, label=SHORT, command=COMMANDS),
)
MESSAGES = st.builds(
    Message,
    title=st.text(max_size=150),
    progress=st.one_of(st.none(), st.tuples(st.integers(0, 30), st.integers(0, 30))),
    parts=st.builds(
        lambda parts, times: (*parts,) * times, st.lists(PARTS, max_size=4), st.sampled_from([1, 1, 1, 40])
    ),
)
OPTIONS = st.lists(st.builds(Option, label=SHORT, value=SHORT), max_size=4).map(tuple)
INPUTS = st.builds(
    Input,
    name=st.text("abcdefgh_", min_size=1, max_size=12),
    label=WORDS,
    kind=st.sampled_from(["line", "lines", "pick", "person", "conversation", "tick"]),
    hint=WORDS,
    value=st.one_of(WORDS, st.just("<@U0ANA>"), st.just("<#C1>"), st.just("yes")),
    options=OPTIONS,
    required=st.booleans(),
    max_length=st.integers(1, 5000),
)
FORMS = st.builds(
    Form,
    title=SHORT,
    command=COMMANDS,
    fields=FIELDS,
    intro=TEXTS,
    inputs=st.lists(INPUTS, max_size=12, unique_by=lambda one: one.name).map(tuple),
    submit=SHORT,
)


def sound(blocks: list[dict[str, Any]]) -> None:
    """Have Slack's own models judge the blocks too."""
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, block
        parsed.validate_json()


def marked_up(node: Any) -> list[str]:
    """Find every text in which Slack looks for markup."""
    if isinstance(node, list):
        return [found for one in node for found in marked_up(one)]
    if not isinstance(node, dict):
        return []
    here = [node["text"]] if node.get("type") == "mrkdwn" else []
    return here + [found for value in node.values() for found in marked_up(value)]


OURS = re.compile(
    r"<@(U0ANA|W2BEN)>|<https?://[^<>|\s]*\|[^<>|]+>|<!date\^-?\d+\^[^<>|^]+\|[^<>|]+>|&(amp|lt|gt);|^> |\n> ",
)


def only_ours(blocks: list[dict[str, Any]]) -> None:
    """Insist that nothing is a mention or a link but what we made one."""
    for words in marked_up(blocks):
        assert not re.search("[<>]", OURS.sub("", words)), words


@tried(120)
@given(MESSAGES)
def test_any_message_keeps_within_every_limit(message: Message) -> None:
    """Whatever a message holds, Slack takes it everywhere, and no mention or link is in it but our own."""
    rendered = render(message, ACCOUNTS)
    home, modal = render_home(message, ACCOUNTS), render_modal(message, ACCOUNTS)

    assert wrong_in_message(rendered.blocks) == []
    assert wrong_in_view(home) == []
    assert 1 <= len(rendered.text) <= 4000
    sound(rendered.blocks)
    sound(home["blocks"])
    View(**home).validate_json()
    assert wrong_in_view(modal) == []
    only_ours(rendered.blocks)
    assert "<@" not in rendered.text
    assert not re.search("[<>]", OURS.sub("", rendered.text))


@tried(120)
@given(FORMS)
def test_any_form_keeps_within_every_limit(form: Form) -> None:
    """Whatever a form holds, Slack opens it, and its answers find their questions."""
    view = render_form(form, ACCOUNTS)

    assert wrong_in_view(view) == []
    only_ours(view["blocks"])
    sound(view["blocks"])
    View(**view).validate_json()
    if "private_metadata" in view:
        assert json.loads(view["private_metadata"]) == {"command": form.command, "fields": form.fields}
        asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        assert asked == [one.name for one in form.inputs]


# --- what people see ------------------------------------------------------------------------------


def shown(*parts: Any, title: str = "") -> list[dict[str, Any]]:
    return render(Message.of(title, *parts), ACCOUNTS).blocks


def words(block: dict[str, Any]) -> str:
    return str(block["text"]["text"] if "text" in block else block["elements"][0]["text"])


def test_a_person_is_called_by_the_account_slack_knows() -> None:
    """Who is known here is mentioned; who is not, or only by nonsense, is named."""
    [block] = shown(Section(text=(ANA, " and ", PersonRef(person_id=3, name="Cy"), PersonRef(person_id=9, name="*D*"))))

    assert words(block) == "<@U0ANA> and @Cy@∗D∗"


def test_a_notification_names_people_and_does_not_call_them_again() -> None:
    """The fallback text holds the name, for the mention stands in the blocks."""
    assert render(Message.of("Taken", Section(text=(ANA, " took it."))), ACCOUNTS).text == "Taken\n@Ana took it."


def test_a_notification_says_what_has_happened_where_a_message_names_it() -> None:
    """Nobody reads a whole card in the corner of a screen."""
    card = Message.of(
        "#1 Payments fail", Section(text=("Ana, news is due.",)), toast="Update due now: #1 Payments fail"
    )

    assert render(card, {}).text == "Update due now: #1 Payments fail"
    assert "Update due now" not in str(render(card, {}).blocks)


def test_times_are_told_in_the_zone_of_the_reader() -> None:
    """A moment is left to Slack, which knows the reader's zone; old clients read UTC."""
    [block] = shown(Section(text=text("next update by {time}", time=moment(AT))))

    assert words(block) == ("next update by <!date^1795530600^{date_short_pretty} {time}|2026-11-24 14:30 UTC>")


def test_what_counts_up_elsewhere_is_told_by_its_beginning() -> None:
    """Slack counts nothing up: a wait is told by when it began, and by its length once it is over."""
    [going] = shown(Section(text=("waiting ", moment(AT, "elapsed"))))
    [over] = shown(Section(text=("waited ", moment(AT, "elapsed", AT + timedelta(seconds=312)))))

    assert words(going) == "waiting since <!date^1795530600^{time_secs}|14:30:00 UTC>"
    assert words(over) == "waited 05:12"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("*urgent*", "∗urgent∗"),
        ("_so_ ~so~ `so`", "ˍsoˍ ∼so∼ ˋsoˋ"),
        ("CASE_12_B costs 5*3", "CASE_12_B costs 5*3"),
        ("> quoted", "\u200b&gt; quoted"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_typed_words_are_shown_as_they_were_typed(typed: str, written: str) -> None:
    """Beside markup of ours, what people typed is escaped once and formats nothing."""
    [block] = shown(Section(text=(Strong(words="Note:"), " ", typed)))

    assert words(block) == f"*Note:* {written}"
    assert block["text"]["verbatim"] is True


def test_mere_words_are_left_to_the_letter() -> None:
    """A text without markup of ours is plain, so that even marks and addresses stay as they are."""
    [block] = shown(Section(text=("*hi* <!here> https://a.example :fire:",)))

    assert block["text"] == {"type": "plain_text", "text": "*hi* <!here> https://a.example :fire:", "emoji": False}


def test_marks_work_also_where_words_touch_them() -> None:
    """Bold words stay bold in the middle of a word."""
    [block] = shown(Section(text=("un", Strong(words=" believ "), "able")))

    assert words(block) == "un\u200b*believ*\u200bable"


def test_links_lead_to_the_web_only() -> None:
    """Nothing but http and https can be followed, and a label cannot end its link."""
    [block] = shown(
        Section(text=(Link(words="a|b>", url="https://x.example/?a=1&b=2|3"), " ", Link(words="c", url="javascript:x")))
    )

    assert words(block) == "<https://x.example/?a=1&amp;b=2%7C3|a¦b&gt;> c"


def test_a_sentence_to_say_stands_in_a_block_to_copy() -> None:
    """Sentences to say are code blocks, to the letter; the first in a row says what they are."""
    first, second = shown(Say(text=("I *am* here, ", Blank(name="name"), ".")), Say(text=("It is `ours` ```now```.",)))

    assert words(first) == "*Say*\n```I *am* here, [name].```"
    assert words(second) == "```It is ˋoursˋ ˋˋˋnowˋˋˋ.```"


def test_a_sentence_with_a_time_is_quoted_instead() -> None:
    """A code block would write a time out in UTC; a quotation shows the reader's own."""
    [block] = shown(Say(text=("Next news by ", moment(AT))))

    assert words(block).startswith("*Say*\n> Next news by <!date^")


def test_a_sentence_to_avoid_is_quoted_with_its_reason() -> None:
    """What is better left unsaid is a quotation, so that nobody copies it in a hurry."""
    [block] = shown(Avoid(text=("Calm\ndown",), why=("It never works.",)))

    assert words(block) == "*Better not*\n> Calm\n> down\nIt never works."


def test_warnings_in_a_row_share_one_mark() -> None:
    """The first of several warnings carries the sign."""
    blocks = shown(*(Section(text=(one,), tone="warning") for one in ("one", "two")), Section(text=("three",)))

    assert [words(block) for block in blocks] == ["⚠️ one", "two", "three"]


def test_quiet_words_are_small() -> None:
    """What is said by the way stands in a context block."""
    assert shown(Section(text=("by the way",), tone="quiet"))[0]["type"] == "context"


def test_steps_are_counted_and_drawn() -> None:
    """Progress is told in words and dots; too many steps only in words."""
    [few] = render(Message.of("", progress=(2, 4)), {}).blocks
    [many] = render(Message.of("", progress=(2, 40)), {}).blocks

    assert words(few) == "●●○○  Step 2 of 4"
    assert words(many) == "Step 2 of 40"


def test_facts_stand_side_by_side_up_to_ten() -> None:
    """Facts are fields of a section, ten at most; one in alarm carries a red mark; a long one stands alone."""
    facts = [Fact(name=f"N{number}", text=("v",)) for number in range(11)]
    blocks = shown(
        Fields(facts=(*facts, Fact(name="Late", text=("yes",), alarm=True), Fact(name="Long", text=("w " * 3000,))))
    )

    assert [len(block.get("fields", [])) for block in blocks] == [10, 2, 0, 0, 0, 0]
    assert blocks[0]["fields"][0]["text"] == "*N0*\nv"
    assert blocks[1]["fields"][1]["text"] == "*Late*\n🔴 yes"


def test_a_long_list_says_how_many_lines_it_leaves_out() -> None:
    """Nobody reads on for ever: the rest is counted."""
    blocks = shown(Listing(lines=(("a",),) * (MOST_LINES + 7)))

    assert words(blocks[0]).count("• a") == MOST_LINES
    assert words(blocks[-1]) == "7 more lines"


def test_buttons_carry_their_command_and_fields() -> None:
    """A button's id is its command, made unique; its value the fields."""
    button = Button(label="Take it", command="accept-handoff", fields={"offer": "7", "why": "ü"}, style="primary")
    [block] = shown(Choice(buttons=(button, Button(label="No", command="accept-handoff", style="danger"))))

    take, no = block["elements"]
    assert (take["action_id"], take["value"], take["style"]) == (
        "accept-handoff:0",
        '{"offer":"7","why":"ü"}',
        "primary",
    )
    assert (no["action_id"], no["value"], no["style"]) == ("accept-handoff:1", "{}", "danger")


def test_a_button_that_carries_too_much_is_explained() -> None:
    """What Slack cannot carry is never cut: the button is missing, and a line says why."""
    blocks = shown(Choice(buttons=(Button(label="Post", command="post-update", fields={"notice": "w" * 2000}),)))

    assert [block["type"] for block in blocks] == ["context"]
    assert words(blocks[0]) == "“Post” can't be pressed here: it stands for too many words. Type fewer, please."


def test_a_search_is_a_box_that_sends_on_enter() -> None:
    """A search dispatches by itself, under its command."""
    [block] = shown(Search(label="What is happening?", command="calm"))

    assert block["dispatch_action"] is True
    assert block["element"]["action_id"] == "calm:0"


def test_a_search_in_a_modal_is_sent_as_a_form_is() -> None:
    """Slack opens no modal with a box and nothing to send it by; what is typed is the words of its command."""
    view = render_modal(Message.of("What is happening?", Search(label="In your own words", command="calm")), {})

    assert wrong_in_view(view) == []
    assert view["submit"]["text"] == "Find"
    assert json.loads(view["private_metadata"]) == {"command": "calm"}
    assert view["blocks"][0]["block_id"] == "words"


def test_what_can_be_pressed_stays_when_words_do_not_fit() -> None:
    """Of a message that is too long the words go first, and it says how much is missing."""
    blocks = shown(
        *(Section(text=("w" * 2900,)) for _ in range(5)), Choice(buttons=(Button(label="Go", command="calm"),))
    )

    assert [block["type"] for block in blocks] == ["section"] * 3 + ["context", "actions"]
    assert words(blocks[3]) == "2 more paragraphs don't fit here."


def test_letters_that_take_more_room_leave_more_out() -> None:
    """A Home full of emoji is as large as Slack lets a view be, and not larger."""
    parts = tuple(Section(text=("😀" * 2800,)) for _number in range(40))

    assert wrong_in_view(render_home(Message.of("", *parts), {})) == []


def test_people_are_looked_up_once() -> None:
    """Everybody a message names anywhere is found before it is sent."""
    two = PersonRef(person_id=2, name="Ben")
    message = Message.of(
        "", Section(text=(ANA,)), Fields(facts=(Fact(name="Owner", text=(two,)),)), Listing(lines=((ANA,),))
    )

    assert {one.person_id for one in people_of(message)} == {1, 2}


# --- forms ----------------------------------------------------------------------------------------

FORM = Form(
    title="Update #7",
    command="post-update",
    fields={"number": "7"},
    intro=("Three answers.",),
    inputs=(
        Input(name="notice", label="What do customers notice?", kind="lines", value="Slow\nsearch", hint="Plain words"),
        Input(name="sent", label="Sent to customers", kind="tick", value="yes", required=False),
        Input(name="who", label="Who?", kind="person", value="<@U0ANA>"),
        Input(name="where", label="Where?", kind="conversation", value="<#C0SUP>", required=False),
        Input(
            name="sev",
            label="How bad?",
            kind="pick",
            value="2",
            options=(Option(label="one", value="1"), Option(label="two", value="2")),
        ),
    ),
    submit="Post it",
)


def test_a_form_asks_everything_with_what_is_filled_in_already() -> None:
    """Each question has its element, and keeps its value."""
    _intro, notice, sent, who, where, sev = render_form(FORM, {})["blocks"]

    assert notice["element"]["initial_value"] == "Slow\nsearch"
    assert notice["element"]["multiline"] is True
    assert notice["hint"]["text"] == "Plain words"
    assert sent["element"]["initial_options"] == sent["element"]["options"]
    assert sent["optional"] is True
    assert who["element"]["initial_user"] == "U0ANA"
    assert where["element"]["initial_conversation"] == "C0SUP"
    assert sev["element"]["initial_option"]["value"] == "2"


def test_a_form_remembers_its_command_and_hidden_fields() -> None:
    """What nobody sees travels in the metadata."""
    assert json.loads(form_metadata(FORM)) == {"command": "post-update", "fields": {"number": "7"}}


def test_a_form_that_cannot_be_carried_says_so() -> None:
    """Hidden words that do not fit are never cut: the modal explains, and has nothing to send."""
    view = render_form(FORM.model_copy(update={"fields": {"words": "w" * 2990}}), {})

    assert "submit" not in view
    assert words(view["blocks"][0]) == "⚠️ This form can't be opened here."
    assert wrong_in_view(view) == []


def test_many_options_are_grouped() -> None:
    """More than a hundred options stand in groups, named by their first and last."""
    options = tuple(Option(label=f"o{number}", value=str(number)) for number in range(150))
    [block] = render_form(
        Form(
            title="T",
            command="c",
            submit="S",
            inputs=(Input(name="n", label="L", kind="pick", options=options, value="149"),),
        ),
        {},
    )["blocks"]

    assert [group["label"]["text"] for group in block["element"]["option_groups"]] == ["o0 – o99", "o100 – o149"]
    assert block["element"]["initial_option"]["value"] == "149"


def test_errors_stand_at_their_questions() -> None:
    """An error of no question that is asked is said at the first, beside its own."""
    found = field_errors({"by": "Too late.", "number": "Gone.", "notice": "Too short."}, ["notice", "by"])

    assert found == {"by": "Too late.", "notice": "Gone. Too short."}


def test_an_answer_in_a_modal_has_a_title_that_fits() -> None:
    """A short title heads the modal; a long one stands in it, whole."""
    short, long = render_modal(Message.of("Posted"), {}), render_modal(Message.of("Posted, and told to everybody"), {})

    assert short["title"]["text"] == "Posted"
    assert long["title"]["text"] == "Zanshin"
    assert words(long["blocks"][0]) == "Posted, and told to everybody"
