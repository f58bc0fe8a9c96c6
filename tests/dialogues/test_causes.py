"""What caused it: named in one press by whoever ends a case or an incident, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.say.messages import Text
    from tests.stage import Cast, Seen


async def taken_over(cast: Cast, what: str = "/recuse CASE-42 heated: the invoice was charged twice") -> None:
    """Have Ben take a case over from Ana, who writes what it is about."""
    await cast.ana.types(what)
    await cast.ben.privately.presses("I take it")


async def listed(cast: Cast) -> Seen | None:
    """Open the list of causes."""
    await cast.sofia.types("/zanshin causes")
    return await cast.sofia.presses("The list of causes")


def labels(post: Seen | None) -> list[str]:
    assert post is not None
    return [button.label for button in post.buttons]


async def test_whoever_is_done_with_a_case_names_its_cause_in_one_press(cast: Cast) -> None:
    """The list opens by a press, what was chosen stands on the card, and the last word holds."""
    ben = cast.ben.privately
    await taken_over(cast)
    done = await ben.presses("Done with it")
    await ben.presses("Name the cause …" if "Name the cause …" in labels(done) else "Another cause …")
    await ben.fills(cause="2")
    again = await ben.presses("Another cause …")
    await ben.fills(cause="1")
    kept = (await ben.posts())[-1].text

    assert "What caused it? One press, if you know" in done.text
    assert again is not None
    assert "Cause: Wrong bill or charge" in kept


async def test_the_title_of_an_incident_proposes_its_cause(cast: Cast) -> None:
    """Whoever resolves it presses the first one; it changes nothing about the incident."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev2 Parcels to Kraków arrive late")
    over = await omar.types("/incident resolve 1 All parcels are on their way.")
    named = await omar.presses("Late or lost delivery", over)
    typed = await omar.types("/zanshin cause 1")
    chosen = {question.name: question.value for question in omar.form.inputs}

    assert "Late or lost delivery" in labels(over)
    assert "The cause of #1 is noted" in named.text
    assert typed is not None
    assert chosen == {"cause": "2"}


async def test_a_case_can_be_named_by_typing_and_only_by_those_who_had_it(cast: Cast) -> None:
    """Without a number it is the case one was done with last; whoever had none reads what to type."""
    await taken_over(cast)
    await cast.ben.types("/recuse done")
    nothing = await cast.omar.types("/zanshin cause")
    unread = await cast.omar.types("/zanshin cause of all this")
    await cast.ben.types("/zanshin cause")
    named = await cast.ben.fills(cause="6")

    assert "You ended no case lately." in nothing.text
    assert "/zanshin cause 12" in unread.text
    assert "Cause: Waited too long for us" in named.text


async def test_where_somebody_was_in_danger_nobody_is_asked(cast: Cast) -> None:
    """That is not the moment."""
    await taken_over(cast, "/recuse safety: he says he will come with a knife and kill me")
    done = await cast.ben.privately.presses("Done with it")

    assert "What caused it?" not in done.text


async def test_supervisors_keep_the_list(cast: Cast) -> None:
    """Ours to begin with; one of their own is proposed by its words, a retired one is offered to nobody."""
    await cast.sofia.types("/zanshin causes list")
    await cast.sofia.presses("Add a cause")
    saved = await cast.sofia.fills(name="Seats too small", department="Cabin design", hints="seat, legroom")
    await listed(cast)
    await cast.sofia.presses("Change Wrong bill or charge")
    filled = {question.name: question.value for question in cast.sofia.form.inputs}
    renamed = await cast.sofia.fills(name="Wrong invoice")
    retired = await cast.sofia.presses("Retire", await listed(cast))
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev3 No legroom in any seat; invoices double")
    over = await omar.types("/incident resolve 1 New seats are in.")

    assert "Saved: Seats too small" in saved.text
    assert filled["department"] == "Billing"
    assert "Wrong invoice: Billing" in renamed.text
    assert "Wrong invoice is retired" in retired.text
    assert "Seats too small" in labels(over)
    assert "Wrong invoice" not in labels(over)


