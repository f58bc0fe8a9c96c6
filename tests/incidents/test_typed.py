"""Whatever people type about incidents is read however it is spelled; the dialogues play one spelling of each."""

from __future__ import annotations

import pytest

from bot.errors import NotUnderstood
from bot.incidents.commands import AskToOpen, ChangeSeverity, OfferOwnership, OpenIncident, PlanIncident, Resume
from bot.incidents.decisions.written import two, unmarked, unsigned
from bot.incidents.typed.counts import counts_something, counts_though_open
from bot.incidents.typed.numbers import take_number
from bot.typing.command import Command
from tests.stage import Cast, FakeStage
from tests.typing.test_grammar import grammar

EVERY = ["sev1", "sev2", "sev3", "sev4"]


@pytest.mark.parametrize(
    ("typed", "severity"),
    [
        ("sev1 Cards fail", 1),
        ("sev 1 Cards fail", 1),
        ("SEV-1: Cards fail", 1),
        ("severity 2 Cards fail", 2),
        ("P4 Cards fail", 4),
        ("[sev2] Cards fail", 2),
        (":fire: sev2 Cards fail", 2),
        ("🔥🔥 P2 Cards fail", 2),
        ("sev2 P2 Cards fail", 2),
        ("Cards fail (sev1)", 1),
        ("Cards fail sev1?", 1),
        ("severity two: Cards fail", 2),
        ("sev-ii Cards fail", 2),
        ("sev2Cards fail", 2),
        ("sév2 Cards fail", 2),
        ("Prio 2: Cards fail", 2),
        ("priority 2 - Cards fail", 2),
        ("Stufe zwei: Cards fail", 2),
        ("Cards fail", 3),
    ],
)
def test_a_severity_is_read_however_it_is_written(typed: str, severity: int) -> None:
    """It counts, and does not stay in the title."""
    assert grammar().read(f"/incident open {typed}") == OpenIncident(
        title="Cards fail", severity=severity, guessed=typed == "Cards fail"
    )


@pytest.mark.parametrize(
    ("typed", "number", "severity"),
    [
        ("#1 = 3", 1, 3),
        ("#1=3", 1, 3),
        ("1 = sev3", 1, 3),
        ("1 -> 2", 1, 2),
        ("#1: P2", 1, 2),
        ("12 to sev 1", 12, 1),
        ("incident 12 is severity 1", 12, 1),
        ("sev2 for #12", 12, 2),
        ("3 #12", 12, 3),
        ("12 prio 2", 12, 2),
        ("12 down to 3", 12, 3),
        ("12 sev 1!", 12, 1),
        ("12: one", 12, 1),
        ("sev1 12", 12, 1),
        ("sev2", None, 2),
    ],
)
def test_a_change_of_severity_is_read_however_it_is_written(typed: str, number: int | None, severity: int) -> None:
    """Signs and small words between the two numbers ask for nothing more."""
    assert grammar().read(f"/incident severity {typed}") == ChangeSeverity(number=number, severity=severity)


@pytest.mark.parametrize("typed", ["2", "2 down", "2 to"])
def test_a_number_alone_may_be_that_of_an_incident(typed: str) -> None:
    """Whether it is, is looked up."""
    assert grammar().read(f"/incident severity {typed}") == ChangeSeverity(severity=2, bare=True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sev1 sev2 Cards fail", ["sev1", "sev2"]),
        ("P0 Cards fail", EVERY),
        ("critical: Cards fail", EVERY),
        ("sev9 Cards fail", EVERY),
        ("sev2/3 Cards fail", EVERY),
        ("sev 2-3: Cards fail", EVERY),
        ("sev2 or 3 Cards fail", EVERY),
        ("sve2 Cards fail", EVERY),
        ("s2 Cards fail", EVERY),
        ("major: Cards fail", EVERY),
        ("high prio Cards fail", EVERY),
        ("kritisch Cards fail", EVERY),
    ],
)
def test_a_severity_that_is_not_clear_is_asked(typed: str, offered: list[str]) -> None:
    """Each button opens the incident with the title that was typed."""
    found = grammar().read(f"/incident open {typed}")

    assert isinstance(found, NotUnderstood)
    assert found.what == "I need a severity from 1 to 4."
    assert found.buttons == tuple(
        OpenIncident(title="Cards fail", severity=int(label[-1])).button(label) for label in offered
    )


