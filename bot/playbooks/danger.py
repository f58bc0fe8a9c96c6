"""The answer to words of danger: the safety card, and never a ranking."""

from __future__ import annotations

from bot.handoffs.commands import call_supervisor
from bot.playbooks.commands import StartRun
from bot.playbooks.suggest import CRISIS
from bot.safety.card import safety_card
from bot.safety.hearing import Danger
from bot.say.language import _
from bot.say.messages import Choice, Part, Section
from bot.say.replies import Reply
from bot.work.work import Work


def maybe_parts() -> tuple[Part, ...]:
    """Offer a supervisor where words may tell of danger; what was looked for comes below."""
    said = _("If somebody may be in danger, do not wait: a supervisor helps you now.")
    call = call_supervisor(Danger.PERSON).button(_("Call a supervisor now"))
    return Section(text=(said,), tone="warning"), Choice(buttons=(call,))


def answer_danger(danger: Danger, work: Work) -> Reply:
    """Say what to do now, with one press that calls a supervisor and the way through it step by step."""
    call = _("Send a supervisor to me") if danger is Danger.AGENT else _("Call a supervisor now")
    buttons = [call_supervisor(danger).button(call, "danger")]
    if danger is not Danger.AGENT:  # nobody who is not well themselves is walked through a procedure
        buttons.append(StartRun(playbook=CRISIS).button(_("Step by step")))
    return work.answer(safety_card(danger, work.organisation.emergency or "", buttons))
