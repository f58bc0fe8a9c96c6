"""The shape of the program: which way imports point, where errors are caught, how tests are written."""

from __future__ import annotations

import ast
import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.core.test_arrows import KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[2]
CODE = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "adapters").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DOMAINS = tuple(f"bot.{name}" for name in KNOWN)
OUTSIDE = ("aiohttp", "slack_bolt", "slack_sdk", "botbuilder", "botframework", "jinja2", "apscheduler")
LONGEST_FILE, LONGEST_FUNCTION, FULLEST_DOMAIN = 350, 50, 17
CATCHERS = {"bot/work/clockwork.py", "bot/work/dispatch.py", "bot/delivery/sender.py", "bot/scheduling/ticker.py"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def named(paths: Iterable[Path], wrong: Callable[[str], bool]) -> list[str]:
    """Name every wrong import of these files."""
    return [f"{name(path)} imports {one}" for path in paths for one in imports(path) if wrong(one)]


def within(imported: str, package: str) -> bool:
    return imported == package or imported.startswith(package + ".")


# What the command line starts, and says of it.
STARTED = {
    "adapters",
    "adapters.ROUTES",
    "adapters.checkups",
    "adapters.name_of",
    "adapters.openers",
    "adapters.setting_names",
    "adapters.slack.manifest",
    "adapters.slack.manifest.manifest",
    "adapters.teams.manifest",
    "adapters.teams.manifest.manifest",
    "adapters.teams.manifest.package",
    "adapters.teams.tenants",
    "adapters.teams.tenants.SettledTenants",
    "adapters.web.serve",
    "adapters.web.serve.run_playground",
}


def test_the_core_knows_no_platform() -> None:
    """Nothing in the core imports an adapter; only the command line starts one."""
    line = ROOT / "bot/__main__.py"
    core = [path for path in CODE if module(path).startswith("bot") and path != line]

    assert len(core) > 100
    assert named(core, lambda one: within(one, "adapters")) == []
    assert {one for one in imports(line) if within(one, "adapters")} <= STARTED


def test_domains_cannot_send() -> None:
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
    domains = [path for path in CODE if module(path).startswith(DOMAINS)]

    assert len(domains) > 100
    assert named(domains, lambda one: any(within(one, package) for package in forbidden)) == []


def test_the_door_knows_no_domain_and_no_library_of_a_platform() -> None:
    """What any chat does says nothing of what is asked for, nor of how one chat is spoken to."""
    forbidden = (*DOMAINS, "slack_bolt", "slack_sdk", "botbuilder", "botframework")
    door = [path for path in CODE if module(path).startswith("bot.door")]

    assert door
    assert named(door, lambda one: any(within(one, package) for package in forbidden)) == []


def test_adapters_do_not_know_each_other() -> None:
    """An adapter is one folder: nothing of another platform is imported in it."""
    others = [
        wrong
        for path in CODE
        if module(path).startswith("adapters")
        for wrong in named([path], partial(_of_another, ".".join(module(path).split(".")[:2])))
    ]

    assert others == []


def _of_another(own: str, imported: str) -> bool:
    return within(imported, "adapters") and not within(imported, own) and imported != "adapters"


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


def test_files_and_functions_stay_short() -> None:
    """A file past 350 lines or a function past 50 asks to be split by subject."""
    assert [wrong for path in CODE for wrong in _too_long(path)] == []


def _too_long(path: Path) -> Iterator[str]:
    source = path.read_text()
    lines = len(source.splitlines())
    long = [one.name for one in functions(source) if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION]
    if lines > LONGEST_FILE:
        yield f"{name(path)} has {lines} lines ({LONGEST_FILE} at most): split by subject."
    if long:
        yield f"{name(path)}: {long} have {LONGEST_FUNCTION} lines or more: name the parts, and call those."


def test_the_top_of_a_domain_is_seen_at_a_glance() -> None:
    """A domain with more than 17 files at its top asks for rooms, each for a subject."""
    domains = [commands.parent for commands in sorted((ROOT / "bot").glob("*/commands.py"))]

    assert len(domains) > 5
    assert [wrong for domain in domains for wrong in _too_full(domain)] == []


def _too_full(domain: Path) -> Iterator[str]:
    files = len(list(domain.glob("*.py")))
    if files > FULLEST_DOMAIN:
        yield (
            f"{name(domain)} has {files} files at its top ({FULLEST_DOMAIN} at most): give those of one subject a room,"
            " as bot/handoffs/search is, or one of the rooms that are there; docs/architecture.md says which."
        )


def functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_what_the_pages_lead_to_is_there() -> None:
    """A file that moves takes with it whatever a page says of where it stands."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    gone = [f"{name(page)} leads to {to}, which is gone: say where it is." for page in pages for to in _gone(page)]

    assert gone == []


def _gone(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for to in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", text):
        if not (page.parent / to.replace("\\", "")).exists():
            yield to
    for to in re.findall(r"`((?:bot|adapters|tests|playbooks|migrations|deploy)/[\w/.]+)`", text):
        to_write = re.search(r"\bfr/|_fr\.", to)  # docs/german.md says what French would need
        if not to_write and not (ROOT / to).exists() and not (ROOT / f"{to}.py").exists():
            yield to


def test_every_test_says_in_one_sentence_what_it_shows() -> None:
    """A test's docstring is one sentence, so that a failure can be read by anybody."""
    tests = [
        (f"{name(path)}::{one.name}", ast.get_docstring(one) or "")
        for path in TESTS
        if path.name.startswith("test_")
        for one in functions(path.read_text())
        if one.name.startswith("test_")
    ]

    assert len(tests) > 1000
    assert [f"{test} says nothing" for test, sentence in tests if not sentence] == []
    assert [test for test, sentence in tests if "\n" in sentence or not sentence.endswith(".")] == []


def test_functions_of_ours_are_never_replaced() -> None:
    """Only the tests of adapters may fake anything but the wire."""
    others = [path for path in TESTS if "adapters" not in path.parts]

    assert named(others, lambda one: within(one, "unittest.mock") or within(one, "pytest_mock")) == []
