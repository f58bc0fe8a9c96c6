"""How a recuse is typed: every piece optional, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.handoffs.commands import LONGEST, Recuse
from bot.handoffs.model import Handoff, Reason
from bot.handoffs.typed import read_recuse
from bot.safety.hearing import Danger, danger_in
from bot.typing.mentions import Kind, Known, Mention
from tests.typing.test_grammar import grammar


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", Recuse()),
        ("@ben", Recuse(who="@ben")),
        ("<@U1|ben> CASE-42", Recuse(who="<@U1|ben>", case="CASE-42")),
        ("CASE-42 heated: wants the manager", Recuse(case="CASE-42", reason=Reason.HEATED, note="wants the manager")),
        ("case-42, heated, again", Recuse(case="case-42", reason=Reason.HEATED, note="again")),
        ("#1234 safety", Recuse(case="1234", reason=Reason.SAFETY)),
        ("10442: exhausted", Recuse(case="10442", reason=Reason.EXHAUSTED)),
        ("personal attack - called me names", Recuse(reason=Reason.ATTACK, note="called me names")),
        ("conflict of interest: my cousin", Recuse(reason=Reason.CONFLICT, note="my cousin")),
        ("end of shift", Recuse(reason=Reason.END_OF_SHIFT)),
        ("heated debate about a refund", Recuse(note="heated debate about a refund")),
        ("she keeps shouting", Recuse(note="she keeps shouting")),
        ("for @ana CASE-7 heated", Recuse(on_behalf_of="@ana", case="CASE-7", reason=Reason.HEATED)),
        ("for three hours now", Recuse(note="for three hours now")),
        ("3 times today", Recuse(note="3 times today")),
        # As help desks write theirs.
        ("INC0012345 abusive", Recuse(case="INC0012345", reason=Reason.ATTACK)),
        ("00123456 - angry, threatens", Recuse(case="00123456", note="angry, threatens")),
        ("CS-2026/11-0042 heated", Recuse(case="CS-2026/11-0042", reason=Reason.HEATED)),
        ("ZD#88231 heated", Recuse(case="ZD#88231", reason=Reason.HEATED)),
        ("case 42 heated: again", Recuse(case="42", reason=Reason.HEATED, note="again")),
        ("case no. 42: charged twice", Recuse(case="42", note="charged twice")),
        ("Vorgang Nr. 4711 Kundin schreit", Recuse(case="4711", note="Kundin schreit")),
        ("ticket #4711, he swears", Recuse(case="4711", note="he swears")),
        ('"CASE-42" heated', Recuse(case="CASE-42", reason=Reason.HEATED)),
        ("(CASE-42) heated", Recuse(case="CASE-42", reason=Reason.HEATED)),
        ("CASE-42.", Recuse(case="CASE-42")),
        ("CASE-42 | heated | charged twice", Recuse(case="CASE-42", reason=Reason.HEATED, note="charged twice")),
        ("CASE-42 reason: heated", Recuse(case="CASE-42", reason=Reason.HEATED)),
        ("FALL-42 hitzig: doppelt abgebucht", Recuse(case="FALL-42", reason=Reason.HEATED, note="doppelt abgebucht")),
        (
            "https://acme.example/agent/tickets/88231 heated",
            Recuse(case="88231", note="https://acme.example/agent/tickets/88231 heated"),
        ),
        ("case 3 times reopened", Recuse(note="case 3 times reopened")),
        ("case closed without a word", Recuse(note="case closed without a word")),
        ("https://acme.example/help she reads it to me", Recuse(note="https://acme.example/help she reads it to me")),
        ("CASE42 heated", Recuse(case="CASE42", reason=Reason.HEATED)),
        ("heated CASE-42 charged twice", Recuse(case="CASE-42", reason=Reason.HEATED, note="charged twice")),
        ("heated, case 42", Recuse(case="42", reason=Reason.HEATED)),
        ("please take CASE-42", Recuse(case="CASE-42")),
        ("please help me", Recuse(note="please help me")),
        ("500 errors and she shouts", Recuse(note="500 errors and she shouts")),
        ("1000 EUR missing", Recuse(note="1000 EUR missing")),
        ("my shift is over", Recuse(reason=Reason.END_OF_SHIFT)),
        ("@ben please, FALL-42 erschöpft", Recuse(who="@ben", case="FALL-42", reason=Reason.EXHAUSTED)),
        # Whom to ask first.
        ("to @ben CASE-42 heated", Recuse(who="@ben", case="CASE-42", reason=Reason.HEATED)),
        ("an <@U1|Ben> FALL-42", Recuse(who="<@U1|Ben>", case="FALL-42")),
        ("CASE-42 heated, ask @ben", Recuse(who="@ben", case="CASE-42", reason=Reason.HEATED)),
        ("to be honest I am done", Recuse(note="to be honest I am done")),
        # The case stands behind a name that nobody here has, too.
        ("omar CASE-45 he insults me", Recuse(case="CASE-45", note="omar CASE-45 he insults me")),
        ("to omar case 44 he insults me", Recuse(case="44", note="to omar case 44 he insults me")),
        ("an Omar, Fall 47: er schreit", Recuse(case="47", note="an Omar, Fall 47: er schreit")),
        ("omar order 889123 late", Recuse(case="889123", note="omar order 889123 late")),
        ("order 889123 is late, she shouts", Recuse(case="889123", note="is late, she shouts")),
        ("in case 3 of them come", Recuse(note="in case 3 of them come")),
        ("paid 500 for it", Recuse(note="paid 500 for it")),
        ("ordered 300 cups", Recuse(note="ordered 300 cups")),
    ],
)
def test_what_is_typed_is_read_as_meant(typed: str, read: Recuse) -> None:
    """Colleague, case and reason are recognised where they stand; the rest is the note."""
    assert read_recuse(typed) == read


@pytest.mark.parametrize(
    ("typed", "who", "case", "note"),
    [
        ("omar CASE-45 he insults me", True, "CASE-45", "he insults me"),
        ("to omar case 44 he insults me", True, "44", "he insults me"),
        ("an Omar, Fall 47: er schreit", True, "47", "er schreit"),
        ("Omar Haddad order 889123", True, "889123", ""),
        ("omar", True, "", ""),
        ("omar please", True, "", ""),
        ("Omar: er schreit", True, "", "er schreit"),
        ("omar will not stop shouting", False, "", "omar will not stop shouting"),
        ("to omar's house, he says", False, "", "to omar's house, he says"),
        ("oma CASE-45 schreit", False, "CASE-45", "oma CASE-45 schreit"),
    ],
)
def test_a_colleague_is_named_without_a_sign(typed: str, who: bool, case: str, note: str) -> None:
    """A name at the beginning is a colleague's where a case, a mark or nothing follows; else it begins a sentence."""
    found = grammar().read(f"/recuse {typed}", Known(people=(Mention(Kind.PERSON, "U1", "Omar Haddad"),)))

    assert isinstance(found, Recuse)
    assert (bool(found.who), found.case, found.note) == (who, case, note)


