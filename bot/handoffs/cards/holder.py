"""What whoever has a customer on hold reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.cards.customer import bridging_sentence, still_searching_sentence
from bot.handoffs.commands import EndHold, Recuse
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import Hold
from bot.safety.card import repeated
from bot.safety.hearing import Danger
from bot.say.language import _, length
from bot.say.messages import Button, Choice, Message, Part, Say, Section, moment, text
from bot.say.staying import staying

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta


# Dangers in which whoever holds the line may be the one in need.
WAITS_ALONE = (Danger.SELF_HARM, Danger.PERSON, Danger.ACCIDENT)


def hold_line(hold: Hold) -> Section:
    """Show the one clock the customer waits by."""
    tone = "warning" if hold.told else "plain"
    return Section(
        text=text(_("On hold: **the customer has been waiting** {for_}"), for_=moment(hold.started_at, "elapsed")),
        tone=tone,
    )


def hold_began(hold: Hold) -> Section:
    """Say when it began, where nothing can be changed later: the clock runs in the direct chat, if that is reached."""
    if hold.unreachable:
        return hold_line(hold)
    line = text(
        _("You asked the customer to hold at {time}. Its clock is in our direct chat."), time=moment(hold.started_at)
    )
    return Section(text=line, tone="warning" if hold.told else "plain")


def back_parts(hold: Hold) -> tuple[Part, ...]:
    """Say when it began, with the button that ends it, above what goes on being offered when it is pressed."""
    return hold_began(hold), staying(_back(hold))


def _back(hold: Hold) -> Choice:
    return Choice(buttons=(EndHold(hold=hold.id).button(_("I'm back"), "primary"),))


def hold_warning(hold: Hold, span: timedelta, facts: CaseFacts | None) -> Message:
    """Say that the time is nearly over."""
    if facts is not None and (danger := facts.handoff.danger):
        return _in_danger(hold, span, facts, danger)
    return _hold_notice(
        hold,
        facts,
        _("{span} on hold").format(span=length(span)),
        Section(text=(_("Go back to the customer now, even with nothing new:"),)),
        _words_for(facts),
    )


def hold_over(hold: Hold, span: timedelta, facts: CaseFacts | None) -> Message:
    """Say that the time is over."""
    if facts is not None and (danger := facts.handoff.danger):
        return _in_danger(hold, span, facts, danger)
    title = _("{span} on hold: go back now").format(span=length(span))
    line = Section(text=(_("No customer should wait for longer. Say this:"),))
    if facts is not None:
        found = facts.taker is not None
        what = _("You have the case now.") if found else _("I go on looking while you talk.")
        return _hold_notice(hold, facts, title, line, _words_for(facts), Section(text=(what,)))
    advice = _(
        "Still tense? Let somebody take over. If nobody can, go back first, then breathe through the steps again."
    )
    find = Recuse().button(_("Find somebody to take over"))
    return _hold_notice(hold, facts, title, line, bridging_sentence(), Section(text=(advice,)), buttons=(find,))


def _in_danger(hold: Hold, span: timedelta, facts: CaseFacts, danger: Danger) -> Message:
    """Say what a hold needs once danger was told of: nobody is sent back to a threat, and nobody waits alone."""
    stays = danger.broad in WAITS_ALONE
    title = _("{span} on hold: go back now") if stays else _("{span} on hold")
    alone = (Section(text=(_("They shouldn't wait alone now."),), tone="danger"),) if stays else ()
    words = repeated(danger, facts.organisation.emergency or "")
    return _hold_notice(hold, facts, title.format(span=length(span)), *alone, *words)


def _words_for(facts: CaseFacts | None) -> Say:
    if facts is None:
        return bridging_sentence()
    return bridging_sentence() if facts.taker is not None else still_searching_sentence()


def hold_forgotten(_hold: Hold, span: timedelta, facts: CaseFacts | None) -> Message:
    """Say that the clock was stopped; nobody is sent back to a threat."""
    danger = facts.handoff.danger if facts is not None else None
    said = _("It had run for {span}.")
    if danger is None or danger.broad in WAITS_ALONE:
        said = _("It had run for {span}. If the customer is still waiting, go back to them first.")
    return Message.of(_("I stopped the clock of your hold"), Section(text=(said.format(span=length(span)),)))


def welcome_back(hold: Hold) -> Message:
    """Say that the hold is over."""
    waited = moment(hold.started_at, "elapsed", hold.ended_at)
    return Message.of(
        _("You're back"),
        Section(text=text(_("The hold is over. The customer waited {for_}."), for_=waited), tone="good"),
    )


def over_already(hold: Hold) -> Message:
    """Answer a press on a card that did not follow: the hold had ended before, and nothing is changed."""
    waited, since = moment(hold.started_at, "elapsed", hold.ended_at), moment(hold.ended_at or hold.started_at)
    return Message.of(
        _("The hold is over"),
        Section(text=text(_("It ended at {time}, after {for_}. Nothing was changed."), time=since, for_=waited)),
    )


def on_hold(hold: Hold) -> Message:
    """Show the clock, with the button that stops it."""
    return Message.of(_("I watch the clock"), hold_line(hold), _back(hold))


def hold_is_watched(hold: Hold) -> Message:
    """Answer "I asked them to hold" where the answer cannot follow the clock."""
    return Message.of(_("I watch the clock"), hold_began(hold), _back(hold))


def hold_is_theirs(hold: Hold, taker: str) -> Message:
    """Say to whoever stepped out that the clock is no longer theirs."""
    line = text(
        _("{name} has the case, and goes back to the customer. You asked them to hold at {time}."),
        name=taker,
        time=moment(hold.started_at),
    )
    return Message.of(_("The hold is no longer yours"), Section(text=line, tone="good"))


def _hold_notice(
    hold: Hold, facts: CaseFacts | None, title: str, *parts: Part, buttons: Sequence[Button] = ()
) -> Message:
    taken = facts is not None and facts.taker is not None
    label = _("I'm with the customer") if taken else _("I'm back")
    back = EndHold(hold=hold.id, handoff=facts.handoff.id if taken and facts else None).button(label, "primary")
    return Message.of(title, hold_line(hold), *parts, Choice(buttons=(back, *buttons)))
