"""Who may talk to us: the people of a workspace, and guests of several channels; by rule, and said politely."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from bot.errors import NotAllowed
from bot.say.language import _


class Standing(enum.Enum):
    """What somebody is to a workspace."""

    MEMBER = "member"
    STRANGER = "stranger"  # of another organisation, in a shared channel
    GUEST = "guest"  # of a single channel
    GONE = "gone"  # deactivated
    BOT = "bot"


@dataclass(frozen=True)
class Profile:
    """What Slack says about somebody."""

    standing: Standing
    name: str = ""
    time_zone: str = ""
    locale: str = ""


def read_profile(user: Any, workspace: str) -> Profile:
    """Judge somebody by what Slack says; raise ValueError where it says nothing that can be read."""
    shown = (user.get("profile") or {}) if isinstance(user, dict) else None
    if not user or not isinstance(shown, dict):
        raise ValueError("no profile")
    name = str(shown.get("display_name") or shown.get("real_name") or user.get("real_name") or user.get("name") or "")
    if user.get("is_bot"):
        return Profile(Standing.BOT, name)
    if user.get("deleted"):
        return Profile(Standing.GONE, name)
    elsewhere = not user.get("enterprise_user") and user.get("team_id") not in (None, workspace)
    if user.get("is_stranger") or elsewhere:
        return Profile(Standing.STRANGER, name)
    standing = Standing.GUEST if user.get("is_ultra_restricted") else Standing.MEMBER
    return Profile(standing, name, str(user.get("tz") or ""), str(user.get("locale") or ""))


def refusal(standing: Standing) -> NotAllowed | None:
    """Say no to those who cannot be helped here; None for everybody else."""
    match standing:
        case Standing.STRANGER:
            return NotAllowed(
                _("I can't help you here."),
                _("I work for the people of the workspace that installed me, and you're from another one."),
                _("Ask a colleague of theirs to do it, or have Zanshin installed in your own workspace."),
            )
        case Standing.GUEST:
            return NotAllowed(
                _("I can't help you here."),
                _("Guests of a single channel can't be reached anywhere else, and helping you takes that."),
                _("Ask an owner of the workspace to make you a member, or a guest of several channels."),
            )
        case _:
            return None
