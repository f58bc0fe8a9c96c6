"""What the playground's sample team may give to customers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from adapters.web.giving import CATALOGUE, name_samples, stock
from adapters.web.sample import seed
from bot.gestures.model import Gesture
from tests.fakes.clock import START

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.store.database import Database


async def test_there_is_something_to_give_from_the_start(sqlite_alone: Database) -> None:
    """A credit can be tried at once, and what a supervisor changed is not written over at the next start."""
    await sqlite_alone.write(partial(seed, now=START))
    for _start in range(2):
        await sqlite_alone.write(partial(stock, now=START))

    names = await sqlite_alone.read(lambda session: list(session.scalars(select(Gesture.name).order_by(Gesture.id))))
    assert names == [one.name for one in CATALOGUE]


async def test_samples_are_called_as_whoever_looks_reads_them(sqlite_alone: Database) -> None:
    """A German page offers a Gutschrift, an English one a credit again; what a supervisor named keeps its name."""

    def names_in(language: str, session: Session) -> list[str]:
        name_samples(session, language)
        return list(session.scalars(select(Gesture.name).order_by(Gesture.id)))

    def rename(session: Session) -> None:
        session.scalars(select(Gesture).order_by(Gesture.id)).all()[-1].name = "Tulips"

    await sqlite_alone.write(partial(seed, now=START))
    await sqlite_alone.write(partial(stock, now=START))
    await sqlite_alone.write(rename)
    german = await sqlite_alone.write(partial(names_in, "de-AT"))
    english = await sqlite_alone.write(partial(names_in, "en"))

    assert german == ["Gutschrift auf dem Konto", "Liefergebühr zurück", "Tulips"]
    assert english == ["Credit on the account", "Delivery fee back", "Tulips"]


async def test_nothing_is_given_where_nobody_is(sqlite_alone: Database) -> None:
    """Without the sample people there is no catalogue."""
    await sqlite_alone.write(partial(stock, now=START))

    assert await sqlite_alone.read(lambda session: session.scalar(select(func.count(Gesture.id)))) == 0
