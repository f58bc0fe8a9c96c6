"""What stands in the files of a domain, found by its name: the use case of a command, and what erases."""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

from bot.say.replies import Reply
from bot.typing.command import Command
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import ModuleType

    from sqlalchemy.orm import Session

    from bot.work.domain import Eraser
    from bot.work.retention import Retention

    UseCases = Mapping[type[Command], Callable[[Any, Work], Reply]]


def use_cases_of(domain: str, given: UseCases | None = None) -> dict[type[Command], Callable[[Any, Work], Reply]]:
    """Find `show_kudos(command: ShowKudos, work: Work)` for `ShowKudos`; `given` are those that need more than that."""
    package, given = import_module(domain), given or {}
    found = {command: _use_case(command, package) for command in _commands(package) if command not in given}
    return {**given, **found}


def eraser_of(domain: str, retention: Retention) -> Eraser:
    """Put together every `erase_old(session, now)` of a domain; one that asks for `retention` is given it."""
    found = [one for module in _modules(import_module(domain)) if (one := _own(module, "erase_old")) is not None]
    erasers = [partial(one, retention=retention) if "retention" in signature(one).parameters else one for one in found]

    def erase_old(session: Session, now: datetime) -> bool:
        more_is_left = [erase(session, now) for erase in erasers]  # each has its turn
        return any(more_is_left)

    return erase_old


def _own(module: ModuleType, name: str) -> Callable[..., Any] | None:
    """Give what is written in a module under this name, and not what it imports."""
    found: Callable[..., Any] | None = vars(module).get(name)
    return found if found is not None and found.__module__ == module.__name__ else None


@cache
def _modules(package: ModuleType) -> tuple[ModuleType, ...]:
    return tuple(import_module(one.name) for one in walk_packages(package.__path__, f"{package.__name__}."))


@cache
def _commands(package: ModuleType) -> tuple[type[Command], ...]:
    """List the commands that are written in a domain; one that others build upon is none itself."""
    return tuple(
        one
        for module in _modules(package)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Command) and one.__module__ == module.__name__
        if not one.__subclasses__()
    )


@cache
def _use_case(command: type[Command], package: ModuleType) -> Callable[[Any, Work], Reply]:
    name = command.called().replace("-", "_")
    for module in _modules(package):
        use_case = _own(module, name)
        if use_case is not None and _takes(use_case, command):
            return use_case
    raise TypeError(
        f"{command.__name__} ({command.__module__}) is carried out by nothing: write"
        f" `def {name}(command: {command.__name__}, work: Work) -> Reply` in a file of"
        f" {package.__name__.replace('.', '/')}, or give its use case to use_cases_of where it needs more."
    )


def _takes(use_case: Callable[..., Any], command: type[Command]) -> bool:
    """Say whether a function asks for this command and the work, and for nothing else."""
    asked = [one.annotation for one in signature(use_case).parameters.values()]
    if len(asked) != len(("command", "work")):
        return False
    return str(getattr(asked[0], "__name__", asked[0])).rpartition(".")[2] == command.__name__
