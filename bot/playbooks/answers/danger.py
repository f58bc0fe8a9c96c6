"""The answer to words of danger: the safety card, and never a ranking."""

from __future__ import annotations

from dataclasses import replace
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from bot.errors import Refusal
from bot.handoffs.commands import Recuse, call_supervisor
from bot.handoffs.model import Reason
from bot.playbooks.commands import StartRun
from bot.playbooks.suggest import CRISIS
from bot.ports import Subject
from bot.safety.card import safety_card
from bot.safety.hearing import Danger, danger_in
from bot.say.language import _
from bot.say.messages import Choice, Message, Part, Section
from bot.say.once import written_once
from bot.say.replies import Reply
from bot.typing.command import Command
from bot.understanding.understood import Understood
from bot.work.domain import Domain
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable


@written_once
def maybe_parts() -> tuple[Part, ...]:
    """Offer a supervisor where words may tell of danger; what was looked for comes below."""
    said = _("If somebody may be in danger, don't wait: a supervisor helps you now.")
    call = call_supervisor(Danger.PERSON).button(_("Call a supervisor now"))
    return Section(text=(said,), tone="warning"), Choice(buttons=(call,))


@written_once
def weary_parts() -> tuple[Part, ...]:
    """Offer whoever is at the end of their strength a way out of the case, and somebody who comes."""
    said = _("If it's you who can't go on: you needn't. Step out now, or have a supervisor come to you.")
    out = Recuse(reason=Reason.EXHAUSTED).button(_("Get me out of this case"))
    call = call_supervisor(Danger.AGENT).button(_("Send a supervisor to me"))
    return Section(text=(said,), tone="warning"), Choice(buttons=(out, call))


@written_once
def animal_parts() -> tuple[Part, ...]:
    """Say what an animal in danger needs, which is no crisis of a person."""
    said = _(
        "If an animal is in danger, that can't wait: whoever is with it calls the fire brigade, the police or a vet."
    )
    return (Section(text=(said,), tone="warning"),)


@written_once
def child_parts() -> tuple[Part, ...]:
    """Say what a child needs that is alone somewhere."""
    said = _("If a child is alone there: ask who is with them now, and have somebody stay until they're fetched.")
    call = call_supervisor(Danger.PERSON).button(_("Call a supervisor now"))
    return Section(text=(said,), tone="warning"), Choice(buttons=(call,))


def cautions(told: Understood) -> tuple[Part, ...]:
    """Say first what may not wait, where words tell of no clear danger."""
    if told.heard.is_weary:
        return weary_parts()
    if told.heard.is_of_animal:
        return animal_parts()
    if told.heard.is_of_child:
        return child_parts()
    return maybe_parts() if told.may_be_danger else ()


# What the first steps of the playbook ask is known where the card has heard it.
_BEGINS = {
    Danger.SELF_HARM: "stay",
    Danger.THREAT: "safe-place",
    Danger.PERSON: "where",
    Danger.ACCIDENT: "accident",
    Danger.FIRE: "fire",
    Danger.POISON: "poison",
    Danger.ATTACK: "attack",
    Danger.BOMB: "bomb",
    Danger.EXPOSED: "exposed",
}


def answer_danger(danger: Danger, work: Work) -> Reply:
    """Say what to do now, with one press that calls a supervisor and the way through it step by step."""
    return work.answer(_card(danger, work.organisation.emergency or ""))


def heard(domain: Domain) -> Domain:
    """Hear words of danger in everything that is typed for a domain, whatever else they are for.

    What changes something is carried out, and the card comes to the direct chat; in place of a refusal, or of what was
    only looked for, it is the answer.
    """
    return replace(domain, use_cases={one: _hearing(act) for one, act in domain.use_cases.items()})


def _hearing(act: Callable[[Any, Work], Reply]) -> Callable[[Any, Work], Reply]:
    @wraps(act)
    def acts(command: Command, work: Work) -> Reply:
        words = "\n".join(one for one in command.model_dump().values() if isinstance(one, str))
        danger = danger_in(words) if words else None
        if danger is None:
            return act(command, work)
        if command.reads:
            return answer_danger(danger, work)
        card = partial(_card, danger, work.organisation.emergency or "")
        try:
            reply = act(command, work)
        except Refusal as refused:
            refused.instead = card()
            raise
        work.tell(Subject.of("heard", work.actor.person_id or 0), work.me(), card)
        return reply

    return acts


def _card(danger: Danger, emergency: str) -> Message:
    call = _("Send a supervisor to me") if danger is Danger.AGENT else _("Call a supervisor now")
    buttons = [call_supervisor(danger).button(call, "danger")]
    if danger is not Danger.AGENT:  # nobody who is not well themselves is walked through a procedure
        buttons.append(StartRun(playbook=CRISIS, at=_BEGINS.get(danger)).button(_("Step by step")))
    return safety_card(danger, emergency, buttons)
