"""A question mark or a word for help alone asks for help: it is no note, no title, and nothing to search for."""

from __future__ import annotations

import pytest

from bot.playbooks.commands import Calm
from bot.say.messages import Button
from bot.typing.helping import asks_for_all
from tests.stage import Cast, FakeStage
from tests.typing.test_grammar import grammar, read

HELPS = {
    "/recuse": "recuse",
    "/recuse @Ben": "recuse",
    "/recuse callback": "recuse",
    "/recuse cancel": "recuse",
    "/calm": "calm",
    "/calm own": "calm",
    "/calm gesture": "calm",
    "/incident": "incident",
    "/incident open": "incident",
    "/incident open sev2": "incident",
    "/incident neu": "incident",
    "/incident update 1": "incident",
    "/incident note #12": "incident",
    "/zanshin away": "away",
    "/zanshin shift": "away",
    "/zanshin team": "team",
    "/zanshin team add": "team",
    "/zanshin report": "report",
    "/zanshin cause": "causes",
    "/zanshin": None,
    "/zanshin help": None,
}


@pytest.mark.parametrize("mark", [" ?", " ??", " ？", " (?)", " ?!"])
@pytest.mark.parametrize(("typed", "topic"), HELPS.items())
def test_a_question_mark_alone_asks_what_can_be_typed(typed: str, topic: str | None, mark: str) -> None:
    """Behind any command, and behind whom or what it names, it is answered with the help of that job."""
    found = grammar().read(f"{typed}{mark}")

    assert read(f"{typed}{mark}") == "help"
    assert found.model_dump()["topic"] == topic
    assert grammar().read(f"{typed}{mark}".removeprefix("/")) == found


@pytest.mark.parametrize("typed", ["/recuse?", "/calm??", "/incident ?", "/zanshin?", "zanshin ?"])
def test_it_may_touch_the_command(typed: str) -> None:
    """No space has to stand before it; behind another word it ends a question: "/zanshin status?"."""
    assert read(typed) == "help"
    assert read("/zanshin status?") != "help"


@pytest.mark.parametrize("word", ["help", "Hilfe", "help!", "hilfe?", "--help", "-h", "—help", "“help”", "/help"])
@pytest.mark.parametrize(
    "typed", ["/recuse", "/calm", "/calm own", "/incident", "/incident open", "/zanshin", "/zanshin away"]
)
def test_so_does_a_word_for_it(typed: str, word: str) -> None:
    """In English and German, and as terminals have it."""
    assert read(f"{typed} {word}") == "help"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/calm help me", "calm"),
        ("/calm how do I help her?", "calm"),
        ("/calm why is nobody helping me?", "calm"),
        ("/recuse help me", "recuse"),
        ("/recuse CASE-7 help", "recuse"),
        ("/recuse hilf mir, er schreit", "recuse"),
        ("/incident open sev2 Can nobody log in?", "open-incident"),
        ("/incident open Help centre is down", "open-incident"),
        ("/zanshin team add @help", "add-to-team"),
    ],
)
def test_a_sentence_of_somebodys_own_stays_one(typed: str, command: str) -> None:
    """More than the word alone is what somebody says."""
    assert read(typed) == command


@pytest.mark.parametrize("typed", ["/recuse ?", "recuse help", "/calm ?", "/recuse @Ben ?"])
def test_among_people_it_is_answered_whole(typed: str) -> None:
    """Said to us in a channel, it is known as a command: no search begins without it."""
    assert grammar().knows(f"/{typed.lstrip('/')}")


async def test_neither_a_search_nor_a_note_nor_a_title(stage: FakeStage) -> None:
    """Nobody is asked and nothing is opened; whoever needs somebody now presses for it."""
    cast = Cast(stage)
    for typed in ("/recuse ?", "/recuse hilfe!", "/recuse @ben ?"):
        helped = await cast.ana.types(typed)
        assert helped.text.startswith("Step out of a case")
        assert await cast.ben.privately.sees() == []
    opened = await cast.ana.types("/incident open ?")
    assert opened.text.startswith("Many are affected")
    assert "#1" not in (await cast.ana.types("/incident")).text

    await cast.ana.presses("Find somebody to take over", helped)
    assert (await cast.ben.privately.sees())[-1].startswith("Can you take over a case from Ana?")


async def test_nothing_is_searched_for_in_the_box_of_playbooks(stage: FakeStage) -> None:
    """A question mark in the box finds what an empty one finds."""
    cast = Cast(stage)
    card = await cast.ana.types("/calm")
    assert card is not None
    ask = Button(label="Find", **Calm(words="?").button("Find").model_dump(include={"command", "fields"}))
    await stage.press("ana", "support", card, ask, "again")

    assert (await cast.ana.sees())[-1] == card.text


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("list", True),
        ("all", True),
        ("Liste", True),
        ("alle", True),
        ("all the playbooks", True),
        ("show me all playbooks", True),
        ("playbooks?", True),
        ("zeig mir alle playbooks", True),
        ("all calls are angry", False),
        ("alle schreien", False),
        ("", False),
    ],
)
def test_a_wish_for_the_whole_list_is_told_from_a_situation(words: str, asks: bool) -> None:
    """Nothing else may be said in it."""
    assert asks_for_all(words) is asks
