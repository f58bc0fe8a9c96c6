"""The warm note, as it is written and as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.commands import LONGEST, LONGEST_LINE, WriteNote
from bot.handoffs.decisions.notes import mark_of, together
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import OF_CASE, Handoff, Note, Reason
from bot.safety.hearing import Danger
from bot.say.language import N_, _, listing
from bot.say.messages import Fact, Fields, Form, Input, Option, Part, Section, Text, text
from bot.understanding.heat import Level, heat_of
from bot.understanding.signals import Signal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


REASONS = {
    Reason.HEATED: N_("It's too heated between the two of us"),
    Reason.ATTACK: N_("It became a personal attack"),
    Reason.SAFETY: N_("Threats, or I don't feel safe"),
    Reason.EXHAUSTED: N_("I'm exhausted"),
    Reason.CONFLICT: N_("Conflict of interest"),
    Reason.END_OF_SHIFT: N_("My shift ends"),
    Reason.OTHER: N_("Something else"),
}


_OF_DANGER = {
    Danger.SELF_HARM: N_("Somebody may want to harm themselves"),
    Danger.PERSON: N_("A person may be in danger"),
    Danger.ACCIDENT: N_("A person may be in danger"),
    Danger.THREAT: REASONS[Reason.SAFETY],
    Danger.AGENT: "",  # whoever is not well says it, or a supervisor asks them
}


# What can be pointed at in a heated text; never a judgement of whoever wrote it.
SIGNALS = {
    Signal.SHOUTING: N_("shouting"),
    Signal.SWEARING: N_("swearing"),
    Signal.INSULT: N_("insults"),
    Signal.SLUR: N_("slurs"),
    Signal.REPEATED: N_("repeated contact"),
    Signal.ULTIMATUM: N_("an ultimatum"),
    Signal.LEGAL: N_("a threat of lawyers or the press"),
    Signal.CHURN: N_("they want to leave"),
    Signal.HARM: N_("a threat of harm"),
    Signal.HARASSMENT: N_("harassment"),
    Signal.RISING: N_("more heated from message to message"),
}
_LONG = ("happened", "promised", "asked_for", "real_problem", "do_nots")


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
    if signals := signals_of(note):
        parts.append(Section(text=(heat_line(signals),), tone="warning"))
    if note.do_nots:
        parts.append(Section(text=text(_("**Better not**: {words}"), words=note.do_nots), tone="warning"))
    if handoff.playbooks and note.playbooks_told:
        parts.append(
            Section(
                text=text(_("Playbooks used before: {names}"), names=listing([str(one) for one in handoff.playbooks])),
                tone="quiet",
            )
        )
    return parts


def reason_in_words(reason: Reason | None, danger: Danger | None) -> str:
    """Say why somebody steps out; where safety is all that is said, of which danger it tells."""
    if reason in (None, Reason.SAFETY):
        return _(words) if danger and (words := _OF_DANGER[danger.broad]) else ""
    return _(REASONS[reason])


def signals_of(note: Note) -> tuple[Signal, ...]:
    """Name the signals of heat: those of the words that led here, and those in what was written for the taker."""
    named = set(note.signals.split(", "))
    heat = heat_of(f"{note.mood}\n{note.happened}".strip())
    found = heat.signals if heat.level >= Level.ANGRY else ()
    return tuple(one for one in Signal if one in found or one.value in named)


def heat_line(signals: Sequence[Signal]) -> str:
    """Name the signals of heat in a text."""
    return _("Heat in the words: {signals}.").format(signals=listing([_(SIGNALS[one]) for one in signals]))


def _short(facts: CaseFacts) -> Iterator[Fact]:
    handoff = facts.handoff
    if case := facts.case():
        yield Fact(name=_("Case"), text=case)
    if handoff.customer:
        yield Fact(name=_("Customer"), text=(handoff.customer,))
    if handoff.note.mood:
        yield Fact(name=_("Mood"), text=(handoff.note.mood,))
    if why := reason_in_words(handoff.reason, handoff.danger):
        yield Fact(name=_("Reason"), text=(why,))
    elif (first := facts.before) and first.reason in OF_CASE and (why := reason_in_words(first.reason, first.danger)):
        who = facts.person(first.requester_id).name
        yield Fact(name=_("Reason of {name}").format(name=who), text=(why,))


def note_form(facts: CaseFacts, *, own: bool) -> Form:
    """Ask for everything the taker should know; nothing of it is needed."""
    answers = answers_of(facts.handoff)
    return _form(facts, answers, own=own, intro=(f"{_intro(facts)} {_readers()}",))


def _intro(facts: CaseFacts) -> str:
    if facts.taker is not None:
        return _("Write what you can: it goes to the card of the case, where {name} is.").format(name=facts.taker.name)
    return _("Write what you can. The search goes on meanwhile.")


def answers_of(handoff: Handoff) -> dict[str, str]:
    """List what a note says, by the questions of its form."""
    return handoff.note.model_dump(exclude={"playbooks_told", "signals"}) | {
        "case": handoff.case or "",
        "customer": handoff.customer or "",
        "reason": handoff.reason.value if handoff.reason is not None else "",
    }


def both_form(facts: CaseFacts, theirs: Mapping[str, str], mine: Mapping[str, str], *, own: bool) -> Form:
    """Ask again where two wrote at once: both stand in it, and what does not fit stands above."""
    answers, above = (
        dict(mine),
        [_("Somebody else has saved this note while you wrote. Both are here: keep what is right.")],
    )
    for name, one in mine.items():
        if name == "reason":
            answers[name] = one or theirs[name]
            continue
        between, longest = ("\n", LONGEST) if name in _LONG else (" / ", LONGEST_LINE)
        both = together(theirs[name], one, between=between, longest=longest)
        answers[name] = one if both is None else both
        if both is None:
            above.append(_("They wrote: {words}").format(words=theirs[name]))
    return _form(facts, answers, own=own, intro=("\n".join([*above, _readers()]),))


def _form(facts: CaseFacts, answers: Mapping[str, str], *, own: bool, intro: Text) -> Form:
    handoff = facts.handoff
    reasons = tuple(Option(value=reason, label=_(words)[:75]) for reason, words in REASONS.items())

    line, lines = _line, _lines
    return Form(
        title=_("A note for them"),
        command=WriteNote.called(),
        fields={"handoff": str(handoff.id), "seen": mark_of(answers_of(handoff))},
        intro=intro,
        inputs=(
            *_playbooks(facts, mine=own),
            lines("happened", _("What happened"), answers["happened"]),
            lines("promised", _("What was promised"), answers["promised"], _("By you or by anybody before you")),
            line("mood", _("Their mood"), answers["mood"], _("Such as angry, worried, in tears")),
            lines("asked_for", _("What they ask for"), answers["asked_for"]),
            lines("real_problem", _("What may be the real problem"), answers["real_problem"]),
            lines("do_nots", _("Better not to say or do"), answers["do_nots"]),
            line("case", _("Case"), answers["case"]),
            line("customer", _("Customer"), answers["customer"], _("A name or number you would know them by")),
            Input(
                name="reason",
                label=_("Why you step out"),
                kind="pick",
                value=answers["reason"],
                options=reasons,
                required=False,
            ),
        ),
        submit=_("Save"),
    )


def _readers() -> str:
    """Say once, above every question, who reads the answers."""
    return _("Whoever takes over and supervisors read it; colleagues who are only asked don't.")


def _line(name: str, label: str, value: str, hint: str = "") -> Input:
    return Input(name=name, label=label, value=value, hint=hint, required=False, max_length=LONGEST_LINE)


def _lines(name: str, label: str, value: str, hint: str = "") -> Input:
    return _line(name, label, value, hint).model_copy(update={"kind": "lines", "max_length": LONGEST})


def _playbooks(facts: CaseFacts, *, mine: bool) -> tuple[Input, ...]:
    """Let whoever used playbooks, and nobody else, say that others may know."""
    if not mine or not facts.handoff.playbooks:
        return ()
    return (
        Input(
            name="playbooks_told",
            label=_("Tell them which playbooks you used?"),
            kind="pick",
            value=facts.handoff.note.playbooks_told,
            options=(Option(value="yes", label=_("Yes, show them")),),
            required=False,
            hint=_("Nobody reads it unless you choose this; then whoever takes over, and supervisors"),
        ),
    )
