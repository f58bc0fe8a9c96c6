"""Whose fault something is: a claim that is disputed is nobody's yet, and what a customer did is not ours."""

from __future__ import annotations

import pytest

from bot.understanding.mirror.faults import is_disputed, may_be_ours, was_their_slip, was_theirs


@pytest.mark.parametrize(
    "typed",
    [
        "he says the driver never came and we say he did",
        "she says she returned the shoes, our system says no",
        "tracking says delivered, customer says nothing came",
        "technician never came, but our log says he was there at 9",
        "customer claims we promised a callback and nobody called",
        "she says the cleaner took her ring, cleaner says no",
        "customer says she sent it back but we never got it",
        "wir haben nichts bekommen, sie sagt sie hat es abgeschickt",
        "he allegedly got the wrong size from us",
        "we charged her twice, she says",
        "Kunde sagt er hat gezahlt, bei uns steht offen",
        "Er behauptet, wir hätten ihm einen Rückruf versprochen",
        "Techniker kam angeblich nicht",
        "sie sagt sie war da, der Fahrer sagt es war niemand da",
        "plumber says he rang the bell, tenant says nobody came",
        "she says it arrived broken, packer swears it was whole",
        "guest says room was filthy, housekeeping says it was cleaned and shows photos",
        "student says she handed it in, system has nothing",
        "Klempner sagt er hat geklingelt, Mieterin sagt niemand kam",
        "Gast sagt, das Zimmer war schmutzig, die Reinigung sagt, es war sauber",
    ],
)
def test_what_is_disputed_is_known(typed: str) -> None:
    """Where two accounts stand beside each other, or somebody only claims it, no sorry of ours is due yet."""
    assert is_disputed(typed)
    assert not may_be_ours(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Handy im Taxi vergessen",
        "Kundin hat ihre Jacke im Hotel vergessen",
        "Rechnung stimmt, er hat sie falsch gelesen",
        "left his phone in the taxi",
        "she misread the bill",
        "neighbour took her parcel",
        "it was his own mistake",
        "Parent says the teacher called her son lazy",
        "school parent says the teacher humiliated her son",
    ],
)
def test_what_others_did_is_not_ours(typed: str) -> None:
    """The customer plainly did it, or somebody else who is none of ours."""
    assert not is_disputed(typed)
    assert not may_be_ours(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "wrong cake delivered to wedding",
        "falscher Kuchen geliefert zur Hochzeit",
        "our driver broke her vase",
        "we forgot to book it and she missed it",
        "wir haben vergessen, ihm Bescheid zu geben, er hat den Zug verpasst",
        "ich habe den Rückruf vergessen",
        "her insurance claim was lost",
        "client claim lost by the office",
        "SIE haben vergessen, meine Tabletten zu bestellen!",
        "she says her parcel is late",
        "second warning given, he still swears at me",
        "she swears like a sailor about the late parcel",
        "he swears.",
        "he missed his flight because we sent the wrong taxi",
        "",
    ],
)
def test_what_may_be_ours_stays_ours(typed: str) -> None:
    """We are named, or nobody else did it, and nobody disputes it."""
    assert not is_disputed(typed)
    assert may_be_ours(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "he put the wrong delivery date in himself for his marquee, now it's our fault apparently",
        "customer washed the cashmere rug at 60, wants a full refund",
        "mattress return refused because she took the label off",
        "she booked the wrong day herself and blames us",
        "he's deleted the folder himself",
        "app deleted her photos she says. she pressed delete all and confirmed twice, its in the log",
        "letter went to her old address coz she never updated it",
        "he ticked no insurance and now the bike is stolen",
        "customer clicked cancel by mistake and wants it back",
        "spilled coffee on the laptop herself",
        "customer poured coffee over his own laptop",
        "crypto wallet sent to wrong chain himself",
        "customer forgot his appointment and blames us",
        "he scratched the car himself, we have film",
        "sie hat selbst die falsche Adresse eingegeben",
        "Kundin hat selbst die falsche Größe bestellt",
        "er hat den Kaffee selbst über den Laptop gekippt",
        "Kunde hat sein eigenes Auto zerkratzt",
    ],
)
def test_what_they_did_themselves_is_known(typed: str) -> None:
    """It is told as their own doing, so no words for a mistake of ours stand."""
    assert was_theirs(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "we washed her coat at 60",
        "our fitter broke the tap and he fixed it himself, he says",
        "he paid twice",
        "our waiter poured soup over his own shoes and the guest's coat",
        "we sent the wrong parcel and he had to come himself",
        "sie hat selbst schon dreimal angerufen",
        "Kundin hat selbst das falsche Paket bekommen",
        "wir haben selbst die falsche Adresse eingegeben",
    ],
)
def test_what_others_did_is_not_theirs(typed: str) -> None:
    """What somebody mends or pays is no mistake."""
    assert not was_theirs(typed)


def test_film_of_what_they_did_does_not_make_it_ours() -> None:
    """That we have seen it names us, and not as those who did it."""
    assert not may_be_ours("he scratched the car himself, we have film")


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("sie hat selbst die falsche Adresse eingegeben", True),
        ("she booked the wrong flight herself", True),
        ("he scratched the car himself, we have film", True),
        ("he's deleted the folder himself", False),
        ("we sent the wrong parcel and he had to come himself", False),
    ],
)
def test_the_wrong_one_that_they_took_or_broke_themselves_is_known(typed: str, slip: bool) -> None:
    """Words for a wrong one of ours would say the opposite."""
    assert was_their_slip(typed) is slip
