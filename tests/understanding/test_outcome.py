"""Whether customers ask when it is over."""

from __future__ import annotations

import pytest

from bot.understanding.outcome import asks_when

ASKS = (
    "When will it be up?",
    "any ETA?",
    "ETA pls",
    "HOW LONG IS THIS GOING TO TAKE",
    "is it fixed yet",
    "whats the status. what’s the status of my refund",
    "You said an hour ago. Any news?",
    "By when can I work again?",
    "still no internet in 3rd street",
    "wann geht das Internet wieder?",
    "Wie lange dauert das noch?",
    "gibt es schon was Neues?",
    "When's it coming back on?",
    "ETA??",
    "Any ETA on this please",
    "How long till I can pay again",
    "is the site back yet",
    "is everything back to normal",
    "has this been fixed",
    "have u sorted it yet",
    "do we have a timeline",
    "whats going on with my order system",
    "can you give me an update",
    "please update me",
    "any update on this",
    "where are we with this",
    "Still waiting for the service to come back",
    "it is still not working, when",
    "will it be fixed today",
    "should i wait or go home",
    "roughly what time",
    "it should have been up at 3, what now",
    "Kindly advise on the time of restoration",
    "When can we expect resolution?",
    "how many hours more",
    "working yet?",
    "Wann geht es wieder?",
    "ab wann kann ich wieder bezahlen",
    "Ist es schon behoben?",
    "Funktioniert es jetzt wieder?",
    "Gibt es was Neues?",
    "Wie lange noch?",
    "Dauert das noch lange?",
    "Was ist der aktuelle Stand",
    "Ist immer noch kaputt, wann kommt denn jemand",
    "Geht immer noch nicht!",
    "Wird das heute noch was?",
    "Mit wie viel Wartezeit muss ich rechnen?",
)
DOES_NOT = (
    "",
    "I was there when he shouted.",
    "She cries when I speak.",
    "This is the third time I am calling!",
    "I want your manager.",
    "Das ist eine Frechheit!",
    "I fixed it myself, thanks",
    "It is fixed, thank you!",
    "It's working again now",
    "when is your birthday",
    "Please update my address",
    "can you update my card details",
    "I need to update my password",
    "How long have you worked here?",
    "what's happening, my friend",
    "I will wait",
    "Is it possible to change my plan?",
    "How long is the cable?",
    "Mein Internet geht nicht.",
    "Vielen Dank, es geht wieder!",
    "Wann haben Sie geöffnet?",
    "Ich war dabei, als er anrief.",
    "Wie lange arbeiten Sie schon dort?",
    "Ich habe es repariert",
    "The update broke my phone",
    "When are you open?",
    "The status page is ugly",
    "Ich warte auf meine Rechnung.",
    "I am still waiting for my new card.",
)


@pytest.mark.parametrize("words", ASKS)
def test_questions_for_the_outcome_are_heard(words: str) -> None:
    """Long and short, English and German."""
    assert asks_when(words)


@pytest.mark.parametrize("words", DOES_NOT)
def test_other_words_are_not(words: str) -> None:
    """The word alone asks nothing."""
    assert not asks_when(words)
