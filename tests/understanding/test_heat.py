"""How heated a text is: the level, and the signs that can be pointed at."""

from __future__ import annotations

import pytest

from bot.understanding.heat import HEAD, Heat, Level, heat_of, level_in
from bot.understanding.second_look import load_second_look
from bot.understanding.signals import Signal

SIGNS = {
    "WHERE IS MY MONEY, ANSWER ME NOW": Signal.SHOUTING,
    "this is bullshit": Signal.SWEARING,
    "you are a useless idiot": Signal.INSULT,
    "she called me a stupid cow": Signal.INSULT,
    "learn to speak english": Signal.SLUR,
    "this is the fourth time I am writing": Signal.REPEATED,
    "refund me by Friday or I go to the papers": Signal.ULTIMATUM,
    "my solicitor will be in touch": Signal.LEGAL,
    "I am closing my account": Signal.CHURN,
    "I know where you work": Signal.HARM,
    "she keeps shouting at me": Signal.SHOUTING,
}
LEVELS = {
    "Where is my parcel?": Level.CALM,
    "parcel status": Level.CALM,
    "wants her money back": Level.CALM,
    "the guest is furious about the room": Level.ANGRY,
    "an abusive caller": Level.ABUSIVE,
    "Bloody marvellous, cheers mate.": Level.CALM,
    "You were quick, I'm impressed.": Level.CALM,
    "I've asked the same question four times now.": Level.ANNOYED,
    "Oh, wonderful. My internet is down again.": Level.ANNOYED,
    "With the greatest respect, that does not answer my question.": Level.ANNOYED,
    "He's swearing a lot, at the situation, not at me.": Level.ANGRY,
    "Refund me today or I go to the papers.": Level.ANGRY,
    "WHERE THE HELL IS MY MONEY": Level.ANGRY,
    "No offence, but you're dumb as a brick.": Level.ABUSIVE,
    "He called me a stupid cow twice.": Level.ABUSIVE,
    "I'll be down there and break your face.": Level.ABUSIVE,
    "Go back to your own country.": Level.ABUSIVE,
}

