"""Keys are changed while people work; a lost one breaks only what needs it, and says so."""

from __future__ import annotations

from itertools import islice

import pytest
from sqlalchemy import LargeBinary, select, type_coerce
from structlog.testing import capture_logs

from bot.handoffs.model import Handoff
from bot.run.doctor import examine
from bot.run.serve import warn_of_a_lost_key
from bot.run.settings import Settings
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.keyring import OldKeyOpensNothing, make_keyring, rotate
from bot.store.schema import check_schema
from bot.store.seal import Seal
from migrations.tables import metadata
from tests.databases import SECRET
from tests.stage import Cast, FakeStage

NEW = "a new secret that is as long as it has to be"


def with_seal(stage: FakeStage, seal: Seal) -> FakeStage:
    """Start the program anew on the same database."""
    database = Database(stage.database.url, seal, stage.database.patience)
    check_schema(database.engine)
    return FakeStage(database, SHIPPED_PLAYBOOKS, stage.clock)


async def test_everything_is_read_with_the_new_key_alone_once_it_is_changed(stage: FakeStage) -> None:
    """While both are named people go on; afterwards the old one is not needed, and references are still found."""
    await Cast(stage).ana.types("/recuse CASE-42 exhausted: she keeps shouting")
    both = with_seal(stage, Seal(NEW, SECRET))
    await Cast(both).ben.in_("incidents").types("/incident open sev2 Card payments fail")
    metadata()
    done = list(rotate(both.database.engine, Seal(NEW, SECRET)))
    again = list(rotate(both.database.engine, Seal(NEW, SECRET)))
    alone = with_seal(stage, Seal(NEW))
    shown = await Cast(alone).omar.in_("incidents").types("/incident show 1")
    twin = await Cast(alone).sofia.types("/recuse case-42 heated")
    both.database.close()
    alone.database.close()

    assert sum(one.sealed_anew for one in done) > 3
    assert sum(one.sealed_anew + one.unreadable for one in again) == 0
    assert "Card payments fail" in shown.text
    assert "Ana" in twin.text


async def test_what_was_broken_off_goes_on(stage: FakeStage) -> None:
    """Each few are a transaction of their own; the rest is still read with the old key, and done the next time."""
    await Cast(stage).ana.types("/recuse CASE-42 exhausted: she keeps shouting")
    metadata()
    both = with_seal(stage, Seal(NEW, SECRET))
    first = list(islice(rotate(both.database.engine, Seal(NEW, SECRET)), 2))
    rest = list(rotate(both.database.engine, Seal(NEW, SECRET)))
    with both.database.engine.connect() as connection:
        note = connection.scalars(select(type_coerce(Handoff.__table__.c.note, LargeBinary))).one()
    both.database.close()

    assert len(first) == 2
    assert sum(one.sealed_anew for one in rest) > 0
    assert Seal(NEW).is_newest(note, "handoffs.note")


async def test_a_lost_key_breaks_only_what_needs_it(stage: FakeStage) -> None:
    """Who holds no words goes on; whoever asks for words hears why there are none, and the doctor names it."""
    await Cast(stage).ana.in_("incidents").types("/incident open sev2 Card payments fail")
    lost = with_seal(stage, Seal(NEW))
    cast = Cast(lost)
    team = await cast.ben.types("/zanshin team")
    calm = await cast.ben.types("/calm restrain")
    step = await cast.ben.presses("Next")
    shown = await cast.ben.in_("incidents").types("/incident show 1")
    lost.database.close()
    settings = Settings(database_url=stage.database.url, secret_key=NEW)
    key = next(one for one in examine(settings) if one.about == "key")

    assert "Ana" in team.text
    assert "Hands off the keys" in calm.text
    assert "Hands off the keys" not in step.text
    assert "I can't read" not in step.text
    assert "I can't read what was written here." in shown.text
    assert not key.fine
    assert "ZANSHIN_OLD_SECRET_KEYS" in key.mend


async def test_a_lost_key_is_told_at_the_start(stage: FakeStage) -> None:
    """The log names the doctor and the setting; with the right key it says nothing."""
    await Cast(stage).ana.in_("incidents").types("/incident open sev2 Card payments fail")
    lost = with_seal(stage, Seal(NEW))
    with capture_logs() as said:
        warn_of_a_lost_key(lost.database)
        warn_of_a_lost_key(stage.database)
    lost.database.close()

    assert [one["action"] for one in said] == ["wrong_key"]
    assert "ZANSHIN_OLD_SECRET_KEYS" in said[0]["event"]
    assert "zanshin doctor" in said[0]["event"]


async def test_a_mistyped_old_key_changes_nothing_and_the_right_one_still_does(stage: FakeStage) -> None:
    """No key of hashes is made from it; with the right one the trail verifies and references are found."""
    await Cast(stage).ana.types("/recuse CASE-42 exhausted: she keeps shouting")
    metadata()
    wrong, right = (with_seal(stage, Seal(NEW, old)) for old in ("a mistyped secret that is long enough", SECRET))
    with pytest.raises(OldKeyOpensNothing, match="ZANSHIN_OLD_SECRET_KEYS"):
        list(rotate(wrong.database.engine, Seal(NEW, "a mistyped secret that is long enough")))
    unreadable = sum(one.unreadable for one in rotate(right.database.engine, Seal(NEW, SECRET)))
    alone = with_seal(stage, Seal(NEW))
    kept = alone.database.engine.dialect.zanshin_seal.digest_key  # type: ignore[attr-defined]
    twin = await Cast(alone).sofia.types("/recuse case-42 heated")
    for one in (wrong, right, alone):
        one.database.close()

    assert (unreadable, kept) == (0, Seal(SECRET).digest_key)
    assert "Ana" in twin.text


async def test_an_old_key_that_opens_nothing_is_only_named_where_another_opens_everything(stage: FakeStage) -> None:
    """The key of hashes is made from the oldest that opens something, and references are found with it."""
    await Cast(stage).ana.types("/recuse CASE-42 exhausted: she keeps shouting")
    metadata()
    keys = (NEW, SECRET, "a mistyped secret that is long enough")
    all_three = with_seal(stage, Seal(*keys))
    idle = make_keyring(all_three.database.engine, Seal(*keys))
    unreadable = sum(one.unreadable for one in rotate(all_three.database.engine, Seal(*keys)))
    alone = with_seal(stage, Seal(NEW))
    twin = await Cast(alone).sofia.types("/recuse case-42 heated")
    for one in (all_three, alone):
        one.database.close()

    assert (idle, unreadable) == ((2,), 0)
    assert "Ana" in twin.text


async def test_an_old_key_that_opens_nothing_stops_it_where_another_is_missing(stage: FakeStage) -> None:
    """What no key opens may have been written with the one that was mistyped."""
    await Cast(stage).ana.types("/recuse CASE-42 exhausted: she keeps shouting")
    metadata()
    both = with_seal(stage, Seal(NEW, SECRET))
    await Cast(both).ben.in_("incidents").types("/incident open sev2 Card payments fail")
    both.database.close()
    third, mistyped = "a third secret that is as long as it has to be", "a mistyped secret that is long enough"
    wrong = Seal(third, NEW, mistyped)
    with pytest.raises(OldKeyOpensNothing):
        make_keyring(stage.database.engine, wrong)
