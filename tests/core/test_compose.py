"""The program put together: a further domain is one line, and is seen wherever it brings something."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, cast

import pytest

from bot.compose import build_domains
from bot.say.messages import Message, Section
from bot.say.replies import Private, Reply
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import Command, Need
from bot.typing.grammar import Phrase
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import Domain
from bot.work.retention import CAUTIOUS, Retention
from tests.fakes.clock import START
from tests.stage import Cast, FakeStage, bookcase_of, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.directory.model import Person
    from bot.say.messages import Part
    from bot.store.database import Database
    from bot.work.work import Work


class ShowKudos(Command):
    """See who was thanked lately."""

    needs = Need.TEAM
    reads = True


def show_kudos(_command: ShowKudos, _work: Work) -> Reply:
    return Private(message=Message.of("Thanked lately: Ben"))


def kudos_parts(_work: Work, _viewer: Person) -> Sequence[Part]:
    return (Section(text=("Thanks of this week: 3",)),)


KUDOS = Domain(
    use_cases={ShowKudos: show_kudos},
    phrases=(Phrase(starts="/zanshin kudos", help="see who was thanked lately", read=lambda _rest: ShowKudos()),),
    board=(kudos_parts,),
    home=(kudos_parts,),
)


async def test_a_further_domain_is_seen_everywhere(database: Database) -> None:
    """Its words are typed and stand in the help, its sections on the board and on Home."""
    stage = FakeStage(database, SHIPPED_PLAYBOOKS, more=(KUDOS,))
    await people_of(stage)
    sofia = Cast(stage).sofia

    answer, help_card = await sofia.types("/zanshin kudos"), await sofia.types("/zanshin help team")
    await sofia.types("/zanshin status")

    assert answer is not None
    assert answer.text == "Thanked lately: Ben"
    assert help_card is not None
    assert "/zanshin kudos" in help_card.text
    assert any("Thanks of this week: 3" in text for text in await sofia.privately.sees())
    assert "Thanks of this week: 3" in await sofia.opens_home()


WRITTEN = {
    "commands.py": """
from typing import ClassVar
from bot.typing.command import Command, Need

class ShowThanks(Command):
    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True
""",
    "typed.py": """
from bot.typing.grammar import Phrase
from thanks.commands import ShowThanks

PHRASES = (Phrase(starts="/zanshin thanks", help="see who was thanked", read=lambda _words: ShowThanks()),)
""",
    "thanking.py": """
from bot.say.messages import Message
from bot.say.replies import Private, Reply
from bot.work.work import Work
from thanks.commands import ShowThanks

def show_thanks(_command: ShowThanks, _work: Work) -> Reply:
    return Private(message=Message.of("Thanked lately: Zoë"))
""",
}


@pytest.fixture
def thanks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A domain of a command, how it is typed, and its use case."""
    folder = tmp_path / "thanks"
    folder.mkdir()
    for name, text in {"__init__.py": "", **WRITTEN}.items():
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "thanks"]:
        del sys.modules[name]


async def test_a_command_a_phrase_and_a_deed_are_enough(database: Database, thanks: Path) -> None:
    """Nothing else has to be written for a command to be carried out: its use case is called like it."""
    domain = Domain(use_cases=use_cases_of(thanks.name), phrases=import_module("thanks.typed").PHRASES)
    stage = FakeStage(database, SHIPPED_PLAYBOOKS, more=(domain,))
    await people_of(stage)

    answer = await Cast(stage).sofia.types("/zanshin thanks")

    assert answer is not None
    assert answer.text == "Thanked lately: Zoë"


def test_a_deed_is_found_in_any_room_of_its_domain(thanks: Path) -> None:
    """Which files of a domain stand in a room together is nobody's business but its own."""
    room = thanks / "praise"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (thanks / "thanking.py").rename(room / "thanking.py")

    (use_case,) = use_cases_of(thanks.name).values()

    assert use_case.__module__ == "thanks.praise.thanking"


def test_whatever_erases_is_found_beside_what_it_erases(thanks: Path) -> None:
    """Each of a domain's has its turn, one that asks for how long something is kept is told, and the most is said."""
    (thanks / "thanking.py").write_text("def erase_old(session, now): session.append(now); return True")
    (thanks / "typed.py").write_text("from thanks.thanking import erase_old")
    (thanks / "kept.py").write_text("def erase_old(session, now, *, retention): session.append(retention)")
    (thanks / "commands.py").write_text("")
    erased: list[datetime | Retention] = []

    more_is_left = eraser_of(thanks.name, CAUTIOUS)(cast("Session", erased), START)

    assert erased == [CAUTIOUS, START]
    assert more_is_left


def test_every_command_is_carried_out_by_something() -> None:
    """Also where a domain lists its use cases by hand: none is forgotten."""
    domains = build_domains(bookcase_of(SHIPPED_PLAYBOOKS))
    carried_out = {command for domain in domains for command in domain.use_cases}

    for command in _written(Command) - carried_out:
        pytest.fail(
            f"{command.__name__} is carried out by nothing: give its use case to the Domain in"
            f" {command.__module__.rpartition('.')[0].replace('.', '/')}/__init__.py."
        )


def _written(kind: type[Command]) -> set[type[Command]]:
    """List the commands of the program; one that others build upon is none itself."""
    below = {one for each in kind.__subclasses__() for one in (_written(each) or {each})}
    return {one for one in below if one.__module__.startswith("bot.")}


@pytest.mark.parametrize(
    "deed",
    ["", "def show_thanks(command, work, more): ...", "def show_thanks(command: str, work: object): ..."],
    ids=["missing", "asks_for_more", "of_another_command"],
)
def test_a_command_that_nothing_carries_out_is_refused(thanks: Path, deed: str) -> None:
    """Whoever wrote it reads which function to write."""
    (thanks / "thanking.py").write_text(deed)

    with pytest.raises(TypeError, match=r"write `def show_thanks\(command: ShowThanks, work: Work\) -> Reply`"):
        use_cases_of(thanks.name)


class ForgetNeeds(Command):
    """Say nothing of who may ask for it."""


def test_a_command_that_does_not_say_who_may_ask_for_it_is_refused() -> None:
    """What was forgotten is not allowed to everybody; whoever wrote it reads what to add."""
    with pytest.raises(TypeError, match=r"ForgetNeeds .*add `needs: ClassVar\[Need\] = Need.TEAM`"):
        Domain(use_cases={ForgetNeeds: show_kudos})
