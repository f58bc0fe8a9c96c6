"""A team of two languages: each reads theirs, types theirs, and is heard in it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.directory.model import Person
from tests.stage import Cast, FakeStage


async def two_languages(stage: FakeStage) -> Cast:
    """Ben and Sofia read German, Ana and Omar English."""
    german = update(Person).where(Person.name.in_(["Ben", "Sofia"])).values(locale="de-DE")
    await stage.database.write(lambda session: session.execute(german))
    return Cast(stage)


async def test_a_handoff_reads_in_each_ones_language(stage: FakeStage) -> None:
    """Ana steps out in English, Ben is asked in German and takes it; the channel reads English."""
    cast = await two_languages(stage)
    await cast.ana.types("/recuse CASE-7 heated: charged twice")
    asked = (await cast.ben.privately.sees())[0]

    assert asked.startswith("Können Sie einen Fall von Ana übernehmen?")
    assert "Fall: CASE-7" in asked
    assert "[Ich übernehme] [Nicht jetzt]" in asked
    assert (await cast.ana.privately.sees())[0].startswith("I'm finding somebody for you\nAsking Ben …")
    assert await cast.omar.sees() == ["Ana is handing over a case. I'm finding somebody."]

    await cast.ben.privately.presses("Ich übernehme")
    taken = "\n".join(await cast.ben.privately.sees())
    assert "charged twice" in taken
    assert "Fall" in taken
    assert "Ben" in (await cast.ana.privately.sees())[0]
    assert not any("Fall" in one for one in [*await cast.ana.privately.sees(), *await cast.omar.sees()])


async def test_what_is_typed_in_german_is_understood(stage: FakeStage) -> None:
    """Times, playbooks, promises and words of danger, in the words of whoever types them."""
    cast = await two_languages(stage)

    assert "Bis 14:30 UTC" in (await cast.ben.types("/zanshin away bis 14:30 Zahnarzt")).text
    assert (await cast.ben.types("/calm mir zittern die Hände")).text.startswith("Ruhig bleiben\n")
    assert (await cast.ben.types("/calm restrain")).text.startswith("Hände weg von der Tastatur\n")
    heard = await cast.ben.types("/calm sie will sich umbringen")
    assert heard.text.startswith("Jemand will sich vielleicht etwas antun")
    assert (await cast.ben.types("/calm das bringt mich um")).text.count("umbringen") == 0
    await cast.ben.types("/incident open sev2 Zahlungen scheitern")
    told = await cast.ben.types(
        "/incident update 1 Zahlungen scheitern. Wir prüfen jede. Nächste Meldung in einer Stunde"
    )
    assert "11:00" in told.text, told.text


async def test_a_german_playbook_is_called_by_its_name(stage: FakeStage) -> None:
    """Its title starts it, in whichever letters; a slip finds it, and nobody is asked what they see."""
    cast = await two_languages(stage)

    for name in ("keep calm", "ruhig bleiben", "Ruhig bleiben", "keep-calm"):
        assert "Darf ich um eine Minute bitten?" in (await cast.ben.types(f"/calm {name}")).text
    assert "Wie schlimm ist es?" in (await cast.ben.types("/calm Nicht persönlich nehmen")).text
    assert "Meinten Sie" not in (await cast.ben.types("/calm abgeben")).text
    assert (await cast.ben.types("/calm ruhig bleibne")).text.startswith("Ruhig bleiben\n")


async def test_danger_told_in_german_is_heard_by_whoever_reads_english(stage: FakeStage) -> None:
    """Somebody in distress writes in their own words, whatever their chat is set to."""
    cast = await two_languages(stage)

    assert (await cast.ana.types("/calm er hat eine Waffe")).text.startswith("Somebody is armed or violent")


async def test_typed_words_come_back_in_german_quotes(stage: FakeStage) -> None:
    """Quotation marks are those of whoever reads them."""
    cast = await two_languages(stage)

    await cast.ben.types("/zanshin hilfe")
    assert "„/zanshin staus“ kenne ich nicht" in (await cast.ben.types("/zanshin staus")).text
    assert "“/zanshin staus”" in (await cast.ana.types("/zanshin staus")).text


async def test_weekdays_are_named_in_german(stage: FakeStage) -> None:
    """Hours are shown as they are typed, and the other way round."""
    cast = await two_languages(stage)
    told = await cast.ben.types("/zanshin schicht mo-fr 9-17")
    kept = await cast.ben.types("/zanshin datenschutz")
    shown = [await who.types("/zanshin team") for who in (cast.sofia, cast.omar)]
    help_ = await cast.ben.types("/zanshin hilfe schicht")

    assert "Ihre Zeiten: Mo-Fr 09:00-17:00." in told.text
    assert "Mo-Fr 09:00-17:00" in kept.text
    assert ["Mo-Fr 09:00-17:00" in one.text for one in shown] == [True, False]
    assert "mon-fri 09:00-17:00" in shown[1].text
    assert "[mo-fr 9-17 | aus]" in help_.text
    assert "Mo-Fr" not in (await cast.ben.types("/zanshin schicht aus")).text.split("\n")[1]


@pytest.mark.parametrize("typed", ["Mo-Fr 10-18", "mon-fri 10-18", "montag bis freitag von 10 bis 18 Uhr"])
async def test_forms_show_hours_in_german_and_take_them_in_either_language(stage: FakeStage, typed: str) -> None:
    """What stands there can be saved as it is, without another word for what nobody changed."""
    cast = await two_languages(stage)
    await cast.ben.types("/zanshin schicht mo-fr 9-17")
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Ben bearbeiten")
    shown = {one.name: one.value for one in cast.sofia.form.inputs}
    await cast.ben.types("/zanshin schicht mo-fr 8-16")  # meanwhile
    kept = await cast.sofia.fills(capacity="2")
    await cast.sofia.presses("Ben bearbeiten")
    changed = await cast.sofia.fills(shifts=typed)

    assert shown["shifts"] == "Mo-Fr 09:00-17:00"
    assert "Mo-Fr 08:00-16:00" in kept.text
    assert "Mo-Fr 10:00-18:00" in changed.text
    assert "mon-fri 10:00-18:00" in (await cast.ana.types("/zanshin team")).text


async def test_the_hours_of_incidents_are_shown_and_taken_in_german(stage: FakeStage) -> None:
    """The second form that asks for hours of the week."""
    cast = await two_languages(stage)
    await cast.sofia.types("/zanshin einstellungen störungen")
    await cast.sofia.fills(hours="Mo-Fr 8-18")
    await cast.sofia.types("/zanshin einstellungen störungen")
    shown = {one.name: one.value for one in cast.sofia.form.inputs}
    await cast.sofia.fills(cadence_1="20")
    await cast.sofia.types("/zanshin einstellungen störungen")

    assert shown["hours"] == "Mo-Fr 08:00-18:00"
    assert {one.name: one.value for one in cast.sofia.form.inputs}["hours"] == "Mo-Fr 08:00-18:00"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("sieht mein chef was ich hier schreibe", "Niemand sonst liest es"),
        ("bist du eine ki", "Kein Mensch, ein Programm"),
        ("danke hat geholfen", "Gern"),
        ("hallo", "Hallo"),
    ],
)
async def test_whoever_asks_about_us_is_answered_in_german(stage: FakeStage, words: str, title: str) -> None:
    """In their own language, behind the command and in the direct chat."""
    cast = await two_languages(stage)
    for answer in (await cast.ben.types(f"/calm {words}"), await cast.ben.privately.types(words)):
        assert answer is not None
        assert answer.text.startswith(title)
