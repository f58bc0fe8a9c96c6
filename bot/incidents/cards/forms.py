"""The forms that people fill in about an incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.incidents.cards.actor import NOTHING_NOTICED, Noticed
from bot.incidents.cards.customer import written_time
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
from bot.incidents.decisions.written import filled_in
from bot.incidents.facts import IncidentFacts
from bot.incidents.updates.wordings import Wordings
from bot.say.language import _, quoted, reader
from bot.say.messages import Form, Input, Option, Text, plain
from bot.store.content import fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def as_hint(*sentences: str, known: Mapping[str, str] | None = None) -> str:
    """Write prepared sentences, a line each: what is known of the case stands in them, other gaps are named."""
    return "\n".join(quoted(plain(fill(filled_in(sentence, known or {})))) for sentence in sentences)


def known(facts: IncidentFacts, promise_at: datetime | None = None) -> dict[str, str]:
    """Say what is known of the case, and fills gaps of prepared wordings."""
    zone, now = facts.organisation.zone, facts.now
    values = {"issue": facts.incident.title, "since": written_time(facts.incident.began_at, zone, now)}
    return values | ({"next_update": written_time(promise_at, zone, now)} if promise_at is not None else {})


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What is filled in already in the form of an update."""

    notice: str
    doing: str
    by: str  # as typed
    sent: bool = False  # only somebody who has said so finds it ticked
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What was prepared for an incident of this kind: all of it, for the last sentence may be the one that fits."""

    notice: str
    doing: str
    last: str  # when it is over
    duties: tuple[str, ...]


def prepared_for(facts: IncidentFacts, wordings: Wordings, *, no_change: bool = False) -> Prepared:
    """Find what was prepared for an incident of this title."""
    title, wordings = facts.incident.title, wordings.read_in(reader())
    wording, case = wordings.for_title(title), known(facts)
    return Prepared(
        notice=as_hint(*wording.notice, known=case),
        doing=as_hint(*(wording.no_change if no_change else wording.doing), known=case),
        last=as_hint(*wording.solved, known=case),
        duties=wordings.duties(title),
    )


def example_of_last(facts: IncidentFacts, wordings: Wordings) -> tuple[Text, ...]:
    """Give the sentence that was prepared for the end of such an incident."""
    wordings = wordings.read_in(reader())
    return tuple(fill(filled_in(one, known(facts))) for one in wordings.for_title(facts.incident.title).solved[:1])


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
    if not offered.remarks:
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
