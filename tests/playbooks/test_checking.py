"""What an editor would mark: a table of slips, each made in a playbook that is otherwise fine."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.compose import Bookcase, read_bookcase
from bot.incidents.updates.wordings import Wording, Wordings
from bot.playbooks.catalogue import Catalogue, Playbook
from bot.playbooks.openings import Opening, Openings
from bot.playbooks.shelves.shelf import Books
from bot.playbooks.suggest import Suggester
from bot.run.checking.books import slips_across, slips_of_playbook
from bot.run.checking.ease import reading_ease
from bot.run.checking.everything import slips_in
from bot.run.checking.openings import slips_of_openings
from bot.run.checking.sentences import in_reading, in_saying
from bot.run.checking.slips import Slip
from bot.run.checking.wordings import slips_of_wording
from bot.store.content import SHIPPED_PLAYBOOKS

TODAY = date(2026, 11, 30)
POINTS = {"001.1", "001.2"}
SOURCE = {"title": "A book", "author": "Somebody", "credit": "after a book by somebody."}
FINE: dict[str, Any] = {
    "id": "slow-down",
    "title": "Slow down",
    "situation": "Everything is too fast.",
    "now": {"do": "Breathe out.", "say": "Give me a moment, please."},
    "words": [f"too fast {number}" for number in range(12)],
    "reviewed": TODAY,
    "source": SOURCE,
    "notes": ["Nobody has tested it."],
    "steps": [
        {
            "id": "one",
            "title": "Slow down",
            "instruct": "Say it slowly.",
            "say": ["I'll look at that now.", "I'm reading it through, {customer}.", "Give me a moment."],
            "avoid": [{"text": "Calm down!", "why": "It's an order."}],
            "points": ["001.1"],
        },
        {"id": "two", "title": "Check", "instruct": "Did it help?", "points": ["001.2"]},
    ],
}


def made(fine: dict[str, Any] = FINE, /, **changes: Any) -> Playbook:
    """Make a playbook of the fine one."""
    return Playbook.model_validate(copy.deepcopy(fine) | changes)


def with_step(fine: dict[str, Any] = FINE, /, **changes: Any) -> Playbook:
    """Make one whose first step is different."""
    first, *others = copy.deepcopy(fine["steps"])
    return made(fine, steps=[{name: value for name, value in (first | changes).items() if value is not None}, *others])


def saying(*sentences: Any) -> Playbook:
    """Make one whose first step says this."""
    return with_step(say=[*sentences, "Give me a moment.", "One second."])


def rules(playbook: Playbook) -> set[str]:
    """Name what is marked in a playbook."""
    return {slip.rule for slip in slips_of_playbook(playbook, TODAY, POINTS)}


def test_a_fine_playbook_has_no_slips() -> None:
    """Nothing is marked where nothing is wrong."""
    assert rules(made()) == set()


LONG = "It is one of the long ones that go on and on and on without any stop until nobody at all can breathe any more"

SLIPS: list[tuple[Playbook, str]] = [
    (with_step(instruct="Say it. " * 13), "step-long"),
    (with_step(title=None), "no-title"),
    (with_step(title="A title that is far too long for a phone"[:40] + "s."), "title-long"),
    (
        with_step(say=[f"I'll do this {word}." for word in ("now", "soon", "today", "tonight", "later")]),
        "many-sentences",
    ),
    (with_step(instruct="Well done. Say it slowly."), "praise"),
    (with_step(say=None), "avoid-first"),
    (with_step(avoid=[{"text": f"No {one}", "why": "It hurts."} for one in "abc"]), "many-avoided"),
    (
        with_step(
            choose=[{"label": "A label that no phone shows in one line", "goto": "two"}, {"label": "No", "goto": "end"}]
        ),
        "label-long",
    ),
    (with_step(choose=[{"label": "Yes", "goto": "two"}, {"label": "Yes", "goto": "end"}]), "label-twice"),
    (with_step(choose=[{"label": "Yes", "goto": "two"}]), "one-way"),
    (with_step(choose=[{"label": "Yes", "goto": "two"}, {"label": "No", "goto": "end"}], next="two"), "next-unused"),
    (with_step(say=["I'm on {issue}.", "I see {issue}."]), "gap-alone"),
    (with_step(instruct="Do {step} now."), "gap-unfilled"),
    (with_step(points=[]), "no-points"),
    (with_step(points=["001.99"]), "point-unknown"),
    (
        made(
            now=None,
            steps=[{"id": "one", "title": "Out", "instruct": "Press it.", "do": "recuse", "points": ["001.1"]}],
        ),
        "no-bridge",
    ),
    (saying({"text": "I'll look.", "chat": "I'll look."}), "variant-same"),
    (saying({"text": "I'll look.", "chat": "I'll have a look at that."}), "chat-longer"),
    (saying({"text": "I'll look.", "email": "Unfortunately I will look."}), "banned"),
    (saying("I am looking."), "contraction"),
    (saying("I tell you when it's done."), "future"),
    (saying("We'll look into it."), "i-not-we"),
    (saying("You need not do anything."), "stiff"),
    (saying("I'll escalate it."), "jargon"),
    (saying("I'll do it now!"), "exclamation"),
    (saying("I apologize for that."), "american"),
    (saying("I'm sorry, but it's late."), "banned"),
    (saying("I understand how you feel."), "banned"),
    (saying("Please calm down."), "inflames"),
    (saying("You should have read it."), "inflames"),
    (saying("Why did you do that?"), "inflames"),
    (saying("I'm sorry you feel that way."), "apology"),
    (saying("I'll refund the whole amount."), "money"),
    (saying("That's our fault."), "liability"),
    (saying("It won't happen again."), "guarantee"),
    (saying("Please pay again."), "harm"),
    (saying("It's NEVER late."), "shouting"),
    (saying("You'll have it by {eta}."), "gap-reads-wrong"),
    (saying("{eta} it's done."), "gap-reads-wrong"),
    (saying("I'll write at {next_update}."), "gap-reads-wrong"),
    (saying("Please {step}."), "gap-reads-wrong"),
    (saying("Please {instead}."), "gap-reads-wrong"),
    (saying("I see {fact}."), "gap-reads-wrong"),
    (saying("I'll look at {issue now."), "gap-unknown"),
    (saying("I'll do it. " * 15), "sentence-long"),
    (saying(LONG + "."), "breath"),
    (
        saying(
            "Immediate reconsideration necessitates administrative authorisation, unavoidably involving colleagues."
        ),
        "hard-to-read",
    ),
    (saying("I'll do it now"), "no-full-stop"),
    (saying("What happened? When was it?"), "two-questions"),
    (saying("I'll do  it."), "spaces"),
    (made(title="A name too long for a button"), "name-long"),
    (made(situation="Everything is too fast. " * 7), "situation-long"),
    (made(notes=[]), "no-notes"),
    (made(source=SOURCE | {"credit": "A book."}), "credit"),
    (made(reviewed=date(2027, 1, 1)), "reviewed"),
    (made(reviewed=date(2025, 1, 1)), "reviewed"),
    (made(now={"do": "Breathe."}), "no-now"),
    (made(now={"do": "Do it " * 13, "say": "I'll do it. " * 9}), "now-long"),
    (made(words=["too fast", "hurry", "rush"]), "words-few"),
    (made(words=[*FINE["words"], "Too fast 1"]), "words-twice"),
    (
        made(
            steps=[{"id": f"s{one}", "title": "Think", "instruct": "Think.", "points": ["001.1"]} for one in range(2)]
            + FINE["steps"]
        ),
        "first-sentence",
    ),
    (made(steps=[{"id": "one", "title": "Think", "instruct": "Think.", "points": ["001.1"]}]), "first-sentence"),
    (
        made(
            steps=FINE["steps"]
            + [{"id": f"s{one}", "title": "Go", "instruct": "Go.", "points": ["001.1"]} for one in range(6)]
        ),
        "aid-long",
    ),
    (with_step(hold="start"), "hold-open"),
    (with_step(say=["I'm on {issue}.", "I see {issue}.", "I'm here."]), "gap-share"),
]


@pytest.mark.parametrize(
    ("playbook", "rule"), SLIPS, ids=[f"{number}-{rule}" for number, (_one, rule) in enumerate(SLIPS)]
)
def test_a_slip_is_marked(playbook: Playbook, rule: str) -> None:
    """Every kind of slip is named by its rule, with what, why, and what to do."""
    found = [slip for slip in slips_of_playbook(playbook, TODAY, POINTS) if slip.rule == rule]

    assert found
    assert all(slip.what and slip.why and slip.todo for slip in found)


def test_thirty_kinds_and_more_are_known() -> None:
    """Each kind has a line in the table."""
    assert len({rule for _one, rule in SLIPS}) >= 40


@pytest.mark.parametrize(
    "said",
    [
        "That's how it is.",
        "Here I am.",
        "Say who it is and what they can do.",
        "If I tell you now, will you wait?",
        "Shall I call you?",
        "So that I do it right, what's the number?",
        "I have your case here.",
        "You'll hear from me {eta}, even if there's nothing new.",
        "What I can do is {step}.",
        "I can do this now: {fact}.",
        "I'll ring you by {next_update}.",
        "Until then you can {instead}.",
        "Is the PIN right?",
    ],
)
def test_what_is_fine_is_left_alone(said: str) -> None:
    """An editor who marks everything is not read."""
    assert [slip.rule for slip in in_saying(said)] == []


def test_a_written_sentence_may_be_formal() -> None:
    """In an e-mail nobody minds a word written out."""
    assert [slip.rule for slip in in_saying("I will look into it today.", formal=True)] == []
    assert [slip.rule for slip in in_reading("Do not answer.")] == ["contraction"]


def test_reading_ease_grows_with_short_words() -> None:
    """A child's sentence is easy, a lawyer's is not."""
    assert reading_ease("I will ring you when it is done and tell you.") > 90
    assert (
        reading_ease(
            "Notwithstanding contractual obligations, reimbursement necessitates additional independent verification."
        )
        < 10
    )
    assert reading_ease("Yes.") == 100


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"words": [*FINE["words"]]}, "words-twice"),
        ({"words": [f"hurry {one}" for one in range(12)]}, "sentence-twice"),
    ],
)
def test_what_stands_in_two_playbooks_is_marked(changes: dict[str, Any], rule: str) -> None:
    """The later one is named, with where it stands already."""
    found = {(name, slip.rule) for name, slip in slips_across([made(), made(id="speed-up", **changes)])}

    assert ("speed-up", rule) in found


def test_two_playbooks_that_share_words_are_marked_once() -> None:
    """A line for each word would bury the rest."""
    rules = [slip.rule for _name, slip in slips_across([made(), made(id="speed-up")])]

    assert rules.count("words-twice") == 1


WORDING: dict[str, Any] = {
    "id": "slow",
    "title": "It is slow",
    "words": ["very slow", "takes long", "hangs"],
    "reviewed": TODAY,
    "source": SOURCE,
    "notes": ["Nobody has tested it."],
    "notice": ["Pages load slowly. You're not alone in seeing that."],
    "doing": ["We're adding machines."],
    "no_change": ["Pages still load slowly, and we're adding machines. You'll hear from us by {next_update}."],
    "solved": ["Pages load as usual. We're sorry it took so long."],
}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, None),
        ({"notes": []}, "no-notes"),
        ({"doing": ["I'm adding machines."]}, "we-not-i"),
        ({"solved": ["Pages load as usual."]}, "no-apology"),
        ({"solved": ["Pages load as usual."], "id": "planned-work"}, None),
        ({"no_change": ["It's slow. You'll hear from us by {next_update}."]}, "nothing-done"),
        ({"notice": ["You may see {issue}."]}, "gap-alone"),
        ({"doing": ["We will add machines."]}, "contraction"),
    ],
)
def test_a_slip_in_a_wording_is_marked(changes: dict[str, Any], rule: str | None) -> None:
    """To many customers the firm speaks, says what is done, and says sorry."""
    found = {slip.rule for slip in slips_of_wording(Wording.model_validate(WORDING | changes))}

    assert found == ({rule} if rule else set())


def test_each_slip_names_its_file_and_step() -> None:
    """An author is led to the place, told why, and what to do."""
    catalogue = Catalogue({"slow-down": with_step(points=[])})
    bookcase = Bookcase(Books(catalogue, Suggester(catalogue)), Wordings({"slow": Wording.model_validate(WORDING)}))

    assert list(map(str, slips_in(bookcase, Path("ours"), TODAY))) == [
        (
            "ours/en/slow-down.yaml: one: it names no point. Nobody can tell where it comes from. "
            "Name the points it realises. [no-points]"
        )
    ]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"do": "Look " * 15}, ["opening-long"]),
        ({"say": "I'm looking at it now. " * 8}, ["opening-long"]),
        ({"do": "Look at it. " * 4, "say": "Here it is. " * 12}, ["opening-long"]),
        ({"say": "Calm down, I'm looking."}, ["inflames"]),
        ({"say": "I'll refund you. Where is it?"}, ["money"]),
        ({"say": "Where do you have to be, and what have you got with you? Who's there?"}, []),
        ({"email": "I guarantee it arrives."}, ["guarantee"]),
        ({"examples": []}, ["no-examples"]),
        ({"examples": ["the crate is empty", "nothing of it"]}, ["opening-not-found"]),
        ({"examples": ["parcel says delivered, and the crate is empty"]}, ["opening-not-found"]),
    ],
)
def test_a_slip_in_an_opening_is_marked(changes: dict[str, Any], rules: list[str]) -> None:
    """It's short, says nothing that inflames or promises, and is found by its own examples."""
    written = {"id": "crate", "words": [["crate"]], "do": "Look.", "say": "Let me look.", "examples": ["the crate"]}
    ours = Opening.model_validate(written | {"id": "ours", "words": [["parcel"], ["says delivered"]]})
    theirs = Openings({"crate": Opening.model_validate(written | changes)})

    assert [slip.rule for _name, slip in slips_of_openings(theirs, Openings({"ours": ours}))] == rules