@pytest.mark.parametrize(
    ("typed", "who", "others", "case", "why"),
    [
        ("back to <@s|Sofia> she shouts", "<@s|Sofia>", "", "", "she shouts"),
        ("back an <@s|Sofia>, <@o|Omar>: tobt", "<@s|Sofia>", "<@o|Omar>", "", "tobt"),
        ("back <@s|Sofia>/<@o|Omar> she shouts", "<@s|Sofia>", "<@o|Omar>", "", "she shouts"),
        ("zurück für <@s|Sofia> oder <@o|Omar>", "<@s|Sofia>", "<@o|Omar>", "", ""),
        ("back CASE-43 not 42", "", "", "CASE-43", ""),
        ("back CASE-43, not 42: she shouts", "", "", "CASE-43", "she shouts"),
        ("zurück mit Fall 43 (nicht 42) an <@s|Sofia>", "<@s|Sofia>", "", "43", ""),
        ("back CASE-43 not 42 euros but 50", "", "", "CASE-43", "not 42 euros but 50"),
        ("back for 300 euros she will not pay", "", "", "", "for 300 euros she will not pay"),
        ("back to the start again", "", "", "", "to the start again"),
        ("give it back to <@s|Sofia>", "<@s|Sofia>", "", "", ""),
        ("please hand back to <@s|Sofia>: she shouts", "<@s|Sofia>", "", "", "she shouts"),
        ("pass it on to <@s|Sofia>", "<@s|Sofia>", "", "", ""),
        ("weitergeben an <@s|Sofia>, tobt", "<@s|Sofia>", "", "", "tobt"),
        ("gib den Fall zurück an <@s|Sofia>", "<@s|Sofia>", "", "", ""),
        ("back please <@s|Sofia>", "<@s|Sofia>", "", "", ""),
        ("back, <@s|Sofia> knows her", "<@s|Sofia>", "", "", "knows her"),
    ],
)
def test_whom_and_what_is_handed_on_is_read_as_meant(typed: str, who: str, others: str, case: str, why: str) -> None:
    """People and the case may stand in any order behind the word for back; the rest is why."""
    found = grammar().read(f"/recuse {typed}")

    assert isinstance(found, Recuse)
    assert (found.who, found.others, found.case, found.why) == (who, others, case, why)
    assert found.back


