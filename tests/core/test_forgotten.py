"""What is easily forgotten when something is added: each check says what to do."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import String, TypeDecorator, event

from adapters.slack.manifest import COMMANDS
from adapters.teams.manifest import MENU
from bot.handoffs.commands import Recuse
from bot.handoffs.model import Reason
from bot.people.joining.merging import about_people
from bot.people.privacy import erasing
from bot.store.database import Sealed
from migrations.tables import metadata
from tests import permissions, readme
from tests.platforms import ROOT, phrases

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlalchemy.types import TypeEngine

    from tests.stage import FakeStage

# What may stand in the database as it is, and why anybody who reads it there learns nothing that is private.
PLAIN = {
    "how a platform calls a place, a person or a message": {
        "cards.reference",
        "notices.reference",
        "conversations.address",
        "identities.address",
        "inbox.key",
        "people.by_group",
        "slack_installations.app",
        "slack_installations.bot",
        "slack_installations.bot_account",
        "slack_installations.enterprise",
        "slack_installations.installed_by",
        "slack_installations.scopes",
        "slack_installations.team",
        "teams_references.address",
        "teams_references.bot",
        "teams_references.conversation",
        "teams_references.directory_id",
        "teams_references.service_url",
        "teams_references.team",
        "teams_references.tenant",
        "web_posts.author",
        "web_posts.conversation",
        "web_posts.key",
        "web_posts.only_for",
        "web_seen.account",
        "web_seen.conversation",
        "workspaces.address",
    },
    "one of a few words of ours": {
        "cards.if_unknown",
        "causes.key",
        "cards.outcome_to",
        "cards.state",
        "cards.subject",
        "cards.under",
        "codes.purpose",
        "codes.state",
        "decisions.command",
        "inbox.command",
        "conversations.kind",
        "follow_ups.state",
        "gestures.kind",
        "grant_asks.rung",
        "grant_asks.state",
        "grants.rung",
        "grants.state",
        "handoffs.rung",
        "handoffs.state",
        "incident_events.kind",
        "incidents.state",
        "notices.if_unknown",
        "notices.outcome_to",
        "notices.state",
        "notices.subject",
        "offers.rung",
        "offers.state",
        "report_plans.rhythm",
        "parked.task",
        "house_rules.playbook",
        "misfits.instead",
        "misfits.playbook",
        "organisations.english",
        "reviews.state",
        "runs.channel",
        "own_versions.state",
        "runs.playbook",
        "private_sentences.playbook",
        "private_sentences.step",
        "votes.playbook",
        "votes.step",
        "runs.state",
        "workspaces.platform",
    },
    "a digest": {
        "codes.digest",
        "decisions.link",
        "decisions.mark",
        "decisions.salt",
        "grants.case_hash",
        "grants.customer_hash",
        "grants.mark",
        "handoffs.case_hash",
        "handoffs.customer_hash",
        "incidents.title_hash",
        "votes.line",
    },
    "a currency, as ISO 4217 calls it": {"gestures.currency", "grants.currency"},
    "what we say of a failure, without anybody's words": {
        "cards.error",
        "notices.error",
        "parked.error",
        "parked.reference",
    },
    "a name that everybody on the platform can read": {
        "conversations.name",
        "organisations.name",
        "people.name",
        "slack_installations.name",
        "workspaces.name",
    },
    "a setting, read by the whole team": {
        "gesture_settings.locale",
        "incident_settings.hours",
        "incident_settings.own_jargon",
        "incident_settings.own_promises",
        "organisations.case_url",
        "organisations.emergency",
        "organisations.time_zone",
        "people.locale",
        "people.shifts",
        "people.platform_zone",
        "people.time_zone",
    },
}

# What is sealed and kept, and why.
KEPT = {
    "keyrings.digest_key": "a key of ours, sealed by the one of texts",
    "anchors.link": "a digest, sealed so that nobody else can say where a chain begins",
    "causes.department": "a cause stays on the list; retired, it names what was counted",
    "causes.hints": "a cause stays on the list; retired, it can be brought back",
    "causes.name": "a cause stays on the list; retired, it names what was counted",
    "gestures.name": "a gesture stays in the catalogue; retired, it names what was given",
    "gestures.sentence": "a gesture stays in the catalogue; retired, it can be brought back",
    "house_rules.text": "a rule is kept until it is changed",
    "own_playbooks.situation": "a playbook is kept until it is removed",
    "own_playbooks.steps": "a playbook is kept until it is removed",
    "own_playbooks.title": "a playbook is kept until it is removed",
    "own_playbooks.words": "a playbook is kept until it is removed",
    "own_versions.answer": "a version is kept as long as its playbook",
    "own_versions.situation": "a version is kept as long as its playbook",
    "own_versions.steps": "a version is kept as long as its playbook",
    "own_versions.title": "a version is kept as long as its playbook",
    "own_versions.why": "a version is kept as long as its playbook",
    "own_versions.words": "a version is kept as long as its playbook",
    "private_sentences.text": "whoever wrote it takes it out; it goes with them",
    "slack_installations.refresh_token": "goes when Slack takes the app away",
    "slack_installations.token": "goes when Slack takes the app away",
    "web_posts.message": "the playground's data, removed by --fresh",
    "web_posts.words": "the playground's data, removed by --fresh",
}

TABLES = metadata().sorted_tables


def table_name(table: Table) -> str:
    return table.name


def _is_text(kind: TypeEngine[Any]) -> bool:
    return isinstance(kind.impl_instance if isinstance(kind, TypeDecorator) else kind, String)


@pytest.mark.parametrize("table", TABLES, ids=table_name)
def test_what_people_write_is_sealed(table: Table) -> None:
    """A column of plain text is one of those that say nothing private."""
    known = set().union(*PLAIN.values())
    plain = {f"{table.name}.{column.name}" for column in table.columns if _is_text(column.type)}

    for column in plain - known:
        pytest.fail(f"{column} is plain text: make it Sealed(), or say in PLAIN why anybody may read it.")


def test_what_may_be_plain_is_there() -> None:
    """The list of plain columns has none that is gone or sealed by now, and none twice."""
    plain = {f"{table.name}.{one.name}" for table in TABLES for one in table.columns if _is_text(one.type)}

    assert sorted(name for names in PLAIN.values() for name in names) == sorted(plain)


async def test_what_is_sealed_is_erased_in_time(stage: FakeStage) -> None:
    """Every column of people's words is emptied, or its row deleted, by an eraser, or there is a reason to keep it."""
    erased = await _erased_by(stage)
    sealed = {f"{table.name}.{one.name}" for table in TABLES for one in table.columns if isinstance(one.type, Sealed)}

    for column in sealed - erased - KEPT.keys():
        pytest.fail(
            f"{column} is never erased: write `def erase_old(session: Session, now: datetime) -> bool` beside its use"
            " case, where it is found by its name, or let the one of its domain do it, or say in KEPT why it stays."
        )
    assert KEPT.keys() <= sealed - erased, "KEPT names what is not sealed, or erased by now: take it out."


