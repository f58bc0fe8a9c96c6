"""How playbooks are asked for in typed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.commands import Calm, ListOwnPlaybooks, ListRules, StartRun, WriteRule
from bot.say.language import N_
from bot.typing.command import Command
from bot.typing.grammar import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping


def phrases(names: Mapping[str, str]) -> tuple[Phrase, ...]:
    """List how these are typed; `names` leads from ids and titles in small letters to the id."""

    def read_calm(words: str) -> Command:
        playbook = names.get(words.lower())
        return StartRun(playbook=playbook) if playbook else Calm(words=words)

    def read_own(words: str) -> Command:
        return ListOwnPlaybooks() if not words else read_calm(f"own {words}")

    def read_rule(words: str) -> Command:
        return WriteRule(playbook=names.get(words.lower(), words)) if words else ListRules()

    return (
        Phrase(
            starts="/calm",
            takes=N_("[what is happening, or a playbook]"),
            help=N_("Get the playbook that fits, for your eyes only."),
            read=read_calm,
            private=True,
            examples=("/calm", "/calm she keeps shouting at me", "/calm keep-calm"),
        ),
        Phrase(
            starts="/calm own",
            help=N_("Show the playbooks of your team; write new ones, which a second person publishes."),
            read=read_own,
            examples=("/calm own",),
        ),
        Phrase(
            starts="/zanshin rule",
            takes=N_("[playbook]"),
            help=N_("Write your organisation's own rule into a playbook."),
            read=read_rule,
            examples=("/zanshin rule", "/zanshin rule tell-the-customer"),
        ),
    )
