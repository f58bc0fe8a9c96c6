"""A report becomes a page: three sentences, then pictures, each with its words and the table behind it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.insights.values import Report, Section, Table
from bot.insights.wording import nothing_before
from bot.pictures.drawing import draw
from bot.say.language import _, reader

if TYPE_CHECKING:
    from datetime import datetime

    from bot.pictures.values import Picture

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the page holds it."""

    alt: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page; without a title, what stands on top."""

    key: str
    title: str
    sentences: tuple[str, ...]
    picture: Shown | None
    table: Table | None


def render_report(report: Report, made_at: datetime) -> str:
    """Write a report as a page, in the language that is spoken; it draws, so it has no place on the loop."""
    return _template("report.html").render(
        language=reader().replace("_", "-"),
        report=report,
        nothing_before=nothing_before,
        top=_shown(report.picture),
        parts=[_part(section, report.picture) for section in report.sections],
        made_at=made_at.astimezone(report.period.zone),
        style=style(),
    )


def render_refusal(title: str, sentence: str) -> str:
    """Write the page of a link that opens nothing."""
    return _template("refusal.html").render(
        language=reader().replace("_", "-"), title=title, sentence=sentence, style=style()
    )


@cache
def style() -> str:
    """Give the looks of the page, which stand in it."""
    return (TEMPLATES / "report.css").read_text(encoding="utf-8").strip()


@cache
def headers() -> dict[str, str]:
    """Close the page in: nothing runs on it, and nothing is loaded from anywhere."""
    looks = base64.b64encode(sha256(style().encode()).digest()).decode()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{looks}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "private, no-store",
    }


def _part(section: Section, top: Picture) -> Part:
    """Show the picture on top there, and only its table here."""
    picture = section.picture if section.picture != top else None
    return Part(section.key, section.title, section.sentences, _shown(picture) if picture else None, section.table)


def _shown(picture: Picture) -> Shown:
    light, dark = (base64.b64encode(draw(picture, theme, "svg")).decode() for theme in ("light", "dark"))
    return Shown(picture.alt, f"data:image/svg+xml;base64,{light}", f"data:image/svg+xml;base64,{dark}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(_=_)
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)
