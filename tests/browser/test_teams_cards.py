"""Every card, drawn by Microsoft's own renderer: nothing is refused, every sentence is there, nothing is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from adapters.teams.forms import Known
from adapters.teams.render import render, render_form
from adapters.teams.spans import Reading
from bot.say.messages import Avoid, Choice, Fields, Image, Listing, Say, Search, Section, Wait
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.browser.card_renderer import CardRenderer
from tests.phrases import PHRASES
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser

    from bot.say.messages import Form, Message, Part, Text
    from bot.store.database import Database

MOST_PRESSES = 250
AS_ON_A_DESKTOP = 480  # pixels
# Teams knows it in cards of every version, Microsoft's renderer for everybody else from 1.6 on; there it is left out.
PEOPLE_PICKER = 'Property "choices.data" is supported in version 1.6, but you are using version 1.5.'
MOVES = ("/recuse heated: charged twice", "/incident open sev1 Card payments fail", "/zanshin join", "/calm own")

pytestmark = pytest.mark.browser


class Crawler:
    """Types everything there is to type, presses every sort of button once, and keeps what it is shown."""

    def __init__(self, stage: FakeStage) -> None:
        self.stage = stage
        self.messages: dict[str, Message] = {}
        self.forms: list[Form] = []
        self._pressed: set[tuple[str, str]] = set()
        self._looked_at: dict[int, Message] = {}  # kept, so that no other has its number
        self._number = 0

    async def crawl(self) -> None:
        for who in ("sofia", "ana"):
            for words in (*MOVES, *(words for words, _command in PHRASES if len(words) < 200)):
                await self.stage.type(who, "support", words, self._key())
            await self.stage.open_home(who)
        while self._press_all() and len(self._pressed) < MOST_PRESSES:
            await self._press_new()
        self._look()

    def _key(self) -> str:
        self._number += 1
        return f"crawl-{self._number}"

    def _look(self) -> None:
        for post in self.stage.messenger.posts:
            for one in (post.message, *post.versions):
                if id(one) not in self._looked_at:
                    self._looked_at[id(one)] = one
                    self.messages.setdefault(str(one), one)
        self.forms += [form for form in self.stage._forms.values() if form not in self.forms]  # noqa: SLF001  what is open

    def _press_all(self) -> bool:
        self._look()
        buttons = (one for message in self.messages.values() for one in message.buttons())
        return any((one.command, one.label) not in self._pressed for one in buttons)

    async def _press_new(self) -> None:
        for post in list(self.stage.messenger.posts):
            for button in post.message.buttons():
                if (button.command, button.label) in self._pressed or len(self._pressed) >= MOST_PRESSES:
                    continue
                self._pressed.add((button.command, button.label))
                who = post.only_for or "ana"
                for one in (who,):
                    reply = await self.stage.program.dispatch.press(
                        button.command, button.fields, self.stage.origin(one, "support", self._key())
                    )
                    self.stage._take(reply, one, "support", None)  # noqa: SLF001  as a press does
                    await self.stage.settle()
                    self._look()


@pytest_asyncio.fixture(loop_scope="session")
async def crawler(sqlite_alone: Database) -> Crawler:
    """Everything the sample people can be shown."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    crawler = Crawler(stage)
    await crawler.crawl()
    return crawler


def texts(part: Part) -> Iterator[Text]:
    match part:
        case Section(text=text) | Say(text=text) | Wait(text=text):
            yield text
        case Avoid(text=text, why=why):
            yield from (text, why)
        case Fields(facts=facts):
            yield from ((fact.name, *fact.text) for fact in facts)
        case Listing(lines=lines):
            yield from lines
        case Choice(buttons=buttons):
            yield from ((button.label,) for button in buttons)
        case Search(label=label):
            yield (label,)
        case Image(alt=alt):
            yield (alt,)


def said(message: Message) -> Iterator[str]:
    """Give every run of words of a message; times are the reader's."""
    yield message.title
    for part in message.parts:
        for text in texts(part):
            for span in text:
                yield from (span if isinstance(span, str) else getattr(span, "words", "")).splitlines()


def squeezed(words: str) -> str:
    return " ".join(words.replace("\N{WORD JOINER}", "").split())


async def test_microsofts_renderer_shows_every_sentence(browser: Browser, crawler: Crawler) -> None:
    """Cards and forms of everything that can be typed and pressed, wide and narrow."""
    assert len(crawler.messages) > MOST_PRESSES // 2
    assert len(crawler.forms) > 5
    for theme, width in (("light", AS_ON_A_DESKTOP), ("dark", 300)):
        await every_sentence_is_shown(await CardRenderer.open(browser, theme, width), crawler, width)


async def every_sentence_is_shown(renderer: CardRenderer, crawler: Crawler, width: int) -> None:
    reading = Reading(crawler.stage.clock.now())
    messages = list(crawler.messages.values())
    known = Known(people={"<@1>": "Ana"}, channels={"<#1>": "support"})
    shown = await renderer.draw(*(render(message, reading) for message in messages))
    forms = await renderer.draw(*(render_form(form, known, reading) for form in crawler.forms))

    assert {problem for one in (*shown, *forms) for problem in one.problems} <= {PEOPLE_PICKER}
    assert [one.text for one in (*shown, *forms) if one.wide] == []
    # On a phone the longest labels depend on its font; as wide as a desktop draws cards, everything is readable.
    cut_off = [words for one in (*shown, *forms) for words in one.cut]
    assert cut_off == [] or width < AS_ON_A_DESKTOP, cut_off
    for message, drawn in zip(messages, shown, strict=True):
        text = squeezed(drawn.text)
        assert [words for words in said(message) if squeezed(words) not in text] == [], drawn.text
    for form, drawn in zip(crawler.forms, forms, strict=True):
        text = squeezed(drawn.text)
        assert [one.label for one in form.inputs if squeezed(one.label) not in text] == [], drawn.text


async def test_the_renderer_does_refuse_what_is_wrong(browser: Browser) -> None:
    """Unknown elements, twin ids and choices without a value are each named."""
    renderer = await CardRenderer.open(browser, "light")
    card = {"type": "AdaptiveCard", "version": "1.5"}
    twins = [{"type": "Input.Text", "id": "a", "label": "A"}] * 2
    choice = {"type": "Input.ChoiceSet", "id": "c", "label": "C", "choices": [{"title": "x"}]}
    drawn = await renderer.draw(
        card | {"body": [{"type": "TextBlok", "text": "x"}]}, card | {"body": twins}, card | {"body": [choice]}
    )

    assert all(one.problems for one in drawn)
