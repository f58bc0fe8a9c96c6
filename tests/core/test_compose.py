"""The program put together: a further domain is one line, and is seen wherever it brings something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.say.messages import Message, Section
from bot.say.replies import Private, Reply
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import Command, Need
from bot.typing.grammar import Phrase
from bot.work.domain import Domain
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    answer, help_card = await sofia.types("/zanshin kudos"), await sofia.types("/zanshin help")
    await sofia.types("/zanshin status")

    assert answer is not None
    assert answer.text == "Thanked lately: Ben"
    assert help_card is not None
    assert "/zanshin kudos" in help_card.text
    assert any("Thanks of this week: 3" in text for text in await sofia.privately.sees())
    assert "Thanks of this week: 3" in await sofia.opens_home()


class ForgetNeeds(Command):
    """Say nothing of who may ask for it."""


def test_a_command_that_does_not_say_who_may_ask_for_it_is_refused() -> None:
    """What was forgotten is not allowed to everybody; whoever wrote it reads what to add."""
    with pytest.raises(TypeError, match=r"ForgetNeeds .*add `needs: ClassVar\[Need\] = Need.TEAM`"):
        Domain(use_cases={ForgetNeeds: show_kudos})
