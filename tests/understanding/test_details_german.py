"""Details in what Germans type: said back where it is certain whose they are, and left alone everywhere else."""

from __future__ import annotations

import pytest

from bot.playbooks.acknowledging import acknowledgement
from bot.playbooks.first_words import first_words
from bot.say.language import speaking
from bot.understanding.details import Detail, details_in

THIRD_CALL = "Sie müssen jetzt schon zum dritten Mal anrufen."
PROMISED = "Man hat Ihnen einen Rückruf versprochen, und der kam nicht."
NO_CALL = "Sie haben auf einen Rückruf gewartet, und der kam nicht."
NOBODY_CAME = "Sie haben gewartet, und niemand ist gekommen."
MINE = "Das war mein Fehler, und es tut mir leid."
OURS = "Das war unser Fehler, und es tut mir leid."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kunde wartet schon seit 6 wochen auf sein geld", "Sechs Wochen, das ist eine lange Wartezeit."),
        ("sie wartet auf ihre Erstattung seit drei Monaten", "Drei Monate, das ist eine lange Wartezeit."),
        ("sauer, weil er seit einer Woche wartet", "Eine Woche, das ist eine lange Wartezeit."),
        ("seit 14 tagen wartet die kundin auf antwort", "14 Tage, das ist eine lange Wartezeit."),
        ("Ich warte seit drei Wochen auf mein Geld, was denken Sie sich", "Drei Wochen, das ist eine lange Wartezeit."),
        ("er hing 50 minuten in der warteschleife", "50 Minuten in der Warteschleife, das kostet Nerven."),
        ("bin seit einer stunde mit ihm am telefon", "Eine Stunde am Telefon, das ist lang."),
        ("heizung seit 5 tagen aus, säugling in der wohnung", "Fünf Tage ohne Heizung, das ist eine lange Zeit."),
        ("Kundin hat kein warmes Wasser seit einer Woche", "Eine Woche ohne warmes Wasser, das ist eine lange Zeit."),
        ("seit zwei tagen ist das internet weg", "Zwei Tage ohne Internet, das ist eine lange Zeit."),
        ("shop ist seit 6 stunden offline, er tobt", "Sechs Stunden Ausfall, das ist lang."),
        ("kundin ruft heute schon zum 3. mal an", THIRD_CALL),
        ("jetzt zum dritten Mal ruft er an", THIRD_CALL),
        ("sie hat schon dreimal angerufen", "Sie mussten schon dreimal anrufen."),
        ("schon ihr dritter anruf deswegen", THIRD_CALL),
        ("das ist jetzt mein dritter Anruf bei Ihnen", THIRD_CALL),
        ("er schreibt zum vierten mal", "Sie müssen jetzt schon zum vierten Mal schreiben."),
        ("kunde hat schon fünf mails geschrieben", "Sie mussten schon fünfmal schreiben."),
        ("er fragt zum zweiten mal", "Sie müssen jetzt schon zum zweiten Mal nachfragen."),
        ("rückruf versprochen, keiner hat sich gemeldet", PROMISED),
        ("wir haben ihr versprochen zurückzurufen, niemand hat es gemacht", PROMISED),
        ("versprochener Rückruf kam nie", PROMISED),
        ("keiner hat den kunden zurückgerufen", NO_CALL),
        ("sie wurde nie zurückgerufen", NO_CALL),
        ("techniker wieder nicht gekommen", NOBODY_CAME),
        ("der Monteur kam nicht, Mieterin tobt", NOBODY_CAME),
        ("ich hab den falschen tag eingetragen, kundin weint", MINE),
        ("Kunde ist umsonst gefahren, mein Fehler", MINE),
        ("wir haben ihr zweimal abgebucht", OURS),
        ("wir haben dem kunden die falsche größe geschickt", OURS),
        ("oma auf enkeltrick reingefallen, 8000 euro weg", "8000 Euro zu verlieren trifft jeden hart."),
        ("enkeltrick, 15000 weg, sohn ruft an", "15000 zu verlieren trifft jeden hart."),
        ("paket weg, ihre hochzeit ist samstag", "Die Hochzeit ist am Samstag, da wollen wir keine Zeit verlieren."),
        ("kleid fehlt, kundin heiratet am samstag", "Die Hochzeit ist am Samstag, da wollen wir keine Zeit verlieren."),
        ("am freitag ist die beerdigung", "Die Beerdigung ist am Freitag, da wollen wir keine Zeit verlieren."),
        ("reisepass fehlt, flug geht morgen", "Der Flug ist morgen, da wollen wir keine Zeit verlieren."),
        ("strom wird morgen abgestellt, zwei kinder", "Das ist schon morgen, da wollen wir keine Zeit verlieren."),
        ("er braucht das teil bis freitag", "Sie brauchen es bis Freitag, da wollen wir keine Zeit verlieren."),
        ("seine frau ist letzte woche gestorben", "Mein herzliches Beileid zum Tod Ihrer Frau."),
        ("sie hat gerade ihren mann verloren", "Mein herzliches Beileid zum Tod Ihres Mannes."),
        ("Mein Vater ist verstorben, ich möchte den Vertrag kündigen", "Mein herzliches Beileid zum Tod Ihres Vaters."),
    ],
)
def test_what_is_certain_is_said_back(typed: str, said: str) -> None:
    """A length, a repeat, a promise, a fault, a sum, a day, a death, in small letters or large ones."""
    with speaking("de"):
        assert acknowledgement(details_in(typed, "de")) == said


