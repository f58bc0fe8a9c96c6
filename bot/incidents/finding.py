"""Which incident is meant, who may change it, and writing down what happened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from bot.errors import NotAllowed, NotFound, Refusal
from bot.incidents import nag_texts, texts
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent, Words
from bot.incidents.scene import Scene, scenes_of
from bot.language import _, in_public
from bot.permissions import Need, may

if TYPE_CHECKING:
    from bot.incidents.commands import OnIncident
    from bot.messages import Message
    from bot.work import Work

OFFERED = 5  # buttons to choose from when it is not clear which one is meant


def scene_of(command: OnIncident, work: Work) -> Scene:
    """Lock the incident that is meant and set its scene."""
    number = command.number if command.number is not None else _meant(command, work)
    incident = work.session.scalar(
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.number == number)
        .with_for_update()
    )
    if incident is None:
        raise NotFound(
            _("There is no incident #{number}.").format(number=number),
            _("Nobody opened one with that number here."),
            _("See what there is: `/incident list`."),
        )
    return scene_again(incident, work)


def exists_number(number: int, work: Work) -> bool:
    """Say whether there is an incident of this number."""
    named = exists().where(Incident.organisation_id == work.actor.organisation_id, Incident.number == number)
    return bool(work.session.scalar(select(named)))


def scene_again(incident: Incident, work: Work) -> Scene:
    """Set the scene of an incident anew, after a change."""
    return scenes_of(work, [incident])[0]


def live_scene(command: OnIncident, work: Work) -> Scene:
    """Lock the incident that is meant, which must not be resolved."""
    scene = scene_of(command, work)
    if not scene.is_live:
        raise Refusal(
            _("#{number} is resolved.").format(number=scene.incident.number),
            _("Nothing was changed."),
            _("If it is back, open it again: `/incident reopen {number}`.").replace(
                "{number}", str(scene.incident.number)
            ),
        )
    return scene


def _meant(command: OnIncident, work: Work) -> int:
    """Find the one that is meant here: the only one in this channel, of this owner, or at all."""
    live = list(
        work.session.scalars(
            select(Incident)
            .where(Incident.organisation_id == work.actor.organisation_id, Incident.state.in_(LIVE))
            .order_by(Incident.promise_at)
        )
    )
    here = work.channel_id()
    for chosen in (
        [one for one in live if one.conversation_id == here],
        [one for one in live if one.owner_id == work.actor.person_id],
        live,
    ):
        if len(chosen) == 1:
            return chosen[0].number
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
        tuple(
            command.model_copy(update={"number": one.number}).button(texts.named(one)[:60]) for one in live[:OFFERED]
        ),
    )


def insist_on_owner(scene: Scene, work: Work) -> None:
    """Let the owner and supervisors through."""
    if work.actor.person_id == scene.incident.owner_id or may(work.actor, Need.SUPERVISOR):
        return
    raise NotAllowed(
        _("That was not done."),
        _("{name} owns #{number}.").format(name=scene.owner.name, number=scene.incident.number),
        _("Ask them, or own it yourself: `/incident owner {number} @you`.").replace(
            "{number}", str(scene.incident.number)
        ),
    )


def record(scene: Scene, kind: EventKind, work: Work, *, words: Words | None = None, **more: Any) -> IncidentEvent:
    """Write down what happened."""
    event = IncidentEvent(
        organisation_id=scene.incident.organisation_id,
        incident_id=scene.incident.id,
        kind=kind,
        at=work.now,
        person_id=work.actor.person_id,
        words_text=words.model_dump_json() if words is not None else None,
        **more,
    )
    work.session.add(event)
    return event


def show(scene: Scene, work: Work) -> None:
    """Draw the card of an incident in its channel, and the board."""
    with in_public():
        work.show(scene.subject, scene.channel, texts.incident_card(scene))
    work.board_changed()


def close_nag(scene: Scene, work: Work, what: str) -> None:
    """Close the card of the last nag: it says what came of it, and has no buttons any more."""
    subject = nag_subject(scene.incident)
    if not scene.incident.nags:
        return
    if not scene.incident.nagged:
        with in_public():
            work.correct(subject, scene.channel, nag_texts.nag_over(scene, _(what)))
    for person_id in scene.incident.nagged:
        if person_id in scene.people:
            work.correct_for(subject, scene.people[person_id], partial(_over, scene, what))


def _over(scene: Scene, what: str) -> Message:
    return nag_texts.nag_over(scene, _(what))


def nag_subject(incident: Incident) -> str:
    """Name the card of the last nag."""
    return f"nag:{incident.id}:{incident.nags}"
