"""What the doctor found: one line each, for people and for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at."""

    about: str
    fine: bool
    found: str
    mend: str = ""
    missing: bool = False  # there is nothing to look at
    other_version: bool = False  # than this program

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
