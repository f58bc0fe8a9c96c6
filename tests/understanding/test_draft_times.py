"""Which times an update promises, in the words in which they are typed, English and German."""

from __future__ import annotations

import pytest

from bot.incidents.decisions.checking import check_draft
from bot.understanding.drafts import Flag

TOLD = (
    "Cards fail. Back before the shops open.",
    "Cards fail. We expect them back this side of lunch.",
    "No water; back within the hour.",
    "I'll tell you by close of play.",
    "No gas. Back on overnight.",
    "I'll ring you first thing.",
    "Next update at :30.",
    "Back at nine-ish.",
    "The money is with you on T+2.",
    "The new screen comes at the end of the week.",
    "I'll be on to you before the day's out.",
    "Give it another 20.",
    "The driver is 15 out.",
    "Sorted by COB.",
    "Hour and a half, tops.",
    "By close of day we shall come back to you.",
    "Tills fail. Give me a couple of hours.",
    "Die Kartenzahlung geht nicht. Wir melden uns um 15 Uhr wieder.",
    "Seit heute früh kommen keine E-Mails an. In 45 Minuten sollte es wieder gehen.",
    "Das Internet ist weg, in einer halben Stunde wissen wir mehr.",
    "Wir rechnen im Laufe des Nachmittags mit der Lösung.",
    "Nächste Meldung um :30.",
    "Bitte haben Sie noch etwa 20 Minuten Geduld.",
    "Bis 17:15 läuft alles wieder, so hoffen wir.",
    "Wir melden uns in einer Viertelstunde.",
    "Sie bekommen heute noch Bescheid.",
    "Noch vor Ladenöffnung sind die Kassen wieder bereit.",
    "Wir sagen Ihnen gleich morgen früh, wie es weitergeht.",
    "Das dauert leider noch ein, zwei Stunden.",
    "Bis Monatsende ist die Rechnung berichtigt.",
    "Die Gutschrift kommt binnen 14 Tagen.",
    "Zum Wochenende sollte alles wieder normal sein.",
    "Wir rufen Sie bis spätestens 18 Uhr zurück.",
    "Bis 16h ist der Server wieder oben.",
    "In den nächsten zwei bis drei Tagen kommt das Paket.",
    "Die Lieferung kommt in KW 48.",
    "Ab Montagmittag können Sie wieder bestellen.",
    "Gegen 9 geht es weiter.",
)
NOT_TOLD = (
    "Please keep the page open before we ask again.",
    "The shops were closed yesterday.",
    "The site went down overnight.",
    "You can open the app as usual.",
    "Seit 9 Uhr können Sie sich nicht anmelden.",
    "Wir melden uns in Kürze wieder bei Ihnen.",
    "Seit gestern Abend ist das Telefon gestört.",
    "Guten Morgen, leider ist die Seite nicht erreichbar.",
    "Wir arbeiten mit Hochdruck an der Lösung und bitten um Geduld.",
    "Seit heute Morgen fehlen Buchungen in der App.",
    "Zwischen 9 und 11 Uhr waren die Telefone tot, jetzt geht alles wieder.",
    "Vor zwei Stunden ist die Heizung ausgefallen.",
    "Bald ist alles wieder gut, vielen Dank.",
    "Die Störung dauerte drei Stunden und ist behoben.",
    "Das Problem ist uns bekannt. Guten Abend und danke für Ihre Geduld.",
    "Bis gestern 18 Uhr war alles in Ordnung.",
)


@pytest.mark.parametrize("draft", TOLD)
def test_a_time_is_heard_however_it_is_said(draft: str) -> None:
    """By an hour, by what everybody does at that hour, by a day, and by how long still."""
    assert Flag.TIMEFRAME in check_draft(draft).flags


@pytest.mark.parametrize("draft", NOT_TOLD)
def test_what_is_over_or_vague_is_no_time(draft: str) -> None:
    """Words such as "since nine" and "soon" help nobody who waits."""
    assert Flag.TIMEFRAME not in check_draft(draft).flags
