"""The playground's server: strict about what comes in, careful about what goes out."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.render import Posted, is_web_address, render_form, render_post
from bot.say.language import speaking
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
    PersonRef,
    Say,
    Search,
    Section,
    Strong,
    Wait,
)
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.web_stage import WebStage
from tests.fakes.clock import START

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database

KEY = "0123456789"
NASTY = st.text(alphabet=st.sampled_from("<>&\"'`{}%/\\ab\n\u202e🤬"), min_size=1, max_size=40)


@pytest.fixture
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    yield stage
    await stage.close()


def said(**change: object) -> dict[str, object]:
    return {"as": "ana", "in": "support", "words": "/calm", "key": KEY} | change


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/say", b"", 400),
        ("/say", b"not json", 400),
        ("/say", b"\xff\xfe", 400),
        ("/say", b"[" * 100_000, 400),
        ("/say", b"[]", 400),
        ("/say", json.dumps(said(extra=1)).encode(), 400),
        ("/say", json.dumps(said(words=7)).encode(), 400),
        ("/say", json.dumps(said(key="short")).encode(), 400),
        ("/say", json.dumps(said(**{"as": "mallory"})).encode(), 400),
        ("/say", json.dumps(said(**{"in": "@ben"})).encode(), 400),
        ("/say", json.dumps(said(words="x" * 100_001)).encode(), 400),
        ("/say", b'"' + b"x" * 600_000 + b'"', 413),
        ("/press", json.dumps(said()).encode(), 400),
        (
            "/press",
            json.dumps({"as": "ana", "in": "support", "command": "x", "fields": {"a": 1}, "key": KEY}).encode(),
            400,
        ),
        ("/submit", b"{}", 400),
        ("/clock", json.dumps({"as": "ana", "push": "-1h"}).encode(), 400),
        ("/seen", json.dumps({"as": "ana", "in": "support", "last": -1}).encode(), 400),
    ],
)
async def test_a_request_of_another_shape_is_refused_with_a_sentence(
    web: WebStage, path: str, body: bytes, status: int
) -> None:
    """Whatever a browser sends, it is 4xx and words, never a traceback."""
    answer = await web.client.post(path, data=body, headers={"Content-Type": "application/json"})

    assert answer.status == status
    assert (await answer.json())["kind"] == "error"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
        ({}, 200),
    ],
)
async def test_only_the_page_itself_is_answered(web: WebStage, headers: dict[str, str], status: int) -> None:
    """Another site, or a name that points at this machine, gets nothing."""
    answer = await web.client.post(
        "/say", data=json.dumps(said()), headers={"Content-Type": "application/json"} | headers
    )

    assert answer.status == status


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/say", "/nothing", "/static/../app.py", "/static/%2e%2e/app.py"])
async def test_other_ways_in_are_closed(web: WebStage, method: str, path: str) -> None:
    """Nothing but the page's own routes answers."""
    assert (await web.client.request(method, path)).status in {403, 404, 405}


TYPED = [
    "/recues",
    "/nothing at all",
    '/calm "unterminated',
    "/calm " + "x" * 3_990,
    "🤬" * 500,
    "/calm هو يصرخ في وجهي",
    "/calm <!channel> <!here>",
    "/calm <script>alert(1)</script>",
    "/calm '; DROP TABLE runs; --",
    "/calm \u202eevil\u2066",
    "/calm \x00\x07",
    "/zanshin team add @nobody admin",
    "/zanshin shift @ana whenever",
    "/zanshin away 999999999999d",
    "/",
    "   ",
]


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
async def test_whatever_is_typed_gets_an_answer(web: WebStage, typed: str) -> None:
    """Slips, novels, emoji, other scripts and attacks are answered in words, and nothing is shouted."""
    for place in ("support", "@ana"):
        answer = await web.client.post("/say", json=said(words=typed, key=KEY + place, **{"in": place}))
        body = await answer.json()

        assert answer.status == 200
        assert body["kind"] in {"posts", "done"}
        assert "went wrong" not in json.dumps(body)
        assert "<script>" not in json.dumps(body)
    if typed.startswith("/"):
        assert await web.seen("ben", "support") == []


async def test_two_tabs_racing_on_one_button_act_once(web: WebStage) -> None:
    """Ten presses of Next at the same moment take one step, and every tab is told where it is."""
    await web.type("ana", "support", "/calm restrain", KEY)
    card = (await web.seen("ana", "support"))[-1]
    button = next(one for one in card.buttons if one.label == "Next")
    body = {"as": "ana", "in": "support", "post": card.handle, "command": button.command, "fields": button.fields}
    answers = await asyncio.gather(
        *(web.client.post("/press", json=body | {"key": f"{KEY}-{number}"}) for number in range(10))
    )

    shown = [(await answer.json())["posts"][0]["html"] for answer in answers]
    assert all("One fact, one next step" in html for html in shown)
    assert sum("from an earlier step" in html for html in shown) == 9


