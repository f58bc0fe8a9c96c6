"""A sentence from which a time is taken goes wholly, or stays a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.incidents.decisions.written import ended, is_whole_without
from bot.typing.times.moments import AskBack, Moment, Why, WorkingDay, split_moment, split_promise

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
HEAD = "Cards fail. We are on it."
TELLING = """
We promise another update in 2 hours | 12:00
We promise an update by 11:00 | 11:00
We'll be in touch by 11:00 | 11:00
We’ll be in touch again at 11:00 | 11:00
We will let you know by 11:00 | 11:00
We'll keep you posted, next at 11:00 | 11:00
We aim to have more for you by 11:00 | 11:00
We plan to give another update at 11:00 | 11:00
Please check back at 11:00 | 11:00
Expect another update within the hour | 11:00
We expect to know more by noon | 12:00
You can expect our next update in 45 minutes | 10:45
We commit to another update in 2 hours | 12:00
We hope to have news by 11:30 | 11:30
More information will follow at 11:30 | 11:30
Further details by 11:30 | 11:30
The next update will come at 11:30 | 11:30
Our next update is due at 11:30 | 11:30
We are going to send another update by 11:30 | 11:30
I promise to write again in 30 minutes | 10:30
Look out for the next update at 11:30 | 11:30
There will be another update by 11:30 | 11:30
Update to follow by 11:30 | 11:30
We'll provide another update in 1 hour | 11:00
We will share what we know by 11:30 | 11:30
By 11:30 we will tell you more | 11:30
News at 11:00 | 11:00
Wir versprechen ein weiteres Update in 2 Stunden | 12:00
Wir melden uns bis 11:30 Uhr wieder | 11:30
Nächste Meldung um 11:30 | 11:30
Das nächste Update folgt um 11:30 | 11:30
Die nächste Meldung kommt in 45 Minuten | 10:45
Wir informieren Sie bis 11:30 Uhr | 11:30
Wir geben bis 11:30 Bescheid | 11:30
Wir geben Ihnen in 30 Minuten Bescheid | 10:30
Spätestens um 12 Uhr wissen wir mehr | 12:00
Wir wollen bis 12 Uhr mehr wissen | 12:00
Neuigkeiten bis 11:30 | 11:30
Bitte schauen Sie um 11:30 wieder vorbei | 11:30
Sie bekommen das nächste Update bis 11:30 | 11:30
Ein weiteres Update gibt es um 11:30 | 11:30
Wir hoffen, bis 12 Uhr mehr zu wissen | 12:00
Mehr dazu in einer Stunde | 11:00
Neues in 45 Minuten | 10:45
Neues gibt es um 11:30 | 11:30
Etwas Neues gibt es in 45 Minuten | 10:45
Neuer Stand in 45 Minuten | 10:45
Nächster Stand um 11:30 | 11:30
Neuigkeit in 45 Minuten | 10:45
Weiteres um 11:30 | 11:30
Next news in 45 minutes | 10:45
Next status at 11:30 | 11:30
Next in 45 minutes | 10:45
Fresh news in 45 minutes | 10:45
""".strip().splitlines()
OF_SOMETHING_ELSE = """
Messages will be sent by 11:00.
The update will be available by 11:00.
We expect the fix to be live by 11:30.
Refunds are sent by 15:00.
Deliveries resume at 12:00.
You can order again by noon.
The hotline opens again at 12:00.
Your cards will work again by 11:00.
We know that this began at 11:00.
Die Nachrichten werden bis 12 Uhr zugestellt.
Wir schalten den Dienst um 12 Uhr wieder ein.
Ihre Karte geht bis 12 Uhr wieder.
Ein neues System läuft ab 12 Uhr.
Der nächste Zug fährt um 12 Uhr.
""".strip().splitlines()
ROWS = [tuple(line.split(" | ")) for line in TELLING]


def split(text: str) -> tuple[str, str]:
    """Take the time of the next update out of a text; give what is left, and the time."""
    rest, found = split_moment(text, now=NOW, zone=ZoneInfo("UTC"), day=WorkingDay())
    return ended(rest), f"{found.at:%H:%M}" if isinstance(found, Moment) else ""


@pytest.mark.parametrize(("sentence", "time"), ROWS)
def test_a_sentence_that_promises_news_goes_wholly(sentence: str, time: str) -> None:
    """At the end, before thanks, and joined to the sentence before it."""
    joined = sentence[0].lower() + sentence[1:]
    found = {
        split(f"{HEAD} {sentence}"),
        split(f"{HEAD} {sentence}."),
        split(f"{HEAD}\n{sentence}"),
        split(f"{HEAD[:-1]} – {joined}"),
        split(f"{HEAD[:-1]}; {joined}"),
    }

    assert found == {(HEAD, time)}
    assert split(f"{HEAD} {sentence}. Thank you for your patience.") == (f"{HEAD} Thank you for your patience.", time)


@pytest.mark.parametrize(("sentence", "time"), ROWS)
def test_an_answer_of_the_form_promises_nothing_twice(sentence: str, time: str) -> None:
    """What stands in an answer and is the promise of the last question goes, wherever it stands."""
    rest, found = split_promise(f"{sentence}. {HEAD}", now=NOW, zone=ZoneInfo("UTC"), day=WorkingDay())

    assert found is not None
    assert (rest, f"{found.at:%H:%M}") == (HEAD, time)


@pytest.mark.parametrize("sentence", OF_SOMETHING_ELSE)
def test_a_time_of_something_else_stays_in_its_sentence(sentence: str) -> None:
    """Customers read it whole, beside the promise."""
    assert split(f"{HEAD} {sentence} Next update at 13:30") == (f"{HEAD} {sentence}", "13:30")
    assert split_promise(f"{HEAD} {sentence}", now=NOW, zone=ZoneInfo("UTC"), day=WorkingDay()) == (
        f"{HEAD} {sentence}",
        None,
    )


def test_of_two_promises_the_right_one_is_asked() -> None:
    """Nothing of either is left behind."""
    text = f"{HEAD} News by 10:40. We promise another update in 2 hours"
    rest, found = split_moment(text, now=NOW, zone=ZoneInfo("UTC"), day=WorkingDay())

    assert rest == HEAD
    assert isinstance(found, AskBack)
    assert found.why is Why.SEVERAL


def test_two_sentences_that_begin_alike_are_two_sentences() -> None:
    """A "Thank you" behind "There will be" is whole, and so is a rest that ends where the time began."""
    assert is_whole_without(f"{HEAD} Thank you.", f"{HEAD} There will be news at 11:00. Thank you.")
    assert is_whole_without("Cards fail", "Cards fail next update at 11:00")
    assert not is_whole_without("Cards fail today", "Cards fail until 11:00 today")
