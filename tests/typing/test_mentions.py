"""Whom people name, and how: the one reader of mentions."""

from __future__ import annotations

import pytest

from adapters.slack.words import clean
from bot.typing.addressing import said_to_us
from bot.typing.mentions import Kind, Known, Mention, named, read_mention, take_person
from bot.typing.names import called, nearest, tidy_name

MARY, LINH = Mention(Kind.PERSON, "U1", "Mary Jane O'Neil"), Mention(Kind.PERSON, "U2", "Nguyen, Linh (Acme)")
ZOE, BEN = Mention(Kind.PERSON, "U3", "Zoë Álvarez"), Mention(Kind.PERSON, "", "Ben")
SAMS = Mention(Kind.PERSON, "U4", "Sam de Vries"), Mention(Kind.PERSON, "U5", "Sam de Vries")
ADA = Mention(Kind.PERSON, "U6", "\U0001f525 Fire Ada \U0001f525")
KNOWN = Known(people=(MARY, LINH, ZOE, BEN, *SAMS, ADA), channels=(Mention(Kind.CHANNEL, "C1", "general"),))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("@Mary Jane O\u2019Neil CASE-42", f"{MARY} CASE-42"),
        ("@mary, heated", f"{MARY}, heated"),
        ("ask @zoe alvarez's team", f"ask {ZOE}'s team"),
        ("@Nguyen, Linh (Acme) CASE-1", f"{LINH} CASE-1"),
        ("@Linh Nguyen: loud", f"{LINH}: loud"),
        ("@Alvarez, Zoë: loud", f"{ZOE}: loud"),
        ("@ben", "<@|Ben>"),
        ("@sam de vries, CASE-7", "<@|sam de vries>, CASE-7"),
        ("@Vries, Sam de: loud", "<@|Vries, Sam de>: loud"),
        ("@\U0001f525 Fire Ada \U0001f525 CASE-7", "<@U6|\U0001f525 Fire Ada \U0001f525> CASE-7"),
        ("@Fire Ada CASE-7", "<@U6|\U0001f525 Fire Ada \U0001f525> CASE-7"),
        ("@(nobody) 50% @ 3", "@(nobody) 50% @ 3"),
        ("mail mary@example.com", "mail mary@example.com"),
        ("@nobody here", "@nobody here"),
        ("<@U1> in <#C1>", f"{MARY} in <#C1|general>"),
        ("<@U9|nia>", "<@U9|nia>"),
    ],
)
def test_typed_names_are_found_among_those_known(typed: str, read: str) -> None:
    """The longest name counts, and what nobody is called stays as it was typed."""
    assert KNOWN.read(typed) == read


@pytest.mark.parametrize(
    ("words", "who", "rest"),
    [
        ("<@29:ben|Ben Fox> CASE-42", "<@29:ben|Ben Fox>", "CASE-42"),
        ("<@29:ben|Ben Fox>, CASE-42", "<@29:ben|Ben Fox>", "CASE-42"),
        ("<&T1|night crew> CASE-42", "<&T1|night crew>", "CASE-42"),
        ("@ben: loud", "@ben", "loud"),
        ("CASE-42", "", "CASE-42"),
    ],
)
def test_somebody_is_taken_off_the_front(words: str, who: str, rest: str) -> None:
    """With every word of the name, and without the marks behind it."""
    assert take_person(words) == (who, rest)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<@U1|Ana> is on it", "Ana is on it"),
        ("see <#C1|general>", "see #general"),
        ("<&S1|@support> knows", "@support knows"),
        ("<@U9> called", "somebody called"),
    ],
)
def test_words_show_names(written: str, shown: str) -> None:
    """An account is never shown, not even of somebody without a name."""
    assert named(written) == shown


