"""Every sentence can be said in another language, and each reader gets their own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from sqlalchemy import update

from bot.directory.model import Person
from bot.playbooks.catalogue import load_catalogue
from bot.say.language import _, length, listing, ngettext, speaking
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.stage import Cast
from tests.texts import TEMPLATE, collect

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.stage import FakeStage


async def test_everything_is_said_in_the_language_of_the_reader(stage: FakeStage, mirror: str) -> None:
    """Cards, answers, refusals and notices of somebody who reads another language are all in it."""

    def read_another_language(session: Session) -> None:
        session.execute(update(Person).where(Person.name == "Sofia").values(locale=mirror))

    await stage.database.write(read_another_language)
    cast = Cast(stage)
    for typed in (
        "/zanshin help",
        "/zanshin away 30m",
        "/zanshin back",
        "/zanshin team",
        "/zanshin shift mon-fri 9-17",
        "/zanshin team add @nobody",
        "/recuse",
        "/recuse cancel",
        "/recuse done",
        "/calm",
        "/calm restrain",
    ):
        answer = await cast.sofia.types(typed)
        assert "⟦" in answer.text.splitlines()[0] or typed == "/calm restrain", answer.text
        assert all("⟦" in button.label for button in answer.buttons if button.label not in PLAYBOOKS), answer.text
    await cast.sofia.types("/zanshin status")
    board = (await cast.sofia.privately.sees())[0]
    assert all("⟦" in line or "Ana" in line for line in board.splitlines()), board
    assert "⟦" not in (await cast.ana.types("/zanshin help")).text


PLAYBOOKS = {one.title for one in load_catalogue(SHIPPED_PLAYBOOKS).playbooks.values()}


async def test_a_handoff_is_told_to_each_in_their_own_language(stage: FakeStage, mirror: str) -> None:
    """Offers, the warm note and the supervisors' view follow their reader; the channel keeps one language."""

    def read_another_language(session: Session) -> None:
        session.execute(update(Person).where(Person.name.in_(["Sofia", "Ben"])).values(locale=mirror))

    await stage.database.write(read_another_language)
    cast = Cast(stage)
    await cast.ana.types("/recuse safety: he threatens me")
    for voice in (cast.ben, cast.sofia):
        for text in await voice.privately.sees():
            assert all("⟦" in line or "threatens" in line for line in text.splitlines()), text
    for text in [*await cast.ana.privately.sees(), *await cast.omar.sees()]:
        assert "⟦" not in text


def test_the_list_for_translators_is_up_to_date() -> None:
    """What translators are given is what the program says: `make texts` writes it anew."""
    with TEMPLATE.open("rb") as file:
        listed = {message.id for message in read_po(file)}

    assert listed - {""} == {message.id for message in collect()} - {""}


def test_sentences_keep_their_gaps_apart() -> None:
    """No sentence has a gap without a name: translators may turn them round."""
    for message in collect():
        for words in message.id if isinstance(message.id, tuple) else (message.id,):
            assert "{}" not in words
            assert not re.search(r"%[sd]", str(words)), words


def test_a_language_nobody_translated_is_english() -> None:
    """An unknown language falls back, and the reader before it gets theirs back."""
    with speaking("tlh"):
        assert _("Done") == "Done"
        assert ngettext("{count} person on the team", "{count} people on the team", 2).startswith("{count} people")
    with speaking("de"):
        assert length(timedelta(minutes=30)) == "30 Minuten"
        assert listing(["Ana", "Ben", "Sofia"]) == "Ana, Ben und Sofia"
    assert length(timedelta(minutes=30)) == "30 minutes"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0.5, "30 seconds"),
        (1.75, "105 seconds"),
        (2.5, "3 minutes"),
        (3.5, "4 minutes"),
        (39 + 59 / 60, "40 minutes"),
        (39 + 29 / 60, "39 minutes"),
        (60, "60 minutes"),
        (91, "1 hour 31 minutes"),
        (120, "2 hours"),
        (25 * 60 + 10, "25 hours 10 minutes"),
        (55 * 60, "2 days 7 hours"),
    ],
)
def test_a_length_is_not_rounded_up_to_the_next_unit(minutes: float, said: str) -> None:
    """Whoever waited for an hour and a half did not wait for two."""
    assert length(timedelta(minutes=minutes)) == said
