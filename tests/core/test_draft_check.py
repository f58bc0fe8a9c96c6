"""Drafts on the command line: one for reading, many as data, and nonsense as a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import run
from tests.core.test_command_line import FINE, NOT_FINE, WRONG_USE

FLAGS = {"has_issue", "has_action", "has_timeframe", "process_talk", "blame", "jargon", "overpromise"}


def test_a_draft_is_checked_for_people_and_for_machines() -> None:
    """What it says, in which words, and what would be better."""
    draft = "Your order is late because the packers didn't bother."
    spoken = run("draft-check", draft)
    data = json.loads(run("draft-check", draft, "--json").stdout)

    assert spoken.returncode == FINE
    assert "Better: Your order is late." in spoken.stdout
    assert set(data) == {"id", "spans", "better"} | FLAGS
    assert data["has_issue"] is data["blame"] is True
    assert all(draft[one["start"] : one["end"]] for one in data["spans"])


def test_many_drafts_go_in_and_as_many_results_come_out() -> None:
    """Each under the id it was asked under; bare lines under their number; blank ones are no drafts."""
    lines = ['{"id": "a", "draft": "Logins fail."}', "", "Back by 3 pm.", '{"id": null, "draft": ""}', "x" * 1_000_000]
    done = run("draft-check", "--jsonl", given="\ufeff" + "\n".join(lines))

    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in results] == ["a", 3, None, 5]
    assert results[0]["has_issue"]
    assert results[1]["has_timeframe"]
    assert not any(results[2][flag] for flag in FLAGS)


@pytest.mark.parametrize(
    "line", ['{"id": 1}', "{nonsense", '{"id": [], "draft": "x"}', '{"id": 1, "draft": 2}', '{"id": NaN, "draft": "x"}']
)
def test_nonsense_is_answered_with_a_sentence(line: str) -> None:
    """The line is named, the rest is checked, and nobody sees a traceback."""
    done = run("draft-check", "--jsonl", given=line + "\nLogins fail.\n")
    misread, checked = map(json.loads, done.stdout.splitlines())

    assert done.returncode == WRONG_USE
    assert misread["error"] in done.stderr
    assert checked["id"] == 2
    assert checked["has_issue"]
    assert "Line 1 of the input" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_draft_is_asked_for() -> None:
    """Nothing in, an example out."""
    done = run("draft-check", "  ")

    assert done.returncode == WRONG_USE
    assert "zanshin draft-check" in done.stderr


def test_another_language_is_said_to_be_unread() -> None:
    """No learned flag and nothing better, a plain word beside, and its times all the same."""
    draft = "Die Idioten von der Bank sind schuld. Wir garantieren die Lösung bis 15:30 Uhr."
    spoken = run("draft-check", draft)
    data = json.loads(run("draft-check", draft, "--json").stdout)

    assert "only English is read" in spoken.stderr
    assert "Better" not in spoken.stdout
    assert data["better"] == draft
    assert data["language"] == "de"
    assert {flag for flag in FLAGS if data[flag]} == {"has_timeframe"}


def test_half_a_character_is_printed_as_it_was_read() -> None:
    """A line with one is answered as any other, in JSON again; an argument with one, too."""
    lines = '{"id": 1, "draft": "\\ud800 fails"}\n{"id": 2, "draft": "Logins fail"}\n'
    done = run("draft-check", "--jsonl", given=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0, done.stderr
    assert [one["id"] for one in answers] == [1, 2]
    assert "\ud800 fails." in answers[0]["better"]
    assert run("suggest", "\udcff she keeps shouting at me").returncode == 0


@pytest.mark.parametrize("command", [("suggest", "she keeps shouting at me"), ("draft-check", "--jsonl")])
def test_a_full_disk_is_said(command: tuple[str, ...]) -> None:
    """One sentence, and not fine: whoever writes a batch to a file knows that it is not whole."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-m", "bot", *command],
            input="Logins fail",
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )

    assert (done.returncode, done.stderr.count("\n")) == (NOT_FINE, 1)
    assert "No space left" in done.stderr


def test_a_folder_that_is_not_there_is_said() -> None:
    """It is no question without an answer."""
    done = run("suggest", "she keeps shouting at me", "--dir", "/nowhere/at/all")

    assert done.returncode == WRONG_USE
    assert "There is no folder /nowhere/at/all." in done.stderr


def test_a_text_that_is_cut_says_so() -> None:
    """As data; one that is read whole says nothing."""
    long = json.dumps({"draft": "Logins fail. " * 200, "query": "she shouts " * 200})
    short = json.dumps({"draft": "Logins fail.", "query": "she shouts"})
    read = [
        [json.loads(line).get("read") for line in run(command, "--jsonl", given=f"{long}\n{short}").stdout.splitlines()]
        for command in ("draft-check", "suggest")
    ]

    assert read == [[2000, None]] * 2
