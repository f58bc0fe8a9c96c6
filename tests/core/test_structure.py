"""The shape of the program: which way imports point, where errors are caught, how tests are written."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CODE = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "adapters").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DOMAINS = ("bot.people", "bot.playbooks", "bot.handoffs", "bot.incidents", "bot.causes", "bot.insights")
OUTSIDE = ("aiohttp", "slack_bolt", "slack_sdk", "botbuilder", "botframework", "jinja2", "apscheduler")
LONGEST_FILE, LONGEST_FUNCTION = 350, 50
CATCHERS = {"bot/work/clockwork.py", "bot/work/dispatch.py", "bot/delivery/sender.py", "bot/scheduling/ticker.py"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def within(imported: str, package: str) -> bool:
    return imported == package or imported.startswith(package + ".")


@pytest.mark.parametrize("path", [path for path in CODE if module(path).startswith("bot")], ids=name)
def test_the_core_knows_no_platform(path: Path) -> None:
    """Nothing in the core imports an adapter; only the command line starts one."""
    if name(path) == "bot/__main__.py":
        assert {one for one in imports(path) if within(one, "adapters")} <= {
            "adapters.slack.checkup",
            "adapters.slack.checkup.examine_slack",
            "adapters.slack.manifest",
            "adapters.slack.manifest.manifest",
            "adapters.slack.serve",
            "adapters.slack.serve.slack_platform",
            "adapters.teams.checkup",
            "adapters.teams.checkup.examine_teams",
            "adapters.teams.manifest",
            "adapters.teams.manifest.manifest",
            "adapters.teams.manifest.package",
            "adapters.teams.opening",
            "adapters.teams.opening.teams_platform",
            "adapters.teams.tenants",
            "adapters.teams.tenants.SettledTenants",
            "adapters.web.serve",
            "adapters.web.serve.run_playground",
        }
    else:
        assert not [one for one in imports(path) if within(one, "adapters")]


@pytest.mark.parametrize("path", [path for path in CODE if module(path).startswith(DOMAINS)], ids=name)
def test_domains_cannot_send(path: Path) -> None:
    """A domain knows neither the sender nor the dispatcher nor anything that talks to the outside."""
    forbidden = (
        *OUTSIDE,
        "bot.delivery.sender",
        "bot.work.dispatch",
        "bot.compose",
        "bot.run.serve",
        "asyncio",
        "threading",
    )

    assert not [one for one in imports(path) if any(within(one, package) for package in forbidden)]


@pytest.mark.parametrize("path", [path for path in CODE if module(path).startswith("bot.door")], ids=name)
def test_the_door_knows_no_domain_and_no_library_of_a_platform(path: Path) -> None:
    """What any chat does says nothing of what is asked for, nor of how one chat is spoken to."""
    forbidden = (*DOMAINS, "slack_bolt", "slack_sdk", "botbuilder", "botframework")

    assert not [one for one in imports(path) if any(within(one, package) for package in forbidden)]


@pytest.mark.parametrize("path", [path for path in CODE if module(path).startswith("adapters")], ids=name)
def test_adapters_do_not_know_each_other(path: Path) -> None:
    """An adapter is one folder: nothing of another platform is imported in it."""
    own = ".".join(module(path).split(".")[:2])

    assert not [one for one in imports(path) if within(one, "adapters") and not within(one, own) and one != "adapters"]


def test_apscheduler_is_a_ticker_and_nothing_else() -> None:
    """One file imports apscheduler, and it stores no jobs."""
    users = {name(path) for path in CODE if any(within(one, "apscheduler") for one in imports(path))}

    assert users == {"bot/scheduling/ticker.py"}
    assert "jobstore" not in (ROOT / "bot/scheduling/ticker.py").read_text()


def test_everything_is_caught_where_it_is_answered_for_only() -> None:
    """A catch-all stands where commands, due rows, deliveries and ticks end, and nowhere else."""
    catching = {
        name(path)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }

    assert catching == CATCHERS


@pytest.mark.parametrize("path", CODE, ids=name)
def test_files_and_functions_stay_short(path: Path) -> None:
    """A file past 350 lines or a function past 50 asks to be split by subject."""
    source = path.read_text()
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    lines = len(source.splitlines())
    long = [one.name for one in functions if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION]

    assert lines <= LONGEST_FILE, f"{name(path)} has {lines} lines ({LONGEST_FILE} at most): split by subject."
    assert not long, f"{name(path)}: {long} have {LONGEST_FUNCTION} lines or more: name the parts, and call those."


@pytest.mark.parametrize("path", [path for path in TESTS if path.name.startswith("test_")], ids=name)
def test_every_test_says_in_one_sentence_what_it_shows(path: Path) -> None:
    """A test's docstring is one sentence, so that a failure can be read by anybody."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            sentence = ast.get_docstring(node)
            assert sentence, f"{node.name} says nothing"
            assert "\n" not in sentence, node.name
            assert sentence.endswith("."), node.name


@pytest.mark.parametrize("path", [path for path in TESTS if "adapters" not in path.parts], ids=name)
def test_functions_of_ours_are_never_replaced(path: Path) -> None:
    """Only the tests of adapters may fake anything but the wire."""
    assert not [one for one in imports(path) if within(one, "unittest.mock") or within(one, "pytest_mock")]
