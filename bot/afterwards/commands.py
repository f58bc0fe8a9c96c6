"""What can be asked once an incident is over."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.incidents.commands import OnIncident

LONGEST = 3000  # characters of one answer: what forms take


class ShowRetrospective(OnIncident):
    """Show the retrospective of an incident, or the draft of it."""

    reads: ClassVar[bool] = True


class CopyRetrospective(OnIncident):
    """Show it as Markdown, ready to copy."""

    reads: ClassVar[bool] = True


class AskForRetrospective(OnIncident):
    """Open the form of the retrospective, with what the record says filled in."""

    reads: ClassVar[bool] = True


class PostRetrospective(OnIncident):
    """Post the retrospective in the thread of its incident; posted again, it replaces what stood there."""

    summary: str = Field(default="", max_length=LONGEST)
    timeline: str = Field(default="", max_length=LONGEST)
    learned: str = Field(default="", max_length=LONGEST)


class SkipRetrospective(OnIncident):
    """Leave an incident without a retrospective; one can still be written."""
