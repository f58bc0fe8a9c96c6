"""A detail that was typed is said back: only where it is certain whose it is, and one at most."""

from __future__ import annotations

import re

import pytest

from bot.playbooks.acknowledging import acknowledgement
from bot.playbooks.answers.fitting import first_of
from bot.playbooks.first_words import OWN_TEMPER, FirstWords, first_words, for_anybody
from bot.playbooks.shelves.shelf import read_books
from bot.run.asking import answer
from bot.say.language import speaking
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding import details
from bot.understanding.details import FILES, Detail, details_in
from bot.understanding.understood import Understood

BOOKS = read_books(SHIPPED_PLAYBOOKS)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("he's been waiting for 3 weeks for his refund", "Three weeks is a long time to wait."),
        ("customer waiting since over 40 mins, furious", "40 minutes is a long time to wait."),
        ("I've been waiting 10 days and nothing", "Ten days is a long time to wait."),
        ("she was on hold for an hour before she got me", "An hour is a long time on hold."),
        ("been 50 min on this call, nothing works", "50 minutes is a long time on the phone."),
        ("tenant no heating 5 days with a newborn", "Five days without heating is a long time."),
        ("their shop has been down 6 hrs", "Six hours is a long time to be down."),
        ("he's been waiting since Monday for a callback", "You've been waiting since Monday."),
        ("customer waiting since last tuesday", "You've been waiting since last Tuesday."),
        ("she's been waiting since march", "You've been waiting since March."),
        ("tenant has no hot water since yesterday", "You've been without hot water since yesterday."),
        ("no heating since last week, tenant furious", "You've been without heating since last week."),
        ("their website is down since this morning, he yells", "It's been down since this morning."),
        ("third time he's calling about this", "This is the third time you've had to call."),
        ("she called twice already", "You've had to call twice already."),
        ("he has written to us three times", "You've had to write three times already."),
        ("This is the fourth time I'm calling you", "This is the fourth time you've had to call."),
        ("third time hes asking", "This is the third time you've had to ask."),
        ("we promised her a callback and nobody called", "You were promised a call, and it didn't come."),
        ("nobody called him back all week", "You waited for a call back, and it didn't come."),
        ("the technician never showed up at her place", "You waited, and nobody came."),
        ("i booked the wrong date, she is crying", "That was my mistake, and I'm sorry."),
        ("client lost a day, my mistake", "That was my mistake, and I'm sorry."),
        ("we charged her twice, what do i say", "That was our mistake, and I'm sorry."),
        ("old lady lost 8000 to a scammer", "Losing 8,000 would hit anybody hard."),
        ("she lost $400 to a fake shop", "Losing $400 would hit anybody hard."),
        ("parcel gone, her wedding is on saturday", "The wedding's on Saturday, so let's not lose any time."),
        ("passport missing and his flight's tomorrow", "The flight's tomorrow, so let's not lose any time."),
        ("cutoff tomorrow, she's begging me", "That's tomorrow, so let's not lose any time."),
        ("he needs it fixed by friday", "You need it by Friday, so let's not lose any time."),
        ("his wife just died, he wants to cancel", "I'm so sorry about your wife."),
        ("widow cancelling dead husbands car policy, in tears", "I'm so sorry about your husband."),
        ("we charged her twice and she waited 3 weeks", "That was our mistake, and I'm sorry."),
    ],
)
def test_the_weightiest_detail_is_said_back(typed: str, said: str) -> None:
    """A length, a repeat, a promise that was broken, a fault of ours, a day that comes, each as people type it."""
    assert acknowledgement(details_in(typed)) == said


