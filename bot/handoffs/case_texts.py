"""What whoever has a case reads: the warm note, and whether they are done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.commands import (
    LONGEST,
    LONGEST_LINE,
    CompleteHandoff,
    EndHold,
    HandBack,
    KeepHandoff,
    WriteNote,
)
from bot.handoffs.hold_texts import hold_line
from bot.handoffs.model import HandoffState, Reason
from bot.say.language import N_, _, listing
from bot.say.messages import Blank, Choice, Fact, Fields, Form, Input, Message, Option, Say, Section, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.handoffs.scene import Scene
    from bot.say.messages import Button, Part

REASONS = {
    Reason.HEATED: N_("It is too heated between the two of us"),
    Reason.ATTACK: N_("It became a personal attack"),
    Reason.SAFETY: N_("Threats, or I do not feel safe"),
    Reason.EXHAUSTED: N_("I am exhausted"),
    Reason.CONFLICT: N_("Conflict of interest"),
    Reason.END_OF_SHIFT: N_("My shift ends"),
    Reason.OTHER: N_("Something else"),
}


# --- whoever has it ------------------------------------------------------------------------------


def taker_card(scene: Scene) -> Message:
    """Give whoever took it over the warm note."""
    handoff, requester = scene.handoff, scene.requester
    if handoff.state != HandoffState.TAKEN:
        return _given_up(scene)
    parts: list[Part] = []
    buttons: list[Button] = []
    if scene.hold is not None:
        parts.append(hold_line(scene.hold))
        buttons.append(EndHold(hold=scene.hold.id, handoff=handoff.id).button(_("I am with the customer"), "primary"))
    parts.append(
        Say(
            text=text(
                _(
                    "{customer}, I am {agent}. {name} told me what happened, and I carry on from there. "
                    "Let me check that I have it right: {issue}."
                ),
                customer=Blank(name=_("customer's name")),
                agent=Blank(name=_("your name")),
                issue=Blank(name=_("the issue")),
                name=requester.name,
            )
        )
    )
    parts += note_parts(scene)
    if handoff.note.is_empty:
        parts.append(Section(text=text(_("What {name} writes down appears here."), name=requester.name), tone="quiet"))
    buttons += [
        CompleteHandoff(handoff=handoff.id).button(_("Done with it"), "plain" if scene.hold else "primary"),
        HandBack(handoff=handoff.id).button(_("Hand it on")),
    ]
    return Message.of(
        _("You took over from {name}").format(name=requester.name), *parts, Choice(buttons=tuple(buttons))
    )


def _given_up(scene: Scene) -> Message:
    closed = scene.handoff.closed_by_clock and scene.handoff.state == HandoffState.COMPLETED
    line = _("I closed it at the end of your day.") if closed else _("You are done with it. Well done.")
    if scene.handoff.state == HandoffState.PASSED_ON:
        line = _("Somebody else carries on with it.")
    buttons = (KeepHandoff(handoff=scene.handoff.id).button(_("I am still at it")),) if closed else ()
    return Message.of(
        _("The case from {name}").format(name=scene.requester.name),
        Section(text=(line,), tone="good"),
        *((Choice(buttons=buttons),) if buttons else ()),
    )


def note_parts(scene: Scene) -> list[Part]:
    """Write the warm note, as far as there is one."""
    handoff, note = scene.handoff, scene.handoff.note
    parts: list[Part] = []
    if facts := tuple(_short(scene)):
        parts.append(Fields(facts=facts))
    long_form = (
        (_("What happened"), note.happened),
        (_("What was promised"), note.promised),
        (_("What they ask for"), note.asked_for),
        (_("What may be the real problem"), note.real_problem),
    )
    for name, words in long_form:
        if words:
            parts.append(Section(text=text("**{name}**: {words}".replace("{name}", name), words=words)))
    if note.do_nots:
        parts.append(Section(text=text(_("**Better not**: {words}"), words=note.do_nots), tone="warning"))
    if handoff.playbooks:
        parts.append(
            Section(
                text=text(_("Playbooks used before: {names}"), names=listing([str(one) for one in handoff.playbooks])),
                tone="quiet",
            )
        )
    return parts


def _short(scene: Scene) -> Iterator[Fact]:
    handoff = scene.handoff
    if case := scene.case():
        yield Fact(name=_("Case"), text=case)
    if handoff.customer:
        yield Fact(name=_("Customer"), text=(handoff.customer,))
    if handoff.note.mood:
        yield Fact(name=_("Mood"), text=(handoff.note.mood,))
    if handoff.reason is not None:
        yield Fact(name=_("Reason"), text=(_(REASONS[handoff.reason]),))


def you_have_it(scene: Scene) -> Message:
    """Confirm to somebody who took a case elsewhere than on its card."""
    return Message.of(
        _("You have it"),
        Section(text=text(_("The note of {name} is on its card in our direct chat."), name=scene.requester.name)),
    )


def kept(scene: Scene) -> Message:
    """Answer "still at it"."""
    return Message.of(
        _("All right, you are still at it"),
        Section(text=text(_("I ask again in two hours about the case from {name}."), name=scene.requester.name)),
    )


def more_was_written(scene: Scene) -> Message:
    """Tell the taker that the note has grown."""
    return Message.of(
        _("{name} added to the note").format(name=scene.requester.name),
        Section(text=(_("It is on the card of the case."),), tone="quiet"),
    )


def given_to_you(scene: Scene, by: str) -> Message:
    """Tell somebody that a supervisor gave them a case."""
    return Message.of(
        _("{by} gave you a case from {name}").format(by=by, name=scene.requester.name),
        Section(text=(_("The note is on its card. If you cannot, hand it on there: I find somebody else."),)),
    )


def taken_from_you(scene: Scene, by: str, name: str) -> Message:
    """Tell somebody that a supervisor gave their case to somebody else."""
    return Message.of(
        _("{name} carries on with the case from {requester}").format(name=name, requester=scene.requester.name),
        Section(text=text(_("{by} arranged it. Nothing to do for you any more."), by=by), tone="good"),
    )


def still_at_it(scene: Scene) -> Message:
    """Ask whoever has it whether they are done."""
    handoff = scene.handoff
    mine = handoff.state == HandoffState.CALLBACK
    title = _("Was the customer called back?") if mine else _("Still at the case from {name}?")
    return Message.of(
        title.format(name=scene.requester.name),
        Section(text=(_("I ask because until you are done nobody sends you another one."),), tone="quiet"),
        Choice(
            buttons=(
                CompleteHandoff(handoff=handoff.id).button(_("Done with it"), "primary"),
                KeepHandoff(handoff=handoff.id).button(_("Still at it")),
                HandBack(handoff=handoff.id).button(_("Hand it on")),
            )
        ),
    )


def closed_for_today(scene: Scene) -> Message:
    """Tell whoever had it that it was closed at the end of their day."""
    handoff = scene.handoff
    return Message.of(
        _("I closed the case from {name} for you").format(name=scene.requester.name),
        Section(text=(_("Your shift is over. If it is not finished, hand it on, so that nobody is left waiting."),)),
        Choice(
            buttons=(
                HandBack(handoff=handoff.id).button(_("Hand it on"), "primary"),
                KeepHandoff(handoff=handoff.id).button(_("I am still at it")),
            )
        ),
    )


def note_form(scene: Scene) -> Form:
    """Ask for everything the taker should know; nothing of it is needed."""
    handoff, note = scene.handoff, scene.handoff.note
    reasons = tuple(Option(value=reason, label=_(words)[:75]) for reason, words in REASONS.items())

    def line(name: str, label: str, value: str, hint: str = "") -> Input:
        return Input(name=name, label=label, value=value, hint=hint, required=False, max_length=LONGEST_LINE)

    def lines(name: str, label: str, value: str, hint: str = "") -> Input:
        return Input(name=name, label=label, kind="lines", value=value, hint=hint, required=False, max_length=LONGEST)

    return Form(
        title=_("A note for them"),
        command=WriteNote.called(),
        fields={"handoff": str(handoff.id)},
        intro=(_("Write what you can. The search goes on meanwhile."),),
        inputs=(
            lines("happened", _("What happened"), note.happened),
            lines("promised", _("What was promised"), note.promised, _("By you or by anybody before you")),
            line("mood", _("Their mood"), note.mood, _("Such as angry, worried, in tears")),
            lines("asked_for", _("What they ask for"), note.asked_for),
            lines("real_problem", _("What may be the real problem"), note.real_problem),
            lines("do_nots", _("Better not to say or do"), note.do_nots),
            line("case", _("Case"), handoff.case or ""),
            line("customer", _("Customer"), handoff.customer or "", _("A name or number you would know them by")),
            Input(
                name="reason",
                label=_("Why you step out"),
                kind="pick",
                value=handoff.reason or "",
                options=reasons,
                required=False,
                hint=_("Only whoever takes over and supervisors read it"),
            ),
        ),
        submit=_("Save"),
    )
