"""Which incident is meant, and who may change it."""

from __future__ import annotations

from datetime import timedelta
from textwrap import shorten
from typing import TYPE_CHECKING, Literal, TypeVar

from sqlalchemy import bindparam, or_, select

from bot.errors import NotAllowed, NotFound, Refusal
from bot.incidents.commands import AboutIncident, OfferOwnership, OnIncident
from bot.incidents.facts import IncidentFacts, facts_of
from bot.incidents.model import LIVE, Incident, IncidentState
from bot.incidents.typed.counts import counts_something, counts_though_open
from bot.incidents.typed.numbers import take_number
from bot.say.language import _, quoted
from bot.say.messages import Button
from bot.say.replies import Reply
from bot.typing.command import Need
from bot.typing.mentions import named
from bot.work.permissions import may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


Addressed = TypeVar("Addressed", bound=AboutIncident)

LATELY = timedelta(days=7)  # what was resolved since may still be meant
SHOWN = 20  # letters of words that may begin with a number
OFFERED = 5  # buttons to choose from when it is not clear which one is meant


def incident_meant(command: OnIncident, work: Work) -> IncidentFacts:
    """Find the incident that is meant; one that is going to change is locked."""
    if command.number is None:
        return _taken(_live_one(command, _live(work), work), command, work)
    incident = _numbered(command.number, work, lock=not command.reads)
    if incident is None:
        raise _no_such(command.number)
    return facts_of(work, [incident])[0]


def live_or_ended(command: OnIncident, work: Work) -> IncidentFacts:
    """Find the incident that is meant; while none is open, that may be the one resolved lately."""
    if command.number is not None:
        return incident_meant(command, work)
    live = _live(work)
    found = None if live else _ended_one(command, work)
    return _taken(found or _live_one(command, live, work), command, work)


def ended_incident(command: OnIncident, work: Work) -> IncidentFacts:
    """Find the incident that is meant, for a command that only makes sense after its end."""
    found = _ended_one(command, work) if command.number is None else None
    return _taken(found, command, work) if found is not None else incident_meant(command, work)


def _taken(incident: Incident, command: OnIncident, work: Work) -> IncidentFacts:
    """Take one that was chosen among several."""
    if not command.reads:
        incident = work.find(Incident, incident.id, incident.heading)  # locked from here on
    return facts_of(work, [incident])[0]


def _ended_one(command: OnIncident, work: Work) -> Incident | None:
    """Take the only one resolved in this channel within a week; otherwise offer the latest, if there are any."""
    ended = (
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.state == IncidentState.RESOLVED)
        .order_by(Incident.resolved_at.desc(), Incident.number.desc())
        .limit(OFFERED)
    )
    here = ended.where(Incident.conversation_id == work.channel_id(), Incident.resolved_at > work.now - LATELY)
    found = work.session.scalars(here).all()
    if len(found) == 1:
        return found[0]
    if latest := work.session.scalars(ended).all():
        raise NotFound(
            _("Which incident do you mean?"),
            _("These were resolved last."),
            _("Choose one, or write its number."),
            _choices(command, latest),
        )
    return None


def _choices(command: OnIncident, among: Sequence[Incident]) -> tuple[Button, ...]:
    return tuple(command.model_copy(update={"number": one.number}).button(one.heading[:60]) for one in among[:OFFERED])


def _numbered(number: int, work: Work, *, lock: bool = False) -> Incident | None:
    known: Incident | None = next((one for one in work.kept.get(_LIVE, ()) if one.number == number), None)
    if known is not None:
        return work.find(Incident, known.id, known.heading) if lock else known
    asked = {"organisation": work.actor.organisation_id, "number": number}
    return work.session.scalar(_LOCKED if lock else _NUMBERED, asked)


def _no_such(number: int) -> NotFound:
    return NotFound(
        _("There's no incident #{number}.").format(number=number),
        _("Nobody opened one with that number here."),
        _("See what there is: `/incident list`."),
    )


def is_live_number(number: int, work: Work) -> bool:
    """Say whether an incident of this number is not resolved."""
    incident = _numbered(number, work)
    return incident is not None and incident.state in LIVE


def live_incident(command: OnIncident, work: Work) -> IncidentFacts:
    """Find the incident that is meant, which must not be resolved."""
    facts = incident_meant(command, work)
    if not facts.is_live:
        raise _resolved(facts.incident.number)
    return facts


def _resolved(number: int) -> Refusal:
    return Refusal(
        _("#{number} is resolved.").format(number=number),
        _("Nothing was changed."),
        _("If it's back, open it again: `/incident reopen {number}`.").replace("{number}", str(number)),
    )


def _live_one(command: OnIncident, live: Sequence[Incident], work: Work) -> Incident:
    """Take the one that is meant here, or offer those that may be."""
    if (one := _only_one(live, work)) is not None:
        return one
    if not live:
        raise NotFound(
            _("No incident is open."),
            _("There's nothing to change."),
            _("Open one: `/incident open what customers notice`."),
        )
    raise NotFound(
        _("Which incident do you mean?"),
        _("More than one is open here."),
        _("Choose one, or write its number."),
        _choices(command, _own_first(command, live, work)),
    )


def _own_first(command: OnIncident, live: Sequence[Incident], work: Work) -> Sequence[Incident]:
    """Put one's own first; what only an owner may do is offered of nothing else, if there is any."""
    own = [one for one in live if one.owner_id == work.actor.person_id]
    if own and command.owners and not may(work.actor, Need.SUPERVISOR):
        return own
    return [*own, *(one for one in live if one not in own)]


