"""Names of settings that somebody mistyped, told apart from those of other programs."""

from __future__ import annotations

import pytest

from adapters import setting_names
from bot.run.names import unread


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("ZANSHIN_ADMIN", "ZANSHIN_ADMINS"),
        ("ZANSHIN_DATABASEURL", "ZANSHIN_DATABASE_URL"),
        ("ZANSHIN_TEAMS_TENANT", "ZANSHIN_TEAMS_TENANTS"),
        ("ZANSHIN_COFFEE", ""),
        ("SLACK_SIGNING_SECRETT", "SLACK_SIGNING_SECRET"),
        ("SLACK_BOT_TOKENS", "SLACK_BOT_TOKEN"),
        ("MICROSOFT_APP_PASSWORD", "MicrosoftAppPassword"),
        ("MicrosoftAppTenant", "MicrosoftAppTenantId"),
    ],
)
def test_a_name_that_nothing_reads_is_told_with_the_one_that_is_meant(name: str, near: str) -> None:
    """Of ours every one; of names that others have, too, those that read like ours."""
    assert unread([name], setting_names()) == [(name, near)]


@pytest.mark.parametrize(
    "name",
    [
        "zanshin_port",
        "MICROSOFTAPPID",
        "ZANSHIN_NAME",
        "ZANSHIN_TEST_POSTGRES_URL",
        "ZANSHIN_SERVICE_HOST",
        "ZANSHIN_PORT_8080_TCP_ADDR",
        "ZANSHIN_SERVICE_PORT_HTTP",
        "SLACK_WEBHOOK_URL",
        "SLACK_CHANNEL",
        "SLACK_VERIFICATION_TOKEN",
        "MICROSOFT_EDGE_PATH",
        "PATH",
    ],
)
def test_what_is_read_or_of_others_is_left_alone(name: str) -> None:
    """In capitals or not; what Kubernetes, Compose and tests set; and other programs' own."""
    assert unread([name], setting_names()) == []


def test_beside_the_right_one_it_is_of_another_program() -> None:
    """Whoever has set the right one has not mistyped it, where the names are not ours alone."""
    assert unread(["SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN2"], setting_names()) == []
    assert unread(["ZANSHIN_ADMINS", "ZANSHIN_ADMIN"], setting_names()) == [("ZANSHIN_ADMIN", "ZANSHIN_ADMINS")]
