"""What people want when they type, press or send a form: what every platform reads out of what it is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Words, to be read by the grammar."""

    words: str
    aloud: bool = False  # others read along: what is private there is left out
    alone: bool = False  # nobody else does, wherever it was said


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A button, or what a platform has in its place: a shortcut, an opened Home."""

    command: str
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A form: `fields` are what it hides and what was answered."""

    command: str
    fields: dict[str, str]


Wanted = Typed | Pressed | Submitted