@pytest.mark.parametrize(
    ("typed", "planned"),
    [("open sev1", False), ("open severity 1", False), ("plan sev1", True), ("plan P1", True)],
)
def test_a_severity_alone_is_kept_for_the_form(typed: str, planned: bool) -> None:
    """Whoever typed it does not choose it again."""
    assert grammar().read(f"/incident {typed}") == AskToOpen(severity=1, planned=planned)


@pytest.mark.parametrize(
    ("typed", "line", "severity"),
    [
        ("tomorrow 18:00 The shop closes", "tomorrow 18:00 The shop closes", 3),
        ("sev2 tomorrow 18:00: The shop closes", "tomorrow 18:00: The shop closes", 2),
        ("sev2 soon The shop closes", "soon The shop closes", 2),
        ("sev2 tomorrow 18:00", "tomorrow 18:00", 2),
    ],
)
def test_a_plan_is_kept_whole_until_its_time_is_read(typed: str, line: str, severity: int) -> None:
    """Only the severity comes off: where the time stands depends on whose wall it hangs on."""
    assert grammar().read(f"/incident plan {typed}") == PlanIncident(
        line=line, severity=severity, guessed=severity == 3
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [("resume", None), ("resume 1", 1), ("snooze off", None), ("pause off", None), ("pause 1 off", 1)],
)
def test_a_rest_ends_however_that_is_said(typed: str, number: int | None) -> None:
    """One command, whichever word began the rest."""
    assert grammar().read(f"/incident {typed}") == Resume(number=number)


@pytest.mark.parametrize(
    ("typed", "number", "who"),
    [
        ("me", None, "me"),
        ("myself", None, "myself"),
        ("@me", None, "@me"),
        ("@you", None, "@you"),
        ("1 @you", 1, "@you"),
        ("#1 me", 1, "me"),
        ("1 to @ben", 1, "@ben"),
        ("1 <@29:ben|Ben Fox>", 1, "<@29:ben|Ben Fox>"),
        ("<@29:ben|Ben Fox> for 1", 1, "<@29:ben|Ben Fox>"),
        ("1 ben, please", 1, "ben"),
        ("1: ben pls", 1, "ben"),
        ("@ben 1", 1, "@ben"),
        ("ben for #1", 1, "ben"),
        ("mary jane o'neil", None, "mary jane o'neil"),
        ("1 <@29:1ben-aad|Ben Otto is>", 1, "<@29:1ben-aad|Ben Otto is>"),  # as Teams calls people
        ("1: to <@29:1ben-aad|Ben>", 1, "<@29:1ben-aad|Ben>"),
    ],
)
def test_an_owner_is_named_behind_the_number(typed: str, number: int | None, who: str) -> None:
    """With its sign or without, and whoever that is."""
    assert grammar().read(f"/incident owner {typed}") == OfferOwnership(number=number, who=who)


