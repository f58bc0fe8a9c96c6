"""Erasing a person, a customer or a case: what is theirs goes, and what stays names nobody.

Tables are found by what they declare. A column that names a person says with `info={"erase": …}` what becomes of its
row: "row", it is of nobody else and goes; "name", it stays, and somebody who is no longer named takes their place.
A test fails for one that says nothing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from bot.delivery.model import KINDS, Card, InboxEntry, Notice
from bot.delivery.renaming import rename
from bot.delivery.unsaying import unsay
from bot.directory.model import Conversation, ConversationKind, Identity, Person
from bot.directory.nobody import nobody_of
from bot.people.joining.merging import about_people, lists_of_people
from bot.people.privacy.written import finder
from bot.store.database import Base, Sealed, digest
from bot.store.keyring import Keyring

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Table
    from sqlalchemy.orm import Session

# The trail has its own way: who it was is emptied, and the chain still holds.
NAMES_THAT_EMPTY = {"decisions.who_id": ("whence", "salt"), "inbox.who_id": ("whence",)}
# What they wrote to a colleague about a case; the record of an incident and a team's playbooks stay the organisation's.
WORDS_THAT_GO = {"handoffs.requester_id": ("note", "reason", "danger"), "grants.requester_id": ("why",)}
# Messages about one row are named after it: the words of its card go with its own.
SUBJECTS = {"handoffs": ("handoff", "offer", "taken", "care", "case"), "grants": ("grant", "grant-ask")}
SUBJECTS_AFTER_SOMEBODY = {"handoffs": ("callback", "closed", "left"), "grants": ()}  # whose it was comes first
SUBJECTS_OF_PEOPLE = ("danger", "heard", "person", "pressure", "erase", "rest", "unreached", "lost")
A_FEW = 50  # rows whose messages are looked for at once: SQLite takes no statement of a thousand alternatives


def accounts_of(session: Session, person: Person) -> set[str]:
    """List what platforms call somebody, and their direct chats."""
    names = set(session.scalars(select(Identity.address).where(Identity.person_id == person.id)))
    chats = select(Conversation.address).where(
        Conversation.person_id == person.id, Conversation.kind == ConversationKind.DIRECT
    )
    return names | {f"@{one}" for one in names} | set(session.scalars(chats))


def named_in(session: Session, person_id: int, accounts: Collection[str]) -> dict[str, int]:
    """Count the rows that name somebody, by table and column."""
    found: dict[str, int] = {}
    for table, column, where in _places(person_id, accounts):
        count = session.scalar(select(func.count()).select_from(table).where(where)) or 0
        found[f"{table.name}.{column.name}"] = count
    for table, column in lists_of_people():
        rows = session.scalars(select(column)).all()
        found[f"{table.name}.{column.name}"] = sum(person_id in listed for listed in rows)
    found["people.id"] = session.scalar(select(func.count(Person.id)).where(Person.id == person_id)) or 0
    return {name: count for name, count in sorted(found.items()) if count}


def _places(person_id: int, accounts: Collection[str]) -> Iterator[tuple[Table, Column[Any], ColumnElement[bool]]]:
    for table, column in about_people():
        yield table, column, column == person_id
    for table, column in of_accounts():
        yield table, column, column.in_(accounts)


def of_accounts() -> Iterator[tuple[Table, Column[Any]]]:
    """List the columns of platforms that hold an account, and say with `info` what becomes of them."""
    people = set(about_people())
    for table in Base.metadata.sorted_tables:
        found = ((table, column) for column in table.columns if "erase" in column.info)
        yield from (one for one in found if one not in people)


def erase_person(session: Session, person: Person, now: datetime) -> int:
    """Let go of somebody everywhere, and of their row; return how many messages are taken back from others."""
    nobody, accounts = nobody_of(session, person.organisation_id), accounts_of(session, person)
    _drop_messages_to(session, person)
    taken_back = _take_back_from_others(session, person, now)
    rename(session, person, nobody.name, now)
    for table, column in about_people():
        name = f"{table.name}.{column.name}"
        if column.info.get("erase") == "row":
            session.execute(delete(table).where(column == person.id))
        elif name in NAMES_THAT_EMPTY:
            emptied = dict.fromkeys((*NAMES_THAT_EMPTY[name], column.name))
            session.execute(update(table).where(column == person.id).values(emptied))
        elif table is not Conversation.__table__:
            wrote: dict[str, Any] = dict.fromkeys(WORDS_THAT_GO.get(name, ()))
            session.execute(update(table).where(column == person.id).values({**wrote, column.name: nobody.id}))
    _leave_lists(session, person.id)
    _forget_accounts(session, accounts)
    for chat in session.scalars(select(Conversation).where(Conversation.person_id == person.id)):
        chat.address, chat.name, chat.person_id = f"gone:{chat.id}", "", None
    session.flush()
    session.expire_all()
    session.execute(delete(Person).where(Person.id == person.id))
    return taken_back


def _drop_messages_to(session: Session, person: Person) -> None:
    chats = select(Conversation.id).where(Conversation.person_id == person.id)
    for kind in KINDS:
        session.execute(delete(kind).where(kind.conversation_id.in_(chats)))


def _take_back_from_others(session: Session, person: Person, now: datetime) -> int:
    """Take back what colleagues read of their cases, of what they asked for, and of themselves."""
    taken_back = 0
    for name in WORDS_THAT_GO:
        table = Base.metadata.tables[name.partition(".")[0]]
        ids = session.scalars(select(table.c.id).where(table.c.requester_id == person.id)).all()
        if table.name == "handoffs" and ids:
            _let_go_of_notes_handed_on(session, table, ids)
        taken_back += take_back(session, table.name, ids, now)
    names = [f"{one}:{person.id}" for one in SUBJECTS_OF_PEOPLE]
    return taken_back + unsay(session, partial(_named, names), now)


def _let_go_of_notes_handed_on(session: Session, table: Table, ids: Collection[int]) -> None:
    """Empty the notes that went along with a case; where somebody still has it, they go a day after its end."""
    chain = func.coalesce(table.c.chain_id, table.c.id)
    theirs = select(chain).where(table.c.id.in_(ids))
    later = (chain.in_(theirs), table.c.id > min(ids), table.c.ended_at.is_not(None))
    session.execute(update(table).where(*later).values(note=None))


def _named(names: Collection[str], kind: type[Card | Notice]) -> ColumnElement[bool]:
    """Choose messages by what they are about, and those of its parts."""
    return or_(kind.subject.in_(names), *(kind.subject.startswith(f"{name}:") for name in names))


def _leave_lists(session: Session, person_id: int) -> None:
    for table, column in lists_of_people():
        for row_id, listed in session.execute(select(table.c.id, column)).all():
            if person_id in listed:
                kept = [one for one in listed if one != person_id]
                session.execute(update(table).where(table.c.id == row_id).values({column.name: kept}))


def _forget_accounts(session: Session, accounts: Collection[str]) -> None:
    for table, column in of_accounts():
        if column.info["erase"] == "row":
            session.execute(delete(table).where(column.in_(accounts)))
        else:
            session.execute(update(table).where(column.in_(accounts)).values({column.name: ""}))


def hashes_of(session: Session, what: str, words: str) -> set[str]:
    """Hash a reference in every way it is compared."""
    plain = " ".join(words.lower().split())
    return {digest(session, one, what) for one in (plain, plain.lstrip("#"), words.strip().lower())}


def _about(table: Table, what: str, hashes: set[str]) -> ColumnElement[bool]:
    return table.c[f"{what}_hash"].in_(hashes)


def tables_about(what: str) -> list[Table]:
    """List the tables whose rows are about a case or a customer."""
    return [table for table in Base.metadata.sorted_tables if f"{what}_hash" in table.columns]


def _lists_of(session: Session, what: str, hashes: set[str]) -> Iterator[tuple[Table, list[int]]]:
    """Find rows of lists, which hold nothing but a case or a customer, and so no hash of it."""
    for table in Base.metadata.sorted_tables:
        if what in table.columns and f"{what}_hash" not in table.columns:
            rows = session.execute(select(table.c.id, table.c[what])).all()
            yield table, [row_id for row_id, words in rows if hashes & hashes_of(session, what, words or "")]


def told_of(session: Session, what: str, hashes: set[str]) -> dict[str, int]:
    """Count the rows about a case or a customer, by table."""
    found = {
        table.name: session.scalar(select(func.count()).select_from(table).where(_about(table, what, hashes))) or 0
        for table in tables_about(what)
    }
    found |= {table.name: len(ids) for table, ids in _lists_of(session, what, hashes)}
    return {name: count for name, count in found.items() if count}


def erase_reference(session: Session, what: str, hashes: set[str], now: datetime) -> int:
    """Let go of every word and reference in rows about a case or a customer; that something happened stays.

    Return how many messages are taken back.
    """
    taken_back = 0
    for table, listed in _lists_of(session, what, hashes):
        session.execute(delete(table).where(table.c.id.in_(listed)))
    for table in tables_about(what):
        ids = session.scalars(select(table.c.id).where(_about(table, what, hashes))).all()
        if not ids:
            continue
        _empty(session, table, table.c.id.in_(ids))
        for child in Base.metadata.sorted_tables:
            for column in child.columns:
                if any(key.column.table is table for key in column.foreign_keys):
                    _empty(session, child, column.in_(ids))
        taken_back += take_back(session, table.name, ids, now)
    return taken_back


def _empty(session: Session, table: Table, where: ColumnElement[bool]) -> None:
    words = [one.name for one in table.columns if isinstance(one.type, Sealed) and one.nullable]
    references = [one.name for one in table.columns if one.name in ("case_hash", "customer_hash")]
    if words or references:
        session.execute(update(table).where(where).values(dict.fromkeys((*words, *references))))


def take_back(session: Session, table: str, ids: Sequence[int], now: datetime) -> int:
    """Take back the messages about these rows, a few rows at a time."""
    return sum(
        unsay(session, partial(_about_rows, table, ids[first : first + A_FEW]), now)
        for first in range(0, len(ids), A_FEW)
    )


def _about_rows(table: str, ids: Collection[int], kind: type[Card | Notice]) -> ColumnElement[bool]:
    ours = [f"{prefix}:{row_id}" for prefix in SUBJECTS[table] for row_id in ids]
    after = [kind.subject.like(f"{one}:%:{row_id}") for one in SUBJECTS_AFTER_SOMEBODY[table] for row_id in ids]
    return or_(_named(ours, kind), *after)


def forget_replies(session: Session) -> None:
    """Let go of what the last commands were answered: whoever repeats one within ten minutes hears that it is done."""
    session.execute(update(InboxEntry).where(InboxEntry.reply.is_not(None)).values(reply=None))


def still_written(session: Session, words: str) -> dict[str, int]:
    """Count what people wrote that still holds these words: whoever runs the server decides about it."""
    holds, found = finder(words), {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed) and table is not Keyring.__table__:
                texts = session.scalars(select(column).where(column.is_not(None)).execution_options(yield_per=500))
                found[f"{table.name}.{column.name}"] = sum(map(holds, texts))
    return {name: count for name, count in found.items() if count}
