"""Which incident is meant, and who may change it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Select, bindparam, select

from bot.errors import NotAllowed, NotFound, Refusal
from bot.incidents.commands import AboutIncident, OfferOwnership, OnIncident
from bot.incidents.model import LIVE, Incident, IncidentState
from bot.incidents.numbers import take_number
from bot.incidents.scene import Scene, scenes_of
from bot.say.language import _
from bot.work.permissions import Need, may

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.say.messages import Button
    from bot.say.replies import Reply
    from bot.work.work import Work

Addressed = TypeVar("Addressed", bound=AboutIncident)

LATELY = timedelta(days=7)  # what was resolved since may still be meant
OFFERED = 5  # buttons to choose from when it is not clear which one is meant


def scene_of(command: OnIncident, work: Work) -> Scene:
    """Lock the incident that is meant and set its scene."""
    number = command.number if command.number is not None else _meant(command, work)
    incident = work.session.scalar(_numbered(number, work).with_for_update())
    if incident is None:
        raise _no_such(number)
    return scene_again(incident, work)


def any_scene(command: OnIncident, work: Work) -> Scene:
    """Lock the incident that is meant; while none is open, that may be the one resolved lately."""
    return scene_of(command if _live(work) else _lately(command, work), work)


def ended_scene(command: OnIncident, work: Work) -> Scene:
    """Lock the incident that is meant, for a command that only makes sense after its end."""
    return scene_of(_lately(command, work), work)


def _lately(command: OnIncident, work: Work) -> OnIncident:
    """Take the only one resolved in this channel within a week; otherwise offer the latest, if there are any."""
    if command.number is not None:
        return command
    ended = (
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.state == IncidentState.RESOLVED)
        .order_by(Incident.resolved_at.desc(), Incident.number.desc())
        .limit(OFFERED)
    )
    here = ended.where(Incident.conversation_id == work.channel_id(), Incident.resolved_at > work.now - LATELY)
    found = work.session.scalars(here).all()
    if len(found) == 1:
        return command.model_copy(update={"number": found[0].number})
    if latest := work.session.scalars(ended).all():
        raise NotFound(
            _("Which incident do you mean?"),
            _("These were resolved last."),
            _("Choose one, or write its number."),
            _choices(command, latest),
        )
    return command


def _choices(command: OnIncident, among: Sequence[Incident]) -> tuple[Button, ...]:
    return tuple(command.model_copy(update={"number": one.number}).button(one.heading[:60]) for one in among[:OFFERED])


def _numbered(number: int, work: Work) -> Select[Incident]:
    return select(Incident).where(Incident.organisation_id == work.actor.organisation_id, Incident.number == number)


def _no_such(number: int) -> NotFound:
    return NotFound(
        _("There is no incident #{number}.").format(number=number),
        _("Nobody opened one with that number here."),
        _("See what there is: `/incident list`."),
    )


def is_live_number(number: int, work: Work) -> bool:
    """Say whether an incident of this number is not resolved."""
    incident = work.session.scalar(_numbered(number, work))
    return incident is not None and incident.state in LIVE


def scene_again(incident: Incident, work: Work) -> Scene:
    """Set the scene of an incident anew, after a change."""
    return scenes_of(work, [incident])[0]


def live_scene(command: OnIncident, work: Work) -> Scene:
    """Lock the incident that is meant, which must not be resolved."""
    scene = scene_of(command, work)
    if not scene.is_live:
        raise _resolved(scene.incident.number)
    return scene


def _resolved(number: int) -> Refusal:
    return Refusal(
        _("#{number} is resolved.").format(number=number),
        _("Nothing was changed."),
        _("If it is back, open it again: `/incident reopen {number}`.").replace("{number}", str(number)),
    )


def _meant(command: OnIncident, work: Work) -> int:
    """Find the one that is meant here."""
    live = _live(work)
    if (one := _only_one(live, work)) is not None:
        return one.number
    if not live:
        raise NotFound(
            _("No incident is open."),
            _("There is nothing to change."),
            _("Open one: `/incident open what customers notice`."),
        )
    raise NotFound(
        _("Which incident do you mean?"),
        _("More than one is open here."),
        _("Choose one, or write its number."),
        _choices(command, live),
    )


def _live(work: Work) -> list[Incident]:
    return list(work.session.scalars(_LIVE, {"organisation": work.actor.organisation_id}))


# Built once, as every command about an incident needs it.
_LIVE = (
    select(Incident)
    .where(Incident.organisation_id == bindparam("organisation"), Incident.state.in_(LIVE))
    .order_by(Incident.promise_at)
)


def _only_one(live: list[Incident], work: Work) -> Incident | None:
    """Choose the only one in this channel, of this owner, or at all."""
    here = work.channel_id()
    for chosen in (
        [one for one in live if one.conversation_id == here],
        [one for one in live if one.owner_id == work.actor.person_id],
        live,
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def addressed(use_case: Callable[[Addressed, Work], Reply]) -> Callable[[Addressed, Work], Reply]:
    """Have a use case told for which incident its words are."""
    return lambda command, work: use_case(_to_whom(command, work), work)


def _to_whom(command: Addressed, work: Work) -> Addressed:
    """Decide whether a bare number before words is that of an incident, or belongs to them: "3 cards are declined".

    It is the number while no other incident than #3 would be meant without it. Otherwise each reading ends in another
    place, and it is asked, one press for either. Only a note is taken at once, with its 3, if there is no #3.
    """
    number, rest = take_number(getattr(command, command.says))
    if command.number is not None or number is None or not rest:
        return command
    to_it = command.model_copy(update={"number": number, command.says: rest})
    other = _only_one(_live(work), work)
    if other is None or other.number == number:
        return to_it
    with_it = command.model_copy(update={"number": other.number})
    incident = work.session.scalar(_numbered(number, work))
    if command.private and incident is None:
        return with_it
    raise _which_reading(number, incident, to_it, with_it)


def _which_reading(number: int, incident: Incident | None, to_it: AboutIncident, with_it: AboutIncident) -> Refusal:
    text_of = with_it.button(_("{number} is text, for #{other}").format(number=number, other=with_it.number))
    if incident is not None and (incident.state in LIVE or to_it.private):
        return Refusal(
            _("Is {number} the number of an incident?").format(number=number),
            _("It may as well be a part of what you wrote. Nothing was sent or written down yet."),
            _("Choose one; `#{number}` is always the incident.").replace("{number}", str(number)),
            (to_it.button(_("For {name}").format(name=incident.heading)[:60], "primary"), text_of),
        )
    refusal = _resolved(number) if incident is not None else _no_such(number)
    return type(refusal)(refusal.what, refusal.why, refusal.hint, (text_of,))


def insist_on_owner(scene: Scene, work: Work) -> None:
    """Let the owner and supervisors through."""
    if work.actor.person_id == scene.incident.owner_id or may(work.actor, Need.SUPERVISOR):
        return
    raise NotAllowed(
        _("That was not done."),
        _("{name} owns #{number}.").format(name=scene.owner.name, number=scene.incident.number),
        _("Ask them, or own it yourself."),
        (OfferOwnership(number=scene.incident.number, who="me").button(_("I own it")),),
    )
