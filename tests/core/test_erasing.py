"""What is kept about somebody can be taken out whole, and goes whole, from either database."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pytest
from sqlalchemy import Engine, String, event, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from typer.testing import CliRunner

from bot.__main__ import app
from bot.delivery.model import Card
from bot.delivery.reached import out_of_reach
from bot.directory.model import Organisation, Person
from bot.errors import CardGone, ConversationGone, NothingFound, WrongUse
from bot.people.joining.merging import about_people
from bot.people.privacy import erasing
from bot.run.erasing import Erasure, Proof, erased, export_rows, opened
from bot.run.found import as_line, everything
from bot.run.settings import Settings
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database, file_of
from bot.store.keyring import rotate
from bot.store.seal import Seal
from migrations.tables import metadata
from tests.core.test_forgotten import PLAIN
from tests.databases import SECRET
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

# Columns with an account or an address in them that erasing a person need not look at, and why.
NOT_OF_PEOPLE = {
    "cards.reference": "goes with the card, which stands in their chat",
    "conversations.address": "of a direct chat: replaced",
    "identities.address": "goes with the row",
    "inbox.key": "ten minutes",
    "notices.reference": "goes with the notice, which stands in their chat",
    "people.by_group": "a group, and goes with the row",
    "slack_installations.app": "the app",
    "slack_installations.bot": "the app",
    "slack_installations.bot_account": "the app",
    "slack_installations.enterprise": "a company",
    "slack_installations.scopes": "what the app may do",
    "slack_installations.team": "a workspace",
    "teams_references.bot": "the app",
    "teams_references.conversation": "goes with the row",
    "teams_references.directory_id": "goes with the row",
    "teams_references.service_url": "a server",
    "teams_references.team": "a team",
    "teams_references.tenant": "a tenant",
    "web_posts.key": "goes with the row",
    "web_seen.conversation": "goes with the row",
    "workspaces.address": "a workspace",
}


def settings_of(stage: FakeStage) -> Settings:
    return Settings(database_url=stage.database.url, secret_key=SECRET)


def rows_of(stage: FakeStage) -> list[str]:
    with opened(settings_of(stage), reading=True) as session:
        return sorted(map(as_line, everything(session)))


class Cut:
    """Breaks the connection at a write, or as it is to be committed; counts the writes until then."""

    def __init__(self, number: int = 0, *, at_commit: bool = False) -> None:
        self.writes = 0
        self._number = number
        self._heard = [("before_cursor_execute", self._hear)] + [("commit", self._commit)] * at_commit

    def __enter__(self) -> Self:
        for name, heard in self._heard:
            event.listen(Engine, name, heard)
        return self

    def __exit__(self, *_error: object) -> None:
        for name, heard in self._heard:
            event.remove(Engine, name, heard)

    def _hear(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        self.writes += statement.startswith(("UPDATE", "DELETE", "INSERT"))
        if self.writes == self._number and self._number:
            self._break()

    def _commit(self, _connection: object) -> None:
        self._break()

    @staticmethod
    def _break() -> None:
        raise OperationalError("", None, ConnectionError("it broke off"))


@contextmanager
def breaks_off_at(words: str) -> Iterator[None]:
    """Break the connection at the first statement that holds these words."""

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if words in statement:
            raise OperationalError("", None, ConnectionError("it broke off"))

    event.listen(Engine, "before_cursor_execute", hear)
    yield
    event.remove(Engine, "before_cursor_execute", hear)


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def busy_day(stage: FakeStage) -> Cast:
    """Let Ana leave traces everywhere."""
    cast = Cast(stage)
    await cast.ana.types("/calm restrain")
    await cast.ana.types("/recuse CASE-42 exhausted: Hamid Öztürk shouted")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Done with it")
    await cast.ana.in_("incidents").types("/incident open sev4 Ana broke the search")
    await cast.ana.types("/zanshin status")
    await cast.ana.in_("incidents").types("/incident resolve 1 Everything works again")
    return cast


async def test_a_person_is_erased_whole_and_what_happened_stays(stage: FakeStage) -> None:
    """No row names them afterwards, none of what they wrote to a colleague is left, and the others go on."""
    cast = await busy_day(stage)
    dry = erased(settings_of(stage), Erasure("person", "Ana"), dry_run=True)
    proof = erased(settings_of(stage), Erasure("person", "ana"), dry_run=False)
    board = await cast.ben.types("/zanshin team")
    again = await cast.ana.types("/zanshin privacy")

    assert dry.before == dry.after == proof.before
    assert {"people.id", "identities.person_id", "handoffs.requester_id", "runs.person_id"} <= proof.before.keys()
    assert proof.after == {}
    assert "incidents.title" in proof.still_written
    assert "handoffs.note" not in proof.still_written
    assert "Ana" not in board.text
    assert "1 with" not in again.text


async def test_cards_that_stay_say_somebody(stage: FakeStage) -> None:
    """The card of an incident that is over names its owner no more, in the database and where it stands."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev4 The search is broken")
    await cast.omar.in_("incidents").types("/incident resolve 1 Everything works again")
    proof = erased(settings_of(stage), Erasure("person", "Omar"), dry_run=False)
    stage.clock.move_to(datetime.now(UTC))
    await stage.program.sender.drain()
    seen = " ".join(await cast.ben.in_("incidents").sees())

    assert "cards.body" not in proof.still_written
    assert "Omar" not in seen
    assert "somebody" in seen


