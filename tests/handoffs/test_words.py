"""How a recuse is typed: every piece optional, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.handoffs.commands import LONGEST, CancelHandoff, CompleteHandoff, Recuse, StartHold
from bot.handoffs.model import Handoff, Reason
from bot.handoffs.reading.stepping_out import read_recuse
from bot.safety.hearing import Danger, danger_in
from bot.typing.command import Command
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
        # Alone, or at the end.
        ("42", Recuse(case="42")),
        ("she had this before CASE-42", Recuse(case="CASE-42", note="she had this before CASE-42")),
        ("he told her wrong things (case 42).", Recuse(case="42", note="he told her wrong things (case 42).")),
        ("he came from gate B-12", Recuse(note="he came from gate B-12")),
        ("waits since 2019", Recuse(note="waits since 2019")),
        # A dash stands between a name and the rest.
        ("@ben — CASE-42 heated: again", Recuse(who="@ben", case="CASE-42", reason=Reason.HEATED, note="again")),
        ("<@U1|Ben> – CASE-42 - again", Recuse(who="<@U1|Ben>", case="CASE-42", note="again")),
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
        ("back <@s|Sofia> — she shouts", "<@s|Sofia>", "", "", "she shouts"),
        ("give <@o|Omar> CASE-42", "<@o|Omar>", "", "CASE-42", ""),
        ("give CASE-42 to <@o|Omar>: she shouts", "<@o|Omar>", "", "CASE-42", "she shouts"),
        ("hand on <@o|Omar>", "<@o|Omar>", "", "", ""),
        ("please hand this over to <@o|Omar>, she shouts", "<@o|Omar>", "", "", "she shouts"),
        ("gib es an <@o|Omar> weil sie tobt", "<@o|Omar>", "", "", "weil sie tobt"),
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


@pytest.mark.parametrize(
    ("typed", "whom"),
    [
        ("give to omar", True),
        ("give omar CASE-42", True),
        ("pass it on to omar, she shouts", True),
        ("hand on to Omar Haddad", True),
        ("give omar's refund back at last", False),
        ("hand over heart, I tried", False),
    ],
)
def test_somebody_is_given_a_case_without_a_sign(typed: str, whom: bool) -> None:
    """The name is read where nothing else can be meant."""
    found = grammar().read(f"/recuse {typed}", Known(people=(Mention(Kind.PERSON, "U1", "Omar Haddad"),)))

    assert isinstance(found, Recuse)
    assert bool(found.who) == whom


@pytest.mark.parametrize(
    "typed",
    [
        "anyone but omar CASE-42",
        "CASE-42 anyone except <@U1|Omar Haddad> please",
        "CASE-42: she hates Omar, not Omar please",
        "CASE-42 heated: he knows her, just not omar",
        "jeder außer Omar, Fall 42",
        "not omar",
    ],
)
def test_whoever_is_to_be_left_out_is_asked_about(typed: str) -> None:
    """It cannot be done so, wherever it stands: nobody is asked first whom somebody does not want."""
    found = grammar().read(f"/recuse {typed}", Known(people=(Mention(Kind.PERSON, "U1", "Omar Haddad"),)))

    assert isinstance(found, NotUnderstood)
    assert found.what == "I can't leave Omar Haddad out."


@pytest.mark.parametrize(
    "typed", ["CASE-42: he insulted me, not <@U1|Omar>", "not working since May", "not omar's fault"]
)
def test_a_sentence_with_not_in_it_leaves_nobody_out(typed: str) -> None:
    """What the customer says of somebody is the note."""
    known = Known(people=(Mention(Kind.PERSON, "U1", "Omar Haddad"),))

    assert isinstance(grammar().read(f"/recuse {typed}", known), Recuse)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Cancel 🙏", CancelHandoff()),
        ("please cancel", CancelHandoff()),
        ("Cancel :pray:", CancelHandoff()),
        ("go on alone", CancelHandoff()),
        ("ich mache allein weiter", CancelHandoff()),
        ("cancel CASE-42", CancelHandoff(case="CASE-42")),
        ("Done ✅", CompleteHandoff()),
        ("done with it 🎉", CompleteHandoff()),
        ("done with CASE-42", CompleteHandoff(case="CASE-42")),
        ("done CASE-42 thanks!", CompleteHandoff(case="CASE-42")),
        ("they were called", CompleteHandoff(was_called=True)),
        ("I asked them to hold", StartHold()),
    ],
)
def test_our_words_are_read_whatever_stands_around_them(typed: str, read: Command) -> None:
    """Thanks, pictures and a case make no other command of them."""
    assert grammar().read(f"/recuse {typed}") == read


@pytest.mark.parametrize(
    "typed",
    ["I’m ok", "stop asking", "done with CASE-42, she has her refund", "done with them", "hold", "hold on", "called"],
)
def test_what_may_be_another_of_our_words_is_asked_about(typed: str) -> None:
    """No search begins, and nothing is noted."""
    assert isinstance(grammar().read(f"/recuse {typed}"), NotUnderstood)


@pytest.mark.parametrize(
    "typed",
    ["called me a liar", "done nothing wrong and she shouts", "holding for an hour, furious", "I'm done with him"],
)
def test_sentences_that_begin_like_our_words_are_notes(typed: str) -> None:
    """Somebody in need gets somebody."""
    assert isinstance(grammar().read(f"/recuse {typed}"), Recuse)


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
