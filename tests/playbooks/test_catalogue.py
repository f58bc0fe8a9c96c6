"""Playbook files: read strictly, wrong ones named by file, line and field, the others left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.playbooks.cards.suggestions import best_fit
from bot.playbooks.catalogue import END, Playbook, load_catalogue
from bot.playbooks.reading import as_markdown
from bot.playbooks.steps.runs import after, back, choose, ends_first_aid, first, position
from bot.say.aloud import plain_message
from bot.store.content import PLACEHOLDERS, SHIPPED_PLAYBOOKS, read_file
from tests.sources import points
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

NEW_LINE = "\n"
CIRCLE = "  - id: three\n    instruct: Round.\n    next: three"
SHIPPED = load_catalogue(SHIPPED_PLAYBOOKS)

GOOD = """\
id: slow-down
title: Slow down
situation: Everything is too fast.
words: [too fast, hurry, rushing]
reviewed: 2026-11-24
source:
  title: A book
  author: Somebody
  credit: after a book by somebody.
steps:
  - id: one
    instruct: Breathe.
  - id: two
    say:
      - "One moment, {customer}."
"""


def write(folder: Path, text: str, name: str = "slow-down.yaml") -> Path:
    path = folder / "en" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """A file that follows the rules becomes a playbook."""
    playbook = read_file(write(tmp_path, GOOD), Playbook)

    assert playbook.title == "Slow down"
    assert [step.id for step in playbook.steps] == ["one", "two"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "expected"),
    [
        ("title: Slow down", "titel: Slow down", 2, "titel", "no such field"),
        ("title: Slow down\n", "", 1, "title", "needed, but not here"),
        ("id: slow-down", "id: slowdown", 1, "id", "slow-down, as the file is called"),
        ("id: slow-down", "id: Slow Down", 1, "id", "small letters a to z"),
        ("words: [too fast, hurry, rushing]", "words: [hurry]", 4, "words", "at least 3"),
        ("words: [too fast, hurry, rushing]", "words: hurry", 4, "words", "a list: each on a line"),
        ("reviewed: 2026-11-24", "reviewed: soon", 5, "reviewed", "date"),
        ("  - id: two", "  - id: one", 13, "steps.1.id", "another name: “one” is taken"),
        ("    instruct: Breathe.", "    instrukt: Breathe.", 12, "steps.0.instrukt", "no such field"),
        ("    instruct: Breathe.", "    next: two", 11, "steps.0", "a step needs instruct, say"),
        ("    instruct: Breathe.", "    instruct: Breathe.\n    next: three", 13, "steps.0.next", "the id of a step"),
        ("    instruct: Breathe.", "    instruct: Breathe.\n    next: end", 14, "steps.1", "a way that leads here"),
        ("    say:", "    next: one\n    say:", 10, "steps", "a way that leads to end"),
        ("reviewed: 2026-11-24", "reviewed: 2026-13-44", 1, "(file)", "a date or a number that does not exist"),
        ("{customer}", "{client}", 15, "steps.1.say.0", "the placeholder {client} is unknown"),
        (
            "    instruct: Breathe.",
            "    instruct: Breathe.\n    part: after",
            13,
            "steps.0.part",
            "first aid before it",
        ),
        (
            "    say:",
            "    part: after\n    choose: [{label: Back, goto: one}, {label: Out, goto: end}]\n    say:",
            13,
            "steps.1",
            "no way back from after the call",
        ),
        ("    say:", "    part: later\n    say:", 14, "steps.1.part", "one of"),
        ('"One moment, {customer}."', "{text: One moment., fax: Wait.}", 15, "steps.1.say.0.fax", "no such field"),
        ('"One moment, {customer}."', "{chat: One moment.}", 15, "steps.1.say.0.text", "needed, but not here"),
        ('"One moment, {customer}."', '{text: Hi., us: "Hi {customer}."}', 15, "steps.1.say.0.us", "{customer} is not"),
        ('"One moment, {customer}."', "7", 15, "steps.1.say.0", "text, or a mapping"),
        ("instruct: Breathe.", f"instruct: {'x' * 601}", 12, "steps.0.instruct", "at most 600"),
        (
            "    say:",
            f"    instruct: {'x' * 600}\n    say:{(NEW_LINE + '      - ' + 'y' * 390) * 4}",
            13,
            "steps.1",
            "two steps",
        ),
        (
            "    instruct: Breathe.",
            "    choose: [{label: Go, goto: three}, {label: Out, goto: two}]\n" + CIRCLE,
            13,
            "steps.1",
            "this is a circle",
        ),
        (
            "    instruct: Breathe.\n  - id: two",
            "    instruct: Breathe.\n    rule: Do we?\n  - id: two\n    rule: Must we?",
            15,
            "steps.1.rule",
            "one rule a playbook",
        ),
        ("steps:", "steps: []\nother:", 10, "steps", "at least 1"),
        ("    instruct: Breathe.", "   instruct: Breathe.", 12, "(file)", "indentation"),
        ("title: Slow down", "title: Slow down\ntitle: Twice", 3, "title", "stands twice"),
        (
            "    instruct: Breathe.",
            "    wait: {pause: nap, seconds: 5, text: Sleep}",
            12,
            "steps.0.wait.pause",
            "one of",
        ),
        ("    instruct: Breathe.", "    wait: {pause: breath, seconds: 0, text: In.}", 12, "steps.0.wait.seconds", "1"),
    ],
)
def test_what_is_wrong_is_named_by_line_field_and_what_is_expected(  # noqa: PLR0917  a row of the table
    tmp_path: Path, old: str, new: str, line: int, field: str, expected: str
) -> None:
    """An author is led to the very line, and told what would be right there."""
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ContentError) as wrong:
        read_file(path, Playbook)

    found = {(problem.line, problem.field): problem.expected for problem in wrong.value.problems}
    assert (line, field) in found, found
    assert expected in found[line, field]
    assert str(wrong.value.problems[0]).startswith(f"{path}:")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a list",
        b"just words",
        b"\xff\xfe",
        b"a: *b",
        b"a: [1, 2",
        b"\x00",
        b"!!python/object:os.system {}",
        b'id: !!int ""',
        b"id: !!bool perhaps",
        b"id: !!timestamp soon",
        b"? [a]\n: b",
        b"[" * 200_000,
        b"a: " + b"[" * 900 + b"]" * 900,
    ],
)
def test_a_file_that_is_no_playbook_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in a file, it is content that is wrong and nothing else."""
    path = write(tmp_path, "")
    path.write_bytes(content)
    with pytest.raises(ContentError):
        read_file(path, Playbook)


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Any bytes are a playbook or are refused with a line."""
    path = tmp_path_factory.mktemp("fuzz") / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(ContentError) as wrong:
        read_file(path, Playbook)

    assert all(problem.line >= 1 and problem.expected for problem in wrong.value.problems)


def test_a_broken_file_leaves_the_others_usable(tmp_path: Path) -> None:
    """One slip costs one playbook."""
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("title:", "titel:"), "speed-up.yaml")
    catalogue = load_catalogue(tmp_path)

    assert list(catalogue.playbooks) == ["slow-down"]
    assert {problem.path.name for problem in catalogue.problems} == {"speed-up.yaml"}


async def test_supervisors_are_told_about_a_broken_file_once(tmp_path: Path, database: Database) -> None:
    """The people who can do something about it hear of it, and not again at every start."""
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("title:", "titel:"), "speed-up.yaml")
    stage = FakeStage(database, tmp_path)
    await people_of(stage)
    cast = Cast(stage)
    for _start in range(2):
        async with stage.program.running():
            pass
        await stage.settle()

    told = await cast.sofia.privately.sees()
    assert len(told) == 1
    assert "speed-up.yaml:2: titel: no such field" in told[0]
    assert await cast.ana.privately.sees() == []
    assert (await cast.ana.types("/calm too fast")).text.startswith("Slow down")


def test_a_file_of_another_ending_is_named(tmp_path: Path) -> None:
    """A playbook nobody reads because of its ending is a slip, not silence."""
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "speed-up.yml")

    assert [str(problem).rsplit("/", 1)[1] for problem in load_catalogue(tmp_path).problems] == [
        "speed-up.yml:1: (file): is not read: call it speed-up.yaml"
    ]


def test_two_files_with_one_id_leave_the_one_that_is_called_so(tmp_path: Path) -> None:
    """A copy whose id was forgotten is named; what it was copied from goes on."""
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "slow-down-2.yaml")
    catalogue = load_catalogue(tmp_path)

    assert list(catalogue.playbooks) == ["slow-down"]
    assert "slow-down-2, as the file is called" in catalogue.problems[0].expected


WAYS = """\
id: slow-down
title: Slow down
situation: Everything is too fast.
words: [too fast, hurry, rushing]
reviewed: 2026-11-24
source: {title: A book, author: Somebody, credit: after a book by somebody.}
steps:
  - id: one
    rule: May we slow down?
    say:
      - text: "I apologise, {customer}. I'll look into it and ring you back."
        chat: "Sorry, {customer}. Looking into it."
        us: "I apologize, {customer}. I'll look into it and call you back."
        in: "Sorry for the trouble, {customer}. I'll check and call you back."
  - id: two
    instruct: Check.
  - id: three
    part: after
    instruct: Have some water.
  - id: four
    instruct: Look back.
