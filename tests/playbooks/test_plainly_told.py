"""What a text says in so many words is answered by that, whatever was learned; nobody owns up to what nobody told."""

from __future__ import annotations

import pytest

from bot.playbooks.openings import shipped_openings
from bot.playbooks.shelves.guards import named_plainly
from bot.playbooks.shelves.matching import match
from bot.playbooks.shelves.shelf import read_books
from bot.run.asking import answer
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding.rules import rules
from bot.understanding.understood import Understood

BOOKS = read_books(SHIPPED_PLAYBOOKS)


def shown(language: str, typed: str) -> str | None:
    """Name the opening that is shown."""
    found = match(shipped_openings()[language], language, Understood(typed), None)
    return found.id if found else None


@pytest.mark.parametrize(
    ("language", "typed", "opening"),
    [
        ("en", "my coworker was rude to him yesterday and now i get it", "colleague-was-rude"),
        ("de", "meine Kollegin war gestern unfreundlich zu ihm", "colleague-was-rude"),
        ("en", "coworker told her to shut up", "colleague-was-rude"),
        ("de", "Kollege hat ihr gesagt sie soll die Klappe halten", "colleague-was-rude"),
        ("en", "night team forgot his order", "colleague-mistake"),
        ("de", "die Nachtschicht hat seine Bestellung vergessen", "colleague-mistake"),
        ("de", "ich hab seine Bestellung vergessen", "forgot-order"),
        ("en", "my teammate cut him off", "hung-up-by-colleague"),
        ("de", "mein Kollege hat ihn abgewürgt", "hung-up-by-colleague"),
        ("en", "customer apologised and said sorry", "customer-apologised"),
        ("de", "sie hat sich entschuldigt", "customer-apologised"),
        ("en", "customer wont deal with a woman", "refuses-who-i-am"),
        ("de", "will nicht mit Frau reden", "refuses-who-i-am"),
        ("en", "my supervisor has gone home and customer insists", "manager-not-here"),
        ("de", "Chef ist krank er will Chef", "manager-not-available"),
        ("en", "wants to speak to my manager", "wants-manager"),
        ("de", "er will den Chef sprechen", "wants-manager"),
        ("en", "only a manager can approve it and he's on leave", "approver-away"),
        ("de", "nur der Chef kann das genehmigen und der ist im Urlaub", "approver-away"),
        ("en", "he threatened to ask for manager next", "may-go-higher"),
        ("de", "er droht nach dem Chef zu fragen", "may-go-higher"),
        ("en", "asks for head office address", "wants-an-address"),
        ("de", "will die Adresse der Zentrale", "wants-an-address"),
        ("en", "she hung up on me", "hung-up-on-me"),
        ("de", "legt einfach auf", "hung-up-on-me"),
        ("en", "the line went dead", "cut-off"),
        ("de", "Verbindung abgebrochen", "cut-off"),
        ("en", "i cut him off by accident", "hung-up-by-accident"),
        ("de", "ich hab aus Versehen aufgelegt", "hung-up-by-accident"),
        ("en", "customer has calmed down", "calmed-down"),
        ("de", "Kunde hat sich beruhigt was jetzt", "calmed-down"),
        ("en", "loan denied asks if its because hes black", "discriminated"),
        ("de", "fragt ob es daran liegt dass er schwarz ist", "discriminated"),
        ("en", "my boss will kill me if this isn't fixed by friday", "their-boss-presses"),
        ("de", "mein Chef bringt mich um wenn das bis Freitag nicht klappt", "their-boss-presses"),
        ("en", "he was promised a callback, nothing in the ticket", "promised-no-note"),
        ("de", "ihm wurde ein Rückruf versprochen, im Ticket steht nichts", "promised-no-note"),
        ("en", "how do i apologise", "we-made-mistake"),
        ("de", "entschuldigung", "we-made-mistake"),
        ("en", "customer wants fee waived 2nd time this month, i cant", "no-not-accepted"),
        ("en", "i cant give him the discount how do i tell him", "no-not-accepted"),
        ("de", "kann ihm den Rabatt nicht geben wie sag ichs", "no-not-accepted"),
        ("de", "Mahngebühr schon zweimal erlassen, will es wieder", "no-not-accepted"),
        ("en", "he says i promised it but i never did", "accounts-differ"),
        ("en", "he wont speak to me cos im indian", "refuses-who-i-am"),
        ("de", "mit Frauen diskutiert er nicht", "refuses-who-i-am"),
        ("en", "our receptionist snapped at him this morning", "colleague-was-rude"),
        ("en", "she has stopped shouting now", "calmed-down"),
        ("de", "sie schreit nicht mehr, ist ruhig jetzt", "calmed-down"),
        ("en", '"fine. whatever."', "fine-whatever"),
        ("de", '"schon gut"', "fine-whatever"),
        ("de", "er sagt ich habe es versprochen habe ich aber nie", "accounts-differ"),
    ],
)
def test_what_is_said_in_so_many_words_is_answered_by_that(language: str, typed: str, opening: str) -> None:
    """Who was rude, who forgot, who has gone and who is calm again decides, and no likeness to other texts."""
    assert shown(language, typed) == opening


