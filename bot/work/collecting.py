"""Which use case carries out which command: the function that is called like it, in any file of its domain."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

from bot.say.replies import Reply
from bot.typing.command import Command
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    UseCases = Mapping[type[Command], Callable[[Any, Work], Reply]]


def use_cases_of(domain: str, given: UseCases | None = None) -> dict[type[Command], Callable[[Any, Work], Reply]]:
    """Find `show_kudos(command: ShowKudos, work: Work)` for `ShowKudos`; `given` are those that need more than that."""
    package, given = import_module(domain), given or {}
    found = {command: _use_case(command, package) for command in _commands(package) if command not in given}
    return {**given, **found}


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
        use_case = vars(module).get(name)
        if use_case is not None and use_case.__module__ == module.__name__ and _takes(use_case, command):
            return use_case  # type: ignore[no-any-return]
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
