"""When something goes wrong: said in a sentence, within seconds, and the same act can be tried again."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from adapters.web.posts import LONGEST_WORDS
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from tests.adapters.web_stage import WebStage, read_post
from tests.databases import locked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.stage import Seen

KEY = "0123456789"
SOON = 3.0  # seconds: what the database may take, and no second time


@pytest.fixture
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    yield stage
    await stage.close()


async def sent(web: WebStage, path: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = await web.client.post(path, json={"as": "ana", "in": "support", "key": KEY} | body)
    return answer.status, await answer.json()


async def started(web: WebStage) -> Seen:
    """Ana's card of a run, with its buttons."""
    await web.type("ana", "support", "/calm restrain", "started-by-ana")
    return (await web.seen("ana", "support"))[-1]


async def said_by(web: WebStage, account: str) -> int:
    """Count the posts somebody sees."""
    page = await (await web.client.get("/", params={"as": account, "in": "support"})).text()
    return page.count("<article")


# --- a database that is away -----------------------------------------------------------------------


async def test_a_command_is_answered_once_though_nothing_can_be_stored(web: WebStage) -> None:
    """The database is waited for once; the answer is shown, kept nowhere, and the same act can be tried again."""
    await started(web)
    before = await said_by(web, "ana")
    with locked(web.database):
        async with asyncio.timeout(SOON):
            status, answer = await sent(web, "/say", words="/zanshin away 30m")
    (post,) = answer["posts"]

    assert status == 503
    assert "I can't reach my memory" in read_post(post).text
    assert post["id"] < 0
    assert await said_by(web, "ana") == before
    status, answer = await sent(web, "/say", words="/zanshin away 30m")
    assert status == 200
    assert "End my break" in json.dumps(answer)
    assert await said_by(web, "ana") == before + 2


async def test_a_press_is_answered_once_though_nothing_can_be_stored(web: WebStage) -> None:
    """The card stays where it was, and the same press takes the step later."""
    card = await started(web)
    button = next(one for one in card.buttons if one.label == "Next")
    press = partial(sent, web, "/press", post=card.handle, command=button.command, fields=button.fields)
    with locked(web.database):
        async with asyncio.timeout(SOON):
            status, answer = await press()
    assert (status, answer["posts"][0]["id"] < 0) == (503, True)
    assert (await web.seen("ana", "support"))[-1].text == card.text
    status, answer = await press()
    assert (status, answer["posts"][0]["id"]) == (200, card.handle)


async def test_what_can_be_read_is_answered_though_it_cannot_be_stored(web: WebStage) -> None:
    """Somebody under attack gets the playbook even while nothing can be written; only their page sees it."""
    await started(web)
    before = await said_by(web, "ana")
    with locked(web.database):
        async with asyncio.timeout(SOON):
            status, answer = await sent(web, "/say", words="/calm she keeps shouting at me")
    words, card = answer["posts"]

    assert status == 200
    assert "/calm she keeps shouting at me" in words["html"]
    assert "Keep calm" in read_post(card).text
    assert len({words["id"], card["id"], 0}) == 3
    assert await said_by(web, "ana") == before


async def test_words_to_everybody_are_not_half_said(web: WebStage) -> None:
    """What everybody should read is stored, or refused so that it can be sent again."""
    with locked(web.database):
        status, answer = await sent(web, "/say", words="Good morning")
    assert status == 503
    assert "try again" in str(answer["text"])
    assert await said_by(web, "ben") == 0


async def test_a_push_that_cannot_be_kept_moves_no_clock(web: WebStage) -> None:
    """The clock of the page and the one that is stored never part."""
    with locked(web.database):
        status, answer = await sent_push(web, "15m")
    assert status == 503
    assert "try again" in str(answer["text"])
    assert not web.playground.clock.ahead


async def sent_push(web: WebStage, push: str, key: str = KEY) -> tuple[int, dict[str, object]]:
    answer = await web.client.post("/clock", json={"as": "ana", "push": push, "key": key})
    return answer.status, await answer.json()


# --- the same act twice ----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Good morning", "/calm restrain", "/calm she keeps shouting at me", "/cam"])
async def test_the_same_act_is_shown_once(web: WebStage, words: str) -> None:
    """Words and answers that are sent twice under one key stand there once."""
    _status, first = await sent(web, "/say", words=words)
    once = await said_by(web, "ana")
    _status, second = await sent(web, "/say", words=words)

    assert [post["id"] for post in first["posts"]] == [post["id"] for post in second["posts"]]
    assert await said_by(web, "ana") == once