async def test_cards_of_another_organisation_keep_whoever_is_called_the_same(stage: FakeStage) -> None:
    """Two organisations of one server may each have an Omar."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev4 The search is broken")
    await cast.omar.in_("incidents").types("/incident resolve 1 Everything works again")

    def give_away(session: Session) -> None:
        theirs = Organisation(name="Theirs", created_at=stage.clock.now())
        session.add(theirs)
        session.flush()
        session.execute(update(Card).values(organisation_id=theirs.id))

    await stage.database.write(give_away)
    erased(settings_of(stage), Erasure("person", "Omar"), dry_run=False)
    kept = await stage.database.read(lambda session: session.scalars(select(Card.body)).all())

    assert any("Omar" in (body or "") for body in kept)


async def test_what_was_erased_is_in_no_file(sqlite_alone: Database) -> None:
    """The journal beside the file is emptied while a server has it open; where somebody reads, that is said."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await Cast(stage).sofia.types("/zanshin away 30m lunch")
    file = file_of(sqlite_alone.engine)
    assert file is not None
    journal = file.with_name(f"{file.name}-wal")
    before = journal.read_bytes() + file.read_bytes()
    proof = erased(settings_of(stage), Erasure("person", "Sofia"), dry_run=False)
    after = journal.read_bytes() + file.read_bytes()
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchall()
        left = erased(settings_of(stage), Erasure("person", "Ben"), dry_run=False)

    assert b"Sofia" in before
    assert b"Sofia" not in after
    assert (proof.journal_left, left.journal_left) == (False, True)


