"""Prepared wordings: every kind of incident can be spoken about, broken files are named, and titles find their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.incidents.updates.wordings import GENERAL, Sentences, Wording, load_wordings
from bot.say.language import speaking
from bot.store.content import SHIPPED_PLAYBOOKS, gaps, read_file
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

SHIPPED = load_wordings(SHIPPED_PLAYBOOKS)
MOMENTS = tuple(Sentences.model_fields)

GOOD = """\
id: lift-stuck
title: Lift stuck
words: [lift, elevator, stuck between floors]
reviewed: 2026-11-24
source:
  title: A book
  author: Somebody
  credit: after a book by somebody.
notice:
  - "The lift in {where} does not move."
doing:
  - "Please take the stairs. I will {step}."
no_change:
  - "It still does not move. I write again by {next_update}."
solved:
  - "It moves again. What was wrong: {cause}."
"""


def write(folder: Path, text: str, name: str = "lift-stuck.yaml") -> Path:
    path = folder / "en" / "updates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# --- files ---------------------------------------------------------------------------------------


def test_a_good_file_is_read(tmp_path: Path) -> None:
    """A file that follows the rules becomes a wording."""
    wording = read_file(write(tmp_path, GOOD), Wording)

    assert wording.title == "Lift stuck"
    assert wording.no_change == ("It still does not move. I write again by {next_update}.",)


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "expected"),
    [
        ("title: Lift stuck", "titel: Lift stuck", 2, "titel", "no such field"),
        ("title: Lift stuck\n", "", 1, "title", "needed, but not here"),
        ("title: Lift stuck", "title: Lift stuck\ntitle: Twice", 3, "title", "stands twice"),
        ("id: lift-stuck", "id: lift", 1, "id", "lift-stuck, as the file is called"),
        ("id: lift-stuck", "id: Lift Stuck", 1, "id", "small letters a to z"),
        ("words: [lift, elevator, stuck between floors]", "words: [lift]", 3, "words", "at least 3"),
        ("words: [lift, elevator, stuck between floors]", "", 1, "words", "needed, but not here"),
        ("words: [lift,", "words: [12,", 3, "words.0", "text; put it in quotes"),
        ("reviewed: 2026-11-24", "reviewed: soon", 4, "reviewed", "date"),
        ("reviewed: 2026-11-24", "reviewed: 2026-13-44", 1, "(file)", "a date or a number that does not exist"),
        ("  author: Somebody\n", "", 5, "source.author", "needed, but not here"),
        ('notice:\n  - "The lift in {where} does not move."\n', "", 1, "notice", "needed, but not here"),
        ('notice:\n  - "The lift in {where} does not move."', "notice: []", 9, "notice", "at least 1"),
        ('  - "The lift in {where}', '  - ""\n  - "The lift in {where}', 10, "notice.0", "at least 2 characters"),
        ("does not move.", "does not move." + "!" * 300, 10, "notice.0", "at most 300 characters"),
        ("{where}", "{place}", 10, "notice.0", "the placeholder {place} is unknown; known are customer, agent"),
        ("{step}", "{stepp}", 12, "doing.0", "the placeholder {stepp} is unknown"),
        ("by {next_update}", "soon", 14, "no_change.0", "the placeholder {next_update}: who has no news says when"),
        ("{cause}", "{why}", 16, "solved.0", "the placeholder {why} is unknown"),
        ("{next_update}", "{next_time}", 14, "no_change.0", "the placeholder {next_time} is unknown"),
        ("solved:", "solved: [", 16, "(file)", "indentation or quotes"),
        ("id: lift-stuck", "id: !!int ''", 1, "(file)", "has a tag"),
        ("title: Lift stuck", "title: &a Lift stuck\nnotes: [*a]", 3, "(file)", "has an alias"),
    ],
)
def test_what_is_wrong_is_named_by_line_field_and_what_is_expected(  # noqa: PLR0917  a row of the table
    tmp_path: Path, old: str, new: str, line: int, field: str, expected: str
) -> None:
    """An author is led to the very line, and told what would be right there, as with playbooks."""
    path = write(tmp_path, GOOD.replace(old, new, 1))
    problems = load_wordings(tmp_path).problems
    found = {(problem.line, problem.field): problem.expected for problem in problems}

    assert (line, field) in found, found
    assert expected in found[line, field]
    assert str(problems[0]).startswith(f"{path}:")


def test_a_file_that_is_no_wording_is_told_what_one_needs(tmp_path: Path) -> None:
    """Whoever begins with an empty file reads which fields there are."""
    with pytest.raises(ContentError, match=r"lift-stuck.yaml:1: \(file\): a wording: id, .*solved, title, words"):
        read_file(write(tmp_path, ""), Wording)


def test_a_broken_file_leaves_the_others_usable(tmp_path: Path) -> None:
    """One slip costs one kind of incident, and a broken general kind is stood in for."""
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("title:", "titel:"), f"{GENERAL}.yaml")
    wordings = load_wordings(tmp_path)

    assert list(wordings.kinds) == ["lift-stuck"]
    assert {problem.path.name for problem in wordings.problems} == {f"{GENERAL}.yaml"}
    assert wordings.for_title("Lift stuck").notice == ("The lift in {where} does not move.",)
    with speaking("de"):
        plain = wordings.for_title("Nothing of the kind")
    assert all(gaps(sentence) for moment in MOMENTS for sentence in getattr(plain, moment))


def test_playbooks_of_ones_own_without_wordings_go_with_ours(tmp_path: Path) -> None:
    """Nobody loses the wordings by keeping playbooks in another folder."""
    assert load_wordings(tmp_path).kinds == SHIPPED.kinds


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Any bytes are a wording or are refused with a line; the program goes on."""
    folder = tmp_path_factory.mktemp("fuzz")
    write(folder, "").write_bytes(content)
    wordings = load_wordings(folder)

    assert wordings.kinds or wordings.problems
    assert all(problem.line >= 1 and problem.expected for problem in wordings.problems)