async def _erased_by(stage: FakeStage) -> set[str]:
    """Run every eraser, and list the columns that it sets or whose rows it deletes."""
    ran: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        ran.append(" ".join(statement.split()))

    event.listen(stage.database.engine, "before_cursor_execute", note)
    await stage.program.ticker.tidy_up()
    event.remove(stage.database.engine, "before_cursor_execute", note)
    return {f"{table.name}.{one.name}" for table in TABLES for one in table.columns if _erases(ran, table, one.name)}


def _erases(statements: list[str], table: Table, column: str) -> bool:
    deleted, emptied = f"DELETE FROM {table.name} ", f"UPDATE {table.name} SET "  # noqa: S608  read, never run
    return any(
        one.startswith(deleted)
        or (one.startswith(emptied) and re.search(rf'\b{column}"?=', one.partition(" WHERE ")[0]))
        for one in statements
    )


def test_every_column_about_people_says_what_erasing_does() -> None:
    """A new one is covered before it is forgotten."""
    for table, column in about_people():
        name = f"{table.name}.{column.name}"
        said = name in erasing.NAMES_THAT_EMPTY or column.info.get("erase") in ("row", "name")
        assert said, (
            f'{name} names people: give its mapped_column info={{"erase": "row"}} where the row goes with them,'
            ' or {"erase": "name"} where it stays and names nobody any more.'
        )


def test_the_page_of_permissions_has_every_command() -> None:
    """Who may ask for a command that is new stands on the page, as the code says it."""
    written = permissions.PAGE.read_text(encoding="utf-8") == permissions.written()

    assert written, "docs/permissions.md is out of date: `python -m tests.permissions` writes it anew."