def test_names_cannot_break_a_mention() -> None:
    """Marks in a name are left out of it."""
    assert read_mention(str(Mention(Kind.PERSON, "29:x", "A|<b> C"))) == Mention(Kind.PERSON, "29:x", "Ab C")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (
            "<https://a.example/incidents/2026/11/pay|a.example/incidents/2026/\u2026> now",
            "https://a.example/incidents/2026/11/pay now",
        ),
        ("<https://a.example/x?a=1&amp;b=2|the page>", "the page (https://a.example/x?a=1&b=2)"),
        ("<http://example.com|example.com>", "example.com"),
        ("<https://a.example>", "https://a.example"),
        ("<mailto:a@b.example|a@b.example> <tel:+15551|+1 555 1>", "a@b.example +1 555 1"),
        ("<!date^1392734382^{date}|Feb 18> <!here> <!subteam^S1|@support>", "Feb 18 @here <&S1|@support>"),
        ("<#C1|general> <@U1|ana> &lt;b&gt; &amp;", "<#C1|general> <@U1|ana> <b> &"),
    ],
)
def test_what_slack_writes_is_read(sent: str, read: str) -> None:
    """Whole addresses, labels of phones and dates, and what is named."""
    assert clean(sent) == read


@pytest.mark.parametrize(
    ("words", "aloud", "said"),
    [
        ("<@UB>, calm", True, "calm"),
        ("<@U1> <@UB> calm", True, "calm"),
        ("<@UB> <@U1> calm", True, "calm"),
        ("hey <@UB>: calm", True, "calm"),
        ("calm <@UB>!", True, "calm"),
        ("<@UB>", True, ""),
        ("<@UB> \u2013 recuse <@U1>", False, "recuse <@U1>"),
        ("incident note 1 asked <@UB> twice", False, "incident note 1 asked <@UB> twice"),
        ("recuse <@UB> CASE-1", False, "recuse CASE-1"),
    ],
)
def test_what_is_said_to_us_is_found_around_our_name(words: str, aloud: bool, said: str) -> None:
    """Whatever stands beside it, in whatever order."""
    assert said_to_us(words, ("UB",), aloud=aloud) == said


@pytest.mark.parametrize(
    ("said", "tidy"),
    [
        ("Ana\nRuiz", "Ana Ruiz"),
        ("  Ana\t Ruiz\r\n", "Ana Ruiz"),
        ("Ana\u202e ziuR", "Ana ziuR"),
        ("An\u200ba\u2060\ufeff", "Ana"),
        ("\u200b\u200d", ""),
        ("\u3164 \u2800", ""),
        ("\u0644\u06cc\u200c\u0644\u06cc", "\u0644\u06cc\u200c\u0644\u06cc"),
        ("\U0001f469\u200d\U0001f692 Ada", "\U0001f469\u200d\U0001f692 Ada"),
        ("Nguyen, Linh (Acme)", "Nguyen, Linh (Acme)"),
        ("<b>Bo</b> & `Co`", "<b>Bo</b> & `Co`"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_one_line_of_what_is_seen(said: str, tidy: str) -> None:
    """It stands in the middle of our sentences: nothing breaks or turns them."""
    assert tidy_name(said) == tidy


@pytest.mark.parametrize("typed", ["mary jane o\u2019neil", "Mary Jane ONeil", "Mary Jane O'Neil", "MARY JANE O'NEIL"])
def test_a_name_is_somebodys_however_it_is_typed(typed: str) -> None:
    """Capitals, accents and apostrophes of any kind make no difference."""
    assert called(typed, KNOWN.people, lambda one: one.name) == [MARY]


PEOPLE = ["Zoë Álvarez", "Mary Jane O'Neil", "Nguyen, Linh (Acme)", "Łukasz Ødegård", "Ben"]
SLIPS = [
    ("zoe-alvares", "Zoë Álvarez"),
    ("Zoey", "Zoë Álvarez"),
    ("mary jane oneal", "Mary Jane O'Neil"),
    ("lihn nguyen", "Nguyen, Linh (Acme)"),
    ("Nguyen Lin", "Nguyen, Linh (Acme)"),
    ("lukash odegard", "Łukasz Ødegård"),
    ("benn", "Ben"),
    ("quartz", ""),
    ("Roberta Benson-Clarke", ""),
    ("Marianne Zoellner", ""),
    ("", ""),
]


@pytest.mark.parametrize(("slip", "meant"), SLIPS)
def test_a_slip_in_a_name_is_near_to_whoever_is_meant(slip: str, meant: str) -> None:
    """Accents, order and a company behind the name make no difference; a name of nobody is near to nobody."""
    assert nearest(slip, PEOPLE) == meant
