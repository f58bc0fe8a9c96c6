"""What a status board says of a handoff."""

from __future__ import annotations

from bot.handoffs.cards.promised import call_time
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import HandoffState
from bot.say.dates import dated
from bot.say.language import _
from bot.say.messages import Fact, moment, text


def board_line(facts: CaseFacts) -> Fact:
    """Say in one line of the board how a handoff stands."""
    requester, taker, waits_since = facts.requester.name, facts.taker, facts.handoff.started_at
    if facts.handoff.state == HandoffState.TAKEN and taker is not None:
        since = moment(facts.taken_at)
        return Fact(
            name=_("{name} took over").format(name=taker.name),
            text=text(_("a case from {name}, at {time}"), name=requester, time=since),
        )
    if facts.handoff.call_at is not None and (facts.call_is_late or facts.handoff.state == HandoffState.CALLBACK):
        late = _("late since {time}") if facts.call_is_late else _("promised to a customer by {time}")
        owes = _("{name} owes a call") if facts.handoff.state == HandoffState.CALLBACK else _("{name} promised a call")
        return Fact(name=owes.format(name=requester), text=text(late, time=call_time(facts)))
    if facts.handoff.state == HandoffState.CALLBACK:
        return Fact(
            name=_("{name} owes a call").format(name=requester),
            text=text(_("promised to a customer who has waited since {time}"), time=dated(waits_since, facts.now)),
        )
    rungs = {
        Rung.SUPERVISORS: _("supervisors called"),
        Rung.NOBODY: _("nobody has taken it yet, and whoever is free is asked again"),
        Rung.EVERYBODY: _("everybody free is asked"),
    }
    stage = rungs.get(facts.rung or Rung.BEST, _("one colleague is asked"))
    return Fact(
        name=_("{name} needs somebody").format(name=requester),
        text=text(_("waiting {for_}; {stage}"), for_=moment(facts.waiting_since, "elapsed"), stage=stage),
    )
