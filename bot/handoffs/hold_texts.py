"""What whoever has a customer on hold reads, and the sentences that can be said to the customer meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.commands import EndHold, Recuse
from bot.say.language import _, length
from bot.say.messages import Blank, Choice, Message, Say, Section, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from bot.directory.model import Person
    from bot.handoffs.model import Hold
    from bot.handoffs.scene import Scene
    from bot.say.messages import Button, Part


def _customer() -> Blank:
    return Blank(name=_("customer's name"))


# --- sentences for the customer ------------------------------------------------------------------


def bridging_sentence() -> Say:
    """Write the sentence that takes the customer off hold, also when nothing is solved yet."""
    return Say(
        text=text(
            _("Thank you for holding, {customer}. I have not finished yet, and I did not want to leave you waiting."),
            customer=_customer(),
        )
    )


def searching_sentence() -> Say:
    """Write what can be said while somebody is looked for."""
    return Say(
        text=text(
            _("{customer}, I am bringing in a colleague for the next step. Please give me one moment."),
            customer=_customer(),
        )
    )


def still_searching_sentence() -> Say:
    """Write what can be said when a minute has passed and nobody is found."""
    return Say(
        text=text(
            _("Thank you for your patience, {customer}. I am still here, and I am finding the right person for this."),
            customer=_customer(),
        )
    )


def introduction(taker: Person) -> Say:
    """Write the sentence that presents the colleague as the next step to the solution."""
    return Say(
        text=text(
            _(
                "{customer}, the next step is my colleague {name}, who can move this forward, "
                "and who has everything you told me. You will not have to start again."
            ),
            customer=_customer(),
            name=taker.name,
        )
    )


def callback_sentence() -> Say:
    """Write the sentence that promises a call."""
    return Say(
        text=text(
            _("{customer}, I want the right person to solve this with you. May we call you back by {eta}?"),
            customer=_customer(),
            eta=Blank(name=_("time or range")),
        )
    )


# --- holds ---------------------------------------------------------------------------------------


def hold_line(hold: Hold) -> Section:
    """Show the one clock the customer waits by."""
    tone = "warning" if hold.told else "plain"
    return Section(
        text=text(_("On hold: **the customer has been waiting** {for_}"), for_=moment(hold.started_at, "elapsed")),
        tone=tone,
    )


def running_hold_parts(hold: Hold) -> tuple[Part, ...]:
    """Show the clock with the button that stops it."""
    return hold_line(hold), Choice(buttons=(EndHold(hold=hold.id).button(_("I am back"), "primary"),))


def hold_warning(hold: Hold, span: timedelta, scene: Scene | None) -> Message:
    """Say that the time is nearly over."""
    return _hold_notice(
        hold,
        _("{span} on hold").format(span=length(span)),
        Section(text=(_("Go back to the customer now, even with nothing new:"),)),
        _words_for(scene),
    )


def hold_over(hold: Hold, span: timedelta, scene: Scene | None) -> Message:
    """Say that the time is over."""
    title = _("{span} on hold: go back now").format(span=length(span))
    line = Section(text=(_("No customer should wait for longer. Say this:"),))
    if scene is not None:
        found = scene.taker is not None
        what = _("Bring them together now.") if found else _("I go on looking while you talk.")
        return _hold_notice(hold, title, line, _words_for(scene), Section(text=(what,)))
    advice = _(
        "Still tense? Let somebody take over. If nobody can, go back first, then breathe through the steps again."
    )
    find = Recuse().button(_("Find somebody to take over"))
    return _hold_notice(hold, title, line, bridging_sentence(), Section(text=(advice,)), buttons=(find,))


def _words_for(scene: Scene | None) -> Say:
    if scene is None:
        return bridging_sentence()
    return introduction(scene.taker) if scene.taker is not None else still_searching_sentence()


def hold_forgotten(_hold: Hold, span: timedelta, _scene: Scene | None) -> Message:
    """Say that the clock was stopped."""
    return Message.of(
        _("I stopped the clock of your hold"),
        Section(
            text=(
                _("It had run for {span}. If the customer is still waiting, go back to them first.").format(
                    span=length(span)
                ),
            )
        ),
    )


def welcome_back(hold: Hold) -> Message:
    """Say that the hold is over."""
    waited = moment(hold.started_at, "elapsed", hold.ended_at)
    return Message.of(
        _("You are back"),
        Section(text=text(_("The hold is over. The customer waited {for_}."), for_=waited), tone="good"),
    )


def on_hold(hold: Hold) -> Message:
    """Answer "I asked them to hold"."""
    return Message.of(_("I watch the clock"), *running_hold_parts(hold))


def _hold_notice(hold: Hold, title: str, *parts: Part, buttons: Sequence[Button] = ()) -> Message:
    back = EndHold(hold=hold.id).button(_("I am back"), "primary")
    return Message.of(title, hold_line(hold), *parts, Choice(buttons=(back, *buttons)))
