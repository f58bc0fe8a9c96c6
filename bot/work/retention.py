"""How long what people wrote and did is kept, by kind: docs/privacy.md tells them, the operator's settings decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.say.language import ngettext


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long each kind stays after its end."""

    reasons: timedelta = timedelta(days=30)  # who stepped out of a case, and why
    runs: timedelta = timedelta(days=90)  # who used which playbook
    gestures: timedelta = timedelta(days=180)  # for which case and customer a gesture was, and why
    incidents: timedelta = timedelta(days=365)  # the words of an incident's record
    trail: timedelta = timedelta(days=365)  # who decided what; who it was in a case goes with the reasons


CAUTIOUS = Retention()


def in_days(length: timedelta) -> str:
    """Write how long something is kept."""
    return ngettext("{count} day", "{count} days", length.days).format(count=length.days)
