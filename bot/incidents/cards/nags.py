"""Nags: what reminds people of a promise."""

from __future__ import annotations

from bot.directory.naming import ref
from bot.incidents.cards.channel import have_it, waits
from bot.incidents.cards.leading import leading
from bot.incidents.commands import AskForOwner, AskForUpdate, AskToResolve, AskToSnooze, OfferOwnership, ShowIncident
from bot.incidents.decisions.cadence import LATE, Stage
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import IncidentEvent, IncidentState
from bot.say.language import N_, _
from bot.say.messages import Button, Choice, Message, Part, Section, Text, moment, text


@leading
def nag(facts: IncidentFacts, stage: Stage, *, late: bool = False, missed: str = "", off_duty: bool = False) -> Message:
    """Remind of a promise; `missed`: who or what could not be reached before."""
    incident = facts.incident
    parts: list[Part] = [
        Section(text=_nag_line(facts, _as_said(facts, stage)), tone="plain" if stage is Stage.WARNED else "warning")
    ]
    if incident.prepared_at is not None:
        parts.append(Section(text=waits(incident.prepared_at), tone="warning"))
    if late:
        parts.append(Section(text=(_("This reminder is late: I was held up when it was due."),), tone="quiet"))
    if missed:
        parts.append(Section(text=(_("I couldn't reach {missed}.").format(missed=missed),), tone="quiet"))
    if off_duty:
        line = _("Nobody who decides is on duty just now: I'm asking all of them.")
        parts.append(Section(text=(line,), tone="quiet"))
    parts.append(Choice(buttons=nag_buttons(facts, stage)))
    return Message.of(incident.heading, *parts, toast=_toast(facts, _as_said(facts, stage)))


def _as_said(facts: IncidentFacts, stage: Stage) -> Stage:
    """Say what waited over a night or a snooze as what it is by now: overdue."""
    waited = facts.now - facts.incident.due_at > LATE
    return Stage.OVERDUE_1 if stage is Stage.DUE and waited else stage


_TOASTS = {
    Stage.WARNED: N_("Update due soon: {heading}"),
    Stage.DUE: N_("Update due now: {heading}"),
    Stage.SUPERVISOR: N_("Customers are waiting for news: {heading}"),
}
_OVERDUE_TOAST = N_("Update overdue: {heading}")


def _toast(facts: IncidentFacts, stage: Stage) -> str:
    return _(_TOASTS.get(stage, _OVERDUE_TOAST)).format(heading=facts.incident.heading)


# What is said at each stage: of a promise customers were given, of news nobody has promised them, and of news that is
# due sooner than promised because it has become worse.
_PROMISED = {
    Stage.WARNED: N_("Customers were promised news by {time}. What do they notice now, and what is being done?"),
    Stage.DUE: N_("{owner}, customers were promised news by {time}."),
    Stage.SUPERVISOR: N_("Customers have waited for news since {time}, and {owner} hasn't posted any."),
}
_DUE = {
    Stage.WARNED: N_("News for customers is due by {time}. What do they notice now, and what is being done?"),
    Stage.DUE: N_("{owner}, news for customers is due by {time}."),
    Stage.SUPERVISOR: N_("Customers have waited for news since {time}, and {owner} hasn't posted any."),
}
_WANTED = {
    Stage.WARNED: N_(
        "It's sev{severity} now: customers should hear by {time}, though they were promised it by {promise}."
    ),
    Stage.DUE: N_(
        "{owner}, it's sev{severity} now: customers should hear by {time}. They were promised it by {promise}."
    ),
    Stage.SUPERVISOR: N_(
        "It's sev{severity} now, and customers should have heard by {time}. They were promised it by {promise}."
    ),
}
_PREPARED = N_("Customers have waited for news since {time}. {owner} owns it.")  # supervisors read it of the owner
_OVERDUE = N_("{owner}, customers have waited for news since {time}.")
_OVERDUE_WANTED = N_(
    "{owner}, it's sev{severity} now, and customers should have heard by {time}. They were promised it by {promise}."
)


_GONE = N_("Customers have waited for news since {time}. {owner}, who owned it, is no longer on the team.")