@pytest.mark.parametrize(
    "typed",
    [
        "I've been here 3 weeks and customers still scare me",
        "three weeks of refunds offered and he says no",
        "can we give her three weeks free",
        "parcel gone and her interview's tomorrow",
        "wedding dress lost, and her birthday's tomorrow",
        "she wants to wait 3 weeks with the payment",
        "he is waiting 5 minutes",
        "I've been waiting 3 weeks for IT and she blames me",
        "I've been waiting since Monday for IT and she blames me",
        "he wants to wait since Monday is a holiday",
        "she's waiting since Monday morning she called me names",
        "she's been waiting since last I looked",
        "should I put him on hold for 30 minutes",
        "the order is on hold for three weeks",
        "in 5 days the offer ends, he says",
        "delivery takes 5 days and she knew it",
        "third time I tell her the same",
        "he asked me three times where I live",
        "she asked him twice to be quiet",
        "I called her three times",
        "third call today and I'm tired",
        "promised her a callback by 5 pm",
        "he never called back",
        "she says nobody called the doctor",
        "not my mistake, he says it is",
        "he says it's my fault",
        "is it our fault that she fell",
        "Your mistake cost me my job",
        "My bad, it was upside down the whole time",
        "I booked the wrong date, can you change it?",
        "he claims we charged him twice",
        "the customer lost 3 games and rants",
        "we lost 400 customers this month",
        "he lost 5 euros",
        "the wedding was on saturday and it went wrong",
        "my supervisor's birthday is tomorrow",
        "bank holiday on monday",
        "flight cancelled yesterday",
        "it's fixed, she had no internet for 5 days",
        "two kids broke her window",
        "he behaves like a baby",
        "his account died",
        "my father died and this customer shouts at him and her",
        "x" * 2000 + " he waited 3 weeks",
        "",
    ],
)
def test_what_is_doubtful_is_not_said_back(typed: str) -> None:
    """Somebody else's length, a plan, a claim, a question, what is over: then nothing is said of it."""
    assert acknowledgement(details_in(typed)) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Kunde wartet seit drei Wochen auf sein Geld", "Drei Wochen, das ist eine lange Wartezeit."),
        ("Mieterin seit 5 Tagen ohne Heizung", "Fünf Tage ohne Heizung, das ist eine lange Zeit."),
        ("er ruft jetzt zum dritten Mal an", "Sie müssen jetzt schon zum dritten Mal anrufen."),
        (
            "Rückruf versprochen und niemand hat sie angerufen",
            "Man hat Ihnen einen Rückruf versprochen, und der kam nicht.",
        ),
        ("Kunde wartet seit Montag auf den Rückruf", "Sie warten seit Montag."),
        ("sie wartet seit letzter Woche auf Antwort", "Sie warten seit letzter Woche."),
        ("Mieter ohne Heizung seit Freitag, Baby da", "Sie sind seit Freitag ohne Heizung."),
        ("seit gestern Abend ist der Strom weg, sie tobt", "Sie sind seit gestern Abend ohne Strom."),
        ("Server seit heute früh offline, er rechnet mir den Umsatz vor", "Das steht seit heute früh still."),
        ("Kundin wartet seit März auf die Erstattung", "Sie warten seit März."),
        ("ich warte seit Montag auf die Technik und er nervt", ""),
        ("ihre Mutter ist gestorben", "Mein herzliches Beileid zum Tod Ihrer Mutter."),
        ("seine Hochzeit ist am Samstag", "Die Hochzeit ist am Samstag, da wollen wir keine Zeit verlieren."),
        ("Kundin weint, ich habe den falschen Tag eingetragen", "Das war mein Fehler, und es tut mir leid."),
        ("ich bin seit drei Wochen hier und er nervt", ""),
        ("können wir ihm nach drei Wochen Warten etwas geben", ""),
        ("er sagt, es war nicht mein Fehler", ""),
        ("wieder alles gut, sie war fünf Tage ohne Strom, es läuft wieder", ""),
    ],
)
def test_details_are_read_in_german_too(typed: str, said: str) -> None:
    """Whoever reads German types German, and says German."""
    with speaking("de"):
        assert acknowledgement(details_in(typed, "de")) == said


def test_how_they_speak_is_told_where_it_was_typed() -> None:
    """A chat or an e-mail gets the wording for it."""
    typed = ("bank chat, she waits", "answering his email", "his email address is wrong", "the chat bot is down")
    found = [{Detail.CHAT, Detail.EMAIL} & set(details_in(one)) for one in typed]

    assert found == [{Detail.CHAT}, {Detail.EMAIL}, set(), set()]


