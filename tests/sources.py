"""Writes docs/sources.md, each idea of the articles beside the steps that realise it: `python -m tests.sources`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.playbooks.catalogue import load_catalogue
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = Path(__file__).parents[1] / "docs" / "sources.md"
POINTS = SHIPPED_PLAYBOOKS / "points.yaml"

# What carries an idea out besides a step: by the words that somebody types for it.
TYPED = {
    "001.5": "/recuse",
    "001.6": "/recuse",
    "002.1": "/zanshin rule",
    "002.13": "/recuse",
    "002.15": "/recuse",
    "002.19": "/incident update",
    "002.20": "/incident update",
    "002.21": "/incident open",
    "004.4": "/calm gesture",
    "004.5": "/calm gesture",
}

HEAD = """\
# Where the ideas come from, and where you meet them

Written by `python -m tests.sources`. The playbooks follow five articles, each credited in the files that use it. Every
idea, step and figure stands here in words of ours, with the steps that realise it, and what can be typed for it.
"""


@cache
def articles() -> Mapping[str, Any]:
    """Read the articles and their points."""
    read: Mapping[str, Any] = yaml.safe_load(POINTS.read_text(encoding="utf-8"))
    return read


def points() -> dict[str, str]:
    """List every point by its number."""
    return {f"{name}.{number}": idea for name, one in articles().items() for number, idea in one["points"].items()}


def realised() -> dict[str, list[str]]:
    """List, for each point, the steps that name it: by playbook, in its order."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for playbook in load_catalogue(SHIPPED_PLAYBOOKS).playbooks.values():
        for step in playbook.steps:
            for point in step.points:
                found[point][playbook.title].append(step.title or step.id)
    return {
        point: [f"**{title}**: {'; '.join(steps)}" for title, steps in by_title.items()]
        for point, by_title in found.items()
    }


def written() -> str:
    """Write the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    where = realised()
    for name, article in articles().items():
        yield f"## {article['title']}\n\n{article['author']}\n\n| | idea | where |\n|---|---|---|"
        for number, idea in article["points"].items():
            point = f"{name}.{number}"
            met = [*where.get(point, ()), *([f"`{TYPED[point]}`"] if point in TYPED else ())]
            yield f"| {point} | {idea} | {'<br>'.join(met)} |"
        yield ""


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