def _nag_line(facts: IncidentFacts, stage: Stage) -> Text:
    incident = facts.incident
    if not facts.owner.on_team and facts.now >= incident.due_at:  # nobody is asked who cannot answer
        return text(_(_GONE), owner=facts.owner.name, time=moment(incident.due_at))
    lines = _PROMISED if facts.is_promised else _DUE
    overdue = _OVERDUE
    if incident.wanted_at is not None:
        lines, overdue = _WANTED if facts.is_promised else _DUE, _OVERDUE_WANTED if facts.is_promised else _OVERDUE
    elif stage is Stage.SUPERVISOR and incident.prepared_at is not None:
        lines = {stage: _PREPARED}  # the owner has written something, and what lies prepared is said below
    return text(
        _(lines.get(stage, overdue)),
        owner=ref(facts.owner),
        time=moment(incident.due_at),
        promise=moment(incident.promise_at),
        severity=incident.severity,
    )


@leading
def begun(facts: IncidentFacts, *, asks: bool = True) -> Message:
    """Say that what was planned has begun; news that customers wait for is asked for."""
    incident = facts.incident
    if facts.last is None:
        line = _("{owner}, it has begun, and customers haven't been told: please tell them now.")
        if not facts.owner.on_team:
            line = _("It has begun, and customers haven't been told. {owner}, who owned it, is no longer on the team.")
    elif facts.is_late:
        line = _("It has begun, and customers have waited for news since {time}.")
    else:
        line = _("It has begun, as customers were told. The next update is promised by {time}.")
    said = text(line, owner=ref(facts.owner), time=moment(incident.due_at))
    waits = facts.last is None or facts.is_late
    return Message.of(
        incident.heading,
        Section(text=said, tone="warning" if waits else "plain"),
        *((Choice(buttons=nag_buttons(facts, Stage.DUE)),) if asks else ()),
        toast=_("It has begun: {heading}").format(heading=incident.heading),
    )


@leading
def told_of_the_end(facts: IncidentFacts, end: IncidentEvent) -> Message:
    """Ask, when customers were to hear more, whether they know that it's over."""
    incident = facts.incident
    line = (
        _("It's resolved, and customers were promised news by {time}: have they been told?")
        if facts.is_promised
        else _("It's resolved, and news for customers was due by {time}: have they been told?")
    )
    buttons = [have_it(facts, end)]
    if not end.words.whole:
        buttons.append(AskToResolve(number=incident.number).button(_("Write the last word …")))
    return Message.of(
        incident.heading,
        Section(text=text(line, time=moment(incident.promise_at)), tone="warning"),
        Choice(buttons=tuple(buttons)),
        toast=_("Do customers know that it's over? {heading}").format(heading=incident.heading),
    )


def nag_buttons(facts: IncidentFacts, stage: Stage) -> tuple[Button, ...]:
    """Offer what answers a nag: first of all, to say that customers have what was prepared."""
    number, prepared = facts.incident.number, facts.prepared
    if not facts.owner.on_team:
        own = OfferOwnership(number=number, who="me", owner=facts.owner.id).button(_("I own it"), "primary")
        return (
            own,
            AskForOwner(number=number).button(_("Choose an owner")),
            AskForUpdate(number=number).button(_("Update")),
        )
    buttons = [AskForUpdate(number=number).button(_("Update"), "plain" if prepared else "primary")]
    if prepared is not None:
        buttons.insert(0, have_it(facts, prepared))
    if facts.incident.state == IncidentState.OPEN:  # before it begins there is nothing that could have changed
        buttons.append(AskForUpdate(number=number, no_change=True).button(_("No change")))
    if stage is Stage.SUPERVISOR:
        look = ShowIncident(number=number).button(_("Look at it"))
        return (*buttons, AskForOwner(number=number).button(_("Choose an owner")), look)
    return (*buttons, AskToSnooze(number=number).button(_("Snooze")))


@leading
def asked_in_channel(facts: IncidentFacts, *, is_silent: bool) -> Message:
    """Say in a direct chat that news is overdue, and that the channel reads so too, unless it took nothing before."""
    incident = facts.incident
    said = (
        _("Customers have waited for news since {time}. {place} takes nothing from me, so I'm asking you here.")
        if is_silent
        else _("Customers have waited for news since {time}. I'm asking in the channel, too.")
    )
    line = text(said, time=moment(incident.due_at), place=facts.place)
    return Message.of(
        incident.heading, Section(text=line, tone="warning"), Choice(buttons=nag_buttons(facts, Stage.DUE))
    )


def nag_over(facts: IncidentFacts, what: str) -> Message:
    """Close a nag."""
    heading = facts.incident.heading
    return Message.of(heading, Section(text=(what,), tone="quiet"), toast=f"{heading}: {what}")
