"""What is kept about somebody: shown to them alone, true to the rows and to the operator's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Person
from bot.people.privacy.erasing import erase_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.stage import Cast


async def test_everybody_can_see_what_is_kept_about_them(cast: Cast) -> None:
    """Each kind there is a row of is named with its count, who reads it, and until when."""
    ana = cast.ana
    await ana.types("/zanshin shift mon-sun 6-22")
    await ana.types("/calm restrain")
    await ana.types("/recuse CASE-42 heated: she keeps shouting")
    await ana.in_("incidents").types("/incident open sev4 Cards fail")
    await ana.types("/zanshin away 2h dentist")
    kept = await ana.types("/zanshin privacy")

    assert kept.text.startswith("What is kept about you")
    assert "Who you are: Ana, agent" in kept.text
    assert "Your working hours: mon-sun 06:00-22:00" in kept.text
    assert "Your last break, with its reason" in kept.text
    assert "dentist" not in kept.text
    assert "Cases you stepped out of (1; 1 with their reason)" in kept.text
    assert "the team, that you stepped out; whoever takes it and supervisors, note and reason." in kept.text
    assert "Playbooks you used (1): Who reads it: you alone; whoever takes your case, only if you tick it." in kept.text
    assert "gone 90 days after you began" in kept.text
    assert "Incidents you own (1)" in kept.text
    assert "the words go 365 days after the end" in kept.text
    assert kept.private


async def test_what_is_not_kept_is_not_listed(cast: Cast) -> None:
    """Whoever did nothing but come by reads of nothing else; what a colleague did is not theirs."""
    await cast.ana.types("/recuse CASE-42 heated: she keeps shouting")
    await cast.ben.privately.presses("I take it")
    ben = await cast.ben.types("/zanshin privacy")
    omar = await cast.omar.types("/zanshin privacy")

    assert "Cases you took over (1)" in ben.text
    assert "Cases you stepped out of" not in ben.text
    assert "Cases you took over" not in omar.text
    assert "Playbooks you used" not in omar.text


async def test_whoever_wrote_a_rule_reads_that_it_is_kept(cast: Cast) -> None:
    """It names who wrote it last; nobody else reads it of themselves."""
    await cast.sofia.types("/zanshin rule tell-the-customer")
    await cast.sofia.fills(text="Yes, within a day.")
    sofia = await cast.sofia.types("/zanshin privacy")
    ana = await cast.ana.types("/zanshin privacy")

    assert "Rules of the organisation that you wrote last (1): Who reads it: the team" in sofia.text
    assert "Rules of the organisation" not in ana.text


async def test_home_and_the_settings_lead_to_it(cast: Cast) -> None:
    """It is one press away where somebody looks at themselves, and where the organisation is set up."""
    await cast.ana.opens_home()
    at_home = await cast.ana.at_home.presses("What is kept about me")
    await cast.ana.types("/zanshin help settings")
    from_help = await cast.ana.presses("What is kept about me")

    assert "What is kept about you" in at_home.text
    assert "What is kept about you" in from_help.text


async def test_whoever_asks_gets_what_is_kept_word_for_word(cast: Cast) -> None:
    """Their own words and rows, read by them alone; who took the case over stays out of it."""
    await cast.ana.types("/recuse CASE-42 heated: she keeps shouting")
    await cast.ben.privately.presses("I take it")
    await cast.ana.types("/zanshin privacy")
    hers = await cast.ana.presses("Give it to me")
    his = await cast.ben.types("/zanshin privacy export")

    assert hers.private
    assert "she keeps shouting" in hers.text
    assert "handoffs, 1 row" in hers.text
    assert "zanshin export" in hers.text
    assert "she keeps shouting" not in his.text
    assert "handoffs, 1 row" in his.text


async def test_whoever_wants_to_be_erased_is_asked_first_and_admins_hear_of_it(cast: Cast) -> None:
    """Nothing goes by a press: people decide, once a day is enough, and the server's own do it."""
    await cast.ana.types("/zanshin privacy")
    first = await cast.ana.presses("Ask to be erased")
    asked = await cast.ana.presses("Ask them")
    await cast.ana.types("/zanshin privacy erase")
    await cast.ana.presses("Ask them")
    told = [post for post in await cast.sofia.privately.sees() if "asks to be erased" in post]

    assert "for good" in first.text
    assert "I asked the admins" in asked.text
    assert len(told) == 1
    assert "Ana asks to be erased" in told[0]
    assert "zanshin erase person" in told[0]


async def test_what_colleagues_read_of_somebody_says_that_it_was_erased(cast: Cast) -> None:
    """Cards and notices change where they stand, on every platform; nothing new is said."""
    await cast.ana.types("/calm he shouts that his lawyer will sue us")
    await cast.ana.presses("Tell my supervisor")
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Done with it")
    before = [len(await one.privately.sees()) for one in (cast.ben, cast.sofia)]

    def go(session: Session) -> int:
        person = session.scalars(select(Person).where(Person.name == "Ana")).one()
        return erase_person(session, person, cast.stage.clock.now())

    taken_back = await cast.stage.database.write(go)  # type: ignore[attr-defined]  every stage has one
    await cast.later(seconds=1)
    said = [await one.privately.sees() for one in (cast.ben, cast.sofia)]

    assert taken_back >= 2
    assert [len(texts) for texts in said] == before
    assert [texts[-1] for texts in said] == ["What stood here was erased."] * 2
