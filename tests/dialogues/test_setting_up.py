"""Setting up: who is the first admin, what they are asked for, and that nobody else reads of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.directory.model import Conversation, Person

if TYPE_CHECKING:
    from tests.stage import Cast


async def without(cast: Cast, **values: bool) -> None:
    """Take a role, or the support channel, from everybody."""
    model = Conversation if "is_support" in values else Person
    await cast.stage.database.write(lambda session: session.execute(update(model).values(**values)))


async def admins(cast: Cast) -> list[str]:
    """Name those who are admin."""
    return await cast.stage.database.read(
        lambda session: list(session.scalars(select(Person.name).where(Person.is_admin)))
    )


@pytest.mark.parametrize("words", ["/zanshin team", "/zanshin help"])
async def test_whoever_types_first_is_no_admin_and_reads_how_to_be_one(cast: Cast, words: str) -> None:
    """Only whoever runs the server can name them: the command is there, ready to be copied."""
    await without(cast, is_admin=False)
    told = await cast.ana.types(words)

    assert "I have no admin yet" in told.text
    assert "zanshin team add " in told.text
    assert "ana --admin" in told.text.lower()
    assert await admins(cast) == []


async def test_what_only_admins_may_says_how_there_will_be_one(cast: Cast) -> None:
    """The refusal leads on, and not to a list on which nobody stands."""
    await without(cast, is_admin=False)
    refused = await cast.ana.types("/zanshin settings")

    assert "I have no admin yet" in refused.text
    assert "--admin" in refused.text


async def test_nobody_reads_on_a_takeover_what_is_not_set_up(cast: Cast) -> None:
    """It is the business of admins, and has a place of its own."""
    await without(cast, is_supervisor=False)
    await without(cast, is_support=False)
    told = [await cast.ana.types(words) for words in ("/calm", "/recuse @ben", "/zanshin away 30m")]

    assert [one.text for one in told if "set up" in one.text or "missing" in one.text] == []


async def test_a_new_admin_is_asked_for_what_is_missing_until_it_is_there(cast: Cast) -> None:
    """One card in their direct chat: its lines go as things are set, and it is never sent twice."""
    await without(cast, is_supervisor=False)
    await cast.sofia.types("/zanshin team add @ben admin")
    asked = "\n".join(await cast.ben.privately.sees())
    await cast.sofia.types("/zanshin team add @omar supervisor")
    half = "\n".join(await cast.ben.privately.sees())
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(emergency="Call 5555.", time_zone="Africa/Accra")
    after = "\n".join(await cast.ben.privately.sees())

    assert "A supervisor, who" in asked
    assert "The channel your team works in" not in asked
    assert "A supervisor, who" not in half
    assert half.count("Your time zone") == half.count("in an emergency") == 1
    assert "Your time zone" not in after
    assert after.count("Everything is set up.") == 1


async def test_one_press_names_the_supervisor(cast: Cast) -> None:
    """The card of an admin has the form behind a button."""
    await without(cast, is_supervisor=False)
    await cast.sofia.types("/zanshin team add @ben admin")
    await cast.ben.privately.presses("Name a supervisor")
    await cast.ben.privately.fills(who="<@omar>")

    assert "A supervisor, who" not in "\n".join(await cast.ben.privately.sees())


@pytest.mark.parametrize("words", ["/zanshin here", "here"])
async def test_a_channel_is_chosen_where_it_is_named(cast: Cast, words: str) -> None:
    """Whoever may, types it there: no picker is needed. In the direct chat it means nothing, and says so."""
    await without(cast, is_support=False)
    refused = await cast.ana.in_("incidents").types("/zanshin here")
    alone = await cast.sofia.privately.types(words)
    done = await cast.sofia.in_("incidents").types("/zanshin here")

    assert "Only admins can do this." in refused.text
    assert "A direct chat can't be the support channel." in alone.text
    assert "#incidents is the support channel." in done.text