NO_MORE_THAN_RUDE = {
    "shame on you": Level.ANGRY,
    'posh bloke condescending "young lady"': Level.ANGRY,
    "calls me love darling sweetheart": Level.ANGRY,
    "you people are useless fellows": Level.ANGRY,
    "they think im stupid": Level.ANGRY,
    "are you stupid": Level.ANGRY,
    "i hope you get fired": Level.ANGRY,
    "customer talks to me like a child": Level.ANGRY,
    "give me your full name": Level.CALM,
    "he put the phone down on me": Level.CALM,
    "cant stop thinking about that call": Level.ANNOYED,
    "u guys suck": Level.ANGRY,
    "lol ok useless": Level.ANGRY,
    "bhai kya bakwas hai": Level.ANGRY,
    "your airline is rubbish": Level.ANGRY,
    "are you stupid, you fat cow": Level.ABUSIVE,
    "shame on you, go back to your own country": Level.ABUSIVE,
}
OF_LITTLE_WORDS = {
    "tv arrived broken wants new one": Signal.LEGAL,
    "tv package sky sports gone": Signal.LEGAL,
    "migration lost 214 mailboxes, lawyer firm, court date tomorrow": Signal.LEGAL,
    "customer say we are thieves, 419 people": Signal.REPEATED,
    "nameserver change still not propagated 30 hrs": Signal.REPEATED,
    "wants £200 compensation for 2 days no internet": Signal.REPEATED,
    "they charged UPI 3 times": Signal.REPEATED,
    "hotel lost her booking its midnight": Signal.CHURN,
    "app down customers freaking out": Signal.SWEARING,
    "the waste is full of rubbish": Signal.SWEARING,
    "i hope you get fired": Signal.HARM,
    "thunder fire you": Signal.HARM,
}
STILL_SIGNS = {
    "he says he'll go on tv": Signal.LEGAL,
    "she'll see us in court": Signal.LEGAL,
    "been told 3 different things by 3 people": Signal.REPEATED,
    "he called four times": Signal.REPEATED,
    "Mrs Patel 4th time calling": Signal.REPEATED,
    "you have lost me as a customer": Signal.CHURN,
    "i hope you die": Signal.HARM,
    "thunder fire you": Signal.INSULT,
}
FRESH = {  # nothing was learned of them
    "a clever girl like you must have got this job through her uncle": Level.ABUSIVE,
    "he wished me a slow morning in hell, very softly": Level.ABUSIVE,
    "she told our trainee that people with her surname can't count": Level.ABUSIVE,
    "he's effing about the meter, never at me": Level.ANGRY,
    "I shall be most interested to see you in front of a judge by Friday": Level.ANGRY,
    "he slammed the counter and wants it today or never": Level.ANGRY,
    "you lot are crooks, the whole firm": Level.ANGRY,
    "fed up but civil, wants a date": Level.ANNOYED,
    "can't thank you enough, that was insanely quick": Level.CALM,
    "she's crying about the form, no bad word": Level.CALM,
    "I'd hate to bother you, but is there any news": Level.CALM,
}
HARASSED = (
    "he asks what I'm wearing",
    "She keeps asking if I have a boyfriend",
    "the guest touched my leg",
    "customer wants my private number and won't stop",
    "he said he'd like to see me in a skirt",
    "send me a picture of yourself",
    "he makes racist jokes",
    "a caller made monkey noises at my colleague",
    "she won't be served by a black nurse",
    "She says people like me should go back.",
    "he makes fun of my accent",
    "he found my instagram and writes to me every night",
    "he follows me home after my shift",
    "a tenant stood outside my house",
    "The customer keeps taking pictures of me",
    "he keeps saying sweetheart and asks when i finish work",
    "caller asked me what time I get off tonight",
)
WISHED_DEAD = ("go die", "Go die!", "you should just die", "she told me to go die", "drop dead")
SMALL_TALK = (
    "how are you",
    "How are you doing today?",
    "are you a bot",
    "are you a robot or a human being",
    "are you single room or double?",
    "what's for lunch",
    "did you see the match last night",
    "Anybody seen Earl?",
    "mornin' all",
    "who is on shift tomorrow?",
    "is this thing on",
)
SOUNDS_LIKE_IT = (
    "what should I wear for the interview?",
    "the customer asks if he may bring his girlfriend",
    "The customer asked me out of the blue for an invoice.",
    "guest asks for my ticket number",
    "how do I follow up with him",
    "my phone is about to die",
    "what is die casting?",
    "the guest is filming the queue",
)
NO_ABUSE = (
    "he asks when I finish with the invoice",
    "she asks when I'm off the other call",
    "old man can't find the cancel button, 3rd call, he's nearly crying",
    "an old woman needs help with the form",
    "two old people wait at the desk",
)
OWN = (
    "i just told a customer to shut up",
    "I called him an idiot",
    "I told her to fuck off, what now",
    "I've just called my customer a stupid cow and she hung up",
    "ich habe ihn einen Idioten genannt",
    "ich habe eine Kundin blöde Kuh genannt, was mach ich jetzt",
    "ich hab ihm gesagt, er ist ein Arschloch",
    "told a customer he's an idiot",
    "my colleague called a customer an idiot",
    "customer says our agent told him to shut up",
    "mir ist rausgerutscht: halten Sie die Klappe",
)
OF_THIRD_PEOPLE = (
    "school parent says the teacher humiliated her son",
    "client is upset that a colleague insulted her",
    "you're a robot, get me a human",
    "are you a machine, let me talk to a person",
)
STILL_ABUSE = (
    "she called me an idiot",
    "customer told me to shut up",
    "I called him an idiot after he called me a stupid cow",
    "I told her no she called me a bitch",
    "I told him to calm down, then he told me to shut up",
    "I told a customer that nobody talks to my colleague like that, she called her a cunt",
    "I told you to fuck off",
    "You're a useless robot",
    "the guest insulted her and threw a glass",
    "he humiliated me",
    "ich habe ihm gesagt dass ich auflege und er hat mich Arschloch genannt",
    "told a customer to calm down and he called me a bitch",
    "customer told my colleague she is an idiot",
    "ich habe einen Kunden der hat die Kollegin eine Schlampe genannt",
)
SOUNDS_LIKE_HARM = (
    "three fines, and she wants me to rip them up",
    "he wants me to knock him something off the bill",
    "shoot her a quick message",
    "we can slap him with another late fee",
    "do I have to drag her through the whole process again",
    "kill them with kindness",
)


@pytest.mark.parametrize("text", SOUNDS_LIKE_HARM)
def test_what_only_sounds_like_harm_is_none(text: str) -> None:
    """Papers are ripped up, fees hit people, and nobody is hurt."""
    assert Signal.HARM not in heat_of(text).signals


@pytest.mark.parametrize("text", NO_ABUSE)
def test_whoever_is_old_or_waits_abuses_nobody(text: str) -> None:
    """An old man is no insult, and to ask when somebody is done with a matter is no harassment."""
    assert not {Signal.INSULT, Signal.HARASSMENT} & set(heat_of(text).signals)


@pytest.mark.parametrize("text", [*OWN, *OF_THIRD_PEOPLE])
def test_whoever_answers_bears_no_abuse_of_their_own(text: str) -> None:
    """What they said themselves, what was done to a customer by others, and being taken for a machine."""
    heat = heat_of(text)

    assert heat.level < Level.ABUSIVE
    assert Signal.INSULT not in heat.signals


