"""Microsoft's renderer of cards finds what is wrong, formats what it should, and presses what can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.card_renderer import THEMES, CardRenderer, Press

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

NARROW, WIDE = 320, 600
LONG = "long" * 12
WHY = {"type": "Input.Text", "id": "why", "label": "Why"}
CHOICES = [{"title": "One", "value": "1"}, {"title": "Two", "value": "2"}]
ACTIONS = [
    {"type": "Action.Execute", "title": "Go", "verb": "go", "data": {"k": 1}},
    {"type": "Action.Submit", "title": "Send", "data": {"s": 1}},
]

pytestmark = pytest.mark.browser


def card(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": [*body], **more}


def words(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("theme", THEMES)
async def test_a_good_card_has_no_problems(browser: Browser, tmp_path: Path, theme: str, width: int) -> None:
    """Its words are found in every theme and width, in bold or not; times are the reader's, HTML is only words."""
    renderer = await CardRenderer.open(browser, theme, width)
    facts = {"type": "FactSet", "facts": [{"title": "By", "value": "{{TIME(2026-07-25T14:30:00Z)}}"}]}
    good = card(words("Calm **now** <b>x</b> {{DATE(2026-07-25T14:30:00Z, SHORT)}}"), facts, WHY, actions=ACTIONS)
    (drawn,) = await renderer.draw(good)
    assert drawn.problems == []
    assert not drawn.wide
    assert drawn.cut == []
    for expected in ("Calm now <b>x</b> Sat, 25 Jul 2026", "By", "15:30", "Why", "Go", "Send"):
        assert expected in drawn.text
    await renderer.picture(good, tmp_path / "good.png")
    assert (tmp_path / "good.png").stat().st_size > 0


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (card({"type": "TextBlok", "text": "x"}), 'Unknown element type "TextBlok"'),
        (card(actions=[{"type": "Action.Nope", "title": "x"}]), 'Unknown action type "Action.Nope"'),
        (card(words("x", color="Purple")), 'Invalid value "Purple" for property "color"'),
        (card(WHY, WHY), 'Duplicate Id "why"'),
        (card({"type": "Input.Text", "label": "Why"}), "must have a unique Id"),
        (card({"type": "Input.ChoiceSet", "id": "c", "label": "C", "choices": [{"title": "x"}]}), "title and value"),
        (card({"type": "Input.Text", "id": "why", "isRequired": True}), "Required inputs should have a label"),
        (card(actions=[{"type": "Action.OpenUrl", "title": "x"}]), 'Property "url" must be set'),
        (card(actions=ACTIONS * 4), "Maximum number of actions exceeded"),
    ],
)
async def test_what_is_wrong_is_named(browser: Browser, wrong: dict[str, Any], problem: str) -> None:
    """Each in a card that has nothing else wrong."""
    renderer = await CardRenderer.open(browser, "light", NARROW)
    (drawn,) = await renderer.draw(wrong)
    assert any(problem in one for one in drawn.problems), drawn.problems


@pytest.mark.parametrize(
    "broad",
    [
        card(words(LONG, wrap=False)),
        card({"type": "FactSet", "facts": [{"title": "A", "value": LONG}]}),
        card(actions=[{"type": "Action.Submit", "title": LONG}]),
    ],
)
async def test_what_is_cut_off_is_named(browser: Browser, broad: dict[str, Any]) -> None:
    """What is too long for a narrow card is not for a wide one; what can be broken never is."""
    for width, cut in ((NARROW, [LONG]), (WIDE, [])):
        renderer = await CardRenderer.open(browser, "light", width)
        drawn, broken = await renderer.draw(broad, card(words(f"- **{LONG}** and more")))
        assert drawn.cut == cut
        assert broken.cut == []


async def test_what_sticks_out_is_seen(browser: Browser) -> None:
    """Columns of a fixed width make a narrow card wider, and not a wide one; a row of buttons is wrapped."""
    column = {"type": "Column", "width": "200px", "items": [words("x")]}
    row = [{"type": "Action.Submit", "title": f"Button number {number}"} for number in range(5)]
    for width, wide in ((NARROW, True), (WIDE, False)):
        renderer = await CardRenderer.open(browser, "light", width)
        columns, buttons = await renderer.draw(card({"type": "ColumnSet", "columns": [column] * 2}), card(actions=row))
        assert columns.wide is wide
        assert not buttons.wide
        assert buttons.cut == []


async def test_presses_carry_their_verb_and_all_that_was_filled_in(browser: Browser) -> None:
    """A button to execute, one to submit, and a frame that can be pressed."""
    renderer = await CardRenderer.open(browser, "light", NARROW)
    severity = {"type": "Input.ChoiceSet", "id": "sev", "label": "Severity", "choices": CHOICES, "value": "1"}
    tap = {"type": "Action.Execute", "title": "Tap", "verb": "tap"}
    asking = card(WHY, severity, {"type": "Container", "items": [words("Here")], "selectAction": tap}, actions=ACTIONS)
    answers = {"Why": "angry", "Severity": "2"}
    given = {"why": "angry", "sev": "2"}
    assert await renderer.press(asking, "Go", answers) == [Press("Action.Execute", "go", {"k": 1, **given})]
    assert await renderer.press(asking, "Send", answers) == [Press("Action.Submit", "", {"s": 1, **given})]
    assert await renderer.press(asking, "Tap", answers) == [Press("Action.Execute", "tap", given)]


async def test_a_missing_answer_holds_a_press_back(browser: Browser) -> None:
    """What is required has to be filled in first."""
    renderer = await CardRenderer.open(browser, "light", NARROW)
    asking = card(WHY | {"isRequired": True, "errorMessage": "Say why."}, actions=ACTIONS)
    assert await renderer.press(asking, "Go") == []
    assert len(await renderer.press(asking, "Go", {"Why": "angry"})) == 1
