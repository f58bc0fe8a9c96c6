"""Words of danger are heard, and idioms are not taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.hearing import Danger, Heard, danger_in, is_pressure, may_be_danger
from tests.safety.phrases import measure, read


def test_the_table_is_heard_as_it_is_meant() -> None:
    """Of at least 400 phrases of many voices none of danger is missed, and none of the others alarms."""
    figures = measure(read("phrases"))

    assert figures.count >= 400
    assert (figures.missed, figures.false) == ((), ())
    assert figures.kind >= 0.97
    assert figures.pressure == 1


def test_phrases_nobody_tuned_for_are_heard_too() -> None:
    """A second table, written before the rules, holds them to what they had not seen."""
    figures = measure(read("unseen"))

    assert figures.recall >= 0.9
    assert figures.precision >= 0.97
    assert figures.kind >= 0.9


def test_other_voices_are_heard_too() -> None:
    """Nurses, banks, airlines, teenagers, a second language: at first we heard 35 of its 80 dangers."""
    figures = measure(read("voices"))

    assert figures.count == 150
    assert figures.recall >= 0.95
    assert figures.precision >= 0.97
    assert figures.kind >= 0.9


def test_farewells_knowledge_and_callers_who_cannot_speak_are_heard() -> None:
    """Danger without its usual words: at first we heard 38 of its 58, and 8 of 53 others alarmed."""
    figures = measure(read("others"))

    assert figures.count == 111
    assert figures.recall >= 0.95
    assert figures.precision >= 0.97
    assert figures.kind >= 0.9


def test_what_colleagues_report_in_plain_words_is_heard() -> None:
    """Plain reports of what a customer said: at first we heard 0.83 of 117, and 0.64 of 66 more."""
    figures = measure(read("plainly"))

    assert figures.count >= 270
    assert figures.recall >= 0.97
    assert figures.false == ()
    assert figures.kind >= 0.9


def test_what_is_said_in_a_roundabout_way_is_mostly_missed() -> None:
    """No rule was ever tuned for this table: it says honestly how little is heard without a word of danger in it."""
    figures = measure(read("strangers"))

    assert figures.recall >= 0.18
    assert len(figures.false) <= 3


@pytest.mark.parametrize("table", ["phrases", "unseen", "voices", "others", "plainly", "strangers"])
def test_unclear_words_are_few_among_ordinary_ones(table: str) -> None:
    """A line above every other answer would be read by nobody."""
    harmless = [words for kind, words in read(table) if kind not in set(Danger)]

    assert sum(map(may_be_danger, harmless)) <= 0.06 * len(harmless)


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("he says he will kill himself", Danger.SELF_HARM),
        ("“I don’t want to live any more”", Danger.SELF_HARM),
        ("I feel suicidal after this shift", Danger.AGENT),
        ("dont wanna live", Danger.AGENT),
        ("caller is in danger, her husband is hitting her", Danger.PERSON),
        ("he has a gun and is coming to the office", Danger.THREAT),
        ("I'll burn your office down", Danger.THREAT),
        ("killing me with this queue, and now I want to die", Danger.AGENT),
        ("I think about killing myself after every call", Danger.AGENT),
    ],
)
def test_each_kind_is_told_from_the_others(words: str, danger: Danger) -> None:
    """Somebody who may harm themselves gets another card than somebody who is threatened."""
    assert danger_in(words) is danger


@given(st.text(max_size=500))
def test_hearing_never_fails(words: str) -> None:
    """Any words at all can be heard."""
    danger_in(words)
    is_pressure(words)


@pytest.mark.parametrize(
    "words",
    [
        "a child is screaming in the background and he is beating it",
        "there is a kid crying and the father keeps hitting it",
        "a baby is crying and he is shaking it",
        "I hear a child scream, he is hitting it",
        "the toddler cries and she slaps it",
        "a little girl is screaming while he beats her",
        "the boy is crying and his dad is kicking him",
        "there is a baby in the background and the man is hurting it",
        "kid screaming, he beats it again and again",
    ],
)
def test_a_child_that_cries_may_be_called_it(words: str) -> None:
    """Who hears blows in the background has no name for the child."""
    assert danger_in(words) is Danger.PERSON


@pytest.mark.parametrize(
    "words",
    [
        "the kids scream in the background and he is beating the drum",
        "a child is playing and he keeps hitting the wrong key",
        "the baby is crying and the printer jams, he keeps hitting it",
        "the printer is screaming and he is beating it",
        "a child is screaming in the background and I can barely hear him",
        "the kids' app crashes and he keeps hitting it",
        "my kid is beating it, level ten of the game",
    ],
)
def test_what_is_beaten_besides_children_is_no_alarm(words: str) -> None:
    """A drum, a printer and a game are beaten too, and children are loud."""
    assert danger_in(words) is None


@pytest.mark.parametrize(
    "words", ["you fucking bitch, go die", "Go die.", "just go die already", "go and die in a hole"]
)
def test_to_wish_somebody_dead_is_a_threat(words: str) -> None:
    """Also as an order."""
    assert danger_in(words) is Danger.THREAT


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("fridge died, insulin in it", True),
        ("her insulin is warm, the fridge broke on friday", True),
        ("customer got someone else's medicine", True),
        ("pharmacy gave her the wrong tablets", True),
        ("fridge died, food gone", False),
        ("he got the wrong parcel", False),
        ("new fridge, insulin bag as a gift", False),
    ],
)
def test_medicine_that_is_wrong_or_warm_may_be_danger(words: str, may: bool) -> None:
    """Whoever was given another's, or whose insulin lies in a broken fridge, needs more than a repair."""
    assert may_be_danger(words) is may


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("toddler stuck in the car, key fob dead", Danger.ACCIDENT),
        ("a child is trapped in a rental car", Danger.ACCIDENT),
        ("our driver ran over a child", Danger.ACCIDENT),
        ("the bus ran over his foot", Danger.ACCIDENT),
        ("our courier ran over her cat", None),
        ("our meeting ran over the lunch break", None),
        ("kind im mietauto eingesperrt, app geht nicht auf", Danger.ACCIDENT),
        ("mein kind sitzt im auto fest", Danger.ACCIDENT),
        ("kids' car seat stuck in the door", None),
        ("kindersitz im auto eingebaut", None),
    ],
)
def test_whoever_a_car_locks_in_or_hits_is_in_danger(words: str, danger: Danger | None) -> None:
    """Heat takes minutes; a seat for children can wait, and a meeting may run over."""
    assert danger_in(words) is danger


