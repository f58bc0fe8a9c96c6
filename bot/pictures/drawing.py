"""Pictures become PNG or SVG: light or dark, told apart without colours too, every value written out.

matplotlib is imported when the first picture is drawn. It has one hand: its fonts bear no two threads at once.
"""

from __future__ import annotations

import asyncio
import threading
from functools import lru_cache
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from babel.numbers import format_decimal, format_percent

from bot.pictures.inks import INKS, Inks, Theme
from bot.pictures.values import Bar, Bars, HeatMap, Pareto, Picture
from bot.say.language import _, manners, reader, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Format = Literal["png", "svg"]

WIDTH = 5.0  # inches: narrow, so that words are read on a phone; with the dots, within the 1024 that Teams shows
DOTS = 200
COLOURS = 64  # few inks, and the edges of letters
TALLEST = 5.1  # inches
MOST_BARS = 10
LONGEST_LABEL = 24
LONGEST_TITLE = 46
ROOM_FOR_VALUES = 1.28  # of the longest bar
REMEMBERED = 32  # pictures
EXACT = 10  # numbers below are read with a digit behind the point

_hand = threading.Lock()


async def draw_aside(picture: Picture, theme: Theme = "light", form: Format = "png") -> bytes:
    """Draw a picture on a thread, so that nobody waits for it but who asked."""
    return await asyncio.to_thread(draw, picture, theme, form)


def draw(picture: Picture, theme: Theme = "light", form: Format = "png") -> bytes:
    """Draw a picture, in the language that is spoken just now."""
    return _drawn(picture, theme, form, reader())


@lru_cache(REMEMBERED)
def _drawn(picture: Picture, theme: Theme, form: Format, language: str) -> bytes:
    with _hand, speaking(language):
        figure = _figure(picture, INKS[theme])
        written = BytesIO()
        about = {"Title": picture.title, "Description": picture.alt}
        metadata = about | {"Date": None} if form == "svg" else {}
        figure.savefig(written, format=form, dpi=DOTS, facecolor=INKS[theme].ground, metadata=metadata)
        return written.getvalue() if form == "svg" else _small(written, about)


def _small(png: BytesIO, about: dict[str, str]) -> bytes:
    """Write it in as few colours as it is read in: a quarter as large, for a card of Teams has to carry it."""
    from PIL import Image, PngImagePlugin  # noqa: PLC0415  as matplotlib, which brings it

    info = PngImagePlugin.PngInfo()
    for name, words in (about | {"Software": "Zanshin"}).items():
        info.add_itxt(name, words)
    few = Image.open(png).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    written = BytesIO()
    few.save(written, "PNG", optimize=True, pnginfo=info)
    return written.getvalue()


def _figure(picture: Picture, inks: Inks) -> Figure:
    import matplotlib as mpl  # noqa: PLC0415  half a second, and many servers never draw
    from matplotlib.figure import Figure  # noqa: PLC0415  as above
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    mpl.rcParams["svg.hashsalt"] = "zanshin"  # the same picture is the same bytes
    mpl.rcParams["svg.fonttype"] = "none"  # words stay words: small, sharp on paper, found by a search
    title = wrap(picture.title, LONGEST_TITLE)
    figure = Figure(
        figsize=(WIDTH, _height(picture, len(title))), layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.09)
    )
    axes = figure.subplots()
    axes.set_facecolor(inks.ground)
    figure.suptitle("\n".join(title), x=0.015, ha="left", fontsize=12, fontweight="bold", color=inks.ink)
    match picture:
        case Bars(bars=bars):
            _draw_bars(axes, bars[:MOST_BARS], picture.unit, inks)
        case HeatMap():
            _draw_heat(axes, picture, inks)
        case Pareto():
            _draw_pareto(axes, picture, inks)
    return figure


def _height(picture: Picture, title_lines: int) -> float:
    above = 0.7 + 0.22 * title_lines
    match picture:
        case HeatMap(rows=rows):
            return min(TALLEST, above + 0.5 + 0.36 * max(3, len(rows)))
        case Pareto(bars=bars) | Bars(bars=bars):
            return min(TALLEST, above + 0.46 * max(2, min(len(bars), MOST_BARS)))


