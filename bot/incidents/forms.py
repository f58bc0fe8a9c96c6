"""The forms of incidents, and short answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.incidents.commands import (
    LONGEST,
    LONGEST_REASON,
    LONGEST_TIME,
    LONGEST_TITLE,
    AskForCadences,
    AskForUpdate,
    ChangeCadences,
    OfferOwnership,
    OpenIncident,
    Pause,
    PlanIncident,
    PostUpdate,
    Resolve,
    Resume,
    Snooze,
)
from bot.incidents.texts import named
from bot.language import _
from bot.messages import Choice, Form, Input, Message, Option, Section, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.incidents.rules import Rules
    from bot.incidents.scene import Scene
    from bot.messages import Text


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What is filled in already in the form of an update."""

    notice: str
    doing: str
    by: str  # as typed
    sent: bool = True


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


def plan_form(title: str, severity: int, *, starts: str = "", why: str = "") -> Form:
    """Ask what is going to happen, and when; `why` says what is wrong with the time that was typed."""
    when = Input(
        name="starts",
        label=_("When does it begin?"),
        value=starts,
        hint=_("Such as tomorrow 06:00"),
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
    scene: Scene,
    answers: Answers,
    *,
    hints: tuple[str, str] = ("", ""),
    why: str = "",
    draft: int | None = None,
    unusual: bool = False,
) -> Form:
    """Ask the three questions of an update; an unusual promise that `why` names is confirmed by posting it."""
    fields = {"number": str(scene.incident.number), "base": str(scene.last.id if scene.last is not None else 0)}
    return Form(
        title=_("Update #{number}").format(number=scene.incident.number)[:24],
        command=PostUpdate.called(),
        fields=fields | ({"draft": str(draft)} if draft is not None else {}),
        intro=(why or _("Three answers. Plain words, and what it means for them."),),
        inputs=(
            Input(
                name="notice",
                label=_("What do customers notice?"),
                kind="lines",
                value=answers.notice,
                hint=hints[0],
                max_length=LONGEST,
            ),
            Input(
                name="doing",
                label=_("What is being done, or what can they do?"),
                kind="lines",
                value=answers.doing,
                hint=hints[1],
                max_length=LONGEST,
            ),
            Input(
                name="by",
                label=_("By when do they know more?"),
                value=answers.by,
                hint=_("Such as 14:30, in 45m, between 14:00 and 15:00, tomorrow before we open"),
                max_length=100,
            ),
            *_ticks(answers, unusual=unusual),
        ),
        submit=_("Post it"),
    )


def _ticks(answers: Answers, *, unusual: bool) -> tuple[Input, Input]:
    return (
        Input(
            name="sent",
            label=_("Sent to customers"),
            kind="tick",
            value="yes" if answers.sent else "",
            required=False,
        ),
        Input(
            name="confirm",
            label=_("Yes, that late, or at that hour"),
            kind="tick",
            value="yes" if unusual else "",
            required=False,
            hint=_("Only if I ask: a promise far away, or outside working hours"),
        ),
    )


def snooze_form(scene: Scene, until: str, reason: str, wrong: str = "") -> Form:
    """Ask for how long, and why; `wrong` says why what was typed cannot be taken."""
    return Form(
        title=_("Snooze #{number}").format(number=scene.incident.number)[:24],
        command=Snooze.called(),
        fields={"number": str(scene.incident.number)},
        intro=(wrong or _("The next reminder comes later, once. The promise to customers stays."),),
        inputs=(
            Input(
                name="until",
                label=_("For how long?"),
                value=until or "30m",
                hint=_("Such as 30m, or 14:30"),
                max_length=LONGEST_TIME,
            ),
            _why(reason),
        ),
        submit=_("Snooze"),
    )


def pause_form(scene: Scene, until: str, reason: str, wrong: str = "") -> Form:
    """Ask until when, and why; `wrong` says why what was typed cannot be taken."""
    return Form(
        title=_("Pause #{number}").format(number=scene.incident.number)[:24],
        command=Pause.called(),
        fields={"number": str(scene.incident.number)},
        intro=(wrong or _("No reminders until then, within a day. Supervisors are told."),),
        inputs=(
            Input(name="until", label=_("Until when?"), value=until, hint=_("Such as 18:00"), max_length=LONGEST_TIME),
            _why(reason),
        ),
        submit=_("Pause"),
    )


