"""Heat in German: rules hear it, for what was learned is English."""

from __future__ import annotations

import pytest

from bot.understanding.heat import Level, heat_of
from bot.understanding.signals import Signal

ABUSIVE = (
    "er nennt mich Arschloch und Schlampe und brüllt",
    "sie sagt, ich bin eine blöde Kuh",
    "Der Kunde nennt uns Vollidioten",
    "Sie sind doch zu dumm zum Telefonieren",
    "Du Hurensohn, gib mir mein Geld",
    "er hat mich beleidigt",
    "Halt die Fresse",
    "halten Sie die Klappe",
    "Ihr seid alle unfähig",
    "Ihr Versager, ruft mich zurück",
    "ihr Betrügerpack!",
    "so ein Abschaum wie Sie",
    "er nennt meine Kollegin Nutte",
    "gehen Sie dahin zurück, wo Sie herkommen",
    "lernen Sie erst mal Deutsch",
    "ich will mit einem richtigen Deutschen sprechen",
    "die Kundin beleidigt mich seit zehn Minuten",
    "dreckige Kanaken seid ihr",
)
ANGRY = (
    "sie schreit mich an",
    "der Kunde brüllt nur noch",
    "er rastet völlig aus",
    "er hat mich angeschrien",
    "so eine Scheiße, seit Tagen kein Internet",
    "was für ein Saftladen",
    "verdammt noch mal, wo ist mein Paket",
    "ich habe die Schnauze voll",
    "letzte Warnung",
    "Sie haben 24 Stunden, sonst gehe ich zum Anwalt",
    "wenn das morgen nicht geht, dann kündige ich",
    "er droht mit dem Anwalt",
    "sie droht, zur Presse zu gehen, und geht an die Presse",
    "mein Anwalt meldet sich bei Ihnen",
    "ich verklage Sie",
    "jetzt reicht's mir",
    "sie flucht und tobt",
)
CALM = (
    "sie schreibt mir jeden Tag",
    "er fragt, wann sein Paket kommt",
    "ich bin ein Idiot, ich habe das Passwort vergessen",
    "das Baby schreit im Hintergrund",
    "sie schreit vor Freude",
    "der Kunde ist Rechtsanwalt und möchte einen Termin",
    "das war verdammt gut, danke",
    "eine dumme Frage: wie ändere ich die Adresse?",
    "Die Kundin ist ruhig und freundlich",
    "Er schreit nicht, er ist nur enttäuscht",
    "Wann bekomme ich die Rechnung?",
    "die Kundin fragt nach ihrem Paket",
    "die von der Technik rufen morgen an",
    "Der Drucker brüllt nicht mehr",
    "die Presse fragt nach einem Interview",
    "Ich habe den Kunden zurückgerufen",
    "eine idiotensichere Anleitung, bitte",
)

HARASSED = (
    "er macht rassistische Sprüche",
    "er fragt, was ich anhabe",
    "kundin nennt mich schätzchen und fragt wann ich feierabend habe",
    "er will wissen, wann ich heute Feierabend mache",
    "Sie fragt dauernd, ob ich einen Freund habe",
    "der Gast hat mir an den Hintern gefasst",
    "er will meine private Nummer",
    "der Anrufer stöhnt ins Telefon",
    "Er macht anzügliche Bemerkungen über meine Figur",
    "sie äfft meinen Akzent nach",
    "Er will nicht von einer Schwarzen bedient werden",
    "er wartet nach der Schicht auf mich",
    "er weiß, wo ich parke",
    "sie steht vor meiner Haustür",
    "ein Kunde hat mein Instagram gefunden",
    "Er macht Fotos von mir",
)
SOUNDS_LIKE_IT = (
    "er fragt, was ich empfehle",
    "sie fragt, ob ich einen Termin habe",
    "sie fragt nach meiner Durchwahl",
    "er wartet auf mich seit zehn Minuten in der Leitung",
    "der Mann steht vor der Tür mit dem Paket",
    "er verfolgt die Sendung",
    "was haben Sie an Angeboten?",
    "Wie geht es dir?",
    "der Gast filmt mich und will mit der Leitung sprechen",
)


@pytest.mark.parametrize("words", HARASSED)
def test_harassment_is_abuse_and_named(words: str) -> None:
    """Of a sexual kind, for where somebody comes from, or by not keeping away."""
    heat = heat_of(words)

    assert heat.level is Level.ABUSIVE
    assert Signal.HARASSMENT in heat.signals


@pytest.mark.parametrize("words", SOUNDS_LIKE_IT)
def test_what_only_sounds_like_harassment_is_calm(words: str) -> None:
    """Customers ask much, and wait."""
    assert heat_of(words).level is Level.CALM


@pytest.mark.parametrize("words", ABUSIVE)
def test_insults_and_slurs_are_abuse(words: str) -> None:
    """Whoever is called names reads that they need not bear it."""
    heat = heat_of(words)

    assert heat.level is Level.ABUSIVE
    assert {Signal.INSULT, Signal.SLUR} & set(heat.signals)


@pytest.mark.parametrize("words", ANGRY)
def test_shouting_swearing_and_threats_of_lawyers_are_anger(words: str) -> None:
    """None of them is about a person."""
    assert heat_of(words).level is Level.ANGRY


@pytest.mark.parametrize("words", CALM)
def test_calm_words_stay_calm(words: str) -> None:
    """What only sounds like heat is none."""
    assert heat_of(words).level < Level.ANGRY


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ('"kanacke" hat er gesagt', Level.ABUSIVE),
        ("behindert nennt er uns", Level.ABUSIVE),
        ("depp", Level.ABUSIVE),
        ('"leck mich"', Level.ABUSIVE),
        ('"verpiss dich"', Level.ABUSIVE),
        ("kunde sagt ich soll deutsch lernen", Level.ABUSIVE),
        ("gib mir einen deutschen", Level.ABUSIVE),
        ("will nicht mit frau reden", Level.ABUSIVE),
        ("ich könnt euch alle an die wand klatschen", Level.ABUSIVE),
        ("wird unverschämt", Level.ANGRY),
        ("er sagt ich bin inkompetent", Level.ANGRY),
        ("seid ihr blöd oder was", Level.ANGRY),
        ("sie haben doch keine ahnung", Level.ANGRY),
        ("na super, ganz toll gemacht", Level.ANGRY),
        ("schreibt in grossbuchstaben nur noch", Level.ANGRY),
        ("kundin sauer", Level.ANNOYED),
        ("kunde lässt mich nicht ausreden", Level.ANNOYED),
        ("hat schon 4 mal angerufen niemand hilft", Level.ANNOYED),
        ("hr. yilmaz ruft zum 5. mal an", Level.ANNOYED),
        ("ich depp hab das formular verlegt", Level.CALM),
        ("sie will mit Frau Meier reden", Level.CALM),
        ("saure gurken fehlen", Level.CALM),
    ],
)
def test_plain_abuse_anger_and_annoyance_each_have_their_level(typed: str, level: Level) -> None:
    """Slurs that are quoted, insults that stand alone, and what is said in passing."""
    assert heat_of(typed).level is level


@pytest.mark.parametrize("typed", ["hat schon 4 mal angerufen", "ruft zum 5. mal an", "fragt immer wieder dasselbe"])
def test_repeated_contact_is_seen_in_german(typed: str) -> None:
    """As it is in English."""
    assert Signal.REPEATED in heat_of(typed).signals
