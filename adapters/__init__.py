"""The platforms there are, each in a folder of its own: what the command line starts and looks at.

Each is loaded when it is asked for: the library of one takes a second, which nobody else should wait for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine

    from bot.run.findings import Finding
    from bot.run.serve import Platform
    from bot.store.database import Database

# By which people of a platform come in: proxies let these through, and of one that is not configured we say so.
ROUTES = (
    ("POST", "/slack/events"),
    ("GET", "/slack/install"),
    ("GET", "/slack/oauth_redirect"),
    ("POST", "/api/messages"),
    ("GET", "/teams/about"),
)


def setting_names() -> set[str]:
    """Name every variable that settings are read from."""
    from adapters.slack.settings import SlackSettings  # noqa: PLC0415  see above
    from adapters.teams.settings import TeamsSettings  # noqa: PLC0415
    from bot.run.names import names_of  # noqa: PLC0415
    from bot.run.settings import Settings  # noqa: PLC0415

    return names_of(SlackSettings) | names_of(TeamsSettings) | names_of(Settings)


def name_of(platform: str, account: str) -> str:
    """Ask a platform what somebody is called; nothing where it cannot say."""
    from adapters.slack.asked import name_in_slack  # noqa: PLC0415  see above

    return name_in_slack(account) if platform == "slack" else ""


def openers() -> Sequence[Callable[[Database], Platform | None]]:
    """List what opens each platform of a server; None where it is not configured."""
    from adapters.slack.serve import slack_platform  # noqa: PLC0415  see above
    from adapters.teams.opening import teams_platform  # noqa: PLC0415

    return slack_platform, teams_platform


def checkups(at: str | None) -> Sequence[Callable[[Engine | None], list[Finding]]]:
    """List what looks at each platform; `at` is the address by which they call us, if they are asked to."""
    from adapters.slack.checkup import examine_slack  # noqa: PLC0415  see above
    from adapters.teams.checkup import examine_teams  # noqa: PLC0415

    return partial(examine_slack, url=at), partial(examine_teams, url=at)
