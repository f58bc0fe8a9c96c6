"""docs/security.md names tests that are there."""

from __future__ import annotations

import re

import pytest

from tests.platforms import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[name for _path, name in NAMED])
def test_each_test_that_is_named_is_there(path: str, name: str) -> None:
    """Whoever renames or removes one says what stands against the threat now."""
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"docs/security.md names {name}: mend it."


def test_every_threat_names_what_holds_it() -> None:
    """A line without a test, a file or a command is a wish."""
    rows = PAGE.partition("## The trail")[0].splitlines()
    for row in [one for one in rows if one.startswith("|") and "---" not in one][1:]:
        assert "`" in row.rstrip("| ").rpartition("|")[2], row
