"""Where an incident is shown: chosen by whoever opened it, when its own channel takes nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.model import ConversationKind
from bot.errors import Refusal
from bot.incidents import cards
from bot.incidents.commands import ChoosePlace
from bot.incidents.facts import facts_of
from bot.incidents.meant import live_incident
from bot.incidents.model import EventKind, Words
from bot.incidents.promise.promises import OPENED_OUTCOME, record, show, watch
from bot.say.language import _
from bot.say.replies import Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from bot.incidents.facts import IncidentFacts


def choose_place(command: ChoosePlace, work: Work) -> Reply:
    """Show it in the support channel from now on, or leave it to direct chats."""
    facts = live_incident(command, work)
    if command.to == "chats":
        return work.answer(cards.owner.stays_in_chats(facts))
    return work.answer(cards.owner.shown_in(_moved(facts, work)))


def _moved(facts: IncidentFacts, work: Work) -> IncidentFacts:
    """Move it to the support channel: its card is posted there, and its reminders go there."""
    channel, before = work.support_channel, facts.place
    if channel is None or channel.kind != ConversationKind.CHANNEL:
        raise Refusal(
            _("It stays in direct chats."),
            _("There's no support channel where it could be shown."),
            _("An admin names one: `/zanshin here`, typed in it."),
        )
    if channel.id == facts.incident.conversation_id:
        return facts
    facts.incident.conversation_id = channel.id
    work.session.flush()
    [there] = facts_of(work, [facts.incident])
    note = _("Shown in {now} from now on; {before} took nothing.").format(now=there.place, before=before)
    record(there, EventKind.NOTED, work, words=Words(note=note))
    show(there, work, outcome_to=OPENED_OUTCOME)
    watch(there, work)
    return there


def place_is_silent(facts: IncidentFacts, work: Work) -> None:
    """Tell the owner at once that the channel takes nothing, and let them choose."""
    support = work.support_channel
    elsewhere = support if support is not None and support.id != facts.incident.conversation_id else None
    name = (elsewhere.shown or _("the support channel")) if elsewhere is not None else ""
    work.tell(facts.subject, facts.owner, partial(cards.owner.place_is_silent, facts, name))
