"""Which use case carries out which command: the function that is called like it, in any file of its domain."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from bot.say.replies import Reply
from bot.typing.command import Command
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    UseCases = Mapping[type[Command], Callable[[Any, Work], Reply]]


def use_cases_of(domain: str, given: UseCases | None = None) -> dict[type[Command], Callable[[Any, Work], Reply]]:
    """Find `show_kudos(command: ShowKudos, work: Work)` for `ShowKudos`; `given` are those that need more than that."""
    modules = _modules(domain)
    found = dict(given or {})
    for command in _commands(modules):
        if command not in found:
            found[command] = _use_case(command, modules, domain)
    return found


def _modules(domain: str) -> list[ModuleType]:
    package = import_module(domain)
    return [import_module(f"{domain}.{one.name}") for one in iter_modules(package.__path__)]


def _commands(modules: list[ModuleType]) -> Iterator[type[Command]]:
    """List the commands that are written in a domain; one that others build upon is none itself."""
    for module in modules:
        for one in vars(module).values():
            written_here = isinstance(one, type) and issubclass(one, Command) and one.__module__ == module.__name__
            if written_here and not one.__subclasses__():
                yield one


def _use_case(command: type[Command], modules: list[ModuleType], domain: str) -> Callable[[Any, Work], Reply]:
    name = command.called().replace("-", "_")
    for module in modules:
        use_case = vars(module).get(name)
        if use_case is not None and use_case.__module__ == module.__name__ and _takes(use_case, command):
            return use_case  # type: ignore[no-any-return]
    raise TypeError(
        f"{command.__name__} ({command.__module__}) is carried out by nothing: write"
        f" `def {name}(command: {command.__name__}, work: Work) -> Reply` in a file of {domain.replace('.', '/')},"
        f" or give its use case to use_cases_of where it needs more."
    )


def _takes(use_case: Callable[..., Any], command: type[Command]) -> bool:
    """Say whether a function asks for this command and the work, and for nothing else."""
    asked = [one.annotation for one in signature(use_case).parameters.values()]
    if len(asked) != len(("command", "work")):
        return False
    return str(getattr(asked[0], "__name__", asked[0])).rpartition(".")[2] == command.__name__
