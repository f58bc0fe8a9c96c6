"""What Slack says about people: looked up once an hour, and nobody waits long for it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from adapters.slack.standing import Profile, Standing, read_profile
from bot.door.wanted import Pressed, Submitted, Typed, Wanted
from bot.typing.mentions import Kind, Mention, labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adapters.slack.inbound import Act
    from adapters.slack.line import Line

REMEMBERED = 3600.0  # seconds
FAILED = 60.0  # seconds before Slack is asked again what it did not tell
REMEMBERED_MOST = 10_000
PATIENCE = 0.5  # seconds that somebody who acts waits for it
MOST_MEMBERS = 200  # of a group

Members = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class About:
    """What Slack says about whoever acts, and about those they name."""

    profile: Profile
    is_known: bool  # Slack has said so, now or before
    mentioned: Mapping[str, Profile]  # by account
    groups: Members = ()


class Profiles:
    """Looks people up. While Slack does not answer, they are what it said last, or what they say they are."""

    def __init__(self, line: Line, now: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._now = now
        self._known: dict[tuple[str, str], tuple[float, Profile | None]] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def about(self, act: Act) -> About:
        """Find out about whoever did this, and about everybody named in it."""
        workspace, account = act.origin.workspace, act.origin.account
        found = await self._all(workspace, (account, *act.mentioned), PATIENCE)
        mentioned = {one: found[one] for one in act.mentioned if one in found}
        profile = _as_they_come(act, found.get(account))
        return About(profile, account in found, mentioned, await self._members(workspace, act.group))

    def learn(self, workspace: str, account: str, profile: Profile) -> None:
        """Remember what Slack says of somebody without being asked."""
        self._remember(workspace, account, profile, REMEMBERED)

    async def _members(self, workspace: str, group: str) -> Members:
        """List who is in the group that was named; nothing if Slack does not say."""
        if not group:
            return ()
        found = await self._line.call(workspace, "usergroups.users.list", usergroup=group)
        users = (found or {}).get("users")
        if not isinstance(users, list):
            return ()
        accounts = tuple(map(str, users))[:MOST_MEMBERS]
        return ((group, vouched(await self._all(workspace, accounts))),)

    async def _all(self, workspace: str, accounts: tuple[str, ...], at_most: float | None = None) -> dict[str, Profile]:
        wanted = dict.fromkeys(accounts)
        old = [one for one in wanted if not self._is_fresh(workspace, one)]
        if old:  # together, so that nobody waits twice
            await asyncio.gather(*(self._look_up(workspace, one, at_most) for one in old))
        found = {one: self._known.get((workspace, one), (0.0, None))[1] for one in wanted}
        return {one: profile for one, profile in found.items() if profile is not None}

    def _is_fresh(self, workspace: str, account: str) -> bool:
        until, _profile = self._known.get((workspace, account), (0.0, None))
        return until > self._now()

    async def _look_up(self, workspace: str, account: str, at_most: float | None) -> None:
        """Wait for what Slack says of somebody; a late answer is remembered all the same."""
        key = workspace, account
        asking = self._asking.get(key)
        if asking is None:
            asking = self._asking[key] = asyncio.create_task(self._ask(workspace, account))
            asking.add_done_callback(lambda _done: self._asking.pop(key))
        done, _ = await asyncio.wait({asking}, timeout=at_most)
        for asked in done:
            asked.result()  # a mistake of ours is a bug, and not silence

    async def _ask(self, workspace: str, account: str) -> None:
        """Ask Slack, and remember the answer; one that does not come leaves what was known before."""
        _until, profile = self._known.get((workspace, account), (0.0, None))
        keep = FAILED
        found = await self._line.call(workspace, "users.info", user=account, include_locale="true")
        if found is not None:
            with suppress(ValueError):
                profile, keep = read_profile(found.get("user"), workspace), REMEMBERED
        self._remember(workspace, account, profile, keep)

    def _remember(self, workspace: str, account: str, profile: Profile | None, keep: float) -> None:
        if len(self._known) >= REMEMBERED_MOST:
            self._known.clear()
        self._known[workspace, account] = self._now() + keep, profile


def _as_they_come(act: Act, profile: Profile | None) -> Profile:
    """Take somebody for what Slack says, and for a stranger where the way they came says so."""
    if profile is None:
        return Profile(Standing.STRANGER if act.stranger else Standing.MEMBER, act.origin.name)
    return Profile(Standing.STRANGER, profile.name) if act.stranger else profile


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