@pytest.mark.parametrize(
    ("language", "typed", "opening"),
    [
        ("en", '"this is killing me"', "fine-whatever"),
        ("en", '"wtf is wrong with u people"', "fine-whatever"),
        ("en", '"whatever im done"', "fine-whatever"),
        ("en", "online checkin not working, queue is long", "card-machine-down"),
        ("en", "heat she keeps shouting", "heating-off"),
        ("en", "email stopped working mx changed", "log-says-sent"),
        ("en", '"ill have your head"', "wants-manager"),
        ("en", "he says hes got cancer and we keep calling him for $50", "cannot-be-given-back"),
        ("en", "builder: kitchen delivered with wrong worktop second time", "parcel-says-delivered"),
        ("en", "wedding photos lost by our lab", "data-lost"),
        ("en", "chat translator made 'refuse' from refund and now hes furious", "interpreter-missing"),
        ("en", "school office: father yells because his son was suspended", "game-banned"),
        ("en", "no invoice she cant return the shoes, worn, insists", "return-hardship"),
        ("en", "wants to return used mattress without receipt", "return-hardship"),
        ("en", "sim card not activated", "sim-swap"),
        ("en", "police officer lost his password", "wrongly-reported"),
        ("de", "hochzeitsfotos von unserem labor verloren", "sample-lost"),
        ("de", "wie heißen Sie nochmal", "charged-twice"),
        ("de", "falsche Farbe", "we-made-mistake"),
        ("de", "er wurde doppelt belastet Miete geplatzt", "we-made-mistake"),
    ],
)
def test_nothing_is_made_up_that_nobody_told(language: str, typed: str, opening: str) -> None:
    """A sentence about a fact is shown only where that fact was named."""
    assert shown(language, typed) != opening


@pytest.mark.parametrize("name", ["moments", "moments_de", "plain", "plain_de"])
def test_every_rule_stands_under_an_opening_that_there_is(name: str) -> None:
    """A misspelt name would never be shown."""
    language = "de" if name.endswith("_de") else "en"
    assert rules(f"playbooks/shelves/{name}").keys() <= shipped_openings()[language].by_id.keys()


@pytest.mark.parametrize(
    ("typed", "playbook"),
    [
        ("customer apologised and said sorry", "own-and-apologise"),
        ("sie hat sich entschuldigt", "own-and-apologise"),
        ("thank you so much for your help yesterday, you were great", "own-and-apologise"),
        ("vielen Dank für Ihre Hilfe gestern, Sie waren super", "own-and-apologise"),
        ("he don calm down now what next", "keep-calm"),
        ("Kunde hat sich beruhigt was jetzt", "keep-calm"),
    ],
)
def test_a_playbook_for_the_opposite_is_not_offered(typed: str, playbook: str) -> None:
    """Nobody says sorry to whoever says it, and nobody breathes out where all is calm."""
    assert playbook not in [one.playbook_id for one in BOOKS.suggester.suggest(typed, 6)]


@pytest.mark.parametrize(
    ("language", "typed", "admitted"),
    [
        ("en", "night team forgot his order", "it went wrong at our end"),
        ("en", "how do i apologise", "We got this wrong"),
        ("en", "we did overcharge him, 8 months", "We got this wrong"),
        ("de", "wir haben ihm wirklich zu viel berechnet, 8 Monate", "Das war unser Fehler"),
    ],
)
def test_guilt_that_is_plain_is_admitted_in_a_whole_sentence(language: str, typed: str, admitted: str) -> None:
    """A sorry that was put before it does not take its place."""
    assert admitted in answer(BOOKS.read_in(language), typed)["opening"]["say"]


def test_what_was_given_often_enough_is_not_asked_for_once_more() -> None:
    """Nor where no opening is likely, and the playbook is about what may be given."""
    typed = "he's had two goodwill credits already and wants another, not allowed"
    found = match(shipped_openings()["en"], "en", Understood(typed), "gesture")

    assert found is not None
    assert found.id == "no-not-accepted"


@pytest.mark.parametrize(
    "typed",
    [
        "The physio sat on my glasses!! He said sorry and carried on.",
        "she said sorry to me for shouting then shouted again",
        "he apologises for being slow on the phone, he's just come from the oncologist",
        "refund was promised and till today is nothing on his card, two weeks",
        "small baker, business credit not approved, oven on its last legs i think, he's gone quiet",
    ],
)
def test_words_that_only_sound_like_it_are_no_plain_case(typed: str) -> None:
    """What was learned answers them."""
    assert named_plainly(typed) is None


def test_what_was_promised_is_said_to_be_noted_nowhere() -> None:
    """What is said back leaves out no more than what it says itself."""
    said = answer(BOOKS, "he was promised a callback, nothing in the ticket")["opening"]["say"]
    assert "I can't find it noted" in said


@pytest.mark.parametrize(
    "typed", ["coworker told her to shut up", "my teammate shouted at customer before me", "my teammate cut him off"]
)
def test_what_a_colleague_said_is_no_abuse_of_whoever_answers(typed: str) -> None:
    """The customer was insulted, and is warned of nothing."""
    assert not Understood(typed).is_abusive


def test_what_a_customer_says_after_a_colleague_did_stays_abuse() -> None:
    """Only what the colleague said is left out."""
    assert Understood("my teammate shouted at customer before me and now he calls me an idiot").is_abusive
    assert Understood("my colleague called me a stupid cow").is_abusive


@pytest.mark.parametrize(
    ("typed", "unsaid"),
    [
        ("pet dog died in cargo", "died"),
        ("the line went dead", "So the line"),
        ("he missed the deadline by 1 day", "missed"),
        ("he sent 2k by zelle to a scammer and blames us", "you sent"),
    ],
)
def test_neither_a_death_nor_their_own_doing_is_said_back(typed: str, unsaid: str) -> None:
    """It would wound or accuse to hear it."""
    assert unsaid not in answer(BOOKS, typed)["opening"]["say"]
