"""Words of anger that are certain, those that are spared, politely worded abuse, and what a firm is called."""

from __future__ import annotations

import pytest

from bot.understanding.heat import Level, heat_of
from bot.understanding.signals import Signal, signs_in
from bot.understanding.spared import without_spared

PLAIN_ANGER = (
    "Guest is livid, suitcase in Lisbon",
    "I am fuming",
    "She is boiling with anger about the statement",
    "the customer wept with rage because the account was frozen",
    "the bride's mother is on the warpath",
    "he has gone from icy to volcanic",
    "she's heated, been transferred 5x",
    "Thanks for nothing, I've lost my interview",
    "Are ye having a laugh? Four hundred for this?",
    "dude flipped his lid over the coupon",
    "He threw a wobbly when the refund bounced.",
    "er ist stinksauer wegen der Gebühr",
    "Sie schäumt vor Wut, weil das Paket weg ist",
    "Na vielen Dank für gar nichts, mein Flug ist weg",
    "Wollt ihr mich verarschen? Schon wieder die falsche Größe!",
    "der Gast ging an die Decke, als ich die Kurtaxe erwähnte",
    "Mir platzt gleich der Kragen",
)
NO_ANGER = (
    "wants to know if the pool is heated",
    "is there a heated seat in the car?",
    "she is beside herself with joy",
    "he went ballistic with joy about the upgrade",
    "der Topf kocht über, ist das ein Garantiefall?",
    "Geht's noch um 15 Uhr oder ist das zu spät?",
)
OF_OTHERS_NOW_CALM = (
    "he stopped yelling like 10 min ago, we good now",
    "Her husband was shouting at the rugby the whole time. She just wanted an extra pillow.",
    "prev notes say abusive caller but thats the ex husband, hes off the account. she's nice",
    "hes loud cuz hes hard of hearing not cuz hes mad",
    "she has shouted last month, according to the note, but today's mail is friendly",
    "kid screaming in the background, mom is totally calm, just activating a tablet",
    "He used to roar at us every August, now he sends Christmas cards.",
    "He apologised for yelling yesterday and brought doughnuts.",
    "the parrot in the background swears, its owner is an angel",
    "Not angry at all, she simply wants the form",
    "An angry wasp chased him while we spoke. New direct debit set up.",
    "Er brüllt nicht, er hört nur schlecht und spricht deshalb laut.",
    "Letzte Woche hat er getobt, heute ist er ganz freundlich",
    "In der Akte steht aggressiv, aber das war ein anderer Herr Meier, dieser ist nett.",
    "Sein Sohn brüllt beim Zocken, er selbst fragt ruhig nach dem Tarif.",
    "Sie ist nicht wütend auf uns, sie wundert sich nur.",
    "Er hat sich für das Gebrüll von gestern entschuldigt.",
)
STILL_HEATED = {  # beside what is spared
    "I'm not angry, I'm furious": Level.ANGRY,
    "he hasn't stopped shouting at me": Level.ANGRY,
    "He never raised his voice. He just told Ania that girls like her get found in ditches.": Level.ABUSIVE,
    "his wife was yelling at the dog, then he called me a stupid cow": Level.ABUSIVE,
    "see you later alligator, you worthless idiot": Level.ABUSIVE,
    "the customer raged yesterday and is raging again": Level.ANGRY,
    "Er ist nicht sauer, er ist fuchsteufelswild": Level.ANGRY,
    "her husband is shouting at me down the phone": Level.ANGRY,
}
FIGURES_OF_SPEECH = (
    "see you later alligator",
    "hell yeah that worked, ur the goat",
    "Your colleague is a devil of a fellow, he found my book",
    "He wrote ANGRY DUCK in capitals. It's the name of the pub. He wants directions.",
    "He swore blind he'd paid, found he hadn't, paid, apologised, sent a smiley.",
    "she swore up and down she'd posted it",
    "this screen protector is the shit, where do i get 2 more",
    "My daughter's a right little madam and has dyed your towel blue.",
    "Du bist ein Teufelskerl, alles läuft wieder!",
    "Leck mich fett, ist das schnell gegangen, danke!",
    "Ich lach mich tot über eure Warteschleife, tolle Musik",
    "Der Gasthof heißt Zum Wilden Eber, bitte ändern Sie die Nummer",
)
POLITE_ABUSE = {
    "Please be so good and walk in front of a train": Signal.HARM,
    "no disrespect but a brick could do ur job": Signal.INSULT,
    "somebody need to put yall down like dogs": Signal.HARM,
    "man u special needs or what": Signal.INSULT,
    "when i get off this phone im coming down there w my boys": Signal.HARM,
    "i will burn that tower down with ur tech on it": Signal.HARM,
    "I assume your parents were related with one another": Signal.INSULT,
    "Just die.": Signal.HARM,
    "Is there a carer with you?": Signal.INSULT,
    "my toaster has shown more initiative than you": Signal.INSULT,
    "I look forward to dancing on your grave, with best wishes": Signal.HARM,
    "Wären Sie so freundlich, sich vor die U-Bahn zu werfen?": Signal.HARM,
    "Ein Toastbrot hat mehr Hirn als Sie, bei allem Respekt": Signal.INSULT,
    "Ich komme morgen mit meinen Jungs bei euch vorbei": Signal.HARM,
    "Es wäre schade, wenn Ihren Kindern auf dem Schulweg etwas zustößt": Signal.HARM,
    "Sie hat man wohl aus Mitleid eingestellt": Signal.INSULT,
}
NO_ABUSE = (
    "we're coming down to the coast with my mates, have you a table?",
    "can I put you down for Tuesday?",
    "the horse had to be put down, please end the insurance",
    "is there a grown-up in the office?",
    "do you have special needs rooms?",
    "driver's cut his hand on a gate, his last drops move to tomorrow",
    "have your hand luggage ready",
    "my phone is about to just die",
    "do you know when you leave the office today?",
    "Wir haben unseren Hund einschläfern lassen und möchten ihn abmelden.",
    "Staubsauger am ersten Tag verreckt",
    "Wir kommen mit den Kumpels zum Essen, habt ihr einen Tisch?",
)
OF_A_FIRM = (
    "he just called the whole company a clown show n wont let me talk",
    "man yall some thieves out here stealing from old ladies",
    "Your policy is heartless",
    "Your bank is a bunch of incompetent moneygrubbers",
    "You lot are vultures feeding on grieving people.",
    "Die Bank ist eine Räuberhöhle!",
    "Euer Laden ist das Letzte, ich kündige!",
    "Die Krankenkasse ist ein Haufen Diebe",
)