def _why(reason: str) -> Input:
    return Input(
        name="why", label=_("Why?"), value=reason, hint=_("It is kept in the record"), max_length=LONGEST_REASON
    )


def owner_form(scene: Scene) -> Form:
    """Ask who owns it."""
    return Form(
        title=_("Owner of #{number}").format(number=scene.incident.number)[:24],
        command=OfferOwnership.called(),
        fields={"number": str(scene.incident.number)},
        intro=(_("They are asked, and own it with one press. Until then nothing changes."),),
        inputs=(Input(name="who", label=_("Who?"), kind="person"),),
        submit=_("Ask them"),
    )


def resolve_form(scene: Scene, hint: str) -> Form:
    """Ask for the last word to customers."""
    return Form(
        title=_("Resolve #{number}").format(number=scene.incident.number)[:24],
        command=Resolve.called(),
        fields={"number": str(scene.incident.number)},
        intro=(_("All reminders end at once. A last word tells customers that it is over."),),
        inputs=(
            Input(
                name="words",
                label=_("What do customers read at the end?"),
                kind="lines",
                hint=hint,
                required=False,
                max_length=LONGEST,
            ),
            Input(name="sent", label=_("Sent to customers"), kind="tick", value="yes", required=False),
        ),
        submit=_("Resolve"),
    )


def settings_form(rules: Rules, hours: str, places: str) -> Form:
    """Ask for the cadences, the working hours, and where customers read along."""
    cadences = tuple(
        Input(
            name=f"cadence_{severity}",
            label=_("Minutes between updates, sev{severity}").format(severity=severity),
            value=str(int(length.total_seconds() // 60)),
        )
        for severity, length in rules.cadences.items()
    )
    return Form(
        title=_("Incidents"),
        command=ChangeCadences.called(),
        inputs=(
            *cadences,
            Input(
                name="hours",
                label=_("Working hours"),
                value=hours,
                required=False,
                hint=_("Such as mon-fri 8-18. Outside of them sev3 and sev4 wait; empty means never"),
                max_length=200,
            ),
            Input(
                name="places",
                label=_("Channels that customers read"),
                value=places,
                required=False,
                hint=_("Updates are posted there, such as #status, #customers"),
                max_length=500,
            ),
        ),
        submit=_("Save"),
    )


# --- short answers -------------------------------------------------------------------------------


def opened(scene: Scene, first: Text) -> Message:
    """Confirm that an incident is open."""
    return Message.of(named(scene.incident), Section(text=first, tone="good"))


def noted(scene: Scene, what: str) -> Message:
    """Confirm that something was written down or changed."""
    return Message.of(named(scene.incident), Section(text=(what,), tone="good"))


def delayed(scene: Scene, until: datetime) -> Message:
    """Confirm a snooze or a pause."""
    incident = scene.incident
    line = text(
        _("No reminder before {time}. Customers still expect news by {promise}."),
        time=moment(until),
        promise=moment(incident.promise_at),
    )
    resume = Resume(number=incident.number).button(_("Resume"))
    return Message.of(named(incident), Section(text=line, tone="good"), Choice(buttons=(resume,)))


def resumed(scene: Scene) -> Message:
    """Confirm that reminders come again."""
    template = (
        _("Reminders are back. Customers were promised news by {time}: post an update now.")
        if scene.is_red
        else _("Reminders are back. The next update is promised by {time}.")
    )
    line = text(template, time=moment(scene.incident.promise_at))
    update = AskForUpdate(number=scene.incident.number).button(_("Update"), "primary")
    return Message.of(
        named(scene.incident), Section(text=line, tone="warning" if scene.is_red else "good"), Choice(buttons=(update,))
    )


def settings_saved() -> Message:
    """Confirm the settings."""
    return Message.of(
        _("Settings saved"),
        Section(text=(_("Open incidents take them up with their next update."),), tone="good"),
        Choice(buttons=(AskForCadences().button(_("Open them again")),)),
    )


def names_of(channels: Sequence[str]) -> str:
    """Write channels as the form takes them."""
    return ", ".join(f"#{name}" for name in channels)
