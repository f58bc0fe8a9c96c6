"""The list of customers to reach out to, as whoever wrote it reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.causes.commands import LONGEST_CUSTOMER, AddReachOut, AskToAddReachOut, NotReachedYet, ShowCauses, TickReachOut
from bot.playbooks.commands import StartRun
from bot.say.language import _
from bot.say.messages import Button, Choice, Form, Input, Listing, Message, Option, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.causes.model import Cause, ReachOut

SHOWN = 12  # with buttons of their own
PLAYBOOK = "silent-customers"


def reach_outs_card(rows: Sequence[ReachOut], causes: Mapping[int, str], news: str) -> Message:
    """Show the list: whom to reach out to, and who was."""
    to_do, done = [one for one in rows if one.done_at is None], [one for one in rows if one.done_at is not None]
    parts: list[Part] = [Section(text=(news,), tone="good")] if news else []
    if not rows:
        parts.append(Section(text=(_("Nobody is on it yet. Who met the same, and said nothing?"),)))
    for one in to_do[:SHOWN]:
        parts.append(Section(text=_line(one, causes)))
        parts.append(Choice(buttons=(TickReachOut(item=one.id).button(_("Reached")),)))
    if rest := to_do[SHOWN:]:
        parts.append(Listing(lines=tuple(_line(one, causes) for one in rest)))
    if done:
        parts.append(Listing(lines=tuple(_done(one) for one in done[-SHOWN:])))
        last = max(done, key=lambda one: (one.done_at or one.added_at, one.id))
        back = NotReachedYet(item=last.id).button(_("{customer} again").format(customer=last.customer))
        parts.append(Choice(buttons=(back,)))
    told = text(_("Only you read this list; `/zanshin privacy` says how long names stay on it."))
    parts.append(Section(text=told, tone="quiet"))
    add = AskToAddReachOut().button(_("Add a customer"), "plain" if to_do else "primary")
    buttons: tuple[Button, ...] = (add, StartRun(playbook=PLAYBOOK).button(_("Step by step")))
    return Message.of(
        _("Whom to reach out to"), *parts, Choice(buttons=(*buttons, ShowCauses().button(_("The causes"))))
    )


def _line(one: ReachOut, causes: Mapping[int, str]) -> Text:
    cause = causes.get(one.cause_id or 0)
    if cause is not None:
        return text(_("**{customer}** · {cause}"), customer=one.customer, cause=cause)
    return text(_("**{customer}**"), customer=one.customer)


def _done(one: ReachOut) -> Text:
    return text(_("{customer}: reached {day}"), customer=one.customer, day=moment(one.done_at or one.added_at, "date"))


def reach_out_form(causes: Sequence[Cause], chosen: int | None) -> Form:
    """Ask for a customer, and what they may have met."""
    what = Input(
        name="cause",
        label=_("What did they meet?"),
        kind="pick",
        options=tuple(Option(label=one.name, value=str(one.id)) for one in causes),
        value=str(chosen) if chosen in {one.id for one in causes} else "",
        required=False,
    )
    return Form(
        title=_("Reach out to"),
        command=AddReachOut.called(),
        inputs=(
            Input(
                name="customer",
                label=_("Which customer?"),
                hint=_("As you call them. Only you read it."),
                max_length=LONGEST_CUSTOMER,
            ),
            *((what,) if causes else ()),
        ),
        submit=_("Add"),
    )