async def test_the_same_words_of_two_people_are_two(web: WebStage) -> None:
    """A key belongs to whoever made it."""
    await sent(web, "/say", words="Good morning")
    await sent(web, "/say", words="Good morning", **{"as": "ben"})

    assert await said_by(web, "ana") == 2


async def test_the_same_push_is_made_once(web: WebStage) -> None:
    """A press that is repeated because its answer was lost pushes the clock no further."""
    for key in (KEY, KEY, KEY + "2"):
        await sent_push(web, "1m", key)

    assert web.playground.clock.ahead.total_seconds() == 120


async def test_pushes_that_come_at_once_are_all_made(web: WebStage) -> None:
    """Pressing one button after the other adds up, however fast."""
    await asyncio.gather(*(sent_push(web, push, f"{KEY}-{push}") for push in ("1h", "15m", "1m")))

    assert web.playground.clock.ahead.total_seconds() == 76 * 60


# --- what is asked too much ------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Good morning ", "/calm "])
async def test_words_that_are_too_long_are_refused_not_cut(web: WebStage, words: str) -> None:
    """Nobody reads half a message: the answer says how much fits."""
    status, answer = await sent(web, "/say", words=words + "x" * LONGEST_WORDS)
    assert status == 400
    assert "too long: at most 4,000 characters" in str(answer["text"])
    assert await said_by(web, "ana") == 0

    status, _answer = await sent(web, "/say", words=words + "x" * (LONGEST_WORDS - len(words)))
    assert status == 200


@pytest.mark.parametrize(
    ("path", "field"), [("/press", "post"), ("/submit", "post"), ("/seen", "last")], ids=("press", "submit", "seen")
)
@pytest.mark.parametrize("number", [2**63, 10**30, -(10**30)])
async def test_numbers_no_database_knows_are_refused(web: WebStage, path: str, field: str, number: int) -> None:
    """A number beyond 64 bits is a bad request, not a fault of ours."""
    body: dict[str, object] = {"as": "ana", "in": "support", field: number}
    if path != "/seen":
        body |= {"command": "help", "fields": {}, "key": KEY}
    answer = await web.client.post(path, json=body)

    assert answer.status == 400
    assert field in (await answer.json())["text"]


# --- a key that does not fit, and bugs -------------------------------------------------------------


async def test_texts_of_another_key_are_said_to_be_unreadable(web: WebStage) -> None:
    """Whoever opens the page after the key was exchanged reads why, and what to do."""
    await web.type("ana", "support", "Good morning", KEY)
    other = Database(web.database.url, Seal("another secret, just as long as it has to be"))
    stage = WebStage(other, SHIPPED_PLAYBOOKS)
    await stage.open()
    page = await stage.client.get("/", params={"as": "ana"})
    events = await stage.client.get("/events", params={"as": "ana"})

    assert page.status == 503
    assert page.content_type == "text/html"
    assert "sealed with another key" in await page.text()
    assert await events.read() == b""
    await stage.close()
    other.close()


async def test_a_bug_is_told_by_its_reference(web: WebStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page gets a sentence with a reference, the log the reference with the traceback, and nobody the details."""

    async def broken(_job: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(web.database, "write", broken)
    with capture_logs() as logged:
        answer = await web.client.post("/seen", json={"as": "ana", "in": "support", "last": 1})
    text = (await answer.json())["text"]
    monkeypatch.setattr(web.database, "read", broken)
    page = await web.client.get("/")

    assert answer.status == 500
    assert "secret" not in text
    assert [(one["action"], one["reference"], one["exc_info"]) for one in logged] == [("bug", text[-5:-1], True)]
    assert page.status == 500
    assert "tell your admin" in await page.text()


@pytest.mark.parametrize(
    ("who", "place", "said"),
    [
        ("ben", "nowhere", "There's no such place for Ben. You're in #support."),
        ("ben", "@ana", "There's no such place for Ben. You're in #support."),
        ("zoe", "support", "Nobody of that name plays here. You're Ana, in #support."),
        ("<b>", "support", "Nobody of that name plays here. You're Ana, in #support."),
    ],
)
async def test_an_address_that_leads_nowhere_says_so(web: WebStage, who: str, place: str, said: str) -> None:
    """Whoever is known stays who they are; nobody is silently somebody else."""
    page = await (await web.client.get("/", params={"as": who, "in": place})).text()
    right = await (await web.client.get("/", params={"as": "ben", "in": "support"})).text()

    assert said in page.replace("&#39;", "'")
    assert 'id="missed"' not in right