@pytest.mark.parametrize("text", STILL_ABUSE)
def test_what_they_said_hides_no_abuse(text: str) -> None:
    """Beside it, what a customer said is heard."""
    assert heat_of(text).level is Level.ABUSIVE


@pytest.mark.parametrize("text", HARASSED)
def test_harassment_is_abuse_and_named(text: str) -> None:
    """Of a sexual kind, for where somebody comes from, or by not keeping away: nobody need bear it."""
    heat = heat_of(text)

    assert heat.level is Level.ABUSIVE
    assert Signal.HARASSMENT in heat.signals


@pytest.mark.parametrize("text", WISHED_DEAD)
def test_a_wish_that_somebody_dies_is_abuse(text: str) -> None:
    """Two words are enough."""
    assert heat_of(text).level is Level.ABUSIVE
    assert Signal.HARM in heat_of(text).signals


@pytest.mark.parametrize("text", [*SMALL_TALK, *SOUNDS_LIKE_IT])
def test_small_talk_is_calm(text: str) -> None:
    """Words of no situation that nobody is heated about, and those that only sound like harassment."""
    assert heat_of(text) == Heat(Level.CALM)


@pytest.mark.parametrize(("text", "level"), LEVELS.items())
def test_how_heated_a_text_is(text: str, level: Level) -> None:
    """Words of customers and reports of agents; sarcasm is annoyance, politeness does not hide an insult."""
    assert heat_of(text).level is level


@pytest.mark.parametrize(("text", "signal"), SIGNS.items())
def test_every_sign_is_named(text: str, signal: Signal) -> None:
    """What can be pointed at is."""
    assert signal in heat_of(text).signals


@pytest.mark.parametrize(
    "text",
    ["", "I feel like an idiot, I had the cable in the wrong socket", "Please send the VAT invoice ASAP, thanks"],
)
def test_what_is_calm_has_no_signs(text: str) -> None:
    """Words against oneself and abbreviations are no heat."""
    assert heat_of(text) == Heat(Level.CALM)


def test_the_slow_reader_was_learned_for_the_encoder_that_is_there() -> None:
    """After another encoder has come: `python -m bot.playbooks.training heat-look`."""
    assert load_second_look(HEAD) is not None


@pytest.mark.parametrize(("text", "asked"), [("Where is my parcel?", False), ("I wish you nothing good", True)])
def test_whoever_waits_steps_aside_before_the_slow_reader_is_asked(text: str, asked: bool) -> None:
    """It takes some milliseconds, and is asked only where words and signs leave the level open."""
    stepped: list[str] = []
    heat_of(text, None, lambda: stepped.append(text))
    assert bool(stepped) == asked


@pytest.mark.parametrize(("text", "level"), FRESH.items())
def test_heat_that_no_sign_names_is_felt(text: str, level: Level) -> None:
    """Where a text stands among all texts tells what none of its words does."""
    assert heat_of(text).level == level


@pytest.mark.parametrize(
    ("scores", "marks", "level"),
    [
        ((-0.1, -0.1, 0.1), frozenset(("insult 1",)), Level.ABUSIVE),
        ((-0.1, -0.1, 0.1), frozenset(("0 signals",)), Level.CALM),
        ((0.2, 0.2, 0.45), frozenset(("0 signals",)), Level.ABUSIVE),
        ((-1.0, -0.5, 0.4), frozenset(("insult 1",)), Level.CALM),
        ((-0.1, 0.2, -1.0), frozenset(), Level.ANGRY),
        ((-0.6, 0.2, -1.0), frozenset(), Level.CALM),
        ((0.1, -0.2, -1.0), frozenset(), Level.ANNOYED),
    ],
)
def test_abuse_needs_a_sign_or_to_be_surer(
    scores: tuple[float, float, float], marks: frozenset[str], level: Level
) -> None:
    """What speaks for a level counts where the levels below do not plainly contradict."""
    assert level_in(dict(zip("123", scores, strict=True)), marks) is level


@pytest.mark.parametrize(("typed", "level"), NO_MORE_THAN_RUDE.items())
def test_what_is_rude_is_no_abuse_and_no_calm(typed: str, level: Level) -> None:
    """Nobody is told to end a call over it, and abuse beside it stays abuse."""
    assert heat_of(typed).level is level


@pytest.mark.parametrize(("typed", "signal"), OF_LITTLE_WORDS.items())
def test_little_words_are_no_sign(typed: str, signal: Signal) -> None:
    """A television is not the press, and thirty hours are no thirty calls."""
    assert signal not in heat_of(typed).signals


@pytest.mark.parametrize(("typed", "signal"), STILL_SIGNS.items())
def test_what_they_are_signs_of_is_still_seen(typed: str, signal: Signal) -> None:
    """The same words, meant so."""
    assert signal in heat_of(typed).signals