async def test_notes_that_name_a_customer_go_with_them(stage: FakeStage) -> None:
    """Also of a case noted without its customer, and what colleagues read of it; another word stays."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: charged twice, Hamid's angry")
    await cast.ben.types("/recuse CASE-43 heated: hamidou is a place")
    dry = erased(settings_of(stage), Erasure("customer", "Hamid"), dry_run=True)
    proof = erased(settings_of(stage), Erasure("customer", "hamid"), dry_run=False)
    stage.clock.move_to(datetime.now(UTC))
    await stage.program.sender.drain()
    seen = [line for who in (cast.ana, cast.ben, cast.omar, cast.sofia) for line in await who.privately.sees()]

    assert dry.before == {"handoffs.note": 1}
    assert (proof.after, proof.taken_back > 0) == ({}, True)
    assert not any("Hamid's" in line for line in seen)
    assert any("hamidou" in row for row in rows_of(stage))
    assert any("What stood here was erased." in line for line in seen)


async def test_what_colleagues_read_of_somebody_erased_is_taken_back(stage: FakeStage) -> None:
    """Cards and notices of their cases say so where they stand, and neither their words nor their name is kept."""
    cast = Cast(stage)
    await cast.ana.types("/calm he shouts that his lawyer will sue us")
    await cast.ana.presses("Tell my supervisor")
    await cast.ana.types("/recuse CASE-42 exhausted: Hamid Öztürk shouted")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Hand it on")
    await cast.omar.privately.presses("I take it")
    await cast.omar.privately.presses("Done with it")
    chats = {who: [post.text for post in await cast.voice(who).privately.posts()] for who in ("ben", "omar", "sofia")}
    before = sum("Ana" in text for said in chats.values() for text in said)
    proof = erased(settings_of(stage), Erasure("person", "Ana"), dry_run=False)
    stage.clock.move_to(datetime.now(UTC))
    await stage.program.sender.drain()
    said = {who: [post.text for post in await cast.voice(who).privately.posts()] for who in chats}

    assert before == 2
    assert "Ana" in chats["sofia"][-1]
    assert proof.taken_back >= before
    assert not {"cards.body", "notices.body"} & proof.still_written.keys()
    assert {who: len(texts) for who, texts in said.items()} == {who: len(texts) for who, texts in chats.items()}
    assert (said["ben"][0], said["sofia"][-1]) == ("What stood here was erased.",) * 2
    assert said["omar"] == chats["omar"]
    assert not any("Ana" in text for texts in said.values() for text in texts)


async def test_a_message_that_somebody_has_taken_away_is_not_put_back(stage: FakeStage) -> None:
    """What was to be taken back and is gone already is left at that, without a new message or a fault."""
    cast = await busy_day(stage)
    erased(settings_of(stage), Erasure("person", "Ana"), dry_run=False)
    stage.messenger.fail_in("@ben", *(CardGone() for _card in range(9)))
    posts = len(stage.messenger.posts)
    stage.clock.move_to(datetime.now(UTC))
    await stage.program.sender.drain()
    with stage.database.engine.connect() as connection:
        ended = connection.execute(text("select state, error from cards where subject like 'unsaid:%'")).all()

    assert {(one.state, one.error) for one in ended} == {("expired", "CardGone"), ("sent", None)}
    assert len(stage.messenger.posts) == posts
    assert cast.ben


async def test_what_may_not_be_changed_says_nothing_of_its_reader(stage: FakeStage) -> None:
    """A platform that refuses is named to the operator; whoever read the message is still asked first."""
    cast = await busy_day(stage)
    await cast.later(hours=3)
    erased(settings_of(stage), Erasure("person", "Ana"), dry_run=False)
    stage.messenger.fail_in("@ben", *(ConversationGone() for _card in range(9)))
    stage.clock.move_to(datetime.now(UTC))
    await stage.program.sender.drain()
    with stage.database.engine.connect() as connection:
        ended = connection.execute(text("select state from cards where error = 'ConversationGone'")).scalars().all()
    lost = await stage.database.read(lambda session: out_of_reach(session, range(99), stage.clock.now()))

    assert set(ended) == {"expired"}
    assert lost == set()


async def test_a_case_that_is_erased_while_somebody_has_it_is_shown_anew(stage: FakeStage) -> None:
    """Whoever has it can still say that they are done; nothing that was written about it stands anywhere."""
    cast = Cast(stage)
    stage.clock.move_to(datetime.now(UTC))
    await cast.ana.types("/recuse CASE-42 exhausted: Hamid Öztürk shouted")
    await cast.ben.privately.presses("I take it")
    proof = erased(settings_of(stage), Erasure("case", "CASE-42"), dry_run=False)
    stage.clock.move(timedelta(minutes=1))
    await stage.settle()
    said = [post.text for post in await cast.ben.privately.posts()]
    done = await cast.ben.privately.presses("Done with it")

    assert (proof.after, proof.still_written) == ({}, {})
    assert said[0] == "What stood here was erased."
    assert not any("Öztürk" in text or "CASE-42" in text for text in said)
    assert "You're done with it" in done.text


async def test_the_last_supervisor_erased_is_told_of_without_a_name(stage: FakeStage) -> None:
    """Whoever can name another hears that nobody leads; one of two who goes is no news."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin team add @ben admin")
    await cast.sofia.types("/zanshin team add @omar supervisor")
    told = []
    for who in ("omar", "sofia"):
        erased(settings_of(stage), Erasure("person", who), dry_run=False)
        with stage.database.engine.connect() as connection:
            told.append(connection.scalar(text("select count(*) from notices where subject = 'leaderless:0'")))
    stage.clock.move_to(datetime.now(UTC))
    await stage.settle()
    read = "\n".join(await cast.ben.privately.sees())

    assert told == [0, 1]
    assert "There's no supervisor any more\nThe last one was erased." in read


async def test_nobody_is_erased_with_a_case_in_hand(stage: FakeStage) -> None:
    """A customer who waits is not forgotten with whoever they wait for."""
    await Cast(stage).ana.types("/recuse CASE-42 heated: it goes on")

    with pytest.raises(NothingFound, match="handoff 1, "):
        erased(settings_of(stage), Erasure("person", "Ana"), dry_run=False)
    with pytest.raises(NothingFound, match='nobody called "Anna"'):
        erased(settings_of(stage), Erasure("person", "Anna"), dry_run=False)


@pytest.mark.parametrize("typed", ["CASE-42", " case-42 "])
async def test_a_case_is_erased_however_it_is_written(stage: FakeStage, typed: str) -> None:
    """Its words, its reference and the messages about it go; that there was a handoff stays."""
    await busy_day(stage)
    proof: Proof = erased(settings_of(stage), Erasure("case", typed), dry_run=False)
    with stage.database.engine.connect() as connection:
        left = connection.execute(text("select note, case_hash, taker_id from handoffs")).one()

    assert proof.before == {"handoffs": 1}
    assert (proof.after, proof.still_written) == ({}, {})
    assert left[:2] == (None, None)
    assert left.taker_id is not None


