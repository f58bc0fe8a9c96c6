"""The command line: data as data, errors as sentences, exit codes as promised."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from bot.errors import SettingsError
from bot.run.doctor import examine
from bot.run.settings import Settings, read_settings
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.schema import revisions
from tests.command_line import run, run_alone
from tests.databases import SECRET, empty_postgres
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

FINE, NOT_FINE, WRONG_USE, NOT_SET_UP, OTHER_VERSION = 0, 1, 2, 3, 4


@pytest.mark.slow
def test_a_suggestion_is_printed_for_people_and_for_machines() -> None:
    """Words in, playbooks out, best first, with the reason."""
    spoken = run_alone("suggest", "she", "keeps", "shouting", "at", "me")
    data = json.loads(run("suggest", "she keeps shouting at me", "--json").stdout)

    assert spoken.returncode == FINE
    assert spoken.stdout.startswith("keep-calm")
    assert "2 of 3  angry: shouting\n" in spoken.stdout
    assert list(data) == ["id", "suggestions", "confidence", "heat", "signals", "opening"]
    assert data["suggestions"][0] == {"id": "keep-calm", "score": data["confidence"], "why": "shouting"}
    assert len(data["suggestions"]) == 3


def test_many_texts_go_in_and_as_many_results_come_out() -> None:
    """One result a line, each with the id it was asked under, whatever it is; blank lines are no questions."""
    ids = ["a", 7, 1.5, True, None, "", "ü"]
    asked = [{"id": one, "query": "she keeps shouting"} for one in ids] + [{"id": "b", "text": ""}]
    done = run("suggest", "--jsonl", given="\ufeff" + "\n\n  \n".join(map(json.dumps, asked)) + "\n\n")
    results = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == FINE
    assert [repr(one["id"]) for one in results] == [*map(repr, ids), repr("b")]
    assert results[0]["suggestions"][0]["id"] == "keep-calm"
    assert results[-1] == {"id": "b", "suggestions": [], "confidence": 0.0, "heat": 0, "signals": []}


def test_words_of_danger_come_first_and_small_talk_is_unsure() -> None:
    """Danger is answered for certain, what is no situation without confidence, noise with nothing."""
    given = "I will kill myself tonight\ngood morning team\n🤬🤬\n\x00\x01\ufffd\n" + "nobody listens " * 70_000
    done = run("suggest", "--jsonl", given=given)
    danger, talk, face, noise, long = map(json.loads, done.stdout.splitlines())

    assert (danger["suggestions"][0]["id"], danger["confidence"], len(danger["suggestions"])) == ("crisis", 1, 3)
    assert talk["confidence"] < 0.5
    assert (face["suggestions"], noise["suggestions"]) == ([], [])
    assert long["suggestions"][0]["id"] == "be-heard"


def test_words_that_fit_nothing_are_answered(tmp_path: Path) -> None:
    """People read a sentence and scripts see that it is not fine; machines get an empty list."""
    spoken = run("suggest", "zzqx")
    elsewhere = run("suggest", "zzqx", "--dir", str(tmp_path))
    data = run("suggest", "zzqx", "--json")

    assert (spoken.returncode, spoken.stdout) == (NOT_FINE, "")
    assert spoken.stderr == "Nothing fits these words; the calmest place to start is keep-calm.\n"
    assert elsewhere.stderr == "Nothing fits these words. See: zanshin playbooks list\n"
    assert data.returncode == FINE
    assert json.loads(data.stdout)["suggestions"] == []


@pytest.mark.parametrize(
    ("arguments", "given", "code", "words"),
    [
        (("suggest",), "", WRONG_USE, "say what is happening"),
        (("suggest", "--jsonl"), '{"id": NaN, "query": "x"}', WRONG_USE, "Line 1 of the input begins like JSON"),
        (("dance",), "", WRONG_USE, "No such command"),
        (("playbooks", "show", "kep-calm"), "", NOT_FINE, "Did you mean keep-calm?"),
        (("playbooks", "show", "xyz"), "", NOT_FINE, "There is no playbook xyz."),
        (("playbooks", "check", "--dir", "/nowhere"), "", WRONG_USE, "There is no folder /nowhere"),
        (("playbooks", "check", "README.md"), "", WRONG_USE, "README.md is one file"),
        (("playbooks", "list", "--dir", "/nowhere"), "", WRONG_USE, "There is no folder /nowhere"),
        (("suggest", "she shouts", "--jsonl"), "", WRONG_USE, "leave the text out"),
        (("serve",), "", NOT_SET_UP, "ZANSHIN_DATABASE_URL: is not set"),
        (("migrate",), "", NOT_SET_UP, "; make some with: python3 -c"),
        (("doctor",), "", NOT_SET_UP, "ZANSHIN_SECRET_KEY: is not set"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    arguments: tuple[str, ...], given: str, code: int, words: str
) -> None:
    """The exit code says what sort of no it is, the words what to do."""
    done = run(*arguments, given=given)

    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_list_says_what_could_not_be_read(tmp_path: Path) -> None:
    """A short list is not taken for all there is."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "hurry.yaml").write_text("id: hurry", encoding="utf-8")
    (tmp_path / "en" / "slow.YML").write_text("id: slow", encoding="utf-8")
    done = run("playbooks", "list", "--dir", str(tmp_path))

    assert done.returncode == NOT_FINE
    assert done.stderr == f"2 files could not be read: zanshin playbooks check {tmp_path}\n"