@given(
    st.integers(0, len(GOOD) - 1),
    st.integers(0, 20),
    st.text(alphabet=st.characters(max_codepoint=0x2FF) | st.sampled_from("!&*{}[]:-?|>'\"%@`\n\t "), max_size=8),
)
def test_no_slip_in_a_good_file_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, typed: str
) -> None:
    """Whatever is typed over whatever part of a good file, it is read or refused with a line."""
    folder = tmp_path_factory.mktemp("slips")
    write(folder, GOOD[:start] + typed + GOOD[start + length :])
    wordings = load_wordings(folder)

    assert wordings.kinds or wordings.problems
    assert all(problem.line >= 1 and problem.expected for problem in wordings.problems)


async def test_supervisors_are_told_about_a_broken_wording_once(tmp_path: Path, database: Database) -> None:
    """Those who can do something about it hear of it as they do of playbooks, and not again at every start."""
    write(tmp_path, GOOD.replace("{where}", "{place}"))
    stage = FakeStage(database, tmp_path)
    await people_of(stage)
    cast = Cast(stage)
    for _start in range(2):
        async with stage.program.running():
            pass
        await stage.settle()

    told = await cast.sofia.privately.sees()
    assert len(told) == 1
    assert "lift-stuck.yaml:10: notice.0: the placeholder {place} is unknown" in told[0]
    assert await cast.ana.privately.sees() == []