@pytest.mark.parametrize("who", ["me", "myself", "@me", "@you", "1 @you", "#1 me"])
async def test_people_name_themselves_as_they_speak(stage: FakeStage, who: str) -> None:
    """Nobody has to know how the platform calls them."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")
    answer = await cast.ben.in_("incidents").types(f"/incident owner {who}")

    assert answer is not None
    assert "Ben owns it." in answer.text
    assert "Owner: Ben" in (await cast.ben.in_("incidents").sees())[0]


@pytest.mark.parametrize("typed", ["snooze", "pause", "snooze because x", "resolve", "owner", "resume"])
async def test_no_form_opens_for_whoever_may_not_use_it(stage: FakeStage, typed: str) -> None:
    """A colleague hears at once who owns it, and can own it with one press."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev1 Cards fail")
    ben = cast.ben.in_("incidents")
    answer = await ben.types(f"/incident {typed}")
    await ben.presses("I own it", answer)

    assert answer is not None
    assert "Omar owns #1." in answer.text
    assert ben.form is None
    assert "Owner: Ben" in (await ben.sees())[0]


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("Cards fail. We look. soon", "soon"),
        ("Cards fail. We look. Later today", "Later today"),
        ("Cards fail. We look. asap", "asap"),
        ("Cards fail. We look. Next update tomorrow", "Next update tomorrow"),
        ("Cards fail. We look.", ""),
    ],
)
async def test_a_time_that_cannot_be_promised_stays_where_it_belongs(stage: FakeStage, line: str, by: str) -> None:
    """It is mended beside its question, and nothing else is typed again."""
    omar = Cast(stage).omar.in_("incidents")
    await omar.types("/incident open sev2 Cards fail")
    await omar.types(f"/incident update {line}")
    assert omar.form is not None
    form = {question.name: question.value for question in omar.form.inputs}

    assert (form["notice"], form["doing"], form["by"]) == ("Cards fail.", "We look.", by)
    assert "Told to customers" not in "".join(await omar.sees())


@pytest.mark.parametrize(
    ("typed", "number", "rest"),
    [
        ("1, rang them", 1, "rang them"),
        ("12: vendor called", 12, "vendor called"),
        ("no. 1", 1, ""),
        ("# 4 half fixed", 4, "half fixed"),
        ("5,000 people can't log in", None, "5,000 people can't log in"),
        ("14:30 we restart", None, "14:30 we restart"),
        ("inc 1 30m", 1, "30m"),
        ("incident #2: fixed", 2, "fixed"),
        ("INC-2 fixed", 2, "fixed"),
        ("for 1: Cards fail", 1, "Cards fail"),
        ("of 1", 1, ""),
        ("for 2 hours cards failed", None, "for 2 hours cards failed"),
        ("INC0012345 is what the vendor calls it", None, "INC0012345 is what the vendor calls it"),
    ],
)
def test_a_number_is_read_with_what_parts_it_from_the_words(typed: str, number: int | None, rest: str) -> None:
    """Never one that is part of the words."""
    assert take_number(typed) == (number, rest)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2 resolve done. thanks all", "resolve #2 done. thanks all"),
        ("incident 2 resolve done. thanks all", "resolve #2 done. thanks all"),
        ("#1: note vendor called", "note #1 vendor called"),
        ("2 is fixed", "resolve #2"),
        ("2 resolved", "resolve #2"),
        ("2 behoben", "resolve #2"),
        ("2 sev1", "severity #2 sev1"),
        ("sev1 for #2", "severity #2 sev1"),
        ("upgrade 2 to sev1", "severity 2 sev1"),
        ("resolve 2.", "resolve #2"),
        ("resolve #2!", "resolve #2"),
        ("postmortem 1", "retro 1"),
        ("timeline 1", "history 1"),
        ("hand over to @sofia", "owner @sofia"),
        ("give it to @sofia", "owner @sofia"),
        ("übergeben an @sofia", "owner @sofia"),
        ("owner 1 @ana, please own this", "owner 1 @ana"),
        ("aktualisieren Karten gehen nicht.", "update Karten gehen nicht."),
        ("schlummern 15 min weil Dienstleister", "snooze 15 min weil Dienstleister"),
        ("eröffnen sev2 Suche hakt", "open sev2 Suche hakt"),
        ("follow-up 1 @ana friday: rotate", "followup 1 @ana friday: rotate"),
        ("2", "show #2"),
        ("inc-2", "show #2"),
        ("1 update Cards fail. We look. 30m", "update #1 Cards fail. We look. 30m"),
        ("2 snooze 30m because vendor", "snooze #2 30m because vendor"),
        ("close 2", "resolve 2"),
        ("closed #2 fixed by a rollback", "resolve #2 fixed by a rollback"),
        ("fixed 2", "resolve 2"),
        ("new sev2 Cards fail", "open sev2 Cards fail"),
        ("sev 2 sev1", "severity 2 sev1"),
        ("assign 1 @ben", "owner 1 @ben"),
        ("status", "list"),
        ("unsnooze 1", "resume 1"),
        ("unpause 1", "resume 1"),
        ("no change 1", "update 1 no change"),
        ("update no change", "update nothing new"),
        ("schließe 2 Rollback half", "resolve 2 Rollback half"),
    ],
)
def test_other_words_and_another_order_are_read(typed: str, meant: str) -> None:
    """Whoever has a word of their own, or names the incident first, is understood."""
    assert isinstance(grammar().read(f"/incident {meant}"), Command)
    assert grammar().read(f"/incident {typed}") == grammar().read(f"/incident {meant}")