async def test_slips_in_the_list_are_said_beside_their_question(cast: Cast) -> None:
    """A name there is already, a place nobody knows; agents do not change the list."""
    await listed(cast)
    await cast.sofia.presses("Add a cause")
    await cast.sofia.fills(name="late or lost  delivery", department="Post")
    errors = dict(cast.sofia.errors)
    refused = await cast.ana.types("/zanshin causes")

    assert errors["name"].startswith("There's a cause of this name.")
    assert "Only supervisors and admins can do this." in refused.text


async def test_a_leads_list_of_customers_is_their_own(cast: Cast) -> None:
    """Typed or filled in, ticked off and back again; another lead has another list, an agent none."""
    sofia = cast.sofia.privately
    await sofia.types("/zanshin team add @omar supervisor")
    empty = await sofia.types("/zanshin customers")
    added = await sofia.types("/zanshin customers Café Løvås")
    twice = await sofia.types("/zanshin customers CAFÉ  løvås")
    ticked = await sofia.presses("Reached", twice)
    again = await sofia.presses("Café Løvås again")
    await sofia.presses("Add a customer")
    filled = await sofia.fills(customer="Zoë Ó Briain")
    others = await cast.omar.types("/zanshin customers")
    refused = await cast.ana.types("/zanshin customers")

    assert "Nobody is on it yet." in empty.text
    assert "Café Løvås is on your list." in added.text
    assert "is on your list already." in twice.text
    assert "Café Løvås is ticked off." in ticked.text
    assert "Café Løvås: reached" in ticked.text
    assert "Café Løvås is to be reached again." in again.text
    assert "Zoë Ó Briain is on your list." in filled.text
    assert "Nobody is on it yet." in others.text
    assert "Only supervisors and admins can do this." in refused.text


async def test_the_report_tells_of_causes(cast: Cast) -> None:
    """Beside everything else of the period; of one team it says nothing, since no team has a cause."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev3 Parcels to Kraków arrive late")
    over = await omar.types("/incident resolve 1 All parcels are on their way.")
    await omar.presses("Late or lost delivery", over)
    told = await cast.sofia.types("/zanshin report this week")

    assert "Late or lost delivery was named most: 1 of 1." in told.text
    assert "1 incident was opened." in told.text
    assert "Nothing was recorded in" not in told.text


def words(intro: Text) -> str:
    return "".join(one for one in intro if isinstance(one, str))


async def test_the_form_says_which_case_or_incident_it_asks_about(cast: Cast) -> None:
    """Whoever types the command alone sees what is meant before they answer."""
    await taken_over(cast)
    await cast.ben.types("/recuse done")
    await cast.ben.types("/zanshin cause")
    case = cast.ben.form
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev2 Parcels arrive late")
    await omar.types("/zanshin cause 1")
    incident = omar.form

    assert case is not None
    assert words(case.intro).startswith("CASE-42, handed over")
    assert incident is not None
    assert words(incident.intro) == "#1: Parcels arrive late"


async def test_what_goes_on_still_lacks_no_cause(cast: Cast) -> None:
    """A case that is searched for, or that somebody has just taken, is asked about when it is over."""
    await cast.ana.types("/recuse CASE-42 heated: the invoice was charged twice")
    searching = await cast.sofia.types("/zanshin causes")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Done with it")
    over = await cast.sofia.types("/zanshin causes")

    assert "no cause yet" not in searching.text
    assert "1 case or incident of these days has no cause yet" in over.text


async def test_a_name_that_is_too_long_is_refused_and_not_cut(cast: Cast) -> None:
    """Half a name would be looked for in vain."""
    told = await cast.sofia.privately.types(f"/zanshin customers {'Zoë Ó Briain ' * 46}")
    after = await cast.sofia.privately.types("/zanshin customers")

    assert "That is too long for a name." in told.text
    assert "Nobody is on it yet." in after.text
