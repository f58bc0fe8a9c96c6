"""Signed links: what opens a report, and everything that does not."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.insights.links import LASTS, LinkBroken, LinkExpired, Pass, read_pass, signed
from bot.store.seal import Seal

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
SIGN = partial(Seal("a secret of thirty-two characters").digest, purpose="report link")
OTHER = partial(Seal("another one of that many characters").digest, purpose="report link")
WEEK = Pass(
    organisation_id=1,
    first=date(2026, 11, 16),
    last=date(2026, 11, 22),
    team="Zürich – 2nd line",
    locale="de",
    until=NOW + LASTS,
)
TOKEN = signed(WEEK, SIGN)
BODY, SEAL = TOKEN.split(".")


@pytest.mark.parametrize("letting_in", [WEEK, replace(WEEK, team=None), replace(WEEK, team="x" * 120, locale="zh_TW")])
def test_a_link_opens_what_it_was_made_for(letting_in: Pass) -> None:
    """Whatever a team is called, until the very last second, and in an address as it is."""
    token = signed(letting_in, SIGN)

    assert read_pass(token, SIGN, NOW + LASTS - timedelta(seconds=1)) == letting_in
    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("later", [LASTS, timedelta(days=400)])
def test_a_link_of_yesterday_says_that_it_is_over(later: timedelta) -> None:
    """It was ours: whoever holds it is told to ask for another."""
    with pytest.raises(LinkExpired):
        read_pass(TOKEN, SIGN, NOW + later)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="nothing"),
        pytest.param(".", id="a dot"),
        pytest.param(BODY, id="unsigned"),
        pytest.param(f"{BODY}.", id="an empty seal"),
        pytest.param(f"{BODY}.{SEAL[:-1]}", id="a shorter seal"),
        pytest.param(f"{BODY}.{SEAL[::-1]}", id="another seal"),
        pytest.param(f"{BODY}.{SEAL.upper()}", id="a seal in capitals"),
        pytest.param(f"{BODY}A.{SEAL}", id="a longer body"),
        pytest.param(signed(WEEK, OTHER), id="signed with another key"),
        pytest.param(
            signed(replace(WEEK, organisation_id=2), SIGN).split(".")[0] + "." + SEAL, id="the seal of another"
        ),
        pytest.param(f"{BODY}.ß\u2028", id="letters no seal has"),
        pytest.param(f"é.{SEAL}", id="letters no body has"),
        pytest.param("a" * 100_000, id="far too long"),
        *(
            pytest.param(f"{body}.{SIGN(body)}", id=f"signed, and {name}")
            for name, body in {
                "no base64": "é",
                "cut": "A",
                "no list": base64.urlsafe_b64encode(b"7").decode().rstrip("="),
                "no date": base64.urlsafe_b64encode(b'[1,"x","y","","en",9]').decode().rstrip("="),
                "too few": base64.urlsafe_b64encode(b"[1]").decode().rstrip("="),
                "after all time": base64.urlsafe_b64encode(b'[1,"2026-11-16","2026-11-22","","en",1e99]')
                .decode()
                .rstrip("="),
            }.items()
        ),
    ],
)
def test_nothing_else_opens_anything(token: str) -> None:
    """What was changed, cut, guessed or signed elsewhere is refused before it is read."""
    with pytest.raises(LinkBroken):
        read_pass(token, SIGN, NOW)
