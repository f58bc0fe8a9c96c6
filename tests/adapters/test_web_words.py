"""What the page itself says: in its reader's language, and about its clock."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from adapters.web.views import ahead
from bot.directory.model import Person
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.web_stage import WebStage
from tests.stage import Cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

KEY = "0123456789"
SAID = ("aria-label", "placeholder", "title", "alt", "label")
DATA = re.compile(r"|Ana|Ben|Sofia|Omar|#support|#incidents|\d\d:\d\d UTC|\d+")


@pytest.fixture
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    yield stage
    await stage.close()


class Words(HTMLParser):
    """Everything a page says, aloud or to screen readers, and the language it says it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self._given = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._given = tag == "script"
        if tag == "html":
            self.language = str(values["lang"])
        self.said += [str(values[name]) for name in SAID if values.get(name)]

    def handle_endtag(self, _tag: str) -> None:
        self._given = False

    def handle_data(self, data: str) -> None:
        if self._given:
            given = json.loads(data)
            self.said += [explained for *_how, explained in (*given["help"], *given["people"])]
            self.said += [one for one in given["sayings"].values() if isinstance(one, str)]
        else:
            self.said.append(data.strip())


async def page_of(web: WebStage, account: str) -> Words:
    words = Words()
    words.feed(await (await web.client.get("/", params={"as": account})).text())
    return words


def read_another_language(web: WebStage, locale: str) -> object:
    def change(session: Session) -> None:
        session.execute(update(Person).where(Person.name == "Sofia").values(locale=locale))

    return web.database.write(change)


async def test_the_page_is_in_the_language_of_its_reader(web: WebStage, mirror: str) -> None:
    """Nothing but names, numbers and what people wrote is left untranslated, and the page names its language."""
    await read_another_language(web, mirror)
    await web.type("sofia", "support", "/calm restrain", KEY)
    await web.client.post("/clock", json={"as": "sofia", "push": "1h"})
    words, anas = await page_of(web, "sofia"), await page_of(web, "ana")
    chrome = [one for one in words.said if not DATA.fullmatch(one) and "⟦" not in one]

    assert words.language == mirror
    assert anas.language == "en"
    assert not any("⟦" in one for one in anas.said)
    assert "⟦Only you see this⟧" in words.said
    # Playbooks are written in one language each; the typed command is what it is.
    card = await web.seen("sofia", "support")
    assert [one for one in chrome if one not in card[-1].text and one not in ("/calm restrain", "Zanshin")] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/say", {"words": 7}),
        ("/say", {"words": "x" * 5000}),
        ("/say", {"words": "hello", "in": "@ben"}),
        ("/seen", {"last": -1}),
        ("/clock", {"push": "next"}),
    ],
)
async def test_mistakes_are_told_in_the_language_of_the_reader(
    web: WebStage, mirror: str, path: str, body: dict[str, object]
) -> None:
    """Whoever reads another language reads what went wrong in it too."""
    await read_another_language(web, mirror)
    await page_of(web, "sofia")
    place: dict[str, object] = {} if path == "/clock" else {"in": "support"}
    key = {"key": KEY} if path == "/say" else {}
    answer = await web.client.post(path, json={"as": "sofia"} | place | key | body)

    assert "⟦" in (await answer.json())["text"]


@pytest.mark.parametrize(
    ("pushed", "said"),
    [
        ({}, ""),
        ({"microseconds": 1}, "pushed ahead by 1 s"),
        ({"seconds": 44.5}, "pushed ahead by 45 s"),
        ({"seconds": 60}, "pushed ahead by 1 min"),
        ({"seconds": 105}, "pushed ahead by 1 min 45 s"),
        ({"hours": 1, "seconds": 30}, "pushed ahead by 1 h"),
        ({"hours": 26, "minutes": 3}, "pushed ahead by 26 h 3 min"),
    ],
)
def test_a_pushed_clock_says_how_far(pushed: dict[str, float], said: str) -> None:
    """Whoever sees the clock sees that it is not the real time, however little it was pushed."""
    assert ahead(timedelta(**pushed)) == said