"""


def test_a_sentence_is_said_as_the_channel_and_the_place_ask(tmp_path: Path) -> None:
    """What was not written out for them is said as it is spoken."""
    line = read_file(write(tmp_path, WAYS), Playbook).steps[0].say[0]

    assert line.said() == "I apologise, {customer}. I'll look into it and ring you back."
    assert line.said("chat", "us") == "Sorry, {customer}. Looking into it."
    assert line.said("email", "us") == "I apologize, {customer}. I'll look into it and call you back."
    assert line.said("email", "in").startswith("Sorry for the trouble")
    assert line.said("email") == line.text


def test_first_aid_is_counted_apart_from_what_comes_after_the_call(tmp_path: Path) -> None:
    """Two steps of two are all there is while somebody shouts."""
    playbook = read_file(write(tmp_path, WAYS), Playbook)

    assert position(playbook, ("one",)) == (1, 2)
    assert position(playbook, ("one", "two")) == (2, 2)
    assert position(playbook, ("one", "two", "three")) == (1, 2)
    assert [ends_first_aid(playbook, one.id) for one in playbook.steps] == [False, True, False, False]
    assert "## After the call\n\n3. three" in as_markdown(playbook)


# --- what we ship ------------------------------------------------------------------------------


def test_everything_shipped_can_be_read() -> None:
    """No file of ours has a problem."""
    assert SHIPPED.problems == ()
    assert {"keep-calm", "restrain", "be-heard"} <= set(SHIPPED.playbooks)


@pytest.mark.parametrize("playbook", SHIPPED.playbooks.values(), ids=lambda one: one.id)
def test_a_shipped_playbook_is_whole(playbook: Playbook) -> None:
    """It has a source, notes where the evidence is thin, points of the seeds that exist, and something to say."""
    named = {point for step in playbook.steps for point in step.points}

    assert len(playbook.words) >= 12
    assert playbook.notes
    assert sum(len(step.say) for step in playbook.steps) >= 3
    assert named
    assert named <= set(points())
    assert len(playbook.title) <= 24


@pytest.mark.parametrize("playbook", SHIPPED.playbooks.values(), ids=lambda one: one.id)
def test_sentences_to_say_are_short_enough_to_say(playbook: Playbook) -> None:
    """Nobody reads out a paragraph under attack."""
    for step in playbook.steps:
        assert len(step.instruct) <= 240, step.id
        for sentence in step.say:
            assert len(sentence.text.split()) <= 40, sentence
            assert set(re.findall(r"\{(\w+)\}", sentence.text)) <= set(PLACEHOLDERS)


@pytest.mark.parametrize("playbook", SHIPPED.playbooks.values(), ids=lambda one: one.id)
def test_a_playbook_can_be_read_whole(playbook: Playbook) -> None:
    """Written out, it shows every step, every sentence and its source."""
    written = as_markdown(playbook)

    assert playbook.source.credit in written
    for step in playbook.steps:
        assert all(sentence.text in written for sentence in step.say)


@pytest.mark.parametrize("playbook", SHIPPED.playbooks.values(), ids=lambda one: one.id)
def test_a_suggestion_is_read_in_three_seconds(playbook: Playbook) -> None:
    """It shows what helps right now, in 45 words at most, its one button among them."""
    card = best_fit([playbook], "shouting, crying, screams", (), ())

    assert playbook.now is not None
    assert playbook.now.do in plain_message(card)
    assert len(plain_message(card).split()) <= 45


def test_a_team_s_own_playbook_may_do_without_first_aid(tmp_path: Path) -> None:
    """Without it the suggestion says when to reach for the playbook."""
    playbook = read_file(write(tmp_path, GOOD), Playbook)

    assert "Everything is too fast." in plain_message(best_fit([playbook], "rushing", (), ()))


def test_first_aid_is_said_as_it_stands(tmp_path: Path) -> None:
    """A gap in it would have to be filled under attack: it is refused by name."""
    with_gap = GOOD.replace("words:", 'now: {do: Breathe., say: "One moment, {customer}."}\nwords:')

    with pytest.raises(ContentError, match=r"now\.say"):
        read_file(write(tmp_path, with_gap), Playbook)


# --- walking ------------------------------------------------------------------------------------


@given(st.sampled_from(list(SHIPPED.playbooks.values())), st.lists(st.integers(0, 4), max_size=60))
def test_any_walk_stays_on_the_steps_and_can_be_walked_back(playbook: Playbook, ways: list[int]) -> None:
    """Whatever is chosen, the run is at a step of the playbook or over, and Back leads where one came from."""
    ids = {step.id for step in playbook.steps}
    path: tuple[str, ...] = (first(playbook),)
    for way in ways:
        following = choose(playbook, path[-1], way)
        if following is None:
            break
        assert following in ids
        path = (*path, following)
        assert back(path) == path[:-1]
        number, total = position(playbook, path)
        assert 1 <= number <= total
    assert back((path[0],)) == (path[0],)


@pytest.mark.parametrize("playbook", SHIPPED.playbooks.values(), ids=lambda one: one.id)
def test_always_taking_the_first_way_ends(playbook: Playbook) -> None:
    """Next, Next, Next comes to an end."""
    step, taken = first(playbook), 0
    while (following := after(playbook, step)) is not None:
        step, taken = following, taken + 1
        assert taken <= len(playbook.steps)
    assert END not in {one.id for one in playbook.steps}


def test_keep_calm_runs_the_real_thing() -> None:
    """Breath, count, breath, not personal, breath, in this order, and no hold for who is upset about holding."""
    playbook = SHIPPED.playbooks["keep-calm"]

    def walk(*ways: int) -> list[str]:
        step, found = first(playbook), []
        for way in ways:
            found.append(step)
            step = choose(playbook, step, way) or END
        return [*found, step]

    breathing = ["breathe-1", "count", "breathe-2", "not-personal", "breathe-3", "still-tense"]
    assert walk(0, 0, 0, 0, 0, 0, 0) == ["upset-about-waiting", "ask-to-hold", *breathing]
    assert walk(1, 0, 0, 0, 0, 0, 0) == ["upset-about-waiting", "stay-on-the-line", *breathing]
    assert playbook.step("stay-on-the-line").hold is None
    assert playbook.step("count").wait == playbook.step("count").wait.model_copy(update={"seconds": 10})
    assert choose(playbook, "still-tense", 1) == "let-somebody-take-over"
    assert playbook.step("let-somebody-take-over").do == "recuse"
    assert choose(playbook, "let-somebody-take-over", 1) == "once-more"
    assert after(playbook, "once-more") == "breathe-1"


def test_yaml_of_ours_uses_no_tricks() -> None:
    """Files of ours are plain enough for anybody to edit."""
    for path in (SHIPPED_PLAYBOOKS / "en").glob("*.yaml"):
        events = list(yaml.parse(path.read_text(encoding="utf-8")))
        assert not any(getattr(event, "anchor", None) for event in events), path.name


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """What it leads to is told to nobody; links inside, as Kubernetes lays them, are read."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2", encoding="utf-8")
    folder = tmp_path / "playbooks"
    data = folder / "en" / "..data"
    data.mkdir(parents=True)
    (data / "keep-calm.yaml").write_bytes((SHIPPED_PLAYBOOKS / "en" / "keep-calm.yaml").read_bytes())
    (folder / "en" / "keep-calm.yaml").symlink_to(data / "keep-calm.yaml")
    (folder / "en" / "secret.yaml").symlink_to(secret)
    catalogue = load_catalogue(folder)

    assert list(catalogue.playbooks) == ["keep-calm"]
    assert [str(one) for one in catalogue.problems] == [
        f"{folder / 'en' / 'secret.yaml'}:1: (file): leads out of the folder: put the file itself there"
    ]
