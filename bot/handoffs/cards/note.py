"""The warm note, as it is written and as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.commands import LONGEST, LONGEST_LINE, WriteNote
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import Reason
from bot.say.language import N_, _, listing
from bot.say.messages import Fact, Fields, Form, Input, Option, Part, Section, text

if TYPE_CHECKING:
    from collections.abc import Iterator


REASONS = {
    Reason.HEATED: N_("It is too heated between the two of us"),
    Reason.ATTACK: N_("It became a personal attack"),
    Reason.SAFETY: N_("Threats, or I do not feel safe"),
    Reason.EXHAUSTED: N_("I am exhausted"),
    Reason.CONFLICT: N_("Conflict of interest"),
    Reason.END_OF_SHIFT: N_("My shift ends"),
    Reason.OTHER: N_("Something else"),
}


def note_parts(facts: CaseFacts) -> list[Part]:
    """Write the warm note, as far as there is one."""
    handoff, note = facts.handoff, facts.handoff.note
    parts: list[Part] = []
    if short := tuple(_short(facts)):
        parts.append(Fields(facts=short))
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


def _short(facts: CaseFacts) -> Iterator[Fact]:
    handoff = facts.handoff
    if case := facts.case():
        yield Fact(name=_("Case"), text=case)
    if handoff.customer:
        yield Fact(name=_("Customer"), text=(handoff.customer,))
    if handoff.note.mood:
        yield Fact(name=_("Mood"), text=(handoff.note.mood,))
    if handoff.reason is not None:
        yield Fact(name=_("Reason"), text=(_(REASONS[handoff.reason]),))


def note_form(facts: CaseFacts) -> Form:
    """Ask for everything the taker should know; nothing of it is needed."""
    handoff, note = facts.handoff, facts.handoff.note
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
