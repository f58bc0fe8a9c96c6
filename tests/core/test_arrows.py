"""The floors of the program: imports point downwards, and domains know each other only where the table says so."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOT = Path(__file__).parents[2] / "bot"
FILES = sorted(path for path in BOT.rglob("*.py") if path != BOT / "__init__.py")

# From the ground up. What stands on one floor imports only what stands below it.
FLOORS: tuple[tuple[str, str], ...] = (
    ("say", "what we say: it knows nothing but words"),
    ("pictures", "what is drawn, and how"),
    ("errors", "what can go wrong"),
    ("ports", "what the core needs of a platform"),
    ("store", "what is kept, and how"),
    ("watch", "the clock, metrics, logs"),
    ("safety", "words of danger, and what is said then"),
    ("understanding", "what words mean, as far as it was learned"),
    ("typing", "what people type, and what every command is"),
    ("directory", "who and where; it knows no command"),
    ("delivery", "what is sent, and what became of it"),
    ("work", "a command, carried out"),
    ("domains", "what the product does"),
    ("scheduling", "the ticker"),
    ("compose", "the whole program out of its parts"),
    ("door", "what any chat does when somebody acts"),
    ("run", "the running server"),
    ("__main__", "the command line"),
)
HEIGHT = {name: height for height, (name, _says) in enumerate(FLOORS)}

# Domains that a domain may know, and why.
KNOWN: dict[str, dict[str, str]] = {
    "people": {},
    "handoffs": {"people": "a card offers to go away for a while"},
    "incidents": {"people": "a typed slip is shown the help"},
    "afterwards": {
        "incidents": "what is over is looked back on",
        "handoffs": "whoever steps out of heated cases is minded",
        "playbooks": "a week somebody tells of is no figure",
    },
    "gestures": {
        "handoffs": "a supervisor is asked by the ladder and the times of handoffs",
        "playbooks": "words that name no amount are about a customer",
    },
    "insights": {
        "people": "a report is of a team, and of its zone",
        "handoffs": "their rows are counted",
        "incidents": "their rows are counted",
        "playbooks": "their rows are counted, and playbooks have titles",
        "gestures": "their rows are counted, and months are read as they read them",
    },
    "causes": {
        "handoffs": "whoever ends a case is asked what caused it",
        "incidents": "whoever resolves one is asked what caused it",
        "playbooks": "reaching out to customers goes step by step",
        "insights": "causes are counted by its periods, and drawn of its values",
    },
    "playbooks": {
        "handoffs": "a step can put the customer on hold",
        "people": "whoever wrote one hears whom it did not reach",
    },
}


def room(module: str) -> str:
    """Name the room a module stands in: a folder, or a file, of the core."""
    return module.split(".")[1]


def floor(module: str) -> int:
    return HEIGHT["domains" if room(module) in KNOWN else room(module)]


def module_of(path: Path) -> str:
    return path.relative_to(BOT.parent).as_posix().removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)


def wrong(path: Path) -> Iterator[str]:
    """Say of every import that points the wrong way why it is wrong and where the code belongs."""
    here = module_of(path)
    for there in imported(path):
        if not there.startswith("bot.") or room(there) == room(here):
            continue
        if room(there) in KNOWN and room(here) in KNOWN:
            if room(there) not in KNOWN[room(here)]:
                yield f"{here} imports {there}: {room(here)} knows no {room(there)}. What both need belongs below them."
        elif floor(there) >= floor(here):
            name, says = FLOORS[floor(here)]
            yield f"{here} imports {there}, which is no lower. {name}: {says}. Move what it needs down, or itself up."


def test_every_room_has_its_floor() -> None:
    """A folder or file of the core that is on no floor has to be given one here."""
    assert {room(module_of(path)) for path in FILES} <= {*HEIGHT, *KNOWN}


def test_no_arrow_runs_up() -> None:
    """Imports point to floors below, and from domain to domain only where the table says so."""
    assert [one for path in FILES for one in wrong(path)] == []
