"""Pictures: drawn in every theme and shape, read without colours, and carried by messages."""

from __future__ import annotations

import base64
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image as Opened

from bot.insights.sending import SendPicture
from bot.pictures.carried import SEND_PICTURE, illustrated, image_of, images_in, picture_in
from bot.pictures.drawing import DOTS, TALLEST, draw, said, short
from bot.pictures.inks import INKS, Theme
from bot.pictures.values import Bar, Bars, HeatMap, Pareto, Picture
from bot.say.aloud import plain_message
from bot.say.language import speaking
from bot.say.messages import Message, Section
from bot.say.replies import Private

SITUATIONS = Bars(
    title="Refund delays came up most",
    alt="Refund delays 41, before 29.",
    unit="cases",
    bars=(Bar("Refund delays", 41, 29, 35, 48), Bar("Charged twice", 0, None), Bar("Legal threat", None, 3)),
)
GAPS = HeatMap(
    title="When nobody was left to ask",
    alt="Most often on Monday at 8.",
    unit="times",
    rows=("Mon", "Tue"),
    columns=tuple(f"{hour:02}" for hour in range(24)),
    values=((0.0,) * 8 + (12.0,) + (None,) * 15, (1.0,) * 24),
)
CAUSES = Pareto(
    title="Causes", alt="Late parcels 40.", unit="", bars=(Bar("Late", 40), Bar("Other", 4)), cumulative=(0.9, 1)
)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(SITUATIONS, id="bars"),
        pytest.param(GAPS, id="heat map"),
        pytest.param(CAUSES, id="Pareto"),
        pytest.param(replace(SITUATIONS, bars=()), id="no bars"),
        pytest.param(replace(SITUATIONS, bars=(Bar("Only", 0.0),)), id="nothing but a zero"),
        pytest.param(replace(SITUATIONS, bars=SITUATIONS.bars * 30), id="far too many"),
        pytest.param(replace(GAPS, rows=(), values=()), id="no rows"),
        pytest.param(replace(CAUSES, bars=(), cumulative=()), id="no causes"),
        pytest.param(
            replace(
                CAUSES,
                bars=tuple(Bar(f"Something that takes {tens} words", tens * 7, tens * 5) for tens in range(9, 0, -1)),
                cumulative=tuple(tens / 9 for tens in range(1, 10)),
            ),
            id="many causes",
        ),
    ],
)
def test_every_picture_fits_where_it_is_shown(picture: Picture) -> None:
    """Whatever there is to show, a picture is no larger than Teams shows and takes, and as large as it is read."""
    png = draw(picture)
    shown = Opened.open(BytesIO(png))

    assert len(png) <= 50_000  # a card of Teams carries it, and may not be larger than 100 kB
    assert shown.width == 1000
    assert 100 < shown.height <= round(TALLEST * DOTS) <= 1024


def test_a_picture_says_what_it_shows_also_as_a_drawing() -> None:
    """An SVG carries its title and its words; the same picture is the same file."""
    drawn = draw(SITUATIONS, "dark", "svg").decode()

    assert SITUATIONS.title in drawn
    assert SITUATIONS.alt in drawn
    assert draw(replace(SITUATIONS, unit="cases"), "dark", "svg").decode() == drawn


def luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", INKS)
def test_pictures_are_read_without_seeing_colours(theme: Theme) -> None:
    """Words stand out from their ground 4.5 to 1, shapes 3 to 1, by light alone."""
    inks = INKS[theme]

    assert min(contrast(inks.ground, word) for word in (inks.ink, inks.quiet)) >= 4.5
    assert contrast(inks.bar, inks.on_bar) >= 4.5
    assert min(contrast(inks.ground, shape) for shape in (inks.bar, inks.before, inks.line)) >= 3


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        (12.0, "", "12"),
        (3.46, "min", "3.5 min"),
        (81.6, "%", "82%"),
        (0.0, "cases", "0 cases"),
        (7.7, "%", "8%"),
        (1234567.0, "", "1,234,567"),
    ],
)
def test_numbers_are_no_more_exact_than_they_are_read(value: float, unit: str, read: str) -> None:
    """Nobody reads the third digit of a half."""
    assert said(value, unit) == read
    assert unit == "%" or short(value) == read.removesuffix(unit).strip()


async def test_a_picture_is_drawn_in_the_language_of_whoever_reads_it() -> None:
    """Also where it is drawn later, by whoever sends it: the key below it, and the numbers."""
    with speaking("de"):
        image = image_of(SITUATIONS)
        german = draw(SITUATIONS, form="svg").decode()
        numbers = said(7.7, "%"), short(2.5)
    [(_title, drawn)] = images_in(Private(message=await illustrated(Message.of("", image))))

    assert "der davor" in german
    assert numbers == ("8\xa0%", "2,5")
    assert drawn.png != base64.b64encode(draw(SITUATIONS)).decode()


@pytest.mark.parametrize("picture", [SITUATIONS, GAPS, CAUSES], ids=["bars", "heat map", "Pareto"])
async def test_a_message_carries_a_picture_as_values(picture: Picture) -> None:
    """What is stored is what the picture says; it is drawn where it is shown, and read aloud where it is not."""
    message = Message.of("Report", image_of(picture))
    again = Message.model_validate_json(message.model_dump_json())

    [(title, image)] = images_in(Private(message=again))
    assert (title, picture_in(image)) == ("Report", picture)
    assert plain_message(again) == f"Report\n{picture.alt}"
    [(_title, drawn)] = images_in(Private(message=await illustrated(again)))
    assert drawn.png.startswith("iVBOR")
    assert image.png == ""


async def test_a_message_without_a_picture_is_left_as_it_is() -> None:
    """Nearly everything said has none."""
    message = Message.of("Hello", Section(text=("there",)))

    assert await illustrated(message) is message


def test_the_door_knows_how_a_picture_is_sent() -> None:
    """It asks by name, for it knows no domain."""
    assert SendPicture.called() == SEND_PICTURE