def test_a_detail_takes_the_place_of_a_sentence_that_only_takes_their_side() -> None:
    """Their own words do that better, where both would be too long; what is done or asked stays."""
    detail = "So the hotel gave your room to somebody else while you were in the air."
    sides = "Nobody should stand at a desk at midnight with two children and all their bags around them."
    acts = "I'm ringing the house across the road now, and I'm staying here until you've got a key in your hand."

    said = [
        first_words(FirstWords("one", "Ring.", words), detail, None) for words in (f"{sides} {acts}", f"{acts} {sides}")
    ]

    assert [one.say if one else None for one in said] == [f"{detail} {acts}", f"{acts} {sides}"]


def test_a_detail_stands_before_what_is_said_next_where_both_fit() -> None:
    """Nothing is said twice, nobody is sorry twice, and nothing gets too long to be said in one go."""
    books = BOOKS.catalogue.playbooks
    waits, again = for_anybody().say, books["keep-posted"].now
    assert again is not None
    promised, sorry = "You were promised a call, and it didn't come.", "That was my mistake, and I'm sorry."
    looking = FirstWords("one", "Look.", "I'm looking where it is.")
    broken = FirstWords("two", "Own it.", "That call was promised, and I'm sorry it didn't come.")
    grief = FirstWords("three", "Wait.", "I'm so sorry. Nothing has to be ready today.")
    said = [
        first_words(looking, promised, None),
        first_words(broken, promised, None),
        first_words(broken, sorry, None),
        first_words(grief, "I'm so sorry about your wife.", None),
        first_words(looking, " ".join(["long"] * 50), None),
        first_words(None, sorry, books["own-and-apologise"]),
        first_words(None, promised, books["get-ahead"]),
        first_words(None, promised, books["keep-posted"]),
        first_words(None, promised, None),
        first_words(None, "", books["keep-posted"]),
    ]

    assert [one.say if one else None for one in said] == [
        f"{promised} I'm looking where it is.",
        broken.say,
        broken.say,
        "I'm so sorry about your wife. Nothing has to be ready today.",
        looking.say,
        "That was my mistake, and I'm sorry. I'm finding out now how to put it right. What do you need first?",
        None,
        f"{promised} {again.say}",
        f"{promised} {waits}",
        None,
    ]


def test_where_the_mistake_was_ours_sorry_comes_before_what_is_asked() -> None:
    """A question about the matter is no apology, and one that says sorry itself needs no other."""
    own = BOOKS.catalogue.playbooks["own-and-apologise"]
    cake = FirstWords("cake", "Ask for the hour.", "When do the guests see it?")
    sorry = FirstWords("sorry", "Own it.", "I forgot, and I'm sorry. What did it set off?")
    first = [first_words(one, "", own) for one in (cake, sorry)]
    assert [one.say for one in first if one is not None] == [
        "That shouldn't have happened, and I'm sorry. When do the guests see it?",
        "I forgot, and I'm sorry. What did it set off?",
    ]


def test_what_is_said_back_is_followed_by_one_sentence_that_takes_their_side() -> None:
    """After a sorry comes what is done or asked, and no second sympathy; where nothing is said back, it stays."""
    own = BOOKS.catalogue.playbooks["own-and-apologise"]
    cracked = FirstWords("cracked", "Ask.", "Oh no, what a way to get it back. Does it still turn on?")
    first = [first_words(cracked, said, own) for said in ("So your bag arrived broken.", "")]
    sorry = "That shouldn't have happened, and I'm sorry."
    assert [one.say for one in first if one is not None] == [
        f"So your bag arrived broken. {sorry} Does it still turn on?",
        f"{sorry} {cracked.say}",
    ]


def test_details_are_said_back_over_no_abuse_and_no_danger() -> None:
    """Then a figure is not what weighs most."""
    typed = "third time he's calling about his refund"
    calm = answer(BOOKS, f"{typed}, no news yet")
    others = [
        answer(BOOKS, f"{typed}, {more}") for more in ("he says he'll kill himself", "he calls me a stupid whore")
    ]

    assert calm["opening"]["say"].startswith("This is the third time you've had to call.")
    assert not [one for one in others if "third time" in one.get("opening", {}).get("say", "")]