def _bare(axes: Axes, inks: Inks) -> None:
    """Leave out every line that says nothing."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, colors=inks.ink, labelsize=10)


# --- bars ----------------------------------------------------------------------------------------


def _draw_bars(axes: Axes, bars: Sequence[Bar], unit: str, inks: Inks) -> None:
    _bare(axes, inks)
    axes.set_xticks([])
    if not bars:
        _say_empty(axes, inks)
        return
    compared = any(bar.before is not None for bar in bars)
    thick, off = (0.4, 0.2) if compared else (0.62, 0.0)
    for place, bar in enumerate(bars):
        _draw_one(axes, place - off, bar, thick=thick, unit=unit, inks=inks)
        if compared and bar.before is not None:
            axes.barh(
                place + 0.22, bar.before, 0.3, color=inks.ground, edgecolor=inks.before, hatch="////", linewidth=1
            )
            axes.annotate(
                said(bar.before, unit),
                (bar.before, place + 0.22),
                (5, 0),
                textcoords="offset points",
                va="center",
                color=inks.quiet,
                fontsize=8.5,
            )
    axes.set_yticks(range(len(bars)), ["\n".join(wrap(bar.label, LONGEST_LABEL)[:2]) for bar in bars])
    longest = max((value for bar in bars for value in (bar.now, bar.before, bar.high) if value is not None), default=0)
    axes.set_xlim(0, (longest or 1) * ROOM_FOR_VALUES)
    axes.set_ylim(len(bars) - 0.4, -0.5)
    if compared:
        _key(axes, inks)


def _draw_one(axes: Axes, place: float, bar: Bar, *, thick: float, unit: str, inks: Inks) -> None:
    if bar.now is None:
        axes.annotate("–", (0, place), (5, 0), textcoords="offset points", va="center", color=inks.quiet, fontsize=10)
        return
    axes.barh(place, bar.now, thick, color=inks.bar)
    end = bar.now
    if bar.low is not None and bar.high is not None:
        for color, thin in ((inks.ground, 4.0), (inks.ink, 1.3)):  # seen on the bar, and beside it
            axes.hlines(place, bar.low, bar.high, color=color, linewidth=thin)
            axes.vlines([bar.low, bar.high], place - 0.09, place + 0.09, color=color, linewidth=thin)
        end = max(end, bar.high)
    axes.annotate(
        said(bar.now, unit),
        (end, place),
        (6, 0),
        textcoords="offset points",
        va="center",
        color=inks.ink,
        fontsize=10,
        fontweight="bold",
    )


def _key(axes: Axes, inks: Inks) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415  as above

    marks = [
        Patch(color=inks.bar, label=_("this period")),
        Patch(facecolor=inks.ground, edgecolor=inks.before, hatch="////", label=_("the one before")),
    ]
    axes.legend(
        handles=marks,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.01),
        ncols=2,
        frameon=False,
        fontsize=9,
        labelcolor=inks.quiet,
    )


# --- Pareto --------------------------------------------------------------------------------------


def _draw_pareto(axes: Axes, picture: Pareto, inks: Inks) -> None:
    """Draw bars from the most to the fewest, and beside each the share of all that it and those above make."""
    bars = picture.bars[:MOST_BARS]
    _draw_bars(axes, bars, picture.unit, inks)
    for place, share in enumerate(picture.cumulative[: len(bars)]):
        axes.annotate(
            said(share * 100, "%"),
            (1, place),
            (-2, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="center",
            color=inks.quiet,
            fontsize=9.5,
        )
    if bars:
        axes.annotate(
            _("all so far"),
            (1, len(bars) - 0.45),
            (-2, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="center",
            color=inks.quiet,
            fontsize=8.5,
        )
        whole = axes.get_xlim()[1] / ROOM_FOR_VALUES  # all is as long as the longest bar
        reached = [share * whole for share in picture.cumulative[: len(bars)]]
        for color, thick in ((inks.ground, 4.0), (inks.line, 1.5)):
            axes.plot(reached, range(len(reached)), color=color, marker="o", markersize=3 + thick, linewidth=thick)
        for value in axes.texts:  # is read where the line crosses it
            value.set_bbox({"facecolor": inks.ground, "edgecolor": "none", "pad": 0.8})


# --- heat map ------------------------------------------------------------------------------------


def _draw_heat(axes: Axes, picture: HeatMap, inks: Inks) -> None:
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415  as above

    _bare(axes, inks)
    if not picture.rows or not picture.columns:
        axes.set_xticks([])
        axes.set_yticks([])
        _say_empty(axes, inks)
        return
    shades = LinearSegmentedColormap.from_list("heat", [inks.cell, inks.bar])
    most = max((value for row in picture.values for value in row if value is not None), default=0) or 1
    cells = [[(value or 0) / most for value in row] for row in picture.values]
    axes.pcolormesh(cells, cmap=shades, vmin=0, vmax=1, edgecolors=inks.ground, linewidth=1.5)
    small = len(picture.columns) > 12  # noqa: PLR2004  more than that stand close
    for y, row in enumerate(picture.values):
        for x, value in enumerate(row):
            if value is None:  # nothing is known of it, which is not nothing
                axes.fill_between([x, x + 1], y, y + 1, color=inks.ground, linewidth=0)
            elif value:
                axes.text(
                    x + 0.5,
                    y + 0.5,
                    short(value),
                    ha="center",
                    va="center",
                    fontsize=7 if small else 9.5,
                    color=inks.on_bar if value / most > 0.55 else inks.ink,  # noqa: PLR2004  where shades turn
                )
    every = 3 if len(picture.columns) > 16 else 1  # noqa: PLR2004  labels of more would run together
    shown = range(0, len(picture.columns), every)
    axes.set_xticks([at + 0.5 for at in shown], [picture.columns[at] for at in shown])
    axes.set_yticks([at + 0.5 for at in range(len(picture.rows))], picture.rows)
    axes.invert_yaxis()
    if any(value is None for row in picture.values for value in row):
        about = _("{unit}; blank: nothing to count").format(unit=picture.unit).strip("; ")
        axes.set_xlabel(about, loc="right", color=inks.quiet, fontsize=9)


def _say_empty(axes: Axes, inks: Inks) -> None:
    axes.set_yticks([])
    axes.text(0.5, 0.5, _("Nothing to show for this time."), transform=axes.transAxes, ha="center", color=inks.quiet)


# --- numbers -------------------------------------------------------------------------------------


def said(value: float, unit: str) -> str:
    """Write a value as it is read: "12", "3.5 min", "82%"."""
    if unit == "%":
        return format_percent(value / 100, locale=manners(reader()))
    return f"{short(value)} {unit}".strip()


def short(value: float) -> str:
    """Write a number no more exactly than it is read."""
    return format_decimal(round(value, 1 if abs(value) < EXACT else None), locale=manners(reader()))