def test_playbooks_are_listed_shown_and_checked() -> None:
    """An author can look at everything from a terminal."""
    assert "keep-calm" in run("playbooks", "list").stdout
    assert json.loads(run("playbooks", "list", "--json").stdout)[0]["id"]
    assert "# Keep calm" in run("playbooks", "show", "keep-calm").stdout
    assert json.loads(run("playbooks", "show", "keep-calm", "--json").stdout)["steps"]
    assert run("playbooks", "check").stdout.endswith("playbooks are fine, 0 problems.\n")
    assert json.loads(run("playbooks", "check", "--json").stdout)["wordings"] >= 14


def test_prepared_wordings_are_checked_with_the_playbooks(tmp_path: Path) -> None:
    """A slip in one of them is named like one in a playbook, and is as little fine."""
    shutil.copytree(SHIPPED_PLAYBOOKS, tmp_path / "ours")
    broken = tmp_path / "ours" / "en" / "updates" / "slow.yaml"
    broken.write_text(broken.read_text().replace("id: slow", "id: slow\nidd: slow"))
    spoken, data = (run("playbooks", "check", *more, "--dir", str(tmp_path / "ours")) for more in ((), ("--json",)))

    assert spoken.returncode == data.returncode == NOT_FINE
    assert f"{broken}:2: idd: no such field" in spoken.stdout
    assert [one["field"] for one in json.loads(data.stdout)["problems"]] == ["idd"]


@pytest.mark.slow
def test_a_database_is_migrated_then_examined(tmp_path: Path) -> None:
    """The way of an operator: migrate, ask the doctor, serve."""
    settings = {"ZANSHIN_DATABASE_URL": f"sqlite:///{tmp_path / 'zanshin.db'}", "ZANSHIN_SECRET_KEY": SECRET}
    refused = run("serve", **settings)
    examined = run("doctor", **settings)
    nothing_made = list(tmp_path.iterdir()) == []
    migrated = run_alone("migrate", **settings)
    healthy = run_alone("doctor", "--json", **settings)

    assert refused.returncode == NOT_SET_UP
    assert "There is no database at" in refused.stderr
    assert "Run: zanshin migrate" in refused.stderr
    assert examined.returncode == NOT_SET_UP
    assert "zanshin migrate" in examined.stdout
    assert nothing_made
    assert migrated.returncode == FINE
    assert healthy.returncode == FINE, healthy.stdout
    assert all(finding["fine"] for finding in json.loads(healthy.stdout))


@pytest.fixture
def set_up(sqlite_file: Path, tmp_path: Path) -> dict[str, str]:
    """The settings of a migrated database."""
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")
    return {"ZANSHIN_DATABASE_URL": f"sqlite:///{tmp_path / 'zanshin.db'}", "ZANSHIN_SECRET_KEY": SECRET}