@pytest.mark.parametrize(
    ("language", "typed", "unsaid"),
    [
        ("en", "he says we never called him back and we say we did", "never came"),
        ("en", "customer claims we promised a callback and nobody called", "promised"),
        ("en", "she says she returned the shoes, our system says no", "You gave it back"),
        ("en", "technician never came, but our log says he was there at 9", "sorry"),
        ("en", "he says the driver never came and we say he did", "on us"),
        ("de", "Kunde sagt er hat gezahlt, bei uns steht offen", "lag an uns"),
        ("de", "Er behauptet, wir hätten ihm einen Rückruf versprochen und niemand hat angerufen", "versprochen"),
        ("de", "Techniker kam angeblich nicht", "leid"),
        ("de", "Handy im Taxi vergessen", "lag an uns"),
        ("de", "Kundin hat ihre Jacke im Hotel vergessen", "lag an uns"),
    ],
)
def test_nothing_disputed_is_admitted(language: str, typed: str, unsaid: str) -> None:
    """Neither said back as it is claimed, nor sorry for it, nor sorry for what the customer did; what is done stays."""
    opening = answer(BOOKS.read_in(language), typed)["opening"]

    assert opening["say"]
    assert unsaid not in opening["say"]


@pytest.mark.parametrize(
    ("language", "typed", "opening"),
    [
        (
            "en",
            "customer swears the carpet fitter scratched her skirting board, fitter swears it was there",
            "accounts-differ",
        ),
        ("en", "self storage tenant says 2 boxes missing, cctv shows nobody went in", "accounts-differ"),
        ("de", "Kunde behauptet, die Monteure haben das Parkett zerkratzt", "accounts-differ"),
        ("en", "he put the wrong delivery date in himself for his marquee, now it's our fault apparently", "own-doing"),
        ("en", "customer called me a useless idiot over a cold pizza, what do I write back", "limit-to-abuse"),
    ],
)
def test_what_is_disputed_their_own_doing_or_abuse_has_words_of_its_own(
    language: str, typed: str, opening: str
) -> None:
    """Both sides are put side by side, and nobody owns up to what a customer did."""
    assert answer(BOOKS.read_in(language), typed)["opening"]["id"] == opening


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "i just told a customer to shut up"),
        ("en", "I called him an idiot"),
        ("de", "ich habe eine Kundin blöde Kuh genannt"),
    ],
)
def test_whoever_lost_their_temper_says_sorry_for_it(language: str, typed: str) -> None:
    """No limit is drawn for a customer who was insulted."""
    books = BOOKS.read_in(language)
    opening = answer(books, typed)["opening"]

    assert opening["id"] == OWN_TEMPER
    assert opening["do"] == books.openings[language].by_id[OWN_TEMPER].do


@pytest.mark.parametrize(
    "typed", ["Parent says the teacher called her son an idiot", "my colleague called a customer an idiot"]
)
def test_nobody_says_sorry_for_the_temper_of_others(typed: str) -> None:
    """It was not whoever answers who was rude."""
    assert answer(BOOKS, typed).get("opening", {}).get("id") != OWN_TEMPER


def test_whoever_asks_what_they_may_give_reads_of_no_temper() -> None:
    """Words for how somebody behaves are no answer to it."""
    told = Understood("darf ich ihm 20 Euro geben")
    books = BOOKS.read_in("de")

    assert first_of(told, books, books.suggester.suggest(told.words, 3)) is None


@pytest.mark.parametrize("language", sorted(FILES))
def test_whatever_a_pattern_finds_can_be_said(language: str) -> None:
    """An occasion or a relative that is found without words for it would leave somebody without an answer."""
    rules = details._rules(language)  # noqa: SLF001  all there is to find
    written = [pattern.pattern for rule in rules.kinds for pattern in rule.patterns]
    found = {(kind, word) for one in written for kind, words in _CHOICE.findall(one) for word in words.split("|")}
    kinds = {"occasion": Detail.OCCASION, "who": Detail.DIED}

    assert {kind for kind, _word in found} == kinds.keys()
    for kind, word in found:
        assert acknowledgement({kinds[kind]: {kind: rules.meant.get(word, word), "day": "today"}})


_CHOICE = re.compile(r"\(\?P<(occasion|who)_*>(?:\(\?:)?([^()]+)\)")
