"""Writes docs/permissions.md, who may do what, command by command: `python -m tests.permissions`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.compose import build_domains
from bot.directory.actors import Actor
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.work.permissions import may
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.typing.command import Command

PAGE = Path(__file__).parents[1] / "docs" / "permissions.md"
ROLES = {
    "nobody's": Actor(organisation_id=1, person_id=1),
    "agent": Actor(organisation_id=1, person_id=1, is_agent=True),
    "supervisor": Actor(organisation_id=1, person_id=1, is_supervisor=True),
    "admin": Actor(organisation_id=1, person_id=1, is_admin=True),
}
# What a use case asks for beyond its role: of danger anybody may tell.
NARROWER = {("recuse", "nobody's"): "danger"}
HEAD = """\
# Who may do what

Every command there is, also those that only buttons and forms ask for, by the role of whoever asks. The table is
written from the code by `make generated`, and a test tries every cell of it: a role that may not is refused with the
way there, and nothing changes.

*nobody's*: somebody of a workspace of yours who is not on the team. Whoever is in **another organisation** has every
right there and none here: they cannot see or change a row of yours, whatever number they make up. Nor can a made-up
number of your own people do more than be told that nothing is there.

A role is where it begins. Beyond it:

- A case is changed by whoever stepped out, has it, or was asked to take it, and by supervisors; a step of a playbook
  by whoever walks it.
- An incident may be updated by everybody on the team, and whoever is not its owner is asked first.
- Whoever is not on the team may `recuse` when their words tell of danger, and for nothing else.
- Only admins make admins, and the last one stays. Only supervisors set somebody else's hours.
- A playbook of your own is published by a second person, never by its author; a gesture beyond limits is granted by a
  supervisor, never by whoever asked for it.

| command | what it does | nobody's | agent | supervisor | admin |
|---|---|:-:|:-:|:-:|:-:|
"""


def commands() -> Iterator[type[Command]]:
    """List every command, domain by domain."""
    for domain in build_domains(bookcase_of(SHIPPED_PLAYBOOKS)):
        yield from sorted(domain.use_cases, key=lambda one: one.called())


def cells(command: type[Command]) -> list[str]:
    """Say of each role whether it may."""
    let_through = {role: "yes" if may(actor, command.needs) else "no" for role, actor in ROLES.items()}
    return [NARROWER.get((command.called(), role), cell) for role, cell in let_through.items()]


def written() -> str:
    """Write the page."""
    return HEAD + "".join(f"| {' | '.join(_row(command))} |\n" for command in commands())


def _row(command: type[Command]) -> list[str]:
    does = " ".join((command.__doc__ or "").split())
    return [f"`{command.called()}`", does, *cells(command)]


def read() -> dict[str, list[str]]:
    """Read the table of the page: a list of cells by command."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if "| `" in line]
    return {row[0].strip("`"): row[-len(ROLES) :] for row in rows}


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