def test_the_readme_has_every_command() -> None:
    """The table of what can be typed is the one that the grammar writes."""
    assert readme.PAGE.read_text() == readme.written(), "README.md is out of date: `make generated` writes it anew."


def test_the_hint_of_recuse_names_reasons_there_are() -> None:
    """What Slack shows while somebody types is understood when it is typed."""
    [hint] = [hint for command, _description, hint in COMMANDS if command == "/recuse"]
    [named] = re.findall(r"\[([a-z|]+): why\]", hint)

    assert set(named.split("|")) <= set(Reason), f"Reasons are {', '.join(Reason)}: see bot/handoffs/model.py."


@pytest.mark.parametrize("command", ["/incident", "/zanshin"])
def test_the_hints_of_slack_name_commands_there_are(command: str) -> None:
    """Each word that Slack offers behind a command can be typed there."""
    [hint] = [hint for one, _description, hint in COMMANDS if one == command]
    offered = [f"{command} {words}" for words in re.findall(r"[\[|]([a-z][a-z0-9 ]*)(?=[\]|])", hint)]
    everything = [phrase.starts for phrase in phrases()]

    assert offered, f"The hint of {command} in adapters/slack/manifest.py offers nothing as [this|that]."
    for words in offered:
        known = any(f"{words} ".startswith(f"{starts} ") for starts in everything if starts != command)
        assert known, f"Nobody can type {words}: mend the hint of {command} in adapters/slack/manifest.py."


@pytest.mark.parametrize(("title", "says"), MENU, ids=[title for title, _says in MENU])
def test_the_examples_of_the_menu_of_teams_are_understood(title: str, says: str) -> None:
    """An example in the menu begins as its entry does, and names a reason there is."""
    _what, colon, example = says.partition(": ")
    if not colon:
        return
    assert example.startswith(f"{title} "), f"The example of {title} in adapters/teams/manifest.py is of another."
    starts = max((one for one in phrases() if f"/{example} ".startswith(f"{one.starts} ")), key=lambda one: one.starts)
    command = starts.read(f"/{example}".removeprefix(starts.starts).strip())
    if isinstance(command, Recuse):
        assert command.reason, f"Reasons are {', '.join(Reason)}: mend {title} in adapters/teams/manifest.py."


def test_what_people_read_can_be_translated() -> None:
    """Every sentence of a card goes through `_()`."""
    for path in sorted(ROOT.glob("bot/*/cards/*.py")):
        for line, words in unspoken(path.read_text()):
            pytest.fail(f'{path.relative_to(ROOT)}:{line}: people read "{words}": write _("{words}"), then make texts.')


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Section(text=("Nobody is free.",))', ["Nobody is free."]),
        ('Section(text=(_("Nobody is free."),))', []),
        ('ngettext("one of them", "all of them", 2)', []),
        ('def card():\n    """Say who is free."""\n    return "plain"', []),
        ('Button("primary", fields={"kind": "agent"})', []),
        ('f"{name} is away."', [" is away."]),
        ('_OF = {1: N_("Nobody is free.")}', []),
        ('"/zanshin join"', []),
    ],
)
def test_sentences_without_a_translation_are_seen(source: str, found: list[str]) -> None:
    """The check itself tells sentences from names of ours, from docstrings and from what is typed."""
    assert [words for _line, words in unspoken(source)] == found


SPOKEN = {"_", "N_", "ngettext"}


def unspoken(source: str) -> list[tuple[int, str]]:
    """List the sentences that stand in a file as they are."""
    nodes = list(ast.walk(ast.parse(source)))
    spoken = [one for one in nodes if isinstance(one, ast.Call) and getattr(one.func, "id", "") in SPOKEN]
    docstrings = [one for one in nodes if isinstance(one, ast.Expr)]
    fine = {id(part) for one in spoken for part in ast.walk(one)} | {
        id(one.value) for one in docstrings if isinstance(one.value, ast.Constant)
    }
    words = [one for one in nodes if isinstance(one, ast.Constant) and id(one) not in fine]
    return [(one.lineno, one.value) for one in words if isinstance(one.value, str) and _is_sentence(one.value)]


def _is_sentence(words: str) -> bool:
    return re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", words) is not None and not words.startswith("/")