@pytest.mark.parametrize(
    "typed",
    [
        "back to anyone but <@s|Sofia>",
        "zurück, nicht an <@s|Sofia>",
        "back in 10 minutes",
        "back tomorrow",
        "zurück in 10 Minuten",
        "pass it on later",
        "back cancel",
        "back stop!",
        "back, never mind",
        "zurück doch nicht",
    ],
)
def test_handing_on_later_or_to_all_but_one_is_asked_about(typed: str) -> None:
    """It cannot be done so: nobody hears of a search that was not meant."""
    assert isinstance(grammar().read(f"/recuse {typed}"), NotUnderstood)


def test_danger_behind_back_is_never_asked_about() -> None:
    """Whoever tells of it is not asked when, or whom they mean."""
    assert isinstance(grammar().read("/recuse back in 10 minutes he will kill me"), Recuse)


def test_a_note_that_is_too_long_is_cut_and_says_so() -> None:
    """The search must not fail for a long story."""
    read = read_recuse("x" * (LONGEST + 1))

    assert isinstance(read, Recuse)
    assert read.cut
    assert len(read.note) == LONGEST


@given(st.text(max_size=400))
def test_reading_never_fails(words: str) -> None:
    """Any words at all begin a search."""
    assert isinstance(read_recuse(words), Recuse)


@pytest.mark.parametrize(
    "words",
    [
        "he threatened me",
        "she says she'll kill me",
        "said he will come after me",
        "he knows where I live",
        "wants to hurt himself",
        "talks about a gun",
        "is going to beat me",
        "mentions suicide",
    ],
)
def test_threats_are_heard(words: str) -> None:
    """A supervisor is called at once when somebody may be in danger."""
    assert danger_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "wants the manager",
        "charged twice since May",
        "the download kills his battery",
        "shouting, will not listen",
        "she is heartbroken about the wedding",
        "needs it before the gunwale is painted",
    ],
)
def test_anger_alone_is_no_threat(words: str) -> None:
    """Supervisors are not called out of turn for an angry customer."""
    assert not danger_in(words)


def test_a_danger_that_only_a_newer_version_knows_is_somebody_in_danger() -> None:
    """While two versions stand side by side, no card of such a case is a bug to whoever asks for it."""
    assert Handoff(danger_text="flood").danger is Danger.PERSON
    assert Handoff(danger_text="accident").danger is Danger.ACCIDENT