def test_the_first_admin_is_named_before_anybody_has_typed(set_up: dict[str, str]) -> None:
    """In Teams by the directory, once and again; what is no account, or is nowhere yet, is said."""
    tenant, who = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
    teams = set_up | {"MicrosoftAppId": tenant, "MicrosoftAppPassword": "secret", "MicrosoftAppTenantId": tenant}
    named = run("team", "add", who, "--admin", **teams)
    again = run("team", "add", f"{tenant}/{who}", "--admin", "--supervisor", **teams)
    nowhere = run("team", "add", "U012AB3CD", "--admin", **set_up)
    nobody = run("team", "add", "Ana", "--admin", **set_up)

    assert (named.returncode, again.returncode) == (FINE, FINE)
    assert named.stdout == f"{who} is now admin in Teams 11111111.\n"
    assert again.stdout.splitlines() == [
        f"{who} is already admin in Teams 11111111.",
        f"{who} is now supervisor in Teams 11111111.",
    ]
    assert (nowhere.returncode, nobody.returncode) == (NOT_FINE, WRONG_USE)
    assert "Start zanshin serve" in nowhere.stderr
    assert "member ID such as U012AB3CD" in nobody.stderr


@pytest.mark.slow
def test_a_server_says_where_it_listens_and_stops_when_told(set_up: dict[str, str]) -> None:
    """One line once it can be reached, ready from then on, and no complaint at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | set_up | {"ZANSHIN_PORT": "0"},
    )
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    address = told["event"].removeprefix("Listening on http://").partition(". ")[0]
    connection = HTTPConnection(address, timeout=30)
    connection.request("GET", "/readyz")
    ready = connection.getresponse().read()
    connection.close()
    process.terminate()
    _out, complained = process.communicate(timeout=60)

    assert told["event"] == f"Listening on http://{address}. Platforms: none configured."
    assert (told["action"], told["platforms"], told["level"]) == ("listening", [], "info")
    assert json.loads(ready) == {"ready": True}
    assert (process.returncode, complained) == (FINE, "")


def test_a_port_that_is_taken_is_said(set_up: dict[str, str]) -> None:
    """Somebody else listens there: which port, and how to choose another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", **set_up, ZANSHIN_PORT=str(port))

    assert done.returncode == NOT_SET_UP
    assert done.stderr.startswith(f"Cannot listen on 127.0.0.1, port {port}: address already in use.")
    assert "ZANSHIN_PORT" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("host", ["nowhere.invalid", "no..name"])
def test_a_host_that_is_not_ours_is_said(set_up: dict[str, str], host: str) -> None:
    """An address that does not exist, or cannot, is a setting that is wrong."""
    done = run("serve", **set_up, ZANSHIN_HOST=host)

    assert done.returncode == NOT_SET_UP
    assert done.stderr.startswith(f"Cannot listen on {host}, port 8080: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://nobody@127.0.0.1:1/none"])
@pytest.mark.parametrize("command", ["migrate", "doctor", "serve"])
def test_a_database_that_is_not_there_is_said(url: str, command: str) -> None:
    """Neither a missing folder nor a missing server ends in a traceback."""
    done = run(command, ZANSHIN_DATABASE_URL=url, ZANSHIN_SECRET_KEY=SECRET)

    assert done.returncode == NOT_SET_UP
    said = done.stdout + done.stderr
    assert "ZANSHIN_DATABASE_URL" in said or "There is no folder /nowhere/at" in said
    assert "Traceback" not in done.stderr


def test_a_missing_database_is_told_to_machines_too(tmp_path: Path) -> None:
    """The exit code says that there is nothing to look at, and what is printed is data all the same."""
    url = f"sqlite:///{tmp_path / 'none.db'}"
    done = run("doctor", "--json", ZANSHIN_DATABASE_URL=url, ZANSHIN_SECRET_KEY=SECRET)

    assert done.returncode == NOT_SET_UP
    assert [one["about"] for one in json.loads(done.stdout) if not one["fine"]] == ["database"]