@pytest.mark.parametrize(
    "words",
    [
        "he threatens to call FCCPC and NCAA",
        "going to TRAI or the consumer forum",
        "EFCC go hear this matter he say",
        "he's filing with the RBI",
        "CFPB complaint",
        "she writes to the ACMA",
        "er meldet uns beim konsumentenschutz",
        "sie geht zum bundeskartellamt",
    ],
)
def test_a_regulator_of_any_country_is_pressure(words: str) -> None:
    """People call them by their letters, and a supervisor should know of each."""
    assert is_pressure(words)
    assert danger_in(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "the client is a lawyer firm and their mail is down",
        "he is a solicitor and asks about the parking fee",
        "he works at the bank as a solicitor and his card is blocked",
        "law firm, 40 mailboxes lost",
        "court date tomorrow",
        "Kunde ist Anwalt",
    ],
)
def test_a_customer_who_is_a_lawyer_is_no_pressure(words: str) -> None:
    """Who they are is no threat."""
    assert not is_pressure(words)


@pytest.mark.parametrize("words", ["go die your hair", "batteries go die", "to kill you guys at this price lol"])
def test_what_only_sounds_so_is_no_threat(words: str) -> None:
    """Hair is meant, or a joke about a price."""
    assert danger_in(words) is None


def test_streets_are_heard_as_they_are_meant() -> None:
    """Games, films, business threats, tears and phones that record; heat, gas, smoke; animals; and who can't go on."""
    rows = read("streets")
    dangers = [(kind, words) for kind, words in rows if kind in set(Danger)]
    harmless = [words for kind, words in rows if kind == "nothing"]
    figures = measure(rows)

    assert (len(dangers), len(harmless)) >= (60, 60)
    assert (figures.missed, figures.false, figures.pressure) == ((), (), 1)
    assert figures.kind >= 0.97
    assert [words for words in harmless if Heard(words).is_weary or Heard(words).is_of_animal] == []
    assert sum(map(may_be_danger, harmless)) <= 0.02 * len(harmless)
    assert [words for kind, words in rows if kind == "weary" and not Heard(words).is_weary] == []
    assert [words for kind, words in rows if kind == "animal" and not Heard(words).is_of_animal] == []


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("he says he will kill me over the ban in the game", Danger.THREAT),
        ("she cut herself because her level is gone", Danger.SELF_HARM),
        ("he threatens to stab us if we don't refund him", Danger.THREAT),
        ("she is crying and says she wants to die", Danger.SELF_HARM),
        ("she is recording this call and says he is hitting her", Danger.PERSON),
        ("a man films the lobby and has a gun in his hand", Danger.ATTACK),
        ("the dog bit a child and she's bleeding", Danger.ACCIDENT),
        ("her dog and her baby are locked in the hot car", Danger.ACCIDENT),
        ("he says he will kill the dog and then me", Danger.THREAT),
    ],
)
def test_what_sounds_harmless_beside_it_hides_no_danger(words: str, danger: Danger) -> None:
    """A game, a film, an animal, a phone or tears stand in sentences of danger, too."""
    assert danger_in(words) is danger


