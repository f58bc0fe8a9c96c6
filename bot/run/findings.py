"""What the doctor found: one line each, for people and for machines."""

from __future__ import annotations

import socket
import ssl
import textwrap
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SAID = 300  # letters of what somebody else says


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at."""

    about: str
    fine: bool
    found: str
    mend: str = ""
    missing: bool = False  # there is nothing to look at
    other_version: bool = False  # than this program

    def __post_init__(self) -> None:
        """Insist that whatever asks for mending is looked at: scripts read the exit code alone."""
        assert not (self.fine and self.mend), self.about  # noqa: S101  a slip of ours

    def as_data(self) -> dict[str, object]:
        """Give it to machines."""
        return asdict(self)

    def __str__(self) -> str:
        """Give it to people."""
        mark = "ok  " if self.fine else "LOOK"
        return f"{mark} {self.about}: {self.found}" + (f" -> {self.mend}" if self.mend else "")


def finding_of(
    platform: str, about: str, found: str, *, mend: str = "", fine: bool = False, missing: bool = False
) -> Finding:
    """Write down what was found on a platform."""
    return Finding(about=f"{platform} {about}", fine=fine, found=found, mend=mend, missing=missing)


# Why somebody could not be asked, the closest reason first: an error of a library wraps that of the system.
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "no address is found for its name"),
    (ssl.SSLError, "its certificate is not accepted"),
    (ConnectionRefusedError, "nothing listens there"),
    (TimeoutError, "no answer in time"),
)


def why_away(failed: BaseException) -> str:
    """Say in words why somebody could not be asked; the name of the error where nothing better is known."""
    errors = list(_within(failed, set()))
    return next((said for kind, said in _REASONS for one in errors if isinstance(one, kind)), type(failed).__name__)


def _within(failed: BaseException, seen: set[int]) -> Iterator[BaseException]:
    """Give an error and all that it was made of."""
    if id(failed) in seen:
        return
    seen.add(id(failed))
    yield failed
    inside = (failed.__cause__, failed.__context__, getattr(failed, "reason", None), *failed.args)
    for one in inside:
        if isinstance(one, BaseException):
            yield from _within(one, seen)


def in_a_line(said: str) -> str:
    """Give what somebody else says in one line, ended between two words where it goes on for too long."""
    return textwrap.shorten(said, LONGEST_SAID, placeholder=" …")