@pytest.mark.parametrize(
    "typed",
    [
        "ich bin seit drei Wochen hier und er nervt",
        "ich warte seit drei wochen auf die freigabe vom chef",
        "sie wartet seit 10 minuten",
        "kunde wartet seit 3 tagn",
        "er wartet noch drei wochen mit der zahlung",
        "wenn er drei wochen wartet, bekommt er einen rabatt",
        "sie wartet seit langem",
        "kunde seit 20 jahren, wartet auf antwort",
        "kann ich ihn 30 minuten in der warteschleife lassen",
        "die lieferung dauert drei wochen und das wusste er",
        "ich sage ihm das jetzt zum dritten mal",
        "er fragt zum dritten mal, wo ich wohne",
        "ich rufe jetzt zum dritten mal beim lieferanten an",
        "das ist mein dritter anruf heute mit so einem",
        "mein dritter Anruf heute und ich kann nicht mehr",
        "ich habe sie dreimal angerufen",
        "rückruf bis 17 uhr versprochen",
        "er ruft nie zurück",
        "ich rufe sie morgen zurück",
        "techniker kommt nicht vor montag",
        "der techniker ist nicht da, soll ich vertrösten",
        "er sagt, es war mein fehler",
        "sie schreibt: mein fehler, falsche nummer",
        "er meint, wir haben ihr zweimal abgebucht",
        "das war nicht mein fehler, sagt sie aber",
        "ist das unser fehler, dass sie gestürzt ist",
        "Ich habe den falschen Tag gebucht, können Sie das ändern?",
        "Ich habe mich vertan, haben Sie noch einen anderen Termin?",
        "er behauptet, wir haben doppelt abgebucht",
        "er hat 5 euro verloren",
        "wir haben 400 kunden verloren",
        "die hochzeit war am samstag und lief schief",
        "flug heute gestrichen, sie sitzt fest",
        "meine hochzeit ist samstag und ich muss arbeiten",
        "will wissen, ob die prüfung morgen ist",
        "er muss bis freitag zahlen",
        "montag ist feiertag",
        "internet geht wieder, sie war fünf tage ohne internet",
        "alles erledigt, er hat drei wochen gewartet",
        "der akku ist gestorben",
        "ihr hund ist gestorben",
        "meine mutter ist gestorben und ich habe schicht",
        "",
    ],
)
def test_what_may_be_another_s_is_left_alone(typed: str) -> None:
    """Whose length, whose fault, a plan, a claim, a question, what is over: in doubt nothing is said."""
    with speaking("de"):
        assert acknowledgement(details_in(typed, "de")) == ""


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("im chat, sie wartet", {Detail.CHAT}),
        ("chat: kunde wird ausfallend", {Detail.CHAT}),
        ("wie antworte ich auf seine mail", {Detail.EMAIL}),
        ("großkunde schickt wütende mail", {Detail.EMAIL}),
        ("sie hat keine mail bekommen", set()),
        ("seine mail adresse ist falsch", set()),
        ("der chatbot hilft ihm nicht", set()),
    ],
)
def test_how_they_speak_is_read_in_german(typed: str, ways: set[Detail]) -> None:
    """An e-mail that never came is no e-mail to answer."""
    assert {Detail.CHAT, Detail.EMAIL} & set(details_in(typed, "de")) == ways


def test_what_follows_a_detail_is_german_as_well() -> None:
    """Where neither a matter nor a playbook is sure, too."""
    with speaking("de"):
        said = first_words(None, PROMISED, None)

    assert said is not None
    assert said.say.startswith(f"{PROMISED} Sagen Sie mir das eine, was nicht warten kann")