def test_who_cannot_go_on_is_the_one_who_writes() -> None:
    """What a customer says is theirs."""
    assert Heard("I can't do this any more").is_weary
    assert not Heard("she says I can't do this any more").is_weary


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("customer drank bleach", Danger.POISON),
        ("customer drank the cleaning fluid by mistake", Danger.POISON),
        ("my son swallowed bleach she says", Danger.POISON),
        ("I think my son swallowed bleach", Danger.POISON),
        ("my kid swallowed a battery and the poison line is busy, she's on the phone with me", Danger.POISON),
        ("toddler swallowed a coin", Danger.ACCIDENT),
        ("the machine swallowed my coin", None),
        ("he wants to drink bleach", Danger.SELF_HARM),
        ("she talks of drinking drain cleaner", Danger.SELF_HARM),
        ("she drank bleach because she wants to die", Danger.POISON),
        ("she drank antifreeze on purpose", Danger.POISON),
        ("I drank bleach", Danger.AGENT),
        ("the app drank my battery", None),
    ],
)
def test_poison_drunk_by_mistake_is_an_accident(words: str, danger: Danger | None) -> None:
    """It is harm to oneself where that is said."""
    assert danger_in(words) is danger


@pytest.mark.parametrize(
    ("words", "danger", "may"),
    [
        ("there's smoke in the lift and he is stuck", Danger.FIRE, False),
        ("smoke in the elevator", Danger.FIRE, False),
        ("the train is full of smoke", Danger.FIRE, False),
        ("he's stuck in the lift", None, True),
        ("the pram is stuck in the lift door, it is empty", None, False),
        ("the hotel room smells of smoke", None, False),
        ("no smoke in the room please", None, False),
        ("he's 82 and confused about the app", None, False),
        ("she is suddenly confused and weak", None, True),
    ],
)
def test_smoke_where_nobody_gets_out_is_danger(words: str, danger: Danger | None, *, may: bool) -> None:
    """A lift alone gets the offer, a smell of smoke in a room nothing, and an app confuses many."""
    assert danger_in(words) is danger
    assert may_be_danger(words) is may


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("he said 'kill yourself' to me", Danger.THREAT),
        ("kys", Danger.THREAT),
        ("customer said i should go kill myself", Danger.THREAT),
        ("she told me to kill myself", Danger.THREAT),
        ("he hopes I kill myself", Danger.THREAT),
        ("customer told my colleague to go kill herself", Danger.THREAT),
        ('he says "I should kill myself"', Danger.SELF_HARM),
        ("customer: i should go kill myself", Danger.SELF_HARM),
        ("he says the voices tell me to kill myself", Danger.SELF_HARM),
        ("he told me to kill myself and then said he wants to die", Danger.SELF_HARM),
        ("he asks how to kill yourself with pills", Danger.SELF_HARM),
        ("he said he should kill himself", Danger.SELF_HARM),
        ("I should go kill myself", Danger.AGENT),
        ("a girl told her to kill herself and now she wants to", Danger.SELF_HARM),
    ],
)
def test_who_tells_others_to_kill_themselves_is_abusive(words: str, danger: Danger) -> None:
    """Nobody asks an abuser whether they think of ending their life; whoever speaks of themselves is asked."""
    assert danger_in(words) is danger


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("customer sends nudes", None),
        ("he sent me a nude picture again", None),
        ("he sends nudes to a 12 year old", Danger.PERSON),
        ("he asks her daughter for nudes", Danger.PERSON),
        ("her ex leaked nudes of her", Danger.PERSON),
    ],
)
def test_pictures_sent_to_an_agent_are_harassment(words: str, danger: Danger | None) -> None:
    """Those of a child, or somebody who is pressed for them, are danger."""
    assert danger_in(words) is danger


@pytest.mark.parametrize(
    ("words", "weary"),
    [
        ("I want to quit. can't do this any more", True),
        ("can't do this any more", True),
        ("Ich will kündigen. Kann nicht mehr", True),
        ("Kann echt nicht mehr", True),
        ("customer wants to quit. can't do this any more", False),
        ("Gerät kaputt. Kann nicht mehr drucken", False),
        ("can't do this update", False),
    ],
)
def test_whoever_leaves_out_the_i_is_weary_too(words: str, *, weary: bool) -> None:
    """A short second sentence goes on about whoever wrote the first."""
    assert Heard(words).is_weary is weary


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("gas smell in the flat", Danger.FIRE),
        ("he is bleeding badly", Danger.ACCIDENT),
        ("her husband stabbed her and she is bleeding", Danger.PERSON),
        ("he is choking her", Danger.PERSON),
        ("he has a knife and she is bleeding", Danger.PERSON),
        ("she is in danger", Danger.PERSON),
        ("her kids are missing", Danger.ACCIDENT),
        ("kid alone at home and has swallowed batteries", Danger.POISON),
        ("customer says he will set himself on fire in front of our shop", Danger.SELF_HARM),
        ("he took an overdose and is unconscious", Danger.POISON),
    ],
)
def test_an_accident_is_told_from_force(words: str, danger: Danger) -> None:
    """Where somebody may listen, whoever is in danger answers with yes or no; after an accident nobody has to."""
    assert danger_in(words) is danger