@pytest.mark.parametrize(
    "typed", ["3 customers cannot log in", "2 open sev2 Cards fail", "1: vendor called", "14:30 resolve"]
)
def test_a_number_in_front_of_anything_else_is_no_incident(typed: str) -> None:
    """Nothing is done to an incident that may not be meant."""
    assert isinstance(grammar().read(f"/incident {typed}"), NotUnderstood)


def test_two_owners_are_asked_back() -> None:
    """One is asked to own it; nobody is, until it is clear who."""
    found = grammar().read("/incident owner 1 <@U1|Ben> <@U2|Sofia Rossi>")

    assert isinstance(found, NotUnderstood)
    assert [button.label for button in found.buttons] == ["Ben", "Sofia Rossi"]


@pytest.mark.parametrize("typed", ["delete 1", "merge 1 2"])
def test_what_cannot_be_done_opens_nothing(typed: str) -> None:
    """No incident is offered to be opened by words that name one."""
    found = grammar().read(f"/incident {typed}")

    assert isinstance(found, NotUnderstood)
    assert not any(button.label.startswith("/incident open") for button in found.buttons)


@pytest.mark.parametrize("typed", ["snooze 1 and 2 30m because x", "resolve 1 & 2", "show #1, #2", "owner 1 und 2 me"])
def test_two_incidents_at_once_are_asked_back(typed: str) -> None:
    """Nothing is done to one of them only."""
    found = grammar().read(f"/incident {typed}")

    assert isinstance(found, NotUnderstood)
    assert [button.label for button in found.buttons] == ["#1", "#2"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Cards fail. We look. 30m. -- Omar Haddad Support Lead, Acme", "Cards fail. We look. 30m."),
        ("Cards fail. We look. Sent from my iPhone", "Cards fail. We look."),
        ("Cards fail. We look. - Omar", "Cards fail. We look."),
        ("Cards fail. We look. Kind regards, Omar Haddad", "Cards fail. We look."),
        ("Karten gehen nicht. MfG Omar", "Karten gehen nicht."),
        ("Karten gehen nicht. Viele Grüße", "Karten gehen nicht."),
        ("| Cards fail | We look | 30m |", "| Cards fail | We look | 30m"),
        ("Cards fail. Thanks for your patience!", "Cards fail. Thanks for your patience!"),
        ("Cards fail - we look", "Cards fail - we look"),
        ("Cards fail. - Visa only", "Cards fail. - Visa only"),
        ("Mail sent from my shop is late. We look.", "Mail sent from my shop is late. We look."),
        ("Cards fail. Best we can do is wait.", "Cards fail. Best we can do is wait."),
    ],
)
def test_nobody_signs_what_customers_read(typed: str, kept: str) -> None:
    """What people and their mail put below goes; a sentence stays."""
    assert unsigned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("*Cards fail.* _We look._ Next update `10:25`", "Cards fail. We look. Next update 10:25"),
        ("> Cards fail. > We look.", "Cards fail. We look."),
        ("2 * 3 and file_name_here stay", "2 * 3 and file_name_here stay"),
        ("more than > 5 fail", "more than > 5 fail"),
    ],
)
def test_customers_read_no_marks_of_a_chat(typed: str, kept: str) -> None:
    """A status page draws no asterisks."""
    assert unmarked(typed) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("| Cards fail | We look", ("Cards fail.", "We look.")),
        ("• Cards fail • We look •", ("Cards fail.", "We look.")),
        ("Cards fail. We look.", ("Cards fail.", "We look.")),
    ],
)
def test_pasted_rows_and_lists_are_told_apart(typed: str, told: tuple[str, str]) -> None:
    """The marks of a table or a list are no words for customers."""
    assert two(typed) == told


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("1 in 5 customers can't pay", True),
        ("1 customer cannot log in", True),
        ("2 of the shops work again", True),
        ("2 shops cannot pay", True),
        ("3 cards are declined", True),
        ("2 smaller shops cannot pay", True),
        ("9 out of 10 payments fail", True),
        ("2 lorries are stuck", True),
        ("3 more customers called", True),
        ("2 Kunden können nicht zahlen", True),
        ("1 Kunde kann nicht zahlen", True),
        ("2 kleine Läden sind zu", True),
        ("1 card in ten is declined", True),
        ("5 % of payments fail", True),
        ("2 hours of delay", True),
        ("1 Zahlungen scheitern in 3 Läden", False),
        ("1 Kunden können nicht zahlen", False),
        ("1 customers can't pay", False),
        ("1 people cannot pay", False),
        ("1 customer portal is down", False),
        ("1 third party is down", False),
        ("1 payment fails", False),
        ("1 von 5 Zahlungen schlägt fehl", True),
        ("12 Some cards are declined", False),
        ("2 some shops cannot pay", False),
        ("1 Cards fail for some of you", False),
        ("12 vendor called", False),
        ("1 in 30m", False),
        ("1 in 20 min", False),
        ("2 works again", False),
        ("2: shops cannot pay", False),
        ("#2 shops cannot pay", False),
        ("1 Search is fast again", False),
    ],
)
def test_a_bare_number_may_count_what_follows(words: str, counts: bool) -> None:
    """Then it is not taken for that of an incident."""
    assert counts_something(words) is counts