@pytest.mark.parametrize("what", [Erasure("person", "Ana"), Erasure("case", "CASE-42")])
async def test_broken_off_it_has_erased_nothing(stage: FakeStage, what: Erasure) -> None:
    """Whichever write the connection breaks at, all is as it was, and typed again it goes whole."""
    await busy_day(stage)
    settings, before = settings_of(stage), rows_of(stage)
    with Cut() as cut:
        erased(settings, what, dry_run=True)
    for number in (1, cut.writes // 2, cut.writes):
        with Cut(number), pytest.raises(DBAPIError):
            erased(settings, what, dry_run=False)
        assert rows_of(stage) == before
    with Cut(at_commit=True), pytest.raises(DBAPIError):
        erased(settings, what, dry_run=False)

    assert cut.writes > 3
    assert rows_of(stage) == before
    assert erased(settings, what, dry_run=False).after == {}


async def test_it_may_take_long_and_yet_waits_for_nobody(stage: FakeStage) -> None:
    """Statements over years of rows have a minute; that somebody else is writing is said as soon as in a chat."""
    with opened(settings_of(stage)) as session:
        if session.get_bind().dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA busy_timeout")) == 1600
        else:
            assert session.scalar(text("SHOW statement_timeout")) == "1min"
            assert session.scalar(text("SHOW lock_timeout")) == "2s"


async def test_what_is_kept_about_somebody_is_a_row_a_line(stage: FakeStage, tmp_path: Path) -> None:
    """It holds what they wrote and what names them, and nothing that others wrote or who those are."""
    await busy_day(stage)
    lines = {}
    for who in ("ana", "ben", None):
        export_rows(settings_of(stage), who, tmp_path / "out.jsonl")
        lines[who] = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]

    def rows(who: str | None, table: str) -> list[dict[str, Any]]:
        return [one["row"] for one in lines[who] if one["table"] == table]

    assert "Hamid Öztürk shouted" in str(rows("ana", "handoffs"))
    assert "taker_id" not in rows("ana", "handoffs")[0]
    assert rows("ben", "handoffs")[0]["taker_id"]
    assert not {"note", "reason", "requester_id"} & rows("ben", "handoffs")[0].keys()
    assert len(rows(None, "people")) > len(rows("ana", "people")) == 1
    assert not any("token" in one["row"] for one in lines[None])
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o077 == 0


async def test_a_file_is_written_whole_or_not_at_all(stage: FakeStage, tmp_path: Path) -> None:
    """What cannot be read leaves the file as it was; whoever could read it before cannot read the new one."""
    await busy_day(stage)
    out = tmp_path / "out.jsonl"
    out.write_text("of yesterday", encoding="utf-8")
    out.chmod(0o644)
    with breaks_off_at("FROM people"), pytest.raises(OperationalError):
        export_rows(settings_of(stage), None, out)
    kept, others = out.read_text(encoding="utf-8"), names_in(tmp_path)
    count, _lost = export_rows(settings_of(stage), None, out)

    assert kept == "of yesterday"
    assert [one for one in others if "out.jsonl" in one] == ["out.jsonl"]
    assert len(out.read_text(encoding="utf-8").splitlines()) == count > 1
    assert out.stat().st_mode & 0o777 == 0o600


async def test_an_export_says_where_it_lies(stage: FakeStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds people's words is named by its whole path: the service's wrapper runs in another folder."""
    await busy_day(stage)
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", stage.database.url)
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)
    monkeypatch.chdir(tmp_path)

    assert (
        f" rows in {tmp_path / 'out.jsonl'}. "
        in CliRunner().invoke(app, ["export", "--all", "--out", "out.jsonl"]).output
    )


async def test_no_key_of_ours_leaves_the_server(stage: FakeStage, tmp_path: Path) -> None:
    """The key of hashes is neither taken out nor searched for names."""
    await busy_day(stage)
    metadata()
    list(rotate(stage.database.engine, Seal(SECRET)))
    export_rows(settings_of(stage), None, tmp_path / "out.jsonl")
    proof = erased(settings_of(stage), Erasure("customer", "a"), dry_run=True)

    assert "keyrings" not in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert "keyrings.digest_key" not in proof.still_written


async def test_a_dry_run_names_only_texts_that_would_stay(stage: FakeStage) -> None:
    """What would go is nothing for the team to change, and it is still there."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 exhausted: CASE-42 has shouted")
    await cast.ana.in_("incidents").types("/incident open sev4 CASE-42 broke the search")
    dry = erased(settings_of(stage), Erasure("case", "CASE-42"), dry_run=True)
    done = erased(settings_of(stage), Erasure("case", "CASE-42"), dry_run=False)

    assert dry.before == dry.after == done.before == {"handoffs": 1, "handoffs.note": 1}
    assert dry.still_written == done.still_written
    assert "incidents.title" in dry.still_written
    assert "handoffs.note" not in dry.still_written


