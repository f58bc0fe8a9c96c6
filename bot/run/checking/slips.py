"""A slip: which file, which step, what is wrong there, why it matters, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Slip:
    """One thing an editor would mark."""

    rule: str
    what: str
    why: str
    todo: str
    step: str = ""  # the step, or the list of a wording; empty: the whole file
    path: Path = Path()

    def __str__(self) -> str:
        """Write it as one line: where, what, why, and what to do."""
        place = f"{self.path}: {self.step}" if self.step else str(self.path)
        return f"{place}: {self.what}. {self.why}. {self.todo}. [{self.rule}]"


def quoted(words: str, most: int = 60) -> str:
    """Quote words at a readable length."""
    return f"“{words if len(words) <= most else words[: most - 1] + '…'}”"