@pytest.mark.parametrize(
    ("words", "heading", "other", "counts"),
    [
        ("1 payments fail", "Card payments fail", "Search is slow", False),
        ("1 people can't pay", "Card payments fail", "Search is slow", False),
        ("2 users see errors", "Search is slow", "Card payments fail", False),
        ("2 searches are slow", "Search is slow", "Card payments fail", False),
        ("2 orders were doubled. We look at payments", "Search is slow", "Card payments fail", False),
        ("2 shops cannot pay", "Card payments fail", "Payment pages are slow", False),
        ("2 shops cannot pay", "Search is slow", "Card payments fail", True),
        ("2 Kunden können nicht zahlen", "Die Suche ist langsam", "Kartenzahlungen scheitern", True),
        ("2 Kunden finden nichts", "Die Suche ist langsam", "Kartenzahlungen scheitern", False),
        ("1 in 5 payments fails", "Card payments fail", "Search is slow", True),
        ("2 of the shops cannot search", "Search is slow", "Card payments fail", True),
    ],
)
def test_the_number_of_an_open_incident_seldom_counts(words: str, heading: str, other: str, counts: bool) -> None:
    """It does where it can be nothing else, or where what it counts is rather about another one that is open."""
    assert counts_though_open(words, heading, [other]) is counts
