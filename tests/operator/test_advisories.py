"""Known holes in packages are found in what was brought along, and what cannot be read counts as nothing less."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import WrongUse
from bot.run.advisories import Looked, is_affected, look_through, read_advisories
from bot.run.looking_for_holes import age_of, as_text, installed, pinned
from tests.command_line import run

OLD_AND_NEW = [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0"}, {"last_affected": "2.4"}]


def affected(*events: dict[str, str], versions: tuple[str, ...] = (), kind: str = "ECOSYSTEM") -> dict[str, Any]:
    ranges = [{"type": kind, "events": list(events)}] if events else []
    return {"package": {"ecosystem": "PyPI", "name": "Some_Package"}, "ranges": ranges, "versions": list(versions)}


def record(*events: dict[str, str], **more: Any) -> dict[str, Any]:
    told = {"id": "PYSEC-1", "aliases": ["CVE-1"], "modified": "2026-11-20T08:00:00Z", "summary": "Runs what is sent."}
    return told | {"affected": [affected(*events)]} | more


@pytest.mark.parametrize(
    ("version", "hit"),
    [
        ("1.1", True),
        ("1.2rc1", True),
        ("1.2", False),
        ("1.10", False),
        ("2.0", True),
        ("2.4", True),
        ("2.4.1", False),
        ("not a version", None),
    ],
)
def test_a_range_is_followed_to_the_version_that_is_there(version: str, hit: bool | None) -> None:
    """From each beginning to what mends it, or to the last that has it."""
    assert is_affected(version, affected(*OLD_AND_NEW)) is hit


@pytest.mark.parametrize(
    ("told", "hit"),
    [
        (affected(versions=("1.0", "1.1.0")), True),
        (affected(versions=("1.0", "2004d")), False),
        (affected({"introduced": "0"}, {"fixed": "2004d"}), None),
        (affected({"introduced": "0"}, {"fixed": "33ccdfb"}, kind="GIT"), None),
        (affected({"introduced": "0"}), True),
    ],
)
def test_listed_versions_and_what_cannot_be_compared(told: dict[str, Any], hit: bool | None) -> None:
    """A version is the same however it is written; what counts commits alone is left to whoever reads it."""
    assert is_affected("1.1", told) is hit


def test_a_hole_is_told_with_what_mends_it() -> None:
    """Names are the same however they are written; withdrawn ones and other languages count for nothing."""
    npm = {"id": "GHSA-2", "affected": [{"package": {"ecosystem": "npm", "name": "some-package"}}]}
    withdrawn = record({"introduced": "0"}, id="PYSEC-3", withdrawn="2026-01-01T00:00:00Z")
    looked = look_through([record(*OLD_AND_NEW), npm, withdrawn], {"some-package": "2.1", "other": "1"})
    said = as_text(looked, 2, "installed")

    assert (looked.advisories, looked.newest) == (2, "2026-11-20")
    assert said.splitlines() == [
        "some-package 2.1: PYSEC-1 (CVE-1), mended in 1.2 and after 2.4. Runs what is sent.",
        "By 2 advisories, 1 of the 2 installed packages has a known hole.",
    ]


def test_old_advisories_say_so() -> None:
    """No hole that a file of last year knows of is no comfort."""
    days = {day: age_of(Looked(advisories=1, newest=day, holes=()), date(2026, 11, 28)) for day in ("2026-11-01", "")}

    assert days == {"2026-11-01": "", "": "These advisories do not say of which day they are."}
    assert "2025-11-28, 365 days ago" in age_of(Looked(advisories=1, newest="2025-11-28", holes=()), date(2026, 11, 28))


def test_advisories_come_as_a_file_a_zip_or_a_folder(tmp_path: Path) -> None:
    """As osv.dev exports them, as its interface answers, and as PyPA keeps them."""
    folder = tmp_path / "vulns" / "some"
    folder.mkdir(parents=True)
    (folder / "PYSEC-1.yaml").write_text("id: PYSEC-1\nmodified: 2024-02-06T20:20:18.162431Z\naffected: []\n")
    (folder / "README.md").write_text("no advisory")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("PYSEC-1.json", json.dumps(record()))
    (tmp_path / "vulns.json").write_text(json.dumps({"vulns": [record(), record()]}))
    counts = [len(list(read_advisories(tmp_path / one))) for one in ("vulns", "all.zip", "vulns.json")]

    assert counts == [1, 1, 2]


@pytest.mark.parametrize("written", ["", "{", '{"name": "x"}', "[1]", '"words"'])
def test_what_is_no_advisory_is_refused(tmp_path: Path, written: str) -> None:
    """Half a file must not read as no hole."""
    (tmp_path / "one.json").write_text(written)

    with pytest.raises(WrongUse, match=r"one\.json"):
        list(read_advisories(tmp_path / "one.json"))


@pytest.mark.parametrize(
    "told",
    [
        ["words"],
        [{"package": "some-package"}],
        [affected({"introduced": "0"}) | {"ranges": [{"type": "ECOSYSTEM", "events": ["words"]}]}],
        [affected({"introduced": "0"}) | {"ranges": ["words"]}],
        7,
    ],
)
def test_an_advisory_of_another_shape_is_named(told: object) -> None:
    """It is no traceback, and no hole passed over."""
    with pytest.raises(WrongUse, match="PYSEC-9"):
        look_through([record(id="PYSEC-9", affected=told)], {"some-package": "1"})


def test_what_a_broken_installation_left_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a name in it hides nothing of what is installed."""
    (tmp_path / "half_gone-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)

    assert "prometheus-client" in installed()


def test_pins_are_read_as_pip_reads_them(tmp_path: Path) -> None:
    """Extras, markers and remarks beside them; what is installed is known by the same names."""
    (tmp_path / "pins.txt").write_text(
        "# all\nPsycopg_Binary[pool] == 3.3.1 ; python_version > '3'\naiohttp==3.14.1 # x\n"
    )
    (tmp_path / "none.txt").write_text("aiohttp>=3\n")

    assert pinned(tmp_path / "pins.txt") == {"psycopg-binary": "3.3.1", "aiohttp": "3.14.1"}
    assert "prometheus-client" in installed()
    with pytest.raises(WrongUse, match="pins nothing"):
        pinned(tmp_path / "none.txt")


def test_the_command_says_what_it_found_and_what_to_bring(tmp_path: Path) -> None:
    """A hole fails it, as does having nothing to look through; no hole is said with how much was looked through."""
    hole = record({"introduced": "0"})
    hole["affected"][0]["package"]["name"] = "AioHTTP"
    files = {"hole": [hole], "fine": [record({"introduced": "0"})], "none": []}
    for name, records in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(records))
    done = {name: run("advisories", str(tmp_path / f"{name}.json")) for name in files}

    assert {name: one.returncode for name, one in done.items()} == {"hole": 1, "fine": 0, "none": 2}
    assert done["hole"].stdout.startswith("aiohttp ")
    assert "By the one advisory of this file, none of the " in done["fine"].stdout
    assert "all.zip" in done["none"].stderr
    assert "zanshin advisories all.zip" in run("advisories").stderr
    # Whoever types by way of the service's wrapper is in another folder than they believe.
    assert f"There is no {Path.cwd() / 'all.zip'}." in run("advisories", "all.zip").stderr