async def test_another_key_is_found_by_the_doctor(sqlite_alone: Database) -> None:
    """Texts that cannot be read any more are told before anybody needs them."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await stage.type("ana", "support", "/zanshin status", "key-1")
    same, another = (
        examine(Settings(database_url=sqlite_alone.url, secret_key=key), clock=stage.clock)
        for key in (SECRET, "another secret, just as long as it has to be")
    )

    assert {finding.about for finding in same} >= {"key", "delivery", "clock", "playbooks"}
    assert [finding.about for finding in same if not finding.fine] == ["emergency"]
    assert [finding.about for finding in another if not finding.fine] == ["key", "emergency"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ZANSHIN_SECRET_KEY", "short", "is too short"),
        ("ZANSHIN_DATABASE_URL", "nonsense", "is not an address of a database"),
        ("ZANSHIN_DATABASE_URL", "mysql://x/y", "mysql is not supported; expected is sqlite:///"),
        ("ZANSHIN_DATABASE_URL", "postgres://x/y", "is not supported"),
        ("ZANSHIN_DATABASE_URL", "sqlite+foo:///zanshin.db", "foo is not supported"),
        ("ZANSHIN_DATABASE_URL", "postgresql+asyncpg://x/y", "asyncpg is not supported"),
        ("ZANSHIN_DATABASE_URL", "postgresql://x:port/y", "is not an address of a database"),
        ("ZANSHIN_DATABASE_URL", "sqlite://", "forgets everything"),
        ("ZANSHIN_DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true", "forgets everything"),
        ("ZANSHIN_DATABASE_URL", "sqlite:///zanshin.db?speed=high", "by its path alone"),
        ("ZANSHIN_DATABASE_URL", "postgresql+psycopg://x/y?pooler=transactions", "pooler is transaction or left out"),
        ("ZANSHIN_PORT", "99999", "is too large: 65535 at most"),
        ("ZANSHIN_PORT", "abc", "is not a whole number"),
        ("ZANSHIN_KEEP_RUNS_DAYS", "-1", "is too small: 1 or more"),
        ("ZANSHIN_KEEP_GESTURES_DAYS", "30", "is too small: 90 or more"),
        ("ZANSHIN_KEEP_REASONS_DAYS", "99999999999", "is too large: 36500 at most"),
        ("ZANSHIN_ALIVE_URL", "notaurl", "is not an address to fetch"),
        ("ZANSHIN_OLD_SECRET_KEYS", "abc", "shorter than 32 characters"),
        ("ZANSHIN_PLAYBOOKS_DIR", "/nowhere", "there is no folder /nowhere"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    """Which variable, what is wrong with it."""
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", "sqlite:///zanshin.db")
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*{words}"):
        read_settings()


def test_everything_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator mends all of it in one go, whether it is missing, has no shape or cannot be."""
    wrong_ones = {"PORT": "x", "DATABASE_URL": "mysql://x/y", "ALIVE_URL": "x", "PLAYBOOKS_DIR": "/nowhere"}
    for name, value in wrong_ones.items():
        monkeypatch.setenv(f"ZANSHIN_{name}", value)
    with pytest.raises(SettingsError) as wrong:
        read_settings()

    assert [f"ZANSHIN_{name}: " in str(wrong.value) for name in (*wrong_ones, "SECRET_KEY")] == [True] * 5


@pytest.mark.parametrize("command", [("suggest", "x"), ("doctor",), ("playbooks", "check"), ("playbooks", "list")])
def test_a_folder_of_playbooks_that_is_not_there_is_a_wrong_setting(set_up: dict[str, str], command: list[str]) -> None:
    """The same code and the same words, whoever reads it."""
    done = run(*command, **set_up, ZANSHIN_PLAYBOOKS_DIR="/nowhere")

    assert done.returncode == NOT_SET_UP
    assert "ZANSHIN_PLAYBOOKS_DIR: there is no folder /nowhere" in done.stderr


def test_a_name_that_nothing_reads_is_told(set_up: dict[str, str]) -> None:
    """By the doctor, and where the right one is missing by whoever needs it; names of other programs are theirs."""
    mistyped = {"ZANSHIN_ADMIN": "U1", "SLACK_BOT_TOKN": "x", "SLACK_WEBHOOK_URL": "x", "MICROSOFT_APP_ID": ""}
    looked = run("doctor", "--json", **set_up, **mistyped)
    missing = run("migrate", ZANSHIN_DATABSE_URL="sqlite:///x.db", ZANSHIN_SECRET_KEY=SECRET)

    assert [one["found"] for one in json.loads(looked.stdout) if one["about"] == "settings"] == [
        "nothing reads MICROSOFT_APP_ID; is MicrosoftAppId meant?",
        "nothing reads SLACK_BOT_TOKN; is SLACK_BOT_TOKEN meant?",
        "nothing reads ZANSHIN_ADMIN; is ZANSHIN_ADMINS meant?",
    ]
    assert "is ZANSHIN_DATABSE_URL meant to be it?" in missing.stderr


