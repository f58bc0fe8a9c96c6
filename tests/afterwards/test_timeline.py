"""The timeline of an incident: what customers were told and when, in one zone that it names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.afterwards.markdown import Promise, as_markdown
from bot.afterwards.model import Account
from bot.afterwards.timeline import Record, facts, timeline
from bot.incidents.decisions.cadence import Stage
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState, Words

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)
NAMES = {1: "Omar Said", 2: "Łucja Wójcik"}


def after(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def event(kind: EventKind, minutes: float, **more: object) -> IncidentEvent:
    words = more.pop("words", None)
    text = words.model_dump_json() if isinstance(words, Words) else None
    return IncidentEvent(kind=kind, at=after(minutes), words_text=text, **({"person_id": 1} | more))


def record(*events: IncidentEvent, zone: str = "Europe/Warsaw", ended: float = 60) -> Record:
    incident = Incident(
        number=7,
        title="Card payments fail",
        severity=1,
        state=IncidentState.RESOLVED,
        owner_id=2,
        opened_at=TEN,
        promise_at=after(30),
        resolved_at=after(ended),
    )
    opened = event(EventKind.OPENED, 0, severity=2)
    return Record(incident, [opened, *events], NAMES, ZoneInfo(zone), after(ended))


SAID = Words(notice="Cards fail.", doing="We look.")
LINES = {
    "11:05 Omar Said made it sev1": event(EventKind.SEVERITY, 5, severity=1),
    "11:05 Łucja Wójcik owned it from now on": event(EventKind.OWNED, 5, about_id=2),
    "11:05 Omar Said noted: “vendor called”": event(EventKind.NOTED, 5, words=Words(note="vendor\n called")),
    "11:05 Supervisors were called, as customers had no news": event(EventKind.NAGGED, 5, stage=Stage.SUPERVISOR),
    "11:05 Łucja Wójcik told customers: “Cards fail. We look.” (promise kept, 15 minutes early)": event(
        EventKind.UPDATED, 5, words=SAID, person_id=2, told_at=after(5), told_by_id=2, kept_at=after(20)
    ),
    "": event(EventKind.NAGGED, 5, stage=Stage.WARNED),  # what only the owner heard is nobody's history
    "11:05 Omar Said resolved it; customers weren't told that it's over (promise missed)": event(
        EventKind.RESOLVED, 5, kept_at=after(4)
    ),
}


@pytest.mark.parametrize(("line", "happened"), LINES.items(), ids=[one or "warned" for one in LINES])
def test_each_thing_that_happened_has_its_line(line: str, happened: IncidentEvent) -> None:
    """An update stands where customers met it, not where it was written."""
    lines = ["Times in Europe/Warsaw:", "11:00 Omar Said opened it as sev2", *([line] if line else [])]

    assert timeline(record(happened), 3000).splitlines() == lines


def test_what_customers_heard_later_stands_at_both_times() -> None:
    """An update stands where it was prepared and where customers met it, and so does an end."""
    prepared = event(EventKind.UPDATED, 5, words=SAID, told_at=after(9), told_by_id=2, kept_at=after(5))
    noted = event(EventKind.NOTED, 7, words=Words(note="vendor called"))
    ended = event(EventKind.RESOLVED, 20, told_at=after(25), told_by_id=2, kept_at=after(30))

    assert timeline(record(prepared, noted, ended), 3000).splitlines()[2:] == [
        "11:05 Omar Said prepared an update",
        "11:07 Omar Said noted: “vendor called”",
        "11:09 Łucja Wójcik told customers: “Cards fail. We look.” (promise missed by 4 minutes)",
        "11:20 Omar Said resolved it",
        "11:25 Łucja Wójcik said that customers were told that it's over (promise kept, 5 minutes early)",
    ]


def test_every_missed_promise_stands_in_the_timeline() -> None:
    """One that waited over a silent end is measured by when customers were told; one nobody answered has its line."""
    reopened = event(EventKind.REOPENED, 12, kept_at=after(10))
    told = event(EventKind.UPDATED, 25, words=SAID, told_at=after(25), told_by_id=1, kept_at=after(26))
    silent = event(EventKind.RESOLVED, 28)
    written = record(event(EventKind.RESOLVED, 8), reopened, told, silent)
    lines = timeline(written, 3000).splitlines()

    assert "11:12 Omar Said opened it again (promise missed by 15 minutes)" in lines
    assert lines[-1] == "11:30 News for customers was due, and none came"
    assert facts(written)[-1] == "Promises kept: 1 of 3"


def test_what_went_on_past_midnight_has_its_days() -> None:
    """A time alone says too little then; over a change of the clocks it is the wall clock that counts."""
    night = record(event(EventKind.RESOLVED, 15 * 60), ended=15 * 60)

    assert timeline(night, 3000).splitlines()[-1].startswith("25 Nov 2026 02:00 Omar Said resolved it")
    assert facts(night)[0] == "From 24 Nov 2026 11:00 to 25 Nov 2026 02:00 (15 hours), sev1"


def test_what_does_not_fit_is_shortened_and_then_left_out() -> None:
    """Quotes become shorter first; what is left out is counted, and stands in the record."""
    notes = [event(EventKind.NOTED, one, words=Words(note="long " * 80)) for one in range(1, 40)]
    whole = timeline(record(*notes[:5]), 3000)
    cut = timeline(record(*notes), 3000)

    assert len(whole.splitlines()) == 7
    assert len(cut) <= 3000
    assert cut.endswith("more lines, in the record")


def test_markdown_takes_nobodys_words_for_marks() -> None:
    """What people wrote stays as they wrote it in whatever reads it."""
    account = Account(summary="# not a heading\n*not loud*", timeline="Times in UTC:\n10:00 <b>it</b> broke")
    written = as_markdown(
        "#7 Cards [all] fail", ["Owned by Omar"], account, [Promise("rotate keys", "Ana", "Fri", True)]
    )

    assert written.splitlines() == [
        "# Retrospective: #7 Cards \\[all\\] fail",
        "",
        "- Owned by Omar",
        "",
        "## What happened",
        "",
        "\\# not a heading",
        "\\*not loud\\*",
        "",
        "## Timeline",
        "",
        "Times in UTC:",
        "",
        "- 10:00 \\<b\\>it\\</b\\> broke",
        "",
        "## Follow-ups",
        "",
        "- [x] rotate keys (Ana, Fri)",
    ]
