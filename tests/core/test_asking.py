"""What the command line is asked, a line each."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from bot.errors import WrongUse
from bot.playbooks.shelves.shelf import read_books
from bot.run.asking import Asked, Misread, answer, answered, as_text, books_for, read_asked
from bot.store.content import SHIPPED_PLAYBOOKS


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (b'{"id": "a", "query": "she shouts"}', [Asked("a", "she shouts")]),
        (b'{"id": 7, "text": "she shouts", "more": []}', [Asked(7, "she shouts")]),
        (b'\xef\xbb\xbf\n  {"query": "she shouts"}\r\n', [Asked(2, "she shouts")]),
        (b"she shouts, loudly\n\nhe too\n", [Asked(1, "she shouts, loudly"), Asked(3, "he too")]),
        (b'"quoted", he said\n[1\n', [Asked(1, '"quoted", he said'), Asked(2, "[1")]),
        (b'"she \\"shouts\\""\n', [Asked(1, 'she "shouts"')]),
        (
            b'id,query,best\r\nx1,she shouts,a\r\nx2,"no, really",b\r\n',
            [Asked("x1", "she shouts"), Asked("x2", "no, really")],
        ),
        (b"query\tid\nshe shouts\t\n", [Asked(2, "she shouts")]),
        (b"id,query\nx1,\nx2,she shouts,,\n", [Asked("x1", ""), Asked("x2", "she shouts")]),
        (b"id;query\nx1;she shouts, loudly\n", [Asked("x1", "she shouts, loudly")]),
        (b"", []),
        (b" \n\n", []),
    ],
)
def test_lines_objects_and_tables_are_read(given: bytes, asked: list[Asked]) -> None:
    """Whatever form people have their texts in; what has no id goes by its line."""
    assert list(read_asked(given.splitlines(keepends=True))) == asked


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"id": 1', "begins like JSON"),
        (b'{"id": 1, "query": "x', "begins like JSON"),
        (b'{"id": NaN, "query": "x"}', "begins like JSON"),
        (b'{"id": 1}', "query is missing"),
        (b'{"id": 1, "query": null}', "query is missing"),
        (b'{"id": 1, "text": 7}', "query is no string"),
        (b'{"text": 7}', "has no id, and query is no string"),
        (b'{"id": [1], "query": "x"}', "has an id that is neither"),
        (b'{"id": 1e999, "query": "x"}', "has an id that is neither"),
        (b'{"a":' * 100_000, "begins like JSON"),
        (b'["she shouts"]', "is JSON, and neither a string nor"),
        (b"7", "is JSON, and neither a string nor"),
        (b"null", "is JSON, and neither a string nor"),
    ],
    ids="abcdefghijklm",
)
def test_a_line_that_cannot_be_read_is_named(line: bytes, words: str) -> None:
    """Which line, and what is wrong with it; the lines before and after it are answered."""
    first, misread, last = read_asked([b'{"id": 1, "query": "she keeps shouting"}\n', b"\n", line, b"\n", b"he too"])

    assert first == Asked(1, "she keeps shouting")
    assert isinstance(misread, Misread)
    assert re.match(f"Line 3 of the input.*{words}", misread.problem)
    assert (misread.id, misread.line) in {(1, None), (None, 3)}
    assert last == Asked(5, "he too")


def test_a_line_too_long_for_a_table_is_a_plain_one() -> None:
    """Nothing is a table only because it comes first."""
    assert list(read_asked([b"x" * 200_000])) == [Asked(1, "x" * 200_000)]


def test_a_cell_may_be_as_long_as_a_line() -> None:
    """A megabyte in a table is answered as a megabyte by itself is."""
    assert list(read_asked([b"id,query\n", b"1," + b"x" * 200_000 + b"\n"])) == [Asked("1", "x" * 200_000)]


UNCLOSED = "Line {} of the input opens a quote that nothing closes: close it, or double it."


@pytest.mark.parametrize(
    ("table", "read"),
    [
        ('1,"she shouts\n2,he swears\n3,he cries\n', [Misread("1", UNCLOSED.format(2)), *"23"]),
        ('1,"she shouts\n2,"he swears"\n3,he cries\n', [Misread("1", UNCLOSED.format(2)), *"23"]),
        ('1,she shouts\n"2,he swears\n3,he cries', ["1", Misread(None, UNCLOSED.format(3), 3), "3"]),
        ('1,"she\n\nshouts"\n2,he', ["1", "2"]),
        ('1,a 5" pipe\n2,"so ""good"" it is"\n3,"x" y\n', [*"123"]),
        ("1,she\rshouts\n2,he", [Misread(None, "Line 2", 2), "2"]),
    ],
)
def test_a_quote_that_nothing_closes_swallows_no_other_row(table: str, read: list[Misread | str]) -> None:
    """Its own line is named, and every other is answered; a cell over several lines is one all the same."""
    found = list(read_asked(BytesIO(f"id,query\n{table}".encode())))
    named = [one if isinstance(one, Misread) else one.id for one in found]

    assert len(named) == len(read)
    assert all(
        isinstance(one, Misread) and one.id == due.id and one.problem.startswith(due.problem)
        if isinstance(due, Misread)
        else one == due
        for one, due in zip(named, read, strict=True)
    )


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("id,query\nx1\n", "Line 2 of the input has 1 cell, and the table has 2 columns"),
        ("id,query\nx1,she shouts, loudly\n", "Line 2 of the input has 3 cells, and the table has 2 columns"),
        ("query\nshe shouts, loudly\n", "Line 2 of the input has 2 cells, and the table has 1 column"),
    ],
)
def test_a_row_that_has_not_the_columns_of_its_table_is_named(table: str, problem: str) -> None:
    """Half of a text, or none, would be answered as if it were all."""
    [read] = read_asked(BytesIO(table.encode()))

    assert isinstance(read, Misread)
    assert read.problem.startswith(problem)


def test_a_line_without_an_id_takes_nobody_elses() -> None:
    """The number of a line could be the id of another: what cannot be read has it as its line."""
    given = BytesIO(b'{"id": 2, "query": "she shouts"}\n{"query": 7}\n')
    first, second = answered(read_asked(given), lambda _words: {})

    assert first == {"id": 2}
    assert second == {"id": None, "line": 2, "error": "Line 2 of the input has no id, and query is no string."}


def test_many_quotes_that_nothing_closes_take_no_time() -> None:
    """Each is looked for in what follows, and only so far."""
    lines = [b"id,query\n", b'1,"x\n', *([b"2," + b"y" * 200 + b"\n"] * 20_000)]

    assert len(list(read_asked(lines))) == 20_001


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_refused(coding: str) -> None:
    """What some editors save as "Unicode" would be answered as rubbish."""
    with pytest.raises(WrongUse, match="not UTF-8"):
        list(read_asked("she shouts\nhe too\n".encode(coding).splitlines(keepends=True)))


@pytest.mark.parametrize(
    ("given", "name", "line"),
    [
        ("she\nGroße Störung\n", None, 2),
        ('she\n{"id": "a", "query": "Große Störung"}\n', "a", 2),
        ('she\n{"id": "ä", "query": "x"}\n', None, 2),
        ('she\n{"query": "Große\n', None, 2),
        ("id,query\n\nb,Große Störung\n", "b", 3),
        ('id,query\nb,"x\nGroße Störung"\n', "b", 3),
        ("Große\n", None, 1),
    ],
)
def test_a_line_that_is_not_utf_8_is_named(given: str, name: str | None, line: int) -> None:
    """Letters of another encoding would be answered as rubbish: under its id, if that can be read."""
    *_before, read = read_asked(given.encode("cp1252").splitlines(keepends=True))

    where = line if name is None else None
    assert read == Misread(name, f"Line {line} of the input is not UTF-8. Save it as UTF-8.", where)


def test_what_stands_around_a_line_that_is_not_utf_8_is_answered() -> None:
    """One bad line spoils no other, in lines and in a table; random bytes are no question."""
    for head, tail in ((b"", "he too"), (b"query\n", "he too")):
        *_first, bad, last = read_asked([*([head] if head else []), b"she shouts\n", b"\xff\xfa\x00\n", tail.encode()])
        assert isinstance(bad, Misread)
        assert isinstance(last, Asked)
        assert last.words == tail
    escaped = list(read_asked([b'{"query": "\\udc80"}']))
    assert escaped == [Asked(1, "\udc80")]


BOOKS = read_books(SHIPPED_PLAYBOOKS)


@pytest.mark.parametrize(
    ("words", "playbook"),
    [
        ("Der Kunde schreit mich an", "keep-calm"),
        ("Kunde droht mit Anwalt", "redirect"),
        ("she keeps shouting at me", "keep-calm"),
        ("Direktor. Sofort.", "someone-else"),
    ],
)
def test_playbooks_are_found_in_the_language_of_the_words(words: str, playbook: str) -> None:
    """German is looked for among the German playbooks, whichever language the terminal has."""
    books = books_for(BOOKS, words)
    found = books.suggester.suggest(words)

    assert books.language == ("en" if words.startswith("she") else "de")

    assert found[0].playbook_id == playbook


def test_first_words_are_told_where_there_are_some() -> None:
    """What to do and say first stands below what fits, and under a name of its own in JSON."""
    parcel = "parcel says delivered and she has nothing"
    told = answer(BOOKS, parcel)["opening"]
    calm = answer(BOOKS, f"{parcel}, I'm about to lose my temper")["opening"]

    assert told["id"] == calm["id"] == "parcel-says-delivered"
    assert told["do"] == "Leave the tracking aside. Start the search while they're with you."
    assert calm["do"] == BOOKS.catalogue.playbooks["keep-calm"].now.do
    assert told["say"] == calm["say"]
    assert as_text(BOOKS, parcel).splitlines()[-2:] == [told["do"], f"“{told['say']}”"]
    for words in ("nothing of the kind", f"{parcel}, she says she'll kill herself"):
        assert "opening" not in answer(BOOKS, words)