async def test_a_press_cannot_change_somebody_elses_private_post(web: WebStage) -> None:
    """The number of a post is no key to it."""
    await web.type("ana", "support", "/calm restrain", KEY)
    card = (await web.seen("ana", "support"))[-1]
    body = {"as": "ben", "in": "support", "post": card.handle, "command": "help", "fields": {}, "key": KEY}
    answer = await (await web.client.post("/press", json=body)).json()

    assert answer["posts"][0]["id"] != card.handle
    assert (await web.seen("ana", "support"))[-1].text == card.text


async def test_readiness_and_life_can_be_asked(web: WebStage) -> None:
    """Whoever watches over the process learns whether it lives and can serve."""
    assert (await web.client.get("/healthz")).status == 200
    assert (await web.client.get("/readyz")).status == 200


async def test_a_page_that_is_closed_leaves_no_trace(web: WebStage) -> None:
    """A browser that goes away in the middle of a stream is let go without a word."""
    answer = await web.client.get("/events", params={"as": "ana", "in": "support"})
    assert await answer.content.readline() == b"event: sidebar\n"
    answer.close()
    await web.type("ben", "support", "hello", KEY)

    assert (await web.client.get("/healthz")).status == 200


async def test_events_show_what_may_be_seen_and_nothing_else(web: WebStage) -> None:
    """An open page hears of public posts and of its own private ones, as they happen."""
    answer = await web.client.get("/events", params={"as": "ben", "in": "support"})
    await web.type("ana", "support", "/calm restrain", KEY)
    await web.type("ana", "support", "good morning", KEY + "2")
    found = b""
    while b"good morning" not in found:
        found += await answer.content.readany()
    answer.close()

    assert b"Hands off the keys" not in found
    assert b"/calm restrain" not in found


# --- rendering ------------------------------------------------------------------------------------


def everything(words: str) -> Message:
    """One message with every kind of part and span, all saying the same words."""
    spans = (
        words,
        Strong(words=words),
        Code(words=words),
        Blank(name=words),
        PersonRef(person_id=1, name=words),
        Link(words=words, url=words),
    )
    button = Button(label=words[:75], command=words, fields={words: words})
    return Message.of(
        words,
        Section(text=spans, tone="danger"),
        Fields(facts=(Fact(name=words, text=spans),)),
        Listing(lines=(spans,)),
        Say(text=spans),
        Avoid(text=spans, why=spans),
        Wait(pause="count", seconds=3, text=spans),
        Choice(buttons=(button,)),
        Offers(offered=(Offered(text=spans, button=button),)),
        Search(label=words, command=words),
        progress=(1, 2),
    )


def posted_of(message: Message, words: str = "") -> Posted:
    return Posted(
        id=1,
        version=2,
        author=words,
        is_bot=True,
        at=START,
        message=message,
        words=words,
        private=True,
        notice=True,
    )


def post_of(words: str) -> str:
    return render_post(posted_of(everything(words), words))


def test_each_copy_has_a_name_of_its_own() -> None:
    """Whoever hears a page is told what is copied; the name begins with what is read there, in any language."""
    said = [Say(text=(words,)) for words in ("One moment, please.", "I'm sorry. " * 20)]
    for locale, copy in (("en", "Copy"), ("de", "Kopieren")):
        with speaking(locale):
            html = render_post(posted_of(Message.of("", *said)))
        names = re.findall(rf'aria-label="({copy}[^"]*)"', html)
        assert f">{copy}</button>" in html
        assert names[0] == f"{copy}: One moment, please."
        assert names[1].startswith(f"{copy}: I&#39;m sorry. ")
        assert len(names[1]) < 120


def tags(html: str) -> list[str]:
    """The tags and their attributes' names, in order: the skeleton of a page."""
    from html.parser import HTMLParser  # noqa: PLC0415

    found: list[str] = []

    class Skeleton(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(" ".join([tag, *(name for name, _value in attrs)]))

        def handle_comment(self, data: str) -> None:
            found.append(f"comment {data}")

    parser = Skeleton()
    parser.feed(html)
    return found


@given(NASTY)
def test_no_words_can_change_the_page(words: str) -> None:
    """Whatever people wrote stays words: the tags of a post are the same as with harmless ones."""
    assert tags(post_of(words)) == tags(post_of("harmless"))


@given(NASTY)
def test_no_words_can_change_a_form(words: str) -> None:
    """The same holds for questions, hints and what is filled in."""

    def form(one: str) -> str:
        kinds = ("line", "lines", "tick")
        return render_form(
            Form(
                title=one[:24],
                command=one,
                fields={one: one},
                intro=(one,),
                inputs=tuple(Input(name=one, label=one, kind=kind, hint=one, value=one) for kind in kinds),
                submit=one[:24],
            )
        )

    assert tags(form(words)) == tags(form("harmless"))


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://desk.example.com/1", True),
        ("http://desk.example.com/1", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, followed: bool) -> None:
    """A link leads to the web or is plain words."""
    assert is_web_address(url) is followed