@pytest.mark.parametrize("text", PLAIN_ANGER)
def test_a_plain_word_of_anger_is_anger_by_itself(text: str) -> None:
    """Whatever was learned."""
    assert "anger" in signs_in(text).sure
    assert heat_of(text).level >= Level.ANGRY


@pytest.mark.parametrize("text", NO_ANGER)
def test_what_only_sounds_of_anger_is_none(text: str) -> None:
    """Pools are heated, and joy is loud."""
    assert heat_of(text).level < Level.ANGRY


@pytest.mark.parametrize("text", [*OF_OTHERS_NOW_CALM, *FIGURES_OF_SPEECH])
def test_what_is_denied_over_of_others_or_a_figure_of_speech_is_spared(text: str) -> None:
    """It is no heat of this customer now."""
    assert heat_of(text).level < Level.ANGRY


@pytest.mark.parametrize(("text", "level"), STILL_HEATED.items())
def test_what_is_spared_hides_no_heat_beside_it(text: str, level: Level) -> None:
    """Only the words that are spared are left out."""
    assert heat_of(text).level >= level


@pytest.mark.parametrize(("text", "signal"), POLITE_ABUSE.items())
def test_politeness_hides_no_abuse(text: str, signal: Signal) -> None:
    """Contempt is named as an insult, menace as a threat of harm."""
    heat = heat_of(text)

    assert heat.level is Level.ABUSIVE
    assert signal in heat.signals


@pytest.mark.parametrize("text", NO_ABUSE)
def test_what_only_sounds_of_contempt_or_menace_is_none(text: str) -> None:
    """Friends come along, horses die, and hands are cut."""
    assert signs_in(text).sure.isdisjoint(("contempt", "menace"))
    assert heat_of(text).level < Level.ABUSIVE


@pytest.mark.parametrize("text", OF_A_FIRM)
def test_what_a_firm_is_called_is_anger_at_most(text: str) -> None:
    """Nobody is abused by it."""
    assert heat_of(text).level < Level.ABUSIVE


def test_a_person_beside_the_firm_is_still_abused() -> None:
    """The firm is spared, and nobody else."""
    assert heat_of("Your company is a joke and you are a worthless cow").level is Level.ABUSIVE


@pytest.mark.parametrize("text", ["", "İ’m not angry at all İ", "Where is my parcel?"])
def test_letters_stay_where_they_were(text: str) -> None:
    """Some letters grow when they are made small."""
    assert without_spared(text) == text.replace("not angry at all", " ")
