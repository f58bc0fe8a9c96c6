"""Adaptive Cards as Microsoft's own renderer draws them in a browser, in the colours of Teams."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.node import installed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Page

RENDERER, MARKDOWN = "adaptivecards@3.0.6", "markdown-it@14.1.0"


@dataclass(frozen=True)
class Theme:
    """Colours of Teams: ground, text, quiet text, alarm, ground of a frame, line."""

    ground: str
    text: str
    quiet: str
    alarm: str
    frame: str
    line: str


THEMES = {
    "light": Theme("#ffffff", "#242424", "#616161", "#b10e1c", "#f5f5f5", "#d1d1d1"),
    "dark": Theme("#292929", "#ffffff", "#adadad", "#f1707b", "#1f1f1f", "#666666"),
    "contrast": Theme("#000000", "#ffffff", "#ffffff", "#ffff01", "#000000", "#ffffff"),
}

PAGE = """<!doctype html><meta charset="utf-8"><style>
body{margin:16px;background:%(ground)s;color:%(text)s;font-family:"Segoe UI",system-ui,sans-serif}
.card{width:%(width)spx;border:1px solid %(line)s;border-radius:6px;margin-bottom:16px}
.card p{margin:0} .card p+p{margin-top:8px} .card ul{margin:0;padding-left:20px;box-sizing:border-box}
.ac-actionSet{flex-wrap:wrap} /* as Teams does, and its renderer alone does not */
.ac-pushButton{font:600 14px "Segoe UI",system-ui,sans-serif;padding:6px 12px;border-radius:4px;border:1px solid
%(line)s;background:%(ground)s;color:%(text)s;margin:2px 0} .style-positive{background:#4f52b2;color:#fff}
.style-destructive{color:%(alarm)s} input,textarea,select{font:14px "Segoe UI",system-ui,sans-serif;
background:%(frame)s;color:%(text)s;border:1px solid %(line)s;border-radius:4px;padding:6px;width:100%%;
box-sizing:border-box} input[type=checkbox]{width:auto} textarea{min-height:64px}
.ac-input-container label{color:%(text)s}
</style><div id="cards"></div>"""

# The card itself seldom grows: what is too long for its place is hidden there.
DRAW = """written => {
  const [cards, config] = JSON.parse(written);
  const cutOff = frame => {
    const found = [], texts = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const end = range.getBoundingClientRect().right;
      for (let place = texts.currentNode.parentElement; frame.contains(place); place = place.parentElement)
        if ((place === frame || getComputedStyle(place).overflowX !== "visible")
            && end > place.getBoundingClientRect().right + 1) {
          found.push(texts.currentNode.data);
          break;
        }
    }
    return found;
  };
  const markdown = window.markdownit({html: false, linkify: false});
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text); result.didProcess = true; };
  return JSON.stringify(cards.map(one => {
    const problems = [];
    window.presses = [];
    const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(config);
    card.onExecuteAction = one => window.presses.push(
      {kind: one.getJsonTypeName(), verb: one.verb || "", data: one.data || {}});
    card.parse(one, context);
    for (let i = 0; i < context.eventCount; i++) problems.push(context.getEventAt(i).message);
    for (const one of card.validateProperties().validationEvents) problems.push(one.message);
    const shown = card.render();
    const frame = document.createElement("div"); frame.className = "card";
    if (shown) frame.appendChild(shown);
    document.getElementById("cards").replaceChildren(frame);
    const labels = [...frame.querySelectorAll("[aria-label],[placeholder],[value]")]
      .map(e => [e.getAttribute("aria-label"), e.getAttribute("placeholder"), e.value].join(" "));
    return {text: frame.innerText + " " + labels.join(" "), problems,
            wide: frame.scrollWidth > frame.clientWidth + 1, cut: cutOff(frame)};
  }));
}"""


@dataclass(frozen=True)
class Drawn:
    """A card as it is shown."""

    text: str
    problems: list[str]
    wide: bool  # something makes the card wider than it should be
    cut: list[str]  # what is not read to its end


@dataclass(frozen=True)
class Press:
    """What a press would send: Action.Execute or Action.Submit, with all that was filled in."""

    kind: str
    verb: str
    data: dict[str, Any]


class CardRenderer:
    """Draws cards on a page, and presses their buttons."""

    def __init__(self, page: Page, theme: Theme) -> None:
        self._page = page
        self._theme = theme

    @classmethod
    async def open(cls, browser: Browser, theme: str, width: int = 480) -> CardRenderer:
        folder: Path = installed(RENDERER, MARKDOWN) / "node_modules"
        page = await browser.new_page(
            viewport={"width": width + 60, "height": 900}, locale="en-GB", timezone_id="Europe/Dublin"
        )
        colours = THEMES[theme]
        await page.set_content(PAGE % (colours.__dict__ | {"width": width}))
        await page.add_script_tag(path=folder / "adaptivecards" / "dist" / "adaptivecards.min.js")
        await page.add_script_tag(path=folder / "markdown-it" / "dist" / "markdown-it.min.js")
        return cls(page, colours)

    async def draw(self, *cards: dict[str, Any]) -> list[Drawn]:
        """Draw cards one after the other; the last one stays."""
        # As two texts: Playwright looks at each value of what it hands over, and a card has hundreds.
        drawn = await self._page.evaluate(DRAW, json.dumps([cards, self._config()]))
        return [Drawn(**one) for one in json.loads(drawn)]

    async def press(self, card: dict[str, Any], label: str, answers: dict[str, str] | None = None) -> list[Press]:
        """Draw a card, fill in answers by their labels, and press a button; nothing is sent while one is missing."""
        await self.draw(card)
        for asked, words in (answers or {}).items():
            field = self._page.get_by_label(re.compile(rf"^{re.escape(asked)}(\s*\*)?$"))  # with a star: required
            chosen = await field.evaluate("one => one.tagName") == "SELECT"
            await (field.select_option(words) if chosen else field.fill(words))
        await self._page.get_by_role("button", name=label, exact=True).click()
        return [Press(**one) for one in await self._page.evaluate("window.presses")]

    async def picture(self, card: dict[str, Any], path: Path | str) -> None:
        await self.draw(card)
        await self._page.screenshot(path=str(path), full_page=True)

    def _config(self) -> dict[str, Any]:
        colours = self._theme
        shades = {
            "default": {"default": colours.text, "subtle": colours.quiet},
            "attention": {"default": colours.alarm, "subtle": colours.alarm},
        }
        style = {"backgroundColor": colours.ground, "foregroundColors": shades}
        return {
            "fontFamily": '"Segoe UI", system-ui, sans-serif',
            "supportsInteractivity": True,
            "containerStyles": {"default": style, "emphasis": style | {"backgroundColor": colours.frame}},
            "actions": {
                "maxActions": 6,
                "actionsOrientation": "horizontal",
                "actionAlignment": "left",
                "buttonSpacing": 10,
            },
            "spacing": {"small": 4, "default": 8, "medium": 12, "large": 16, "padding": 12},
        }
