"""Who may talk to us: the people of a workspace, and guests of several channels; by rule, and said politely."""

from __future__ import annotations

import asyncio
import enum
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.door.wanted import Pressed, Submitted, Typed
from bot.errors import NotAllowed
from bot.say.language import _
from bot.typing.mentions import Kind, Mention, labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adapters.slack.inbound import Act
    from adapters.slack.line import Line
    from bot.door.wanted import Wanted

REMEMBERED = 3600.0  # seconds
REMEMBERED_MOST = 10_000
MOST_MEMBERS = 200  # of a group


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


def read_profile(user: dict[str, Any], workspace: str) -> Profile:
    """Judge somebody by what Slack says."""
    shown = user.get("profile") or {}
    name = str(shown.get("display_name") or shown.get("real_name") or user.get("real_name") or user.get("name") or "")
    if user.get("is_bot"):
        return Profile(Standing.BOT, name)
    if user.get("deleted"):
        return Profile(Standing.GONE, name)
    elsewhere = not user.get("enterprise_user") and user.get("team_id") not in (None, workspace)
    if user.get("is_stranger") or elsewhere:
        return Profile(Standing.STRANGER, name)
    return Profile(Standing.GUEST if user.get("is_ultra_restricted") else Standing.MEMBER, name)


class Profiles:
    """Looks people up, once an hour; while Slack does not answer, they are taken for what they say they are."""

    def __init__(self, line: Line, now: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._now = now
        self._known: dict[tuple[str, str], tuple[float, Profile]] = {}

    async def of(self, act: Act) -> Profile:
        """Find out about whoever did this."""
        profile = await self._look_up(act.origin.workspace, act.origin.account)
        if profile is None:
            return Profile(Standing.STRANGER if act.stranger else Standing.MEMBER, act.origin.name)
        return Profile(Standing.STRANGER, profile.name) if act.stranger else profile

    async def mentioned(self, act: Act) -> dict[str, Profile]:
        """Look up those who are mentioned, by account."""
        return await self._all(act.origin.workspace, act.mentioned)

    async def _all(self, workspace: str, accounts: tuple[str, ...]) -> dict[str, Profile]:
        found = await asyncio.gather(*(self._look_up(workspace, account) for account in accounts))
        return {one: profile for one, profile in zip(accounts, found, strict=True) if profile is not None}

    async def members(self, act: Act) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """List who is in the group that was named; nothing if Slack does not say."""
        if not act.group:
            return ()
        found = await self._line.call(act.origin.workspace, "usergroups.users.list", usergroup=act.group)
        if found is None:
            return ()
        accounts = tuple(str(account) for account in found.get("users") or ())[:MOST_MEMBERS]
        return ((act.group, vouched(await self._all(act.origin.workspace, accounts))),)

    async def _look_up(self, workspace: str, account: str) -> Profile | None:
        until, profile = self._known.get((workspace, account), (0.0, None))
        if profile is not None and until >= self._now():
            return profile
        found = await self._line.call(workspace, "users.info", user=account)
        if found is None:
            return None
        profile = read_profile(found.get("user") or {}, workspace)
        if len(self._known) >= REMEMBERED_MOST:
            self._known.clear()
        self._known[workspace, account] = self._now() + REMEMBERED, profile
        return profile


def vouched(profiles: Mapping[str, Profile]) -> tuple[tuple[str, str], ...]:
    """Name those who can be on a team, by account."""
    return tuple((one, profile.name) for one, profile in profiles.items() if profile.standing is Standing.MEMBER)


def with_names(wanted: Wanted, profiles: Mapping[str, Profile]) -> Wanted:
    """Write those who are mentioned by the names that Slack shows of them."""
    known = {account: Mention(Kind.PERSON, account, profile.name) for account, profile in profiles.items()}
    match wanted:
        case Typed(words=words):
            return replace(wanted, words=labelled(words, known))
        case Pressed(fields=fields) | Submitted(fields=fields):
            return replace(wanted, fields={name: labelled(value, known) for name, value in fields.items()})


def refusal(standing: Standing) -> NotAllowed | None:
    """Say no to those who cannot be helped here; None for everybody else."""
    match standing:
        case Standing.STRANGER:
            return NotAllowed(
                _("I cannot help you here."),
                _("I work for the people of the workspace that installed me, and you are from another one."),
                _("Ask a colleague of theirs to do it, or have Zanshin installed in your own workspace."),
            )
        case Standing.GUEST:
            return NotAllowed(
                _("I cannot help you here."),
                _("Guests of a single channel cannot be reached anywhere else, and helping you takes that."),
                _("Ask an owner of the workspace to make you a member, or a guest of several channels."),
            )
        case _:
            return None