@pytest.mark.parametrize("kind", ["person", "customer", "case"])
@pytest.mark.parametrize("blank", ["", "  ", "#"])
def test_nothing_is_no_name(kind: str, blank: str) -> None:
    """Whoever runs a script with an empty variable erases nobody."""
    done = CliRunner().invoke(app, ["erase", kind, blank, "--yes"])

    assert isinstance(done.exception, WrongUse)
    assert f"Say which {kind}: zanshin erase {kind} " in str(done.exception)


def test_every_column_with_an_account_says_what_erasing_does() -> None:
    """A platform's names for people go too."""
    accounts = PLAIN["how a platform calls a place, a person or a message"]
    for name in accounts - {f"{table.name}.{column.name}" for table, column in erasing.of_accounts()}:
        assert name in NOT_OF_PEOPLE, f'{name} may hold an account: add info={{"erase": "row"}} to it, or say why not.'


def test_every_table_about_cases_says_which_messages_are_about_it() -> None:
    """A table with a hash of a case or customer has its cards and notices erased with it."""
    tables = {one.name for what in ("case", "customer") for one in erasing.tables_about(what)}

    assert tables == erasing.SUBJECTS.keys(), "SUBJECTS in bot/people/privacy/erasing.py names what messages are about."


def test_no_table_of_people_is_left_out() -> None:
    """A column that ends like a person's id has a key that says so, which is how erasing finds it."""
    keyed = {f"{table.name}.{column.name}" for table, column in about_people()}
    for table in metadata().sorted_tables:
        for column in table.columns:
            if "erase" not in column.info and column.name.removesuffix("_id") in (
                "person",
                "author",
                "requester",
                "taker",
                "owner",
            ):
                assert f"{table.name}.{column.name}" in keyed, "Give it a ForeignKey to people.id."


async def test_the_one_who_stands_for_the_erased_is_offered_nowhere(stage: FakeStage) -> None:
    """Nobody can name them, and erasing twice adds no second."""
    await busy_day(stage)
    for who in ("Ana", "Omar"):
        erased(settings_of(stage), Erasure("person", who), dry_run=False)
    rows = await stage.database.read(lambda session: session.scalars(select(Person).where(Person.is_nobody)).all())
    asked = await Cast(stage).ben.types("/recuse CASE-7 heated @somebody")

    assert len(rows) == 1
    assert not isinstance(Person.__table__.c.is_nobody.type, String)
    assert "asked somebody" not in asked.text


async def test_the_command_line_asks_before_it_erases(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It shows what there is, waits for a yes, and shows what is left."""
    await busy_day(stage)
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", stage.database.url)
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)
    command, line = CliRunner(), ["erase", "person", "Ana"]
    no = command.invoke(app, line, input="n\n")
    dry = command.invoke(app, [*line, "--dry-run"])
    done = command.invoke(app, [*line, "--yes"])
    gone = command.invoke(app, [*line, "--yes"])

    assert (no.exit_code, dry.exit_code, done.exit_code) == (1, 0, 0)
    assert "Erase the person Ana for good?" in no.output
    assert "handoffs.requester_id            1" in dry.output
    assert "Left: nothing" in done.output
    assert isinstance(gone.exception, NothingFound)


async def test_an_export_takes_the_place_of_no_other(
    stage: FakeStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless that is said, whether it was named or not; and whoever says two things is told so."""
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", stage.database.url)
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    first = runner.invoke(app, ["export", "--all"])
    second = runner.invoke(app, ["export", "Omar"])
    named = runner.invoke(app, ["export", "Omar", "--out", "zanshin-export.jsonl"])
    meant = runner.invoke(app, ["export", "Omar", "--overwrite"])
    both = runner.invoke(app, ["export", "Omar", "--all"])

    assert (first.exit_code, meant.exit_code) == (0, 0)
    assert "zanshin-export.jsonl already" in str(second.exception)
    assert "or say --overwrite" in str(named.exception)
    assert "both were given" in str(both.exception)