async def test_a_month_of_gestures_is_printed_as_a_table(sqlite_alone: Database) -> None:
    """Whoever runs the server opens it in a table; a month that is none is said."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    sofia = stage.origin("sofia", "@sofia", "catalogue")
    catalogue = {"kind": "credit", "name": "Sorry", "per_case": "€20"}
    await stage.program.dispatch.submit("save-gesture", catalogue, sofia)
    given = {"gesture": "1", "mark": "m", "amount": "12.50", "case": "CASE-1", "customer": "=Zoë"}
    await stage.program.dispatch.submit("make-gesture", given, stage.origin("ana", "@ana", "gives"))
    environment = {"ZANSHIN_DATABASE_URL": sqlite_alone.url, "ZANSHIN_SECRET_KEY": SECRET}
    month = f"{stage.clock.now():%Y-%m}"
    printed = run("gestures", "export", "--month", month, **environment)
    wrong = run("gestures", "export", "--month", "sometime", **environment)

    assert printed.returncode == FINE, printed.stderr
    [head, line] = printed.stdout.splitlines()
    assert head.startswith("organisation,granted,state,kind,gesture,amount,currency,case,customer,given_by")
    assert "granted,credit,Sorry,12.50,EUR,CASE-1,'=Zoë,Ana,," in line
    assert (wrong.returncode, wrong.stderr.strip()) == (
        WRONG_USE,
        "sometime is no month. Write it like this: --month 2026-11",
    )


async def test_playbooks_of_teams_are_written_as_files(sqlite_alone: Database, tmp_path: Path) -> None:
    """What was published comes out as the folder takes it; what waits for a second person does not."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    for number, title in enumerate(("Late parcels", "Wrong doors"), 1):
        sofia = stage.origin("sofia", "@sofia", f"save-{number}")
        written = {
            "title": title,
            "situation": "It is late.",
            "words": "late\nwhere\nlost",
            "steps": "Say so\n“I see.”",
        }
        await stage.program.dispatch.submit("save-playbook", written, sofia)
    await stage.program.dispatch.submit("publish-version", {"version": "1"}, stage.origin("ben", "@ben", "publish"))
    environment = {"ZANSHIN_DATABASE_URL": sqlite_alone.url, "ZANSHIN_SECRET_KEY": SECRET}
    out = tmp_path / "out" / "en"
    printed = run("playbooks", "export", "--out", str(out), **environment)
    checked = run("playbooks", "check", "--dir", str(out.parent))

    assert printed.stdout == f"1 in {out}.\n", printed.stderr
    assert [path.name for path in out.iterdir()] == ["own-1.yaml"]
    assert "Late parcels" in (out / "own-1.yaml").read_text(encoding="utf-8")
    assert "1 playbook" in checked.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("audit", "verify", "--expect", "rubbish"), "rubbish is no line of ours"),
        (("audit", "list", "--last", "9" * 20), "less than or equal to 100000"),
        (("outbox", "drop", "card:" + "9" * 25), "is no message"),
        (("migrate", "--to", "9999"), "There is no revision 9999"),
        (("migrate", "--to", "9999", "--dry-run"), "There is no revision 9999"),
        (("incidents", "retro", "9" * 20), "is no number of an incident"),
        (("incidents", "retro", "x"), "x is no number of an incident"),
        (("outbox", "list", "--days", "99999999999"), "36500"),
        (("report", "2026-13"), "2026-13 is no month. Write it like this: zanshin report"),
        (("report", "9999-12"), "9999-12 is too far away"),
        (("report", "2026-02-30 to 2026-03-01"), "2026-02-30 is no day"),
        (("team", "add", "", "--admin"), "Say whom"),
    ],
)
def test_what_nobody_can_mean_is_refused_with_a_sentence(
    set_up: dict[str, str], arguments: tuple[str, ...], words: str
) -> None:
    """Numbers no database takes, revisions and lines that never were."""
    done = run(*arguments, **set_up)

    assert done.returncode == WRONG_USE
    assert words in done.stderr


def test_going_back_is_asked_first(tmp_path: Path) -> None:
    """What came after a revision is lost: a dry run names it, and the real one waits for a yes."""
    settings = {"ZANSHIN_DATABASE_URL": f"sqlite:///{tmp_path / 'zanshin.db'}", "ZANSHIN_SECRET_KEY": SECRET}
    made = run("migrate", **settings)
    back = revisions()[-2]
    dry = run("migrate", "--to", back, "--dry-run", **settings)
    asked = run("migrate", "--to", back, given="n\n", **settings)
    gone = run("migrate", "--to", back, "--yes", **settings)

    assert made.stdout.startswith(f"Made {tmp_path / 'zanshin.db'}. ")
    assert "What goes: " in dry.stdout
    assert "Nothing that is stored is lost." in dry.stdout
    assert (asked.returncode, gone.returncode) == (1, 0)