async def test_a_push_to_the_next_moment_says_when_there_is_none(web: WebStage) -> None:
    """Nothing due moves nothing, and is said."""
    answer = await web.client.post("/clock", json={"as": "ana", "push": "next", "key": KEY})

    assert "Nothing is due" in (await answer.json())["text"]
    assert not web.playground.clock.ahead


async def test_a_push_says_where_something_happened(web: WebStage) -> None:
    """Whoever pushes the clock reads where to look; what stands in somebody's direct chat is not read out to others."""
    await web.type("omar", "incidents", "/incident open sev2 Card payments fail", KEY)
    pushes = [{"as": who, "push": "next", "key": f"{KEY}-{who}"} for who in ("omar", "ana", "ben")]
    told = [(await (await web.client.post("/clock", json=one)).json())["happened"] for one in (*pushes, pushes[-1])]
    labels = [[place["label"] for place in one["places"]] if one else None for one in told]

    assert labels[0] == ["Omar (direct): #1 Card payments fail"]
    assert labels[1] == ["#incidents: #1 Card payments fail"]
    assert labels[3] is None
    assert told[0]["places"][0]["href"].startswith("/?as=omar&in=%40omar#post-")


async def test_a_conversation_is_read_when_somebody_looked_at_it(web: WebStage) -> None:
    """Opening a page is not reading it: a page in the background leaves its conversation unread."""
    await web.type("ana", "support", "Good morning", KEY)
    before = await (await web.client.get("/", params={"as": "ben", "in": "support"})).text()
    await web.client.post("/seen", json={"as": "ben", "in": "support", "last": 1})
    after = await (await web.client.get("/", params={"as": "ben", "in": "support"})).text()

    assert "unread-count" in before
    assert "unread-count" not in after


async def test_the_first_page_speaks_as_the_browser_asks(web: WebStage) -> None:
    """The address alone, as whoever tries it types it, is answered in the browser's language."""
    page = await (await web.client.get("/", headers={"Accept-Language": "de-DE,de;q=0.9"})).text()

    assert "Spielplatz von Zanshin" in page


async def test_the_playground_speaks_as_the_browser_asks(web: WebStage) -> None:
    """A German browser reads German as whoever it looks at, from the first page on; the others stay as they were."""
    german = {"Accept-Language": "de-CH,de;q=0.9,en;q=0.8"}
    await web.client.get("/", params={"as": "sofia"}, headers=german)
    await web.type("sofia", "support", "/calm restrain", KEY)
    await web.type("ana", "support", "/calm restrain", "another-key")

    shown = {who: await (await web.client.get("/", params={"as": who})).text() for who in ("sofia", "ana")}
    assert "Hände weg von der Tastatur" in shown["sofia"]
    assert "Hände weg von der Tastatur" not in shown["ana"]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("help", "What I can do for you"),
        ("Help!", "What I can do for you"),
        ("?", "What I can do for you"),
        ("@Zanshin", "What I can do for you"),
        ("@zanshin help incident", "/incident open"),
        ("@Zanshin, calm!", "What is happening?"),
        ("hey @Zanshin \u2013 hello", "Hello"),
        ("@Zanshin calm she keeps shouting", "left out"),
        ("@zanshin away 30m", "Enjoy your break"),
        ("@Zanshin incident open sev3 Search is slow", "It's yours"),
        ("@Ben @Zanshin status", "Right now"),
    ],
)
async def test_what_is_said_to_us_in_a_channel_is_answered_in_private(web: WebStage, words: str, read: str) -> None:
    """Behind our name, or a call for help: whoever said it reads the answer, everybody what was said."""
    cast = Cast(web)
    await cast.ana.types(words)
    await web.settle()
    mine = "\n".join(await cast.ana.sees() + await cast.ana.privately.sees() + await cast.sofia.privately.sees())
    others = await (await web.client.get("/", params={"as": "ben", "in": "support"})).text()

    assert read in mine
    assert escape(words) in others
    assert not any("What I can do" in text or "Enjoy" in text for text in await cast.ben.sees())


@pytest.mark.parametrize("words", ["Back in half an hour!", "helpdesk is open", "mail me@zanshin.example", "zanshin?"])
async def test_what_people_say_to_one_another_is_not_answered(web: WebStage, words: str) -> None:
    """Nobody asked us."""
    cast = Cast(web)
    await cast.ana.types(words)

    assert await cast.ana.sees() == []
