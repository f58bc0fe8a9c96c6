"""The forms that people fill in about an incident."""

from __future__ import annotations

from dataclasses import dataclass

from bot.incidents.cards.actor import NOTHING_NOTICED, Noticed
from bot.incidents.cards.prepared import Prepared
from bot.incidents.commands import (
    LONGEST,
    LONGEST_PLACE,
    LONGEST_REASON,
    LONGEST_TIME,
    LONGEST_TITLE,
    OfferOwnership,
    OpenIncident,
    Pause,
    PlanIncident,
    PostUpdate,
    Resolve,
    Snooze,
)
from bot.incidents.facts import IncidentFacts
from bot.say.language import _, quoted
from bot.say.messages import Form, Input, Option, Text


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What is filled in already in the form of an update."""

    notice: str
    doing: str
    by: str  # as typed
    sent: bool = False  # only somebody who has said so finds it ticked
    where: str = ""


def _intro(first: str, prepared: Prepared) -> Text:
    return ("\n".join((first, *prepared.duties)),)


def open_form(title: str, severity: int) -> Form:
    """Ask what is going on."""
    return Form(
        title=_("Open an incident"),
        command=OpenIncident.called(),
        inputs=(_title(_("What do customers notice?"), title), _how_bad(severity)),
        submit=_("Open"),
    )


def _title(label: str, title: str) -> Input:
    return Input(
        name="title",
        label=label,
        value=title,
        hint=_("In one line, such as: Card payments fail for some customers"),
        max_length=LONGEST_TITLE,
    )


def _how_bad(severity: int) -> Input:
    return Input(
        name="severity",
        label=_("How bad is it?"),
        kind="pick",
        value=str(severity),
        options=(
            Option(value="1", label=_("sev1: nothing works for many")),
            Option(value="2", label=_("sev2: something important fails")),
            Option(value="3", label=_("sev3: it disturbs")),
            Option(value="4", label=_("sev4: a small thing")),
        ),
    )


def by_clock(hint: str, clock: str) -> str:
    """Say by which clock a time is read, where there are several."""
    return f"{hint}. {_('In {zone} time.').format(zone=clock)}" if clock else hint


def plan_form(title: str, severity: int, *, starts: str = "", why: str = "", clock: str = "") -> Form:
    """Ask what is going to happen, and when; `why` says what is wrong with the time that was typed."""
    when = Input(
        name="starts",
        label=_("When does it begin?"),
        value=starts,
        hint=by_clock(_("Such as tomorrow 06:00"), clock),
        max_length=100,
    )
    return Form(
        title=_("Plan an incident"),
        command=PlanIncident.called(),
        intro=(why,) if why else (),
        inputs=(_title(_("What will customers notice?"), title), when, _how_bad(severity)),
        submit=_("Plan"),
    )


def update_form(
    facts: IncidentFacts,
    answers: Answers,
    prepared: Prepared,
    *,
    why: str = "",
    draft: int | None = None,
    unusual: bool = False,
    offered: Noticed = NOTHING_NOTICED,
) -> Form:
    """Ask the three questions of an update; an unusual promise that `why` names is confirmed by posting it.

    Offered is a better wording, with what speaks for it: posting it all the same is no more than a press.
    """
    fields = {"number": str(facts.incident.number), "base": str(facts.last.id if facts.last is not None else 0)}
    return Form(
        title=_("Update #{number}").format(number=facts.incident.number)[:24],
        command=PostUpdate.called(),
        fields=fields
        | ({"draft": str(draft)} if draft is not None else {})
        | ({"anyway": "yes"} if offered.remarks else {}),
        intro=_intro(_first(why, offered), prepared),
        inputs=(
            *_three(facts, answers, prepared),
            *_better(offered),
            *_told(answers.where, sent=answers.sent),
            _confirm(unusual=unusual),
        ),
        submit=_("Post it"),
    )


def _three(facts: IncidentFacts, answers: Answers, prepared: Prepared) -> tuple[Input, ...]:
    """Ask what they notice, what is done, and by when they know more."""
    return (
        Input(
            name="notice",
            label=_("What do customers notice?"),
            kind="lines",
            value=answers.notice,
            hint=prepared.notice,
            max_length=LONGEST,
        ),
        Input(
            name="doing",
            label=_("What is being done, or what can they do?"),
            kind="lines",
            value=answers.doing,
            hint=prepared.doing,
            max_length=LONGEST,
        ),
        Input(
            name="by",
            label=_("By when do they know more?"),
            value=answers.by,
            hint=by_clock(_("Such as 14:30, in 45m, between 14:00 and 15:00, tomorrow before we open"), facts.clock),
            max_length=100,
        ),
    )


def _first(why: str, offered: Noticed) -> str:
    """Say what a form of an update begins with."""
    if offered.remarks:
        return "\n".join((_("Before I post it where customers read along, look at this again:"), *offered.remarks))
    return why or _("Three answers. Plain words, and what it means for them.")


def _better(offered: Noticed) -> tuple[Input, ...]:
    if not offered.better:
        return ()
    tick = Input(
        name="better",
        label=_("Post these words instead"),
        kind="tick",
        required=False,
        hint=quoted(offered.better),
    )
    return (tick,)


def _confirm(*, unusual: bool) -> Input:
    return Input(
        name="confirm",
        label=_("Yes, that late, or at that hour"),
        kind="tick",
        value="yes" if unusual else "",
        required=False,
        hint=_("Only if I ask: a promise far away, or outside working hours"),
    )


def _told(where: str = "", *, sent: bool = False) -> tuple[Input, Input]:
    """Ask whether customers have it, which nobody but people can know."""
    return (
        Input(
            name="sent",
            label=_("Sent to customers"),
            kind="tick",
            value="yes" if sent else "",
            required=False,
            hint=_("Only if they have it. Otherwise it's prepared, and one press later says that they do"),
        ),
        Input(
            name="where",
            label=_("Where do they read it?"),
            value=where,
            required=False,
            hint=_("Such as status page, e-mail. It's kept in the record"),
            max_length=LONGEST_PLACE,
        ),
    )


def snooze_form(facts: IncidentFacts, until: str = "", reason: str = "", wrong: str = "") -> Form:
    """Ask for how long, and why; `wrong` says why what was typed cannot be taken."""
    return Form(
        title=_("Snooze #{number}").format(number=facts.incident.number)[:24],
        command=Snooze.called(),
        fields={"number": str(facts.incident.number), "rests": str(facts.rests_until)},
        intro=(wrong or _("The next reminder comes later, once. Past the promise, supervisors are told."),),
        inputs=(
            Input(
                name="until",
                label=_("For how long?"),
                value=until or "30m",
                hint=by_clock(_("Such as 30m, or 14:30"), facts.clock),
                max_length=LONGEST_TIME,
            ),
            _why(reason),
        ),
        submit=_("Snooze"),
    )


def pause_form(facts: IncidentFacts, until: str = "", reason: str = "", wrong: str = "") -> Form:
    """Ask until when, and why; `wrong` says why what was typed cannot be taken."""
    return Form(
        title=_("Pause #{number}").format(number=facts.incident.number)[:24],
        command=Pause.called(),
        fields={"number": str(facts.incident.number), "rests": str(facts.rests_until)},
        intro=(wrong or _("No reminders until then, within a day. Supervisors are told."),),
        inputs=(
            Input(
                name="until",
                label=_("Until when?"),
                value=until,
                hint=by_clock(_("Such as 18:00"), facts.clock),
                max_length=LONGEST_TIME,
            ),
            _why(reason),
        ),
        submit=_("Pause"),
    )


def _why(reason: str) -> Input:
    return Input(
        name="why", label=_("Why?"), value=reason, hint=_("It's kept in the record"), max_length=LONGEST_REASON
    )


def owner_form(facts: IncidentFacts) -> Form:
    """Ask who owns it."""
    return Form(
        title=_("Owner of #{number}").format(number=facts.incident.number)[:24],
        command=OfferOwnership.called(),
        fields={"number": str(facts.incident.number), "owner": str(facts.incident.owner_id)},
        intro=(_("They're asked, and own it with one press. Until then nothing changes."),),
        inputs=(Input(name="who", label=_("Who?"), kind="person"),),
        submit=_("Ask them"),
    )


def resolve_form(facts: IncidentFacts, prepared: Prepared, ends: int) -> Form:
    """Ask for the last word to customers; of what is resolved already, that alone."""
    number = facts.incident.number
    first = (
        _("All reminders end at once. A last word tells customers that it's over.")
        if facts.is_live
        else _("It's resolved. What do customers read, so that they know it too?")
    )
    return Form(
        title=_("Resolve #{number}").format(number=number)[:24],
        command=Resolve.called(),
        fields={"number": str(number), "ends": str(ends)},
        intro=_intro(first, prepared),
        inputs=(
            Input(
                name="words",
                label=_("What do customers read at the end?"),
                kind="lines",
                hint=prepared.last,
                required=not facts.is_live,
                max_length=LONGEST,
            ),
            *_told(),
        ),
        submit=_("Resolve") if facts.is_live else _("Save"),
    )
