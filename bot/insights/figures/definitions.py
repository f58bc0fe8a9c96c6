"""Every figure with its definition: its docstring, read by whoever wants to know what a number means."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Counts = TypeVar("Counts", bound="Callable[..., object]")


@dataclass(frozen=True)
class Figure:
    """One number people read, and what it means."""

    key: str
    title: str
    means: str
    module: str


FIGURES: dict[str, Figure] = {}


def figure(title: str) -> Callable[[Counts], Counts]:
    """Take the docstring of a function for the definition of a figure."""

    def defined(counts: Counts) -> Counts:
        key = counts.__name__
        FIGURES[key] = Figure(key, title, inspect.getdoc(counts) or "", counts.__module__)
        return counts

    return defined