# --- which one fits ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Card payments fail for some customers", "payments-fail"),
        ("PAYMENTS DOWN!!", "payments-fail"),
        ("Checkout broken since the morning", "payments-fail"),
        ("cards are being declined at the till", "payments-fail"),
        ("Customers can't sign in", "cannot-sign-in"),
        ("Sign-in is failing for staff at your branches", "cannot-sign-in"),
        ("people are locked out after the password reset", "cannot-sign-in"),
        ("Nobody gets into their account", "cannot-sign-in"),
        ("Reporting page loads very slowly in India", "slow"),
        ("pages take ages to load", "slow"),
        ("Website down", "down"),
        ("Our site is not reachable", "down"),
        ("app won't start, nothing works", "down"),
        ("Search returns no results for Germany", "part-broken"),
        ("Exports come out blank with the new template", "part-broken"),
        ("App crashes on Android", "part-broken"),
        ("Payroll files show wrong totals", "wrong-data"),
        ("App shows yesterday’s balance", "wrong-data"),
        ("Letters went out with the wrong appointment time", "wrong-data"),
        ("Stock figures out of date", "wrong-data"),
        ("Customers see other people's names on their bills", "data-exposed"),
        ("Statement sent to the wrong person", "data-exposed"),
        ("Laptop with customer data stolen", "data-exposed"),
        ("Emails arrive hours late", "messages-late"),
        ("SMS codes not arriving", "messages-late"),
        ("Phone lines cut off callers after a few seconds", "calls-drop"),
        ("Callers cannot hear us", "calls-drop"),
        ("No mobile signal after the storm", "connection-lost"),
        ("Internet down in Leeds", "connection-lost"),
        ("Deliveries held up in the Leeds area because of flooding", "delivery-late"),
        ("Parcels stuck in customs", "delivery-late"),
        ("Parcels arrive damaged", "delivery-damaged"),
        ("Wrong items delivered on Monday", "delivery-damaged"),
        ("Room bookings made on Tuesday were lost", "booking-lost"),
        ("Tables double booked for Saturday", "booking-lost"),
        ("Technician did not turn up in Cork", "visit-missed"),
        ("Appointments cancelled at the clinic", "visit-missed"),
        ("Concert postponed because of snow", "event-changed"),
        ("Flight delayed to 21:10", "event-changed"),
        ("Card refunds from last week have not reached banks", "refund-late"),
        ("Customers still wait for their money back", "refund-late"),
        ("Some customers charged twice", "wrong-charge"),
        ("Discount code not applied to orders", "wrong-charge"),
        ("Maintenance tonight from 22:00", "planned-work"),
        ("Planned move to the new data centre", "planned-work"),
        ("Payment provider has an outage", "third-party-down"),
        ("Our bank's systems are down", "third-party-down"),
        ("No hot water on floors 3 to 6", "power-or-building"),
        ("Room keys stopped working on the second floor", "power-or-building"),
        ("Item out of stock after being ordered", "sold-out"),
        ("Recall of the blue kettle", "product-unsafe"),
        ("Charger may catch fire", "product-unsafe"),
        ("Strange behaviour, cause unknown", "unknown-cause"),
        ("Something is wrong with the kiosk", "unknown-cause"),
    ],
)
def test_a_title_finds_its_kind(title: str, kind: str) -> None:
    """What people write in a hurry is enough to find the words for it."""
    found = SHIPPED.fitting(title)

    assert found is not None
    assert found.id == kind
    assert SHIPPED.for_title(title) is found


@pytest.mark.parametrize(
    "title", ["", "!!!", "🔥🔥🔥", "Please look at this", "Customers are angry", "Everybody wants a coffee", "Angebot"]
)
def test_a_title_of_no_kind_gets_the_general_words(title: str) -> None:
    """Where no kind fits, none is claimed to, and there is still something to say."""
    assert SHIPPED.fitting(title) is None
    assert SHIPPED.for_title(title) is SHIPPED.general
    assert SHIPPED.general is SHIPPED.kinds[GENERAL]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("stuck between floors", "lift-stuck"),
        ("floors: between the third and the second, the door is stuck", "lift-stuck"),
        ("Lift or door", "lift-stuck"),
        ("Door or lift", "door-shut"),
        ("Door between the floors is stuck", "lift-stuck"),
        ("stuck on the floors", None),
    ],
)
def test_phrases_fit_whole_and_more_words_win(tmp_path: Path, title: str, kind: str | None) -> None:
    """All words of a phrase are in the title, more covered words win, and then what is named first."""
    write(tmp_path, GOOD)
    door = GOOD.replace("id: lift-stuck", "id: door-shut").replace(
        "[lift, elevator, stuck between floors]", "[door, gate, hatch]"
    )
    write(tmp_path, door, "door-shut.yaml")
    found = load_wordings(tmp_path).fitting(title)

    assert (found.id if found else None) == kind


@given(st.text(max_size=300))
def test_any_title_has_words_and_always_the_same(title: str) -> None:
    """Fitting never fails, does not care for case, and gives the same answer again."""
    found = SHIPPED.fitting(title)

    assert found is SHIPPED.fitting(f"  {title}!  ")
    assert all(getattr(SHIPPED.for_title(title), moment) for moment in MOMENTS)