def choose_one(what: str, buttons: Callable[[Incident], Sequence[Button]], command: OnIncident, work: Work) -> Refusal:
    """Ask which of those that are open is meant, with what a press does to each."""
    live = _own_first(command, _live(work), work)
    return Refusal(
        what,
        _("Nothing was changed."),
        _("Choose one."),
        tuple(one for incident in live for one in buttons(incident))[:OFFERED],
    )


def live_numbers(work: Work) -> list[int]:
    """List the numbers of what is open."""
    return [one.number for one in _live(work)]


def _live(work: Work) -> Sequence[Incident]:
    if _LIVE not in work.kept:
        work.kept[_LIVE] = work.session.scalars(_LIVE, {"organisation": work.actor.organisation_id}).all()
    found: Sequence[Incident] = work.kept[_LIVE]
    return found


# Built once, as every command about an incident needs them.
_NUMBERED = select(Incident).where(
    Incident.organisation_id == bindparam("organisation"), Incident.number == bindparam("number")
)
_LOCKED = _NUMBERED.with_for_update()
_LIVE = (
    select(Incident)
    # Each state by itself: a list of them would be put together anew every time.
    .where(Incident.organisation_id == bindparam("organisation"), or_(*(Incident.state == one for one in LIVE)))
    .order_by(Incident.promise_at)
)


def _only_one(live: Sequence[Incident], work: Work) -> Incident | None:
    """Choose the only one in this channel, of this owner, or at all."""
    if len(live) <= 1:
        return next(iter(live), None)
    here = work.channel_id()
    for chosen in (
        [one for one in live if one.conversation_id == here],
        [one for one in live if one.owner_id == work.actor.person_id],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def addressed(use_case: Callable[[Addressed, Work], Reply]) -> Callable[[Addressed, Work], Reply]:
    """Have a use case told for which incident its words are."""
    return lambda command, work: use_case(_to_whom(command, work), work)


def _to_whom(command: Addressed, work: Work) -> Addressed:
    """Decide whether a bare number before words is that of an incident, or belongs to them: "3 cards are declined".

    It is the number while no other incident than #3 would be meant without it, unless it counts what follows. Otherwise
    each reading ends in another place, and it is asked, one press for either. Only a note is taken at once, with its 3,
    if there is no #3, or #3 is the only one.
    """
    number, rest = take_number(getattr(command, command.says))
    if command.number is not None or number is None or not rest:
        return command
    to_it = command.model_copy(update={"number": number, command.says: rest})
    counts = _counts(command, number, work)
    other = _only_one(_live(work), work)
    if not counts and (other is None or other.number == number):
        return to_it
    incident = _numbered(number, work)
    if other is None and incident is None:
        return command  # it counts, and one of several is asked for
    others = [other] if other is not None else _live(work)[:OFFERED]
    with_it = [command.model_copy(update={"number": one.number}) for one in others]
    if command.private and other is not None and (incident is None or other.number == number):
        return with_it[0]
    raise _which_reading(number, incident, to_it, with_it)


def _counts(command: AboutIncident, number: int, work: Work) -> bool:
    """Say whether the number may count what follows; a note keeps its number wherever it ends in the same place."""
    words, live = getattr(command, command.says), _live(work)
    own = next((one for one in live if one.number == number), None)
    if own is None or (command.private and len(live) == 1):
        return counts_something(words)
    return counts_though_open(words, own.heading, [one.heading for one in live if one is not own])


def _which_reading(
    number: int, incident: Incident | None, to_it: AboutIncident, with_it: Sequence[AboutIncident]
) -> Refusal:
    texts_of = [_as_text(one) for one in with_it]
    if incident is not None and (incident.state in LIVE or to_it.private):
        return Refusal(
            _("Is {number} the number of an incident?").format(number=number),
            _("It may as well be a part of what you wrote. Nothing was sent or written down yet."),
            _("Choose one; `#{number}` is always the incident.").replace("{number}", str(number)),
            (to_it.button(_("For {name}").format(name=incident.heading)[:60], "primary"), *texts_of),
        )
    refusal = _resolved(number) if incident is not None else _no_such(number)
    return type(refusal)(refusal.what, refusal.why, refusal.hint, tuple(texts_of))


def _as_text(command: AboutIncident) -> Button:
    begins = quoted(shorten(named(getattr(command, command.says)), SHOWN, placeholder="…"))
    return command.button(_("For #{number}: {words}").format(number=command.number, words=begins))


def insist_on_owner(facts: IncidentFacts, work: Work) -> None:
    """Let the owner and supervisors through."""
    if work.actor.person_id == facts.incident.owner_id or may(work.actor, Need.SUPERVISOR):
        return
    raise NotAllowed(
        _("That wasn't done."),
        _("{name} owns #{number}.").format(name=facts.owner.name, number=facts.incident.number),
        _("Ask them, or own it yourself."),
        (own_it_myself(facts),),
    )


def own_it_myself(facts: IncidentFacts, style: Literal["plain", "primary"] = "plain") -> Button:
    """Offer to own it at once, from whoever owns it now."""
    owner = facts.incident.owner_id
    return OfferOwnership(number=facts.incident.number, who="me", owner=owner).button(_("I own it"), style)
