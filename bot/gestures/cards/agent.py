"""What whoever makes a gesture reads: the form, what came of it, and what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.gestures.commands import (
    LONGEST_AMOUNT,
    LONGEST_LINE,
    LONGEST_WHY,
    AskForGesture,
    AskToWriteGesture,
    CancelGesture,
    MakeGesture,
    TakeInstead,
)
from bot.gestures.facts import GrantFacts
from bot.gestures.limits import Bound, Verdict
from bot.gestures.model import Gesture, GestureKind, GrantState
from bot.say.language import N_, _, listing
from bot.say.messages import (
    Blank,
    Choice,
    Fact,
    Fields,
    Form,
    Input,
    Listing,
    Message,
    Option,
    Part,
    Say,
    Section,
    Text,
    text,
)
from bot.store.content import PLACEHOLDERS
from bot.typing.amounts import Money, written

if TYPE_CHECKING:
    from collections.abc import Sequence


OFFERED = 5  # of what may be given instead
# What is said where a team has written no sentence of its own: true as soon as it is booked, and no promise.
SENTENCES = {
    GestureKind.CREDIT: N_("I've put a credit of {amount} on your account. I'm sorry for the trouble you've had."),
    GestureKind.REFUND: N_("I've refunded {amount} of that fee to you. I'm sorry for the trouble you've had."),
    GestureKind.TOKEN: N_("I'd like you to have this from us, worth {amount}. I'm sorry for the trouble you've had."),
    GestureKind.REPLACEMENT: N_("I've ordered you a new one, at no cost to you. I'm sorry the first one let you down."),
}
BEYOND = {
    Bound.CASE: N_("{limit} for one case"),
    Bound.DAY: N_("{limit} a day"),
    Bound.CUSTOMER: N_("{limit} for one customer in 90 days"),
}


def gesture_form(gestures: Sequence[Gesture], locale: str, mark: str, asked: AskForGesture) -> Form:
    """Ask what is given, how much of it, and to whom."""
    options = tuple(Option(label=_label(one, locale), value=str(one.id)) for one in gestures)
    return Form(
        title=_("Make a gesture"),
        command=MakeGesture.called(),
        fields={"mark": mark},
        intro=(_("Solve the problem first. A gesture says sorry; it doesn't replace the fix."),),
        inputs=(
            Input(
                name="gesture",
                label=_("What do you give?"),
                kind="pick",
                options=options,
                value=options[0].value if len(options) == 1 else "",
            ),
            Input(name="amount", label=_("How much?"), value=asked.amount, max_length=LONGEST_AMOUNT),
            Input(name="case", label=_("For which case?"), value=asked.case, max_length=LONGEST_LINE),
            Input(
                name="customer",
                label=_("To which customer?"),
                hint=_("A name or number by which you'd know them again. It's encrypted."),
                required=False,
                max_length=LONGEST_LINE,
            ),
            Input(
                name="why",
                label=_("What for?"),
                hint=_("A supervisor reads it if you have to ask."),
                required=False,
                max_length=LONGEST_WHY,
            ),
        ),
        submit=_("Give it"),
    )


def _label(gesture: Gesture, locale: str) -> str:
    limit = written(Money(gesture.per_case, gesture.currency), locale)
    alone = _("up to {limit} alone").format(limit=limit) if gesture.per_case else _("a supervisor decides")
    return f"{gesture.name} ({alone})"[:75]


def nothing_to_give(*, may_write: bool) -> Message:
    """Say that the catalogue is empty, and who fills it."""
    if may_write:
        return Message.of(
            _("Nothing can be given yet"),
            Section(text=(_("Say what your team may give, and how much of it each agent may give alone."),)),
            Choice(buttons=(AskToWriteGesture().button(_("Add the first"), "primary"),)),
        )
    return Message.of(
        _("Nothing can be given yet"),
        Section(text=text(_("Your supervisors haven't said what may be given. Ask one to type `/calm gestures`."))),
    )


def grant_card(facts: GrantFacts, *, news: str = "") -> Message:
    """Show how a gesture stands to whoever makes it."""
    parts: list[Part] = [Section(text=(news,), tone="warning")] if news else []
    match facts.grant.state:
        case GrantState.GRANTED:
            return _granted(facts, parts)
        case GrantState.ASKED:
            return _waiting(facts)
        case GrantState.REFUSED:
            return _refused(facts)
        case GrantState.UNANSWERED:
            return _unanswered(facts)
        case _:
            return _cancelled(facts, parts)


def asking() -> Message:
    """Say that a supervisor is asked, to somebody whose card stands in the direct chat."""
    return Message.of(
        _("I'm asking a supervisor"),
        Section(text=(_("How it goes stands in our direct chat, and I'll tell you there."),)),
    )


def nobody_to_ask(facts: GrantFacts) -> Message:
    """Say that it is too much, and that there is nobody who could decide."""
    return Message.of(
        _("{amount} wasn't granted").format(amount=facts.amount),
        Section(text=(beyond_limits(facts.gesture, facts.verdict, facts.locale),)),
        Section(text=(_("Nobody here is a supervisor, so I have nobody to ask."),), tone="warning"),
        *_instead(facts),
    )


def _waiting(facts: GrantFacts) -> Message:
    asked = listing([one.name for one in facts.asked()])
    state = (
        _("I've asked {names}, and I'll tell you here as soon as there's an answer.").format(names=asked)
        if asked
        else _("No supervisor is free just now. I go on looking.")
    )
    return Message.of(
        _("{amount}: asked for").format(amount=facts.amount),
        Section(text=(state,)),
        what_it_is(facts),
        Section(text=(_("To the customer, promise only that you'll come back to them."),), tone="quiet"),
        Choice(buttons=(CancelGesture(grant=facts.grant.id).button(_("Never mind")),)),
    )


def nobody_answers(facts: GrantFacts) -> Message:
    """Tell whoever waits that no supervisor has answered, and what they can do meanwhile."""
    return Message.of(
        _("No supervisor has answered yet"),
        Section(text=text(_("{amount} is still asked for; I go on asking for a while."), amount=facts.amount)),
        *_instead(facts),
    )


def _refused(facts: GrantFacts) -> Message:
    grant, name = facts.grant, facts.decider.name if facts.decider is not None else ""
    parts: list[Part] = [Section(text=text(_("{name} said no to {amount}."), name=name, amount=facts.amount))]
    if grant.no_text:
        parts.append(Section(text=text("“{why}”", why=grant.no_text)))
    parts.append(what_it_is(facts))
    if grant.instead is None:
        return Message.of(_("{amount}: not this time").format(amount=facts.amount), *parts, *_instead(facts))
    offered = facts.write(grant.instead)
    parts += [
        Section(text=text(_("You may give **{offered}** instead."), offered=offered), tone="good"),
        Choice(
            buttons=(
                TakeInstead(grant=grant.id).button(_("Give {offered}").format(offered=offered), "primary"),
                AskForGesture().button(_("Another gesture")),
            )
        ),
    ]
    return Message.of(_("{offered} instead of {amount}").format(offered=offered, amount=facts.amount), *parts)


def _unanswered(facts: GrantFacts) -> Message:
    return Message.of(
        _("{amount}: nobody could decide").format(amount=facts.amount),
        Section(text=(_("No supervisor has decided, so it wasn't granted, and I've stopped asking."),), tone="warning"),
        what_it_is(facts),
        *_instead(facts),
    )


def _instead(facts: GrantFacts) -> list[Part]:
    """List what may be given alone in this case, ready to be given."""
    offered = facts.may_be_given[:OFFERED]
    if not offered:
        return [
            Section(text=(_("Nothing is left that you may give alone. A real answer by a certain time helps, too."),))
        ]
    lines = tuple(
        text("{gesture}: {amount}", gesture=one.name, amount=written(Money(left, one.currency), facts.locale))
        for one, left in offered
    )
    first, left = offered[0]
    ready = AskForGesture(
        amount=written(Money(left, first.currency), facts.locale), case=(facts.grant.case or "")[:LONGEST_LINE]
    )
    return [
        Section(text=(_("You may offer alone, right away:"),)),
        Listing(lines=lines),
        Choice(buttons=(ready.button(_("Give one of these"), "primary"),)),
    ]


def decided_below(facts: GrantFacts) -> Message:
    """Close the card of a gesture whose end is told in a message of its own."""
    return Message.of(
        _("{amount}: asked for").format(amount=facts.amount),
        Section(text=(_("There's an answer: it's further down."),), tone="quiet"),
    )


def _granted(facts: GrantFacts, parts: list[Part]) -> Message:
    name = facts.decider.name if facts.decider is not None else ""
    mine = facts.grant.decided_by_id in (None, facts.grant.requester_id)
    done = _("Granted and recorded.") if mine else _("{name} granted it. It's recorded.").format(name=name)
    parts += [
        Section(text=(done,), tone="good"),
        what_it_is(facts),
        Section(text=(_("Book it where you always do. Then say:"),)),
        Say(text=sentence_of(facts)),
        Choice(
            buttons=(
                AskForGesture().button(_("Another gesture")),
                CancelGesture(grant=facts.grant.id, granted=True).button(_("Take it back")),
            )
        ),
    ]
    return Message.of(_("{amount}: {gesture}").format(amount=facts.amount, gesture=facts.gesture.name)[:150], *parts)


def _cancelled(facts: GrantFacts, parts: list[Part]) -> Message:
    line = (
        _("It was taken back and counts against no limit. If it's booked already, undo that too.")
        if facts.grant.granted_at is not None
        else _("It was taken back before anybody granted it. Nothing was given.")
    )
    parts += [
        Section(text=(line,)),
        what_it_is(facts),
        Choice(buttons=(AskForGesture().button(_("Another gesture")),)),
    ]
    return Message.of(_("{amount}: taken back").format(amount=facts.amount), *parts)


def what_it_is(facts: GrantFacts) -> Fields:
    """List what is given, for which case, to whom."""
    grant = facts.grant
    known = [(_("Gesture"), facts.gesture.name), (_("Amount"), facts.amount)]
    known += [(_("Case"), grant.case or ""), (_("Customer"), grant.customer or "")]
    return Fields(facts=tuple(Fact(name=name, text=(words,)) for name, words in known if words))


def sentence_of(facts: GrantFacts) -> Text:
    """Write what to say to the customer."""
    words = facts.gesture.sentence or _(SENTENCES[GestureKind(facts.gesture.kind)])
    gaps = {name: Blank(name=_(called)) for name, called in PLACEHOLDERS.items()}
    return text(words, **gaps, amount=facts.amount)


def beyond_limits(gesture: Gesture, verdict: Verdict, locale: str) -> str:
    """Say which limits an amount is beyond, and what is left."""
    if not gesture.per_case:
        return _("A supervisor decides about every one of these.")
    limits = limits_named(gesture, verdict, locale)
    if not verdict.left:
        return _("You may give {limits} alone, and that's used up.").format(limits=limits)
    left = written(Money(verdict.left, gesture.currency), locale)
    return _("You may give {limits} alone; {left} of it is left.").format(limits=limits, left=left)


def limits_named(gesture: Gesture, verdict: Verdict, locale: str) -> str:
    """Name the limits an amount is beyond."""
    limits = {Bound.CASE: gesture.per_case, Bound.DAY: gesture.per_day, Bound.CUSTOMER: gesture.per_customer}
    named = [(_(BEYOND[bound]), limits[bound] or gesture.per_case) for bound in verdict.beyond]
    return listing([words.format(limit=written(Money(limit, gesture.currency), locale)) for words, limit in named])