def test_a_database_of_another_version_is_said(tmp_path: Path) -> None:
    """An older one is to be migrated, a newer one wants its own version; the exit code is their own."""
    settings = {"ZANSHIN_DATABASE_URL": f"sqlite:///{tmp_path / 'zanshin.db'}", "ZANSHIN_SECRET_KEY": SECRET}
    run("migrate", "--to", revisions()[-2], **settings)
    older = run("doctor", **settings)
    with closing(sqlite3.connect(tmp_path / "zanshin.db")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = run("doctor", **settings)

    assert (older.returncode, newer.returncode) == (OTHER_VERSION, OTHER_VERSION)
    assert "of an older version than this program: 1 step is missing" in older.stdout
    assert "-> install the version it was last used with" in newer.stdout


@pytest.mark.parametrize("command", ["migrate", "doctor"])
def test_a_file_that_is_no_database_is_said(tmp_path: Path, command: str) -> None:
    """Which file, and which folder is not there."""
    file = tmp_path / "notes.txt"
    file.write_text("These are my notes, and no database at all.", encoding="utf-8")
    notes = run(command, ZANSHIN_DATABASE_URL=f"sqlite:///{file}", ZANSHIN_SECRET_KEY=SECRET)
    nowhere = run(command, ZANSHIN_DATABASE_URL="sqlite:////nowhere/at/all.db", ZANSHIN_SECRET_KEY=SECRET)

    assert (notes.returncode, nowhere.returncode) == (NOT_SET_UP, NOT_SET_UP)
    assert f"{file} is not a database" in notes.stdout + notes.stderr
    assert "There is no folder /nowhere/at" in nowhere.stdout + nowhere.stderr


async def test_a_report_waits_for_no_writer(sqlite_alone: Database, tmp_path: Path) -> None:
    """Whoever only reads gets it beside somebody who writes; whoever writes is told that it is busy."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    settings = {"ZANSHIN_DATABASE_URL": sqlite_alone.url, "ZANSHIN_SECRET_KEY": SECRET}
    with sqlite_alone.engine.begin():  # holds the file
        report = run("report", "--out", str(tmp_path / "report.csv"), **settings)
        listed = run("audit", "list", **settings)
        writing = run("erase", "case", "CASE-42", "--dry-run", **settings)

    assert (report.returncode, listed.returncode) == (0, 0), report.stderr + listed.stderr
    assert (writing.returncode, writing.stderr[:20]) == (NOT_FINE, "The database is busy")


def test_the_version_is_said() -> None:
    """Whoever upgrades sees what runs."""
    assert run("--version").stdout.startswith("zanshin ")


def test_a_new_postgresql_is_said_to_be_one(postgres_url: str) -> None:
    """A dry run, the doctor and what sets it up say the same of it."""
    with empty_postgres(postgres_url, "new") as url:
        settings = {"ZANSHIN_DATABASE_URL": url, "ZANSHIN_SECRET_KEY": SECRET}
        looked, dry, made, again = (
            run(*command, **settings) for command in (("doctor",), ("migrate", "--dry-run"), ("migrate",), ("migrate",))
        )

    assert (looked.returncode, "nothing has been set up" in looked.stdout) == (NOT_SET_UP, True)
    assert "set up a new database" in dry.stdout
    assert made.stdout.startswith("Set up a new database. ")
    assert again.stdout.startswith("The schema is up to date.")


@pytest.mark.parametrize("password", ["hush@hush", "hush@hush/hush", "hush/hush@hush"])
def test_a_password_that_is_not_written_as_in_an_address_is_said(password: str) -> None:
    """And no part of it is printed."""
    url = f"postgresql+psycopg://zanshin:{password}@db.example.com/zanshin"
    done = run("doctor", ZANSHIN_DATABASE_URL=url, ZANSHIN_SECRET_KEY=SECRET)

    assert done.returncode == NOT_SET_UP
    assert "written as in an address" in done.stderr
    assert "hush" not in done.stdout + done.stderr