def test_two_openings_that_are_the_same_are_marked() -> None:
    """Of two with the same words only one is found; of two with the same sentence one is forgotten."""
    written = {"id": "crate", "words": [["crate"]], "do": "Look.", "say": "Let me look.", "examples": ["the crate"]}
    twins = {name: Opening.model_validate(written | {"id": name}) for name in ("crate", "twin")}
    found = [(name, slip.rule) for name, slip in slips_of_openings(Openings(twins), Openings())]

    assert found == [("twin", "opening-not-found"), ("twin", "opening-twice"), ("twin", "opening-twice")]


# --- what we ship ------------------------------------------------------------------------------

SHIPPED = read_bookcase(SHIPPED_PLAYBOOKS)
FILES = [*SHIPPED.books.catalogue.playbooks, *SHIPPED.wordings.kinds]


@cache
def shipped_slips() -> tuple[Slip, ...]:
    """Look at everything we ship, once for all files."""
    return tuple(slips_in(SHIPPED, SHIPPED_PLAYBOOKS, TODAY))


def test_our_openings_have_no_slips() -> None:
    """We keep to what we mark in others."""
    assert [str(one) for one in shipped_slips() if one.path.parent.name == "openings"] == []


@pytest.mark.parametrize("name", FILES)
def test_what_we_ship_has_no_slips(name: str) -> None:
    """We keep to what we mark in others."""
    found = [str(one) for one in shipped_slips() if one.path.stem == name and one.path.parent.name != "openings"]

    assert found == []
