"""Follow-ups, as whoever does them, supervisors and the team read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.afterwards.commands import (
    LONGEST_WHAT,
    AddFollowUp,
    AskForFollowUp,
    AskToMoveFollowUp,
    DropFollowUp,
    FinishFollowUp,
    ListFollowUps,
    MoveFollowUp,
    ReopenFollowUp,
    TakeFollowUp,
)
from bot.afterwards.decisions.pace import Stage
from bot.afterwards.model import FollowUpState
from bot.afterwards.view import Seen
from bot.incidents.commands import LONGEST_TIME
from bot.incidents.facts import IncidentFacts
from bot.say.dates import as_of
from bot.say.language import N_, _
from bot.say.messages import (
    Button,
    Choice,
    Fact,
    Fields,
    Form,
    Input,
    Listing,
    Message,
    Part,
    Section,
    Text,
    TimeRef,
    moment,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

BUTTONS = 5

# What is said at each stage to whoever does it, and to others.
_MINE = {
    Stage.WARNED: N_("It's due by {time}."),
    Stage.DUE: N_("It was due by {time}. Is it done?"),
    Stage.AGAIN: N_("It was due by {time}. Is it done, or does it need another day?"),
    Stage.OWNER: N_("It was due by {time}, and I'm telling {owner} too. Done, another day, or not needed any more?"),
    Stage.SUPERVISORS: N_("It was due by {time}, and I'm telling the supervisors too. Done, moved, or dropped?"),
}
_THEIRS = {
    Stage.OWNER: N_("{name} wanted to do this by {time} and hasn't answered. Can you help it along?"),
    Stage.SUPERVISORS: N_("{name} wanted to do this by {time} and hasn't answered. What becomes of it?"),
}


def nag(seen: Seen, stage: Stage, *, theirs: bool) -> Message:
    """Remind of one."""
    line = _MINE[stage] if theirs else _THEIRS.get(stage, _THEIRS[Stage.SUPERVISORS])
    said = text(_(line), name=seen.person.name, owner=seen.owner.name, time=_due(seen))
    asked = Section(text=said, tone="plain" if stage is Stage.WARNED else "warning")
    parts = (_what(seen), asked, Choice(buttons=_buttons(seen, theirs=theirs)))
    return Message.of(_title(seen), *parts, toast=_("Follow-up: {what}").format(what=seen.row.what[:100]))


def nobodys(seen: Seen) -> Message:
    """Ask supervisors whose it is now."""
    said = _("{name}, who wanted to do this by {time}, is no longer on the team. Whose is it now?")
    if seen.is_due:
        said = _("It was due by {time}, and {name}, who wanted to do it, is no longer on the team. Whose is it now?")
    line = text(said, name=seen.person.name, time=_due(seen))
    return Message.of(
        _title(seen), _what(seen), Section(text=line, tone="warning"), Choice(buttons=_buttons(seen, theirs=False))
    )


def yours(seen: Seen, by: str) -> Message:
    """Tell somebody that they are asked to do it."""
    line = text(_("{by} wrote this down for you, by {time}. I'll remind you."), by=by, time=_due(seen))
    return Message.of(_title(seen), _what(seen), Section(text=line), Choice(buttons=_buttons(seen, theirs=True)))


def written(seen: Seen) -> Message:
    """Confirm to whoever wrote it down."""
    line = text(_("{name} does it by {time}. I'll remind them."), name=seen.person.name, time=_due(seen))
    more = (
        AskForFollowUp(number=seen.incident.number).button(_("Another one …")),
        ListFollowUps().button(_("All follow-ups")),
    )
    return Message.of(_title(seen), _what(seen), Section(text=line, tone="good"), Choice(buttons=more))


def moved(seen: Seen) -> Message:
    """Say who does it now, and by when."""
    line = text(_("{name} does it by {time}."), name=seen.person.name, time=_due(seen))
    return Message.of(_title(seen), _what(seen), Section(text=line, tone="good"))


def moved_since(seen: Seen, *, theirs: bool) -> Message:
    """Say who does it now, before somebody changes what they could not see."""
    line = text(
        _("Since you saw this it was moved: {name} does it by {time}. Nothing was changed now."),
        name=seen.person.name,
        time=_due(seen),
    )
    return Message.of(
        _title(seen),
        _what(seen),
        Section(text=line, tone="warning"),
        Choice(buttons=_buttons(seen, theirs=theirs)),
    )


def over(seen: Seen, *, theirs: bool = True) -> Message:
    """Say that it is done or dropped."""
    done = seen.row.state == FollowUpState.DONE
    line = _("Done. Thank you.") if done else _("Dropped: nobody is reminded of it any more.")
    if done and not theirs:
        line = _("It's done; {name} had it.").format(name=seen.person.name)
    parts: list[Part] = [_what(seen), Section(text=(line,), tone="good" if done else "quiet")]
    return Message.of(_title(seen), *parts, *([] if done else [_reopening(seen)]))


def dropped(seen: Seen, by: str) -> Message:
    """Tell whoever does it that somebody else dropped it."""
    line = text(_("{by} dropped this: I won't remind you of it. If it's still needed, take it up again."), by=by)
    return Message.of(_title(seen), _what(seen), Section(text=line, tone="warning"), _reopening(seen))


def _reopening(seen: Seen) -> Choice:
    return Choice(buttons=(ReopenFollowUp(follow_up=seen.row.id).button(_("Take it up again")),))


def listed(mine: Sequence[Seen], others: Sequence[Seen], now: datetime) -> Message:
    """List what is open."""
    if not mine and not others:
        line = text(_("Nothing is left to do after incidents. `/incident followup 12 @ana friday: …` writes one down."))
        return Message.of(_("No follow-ups"), Section(text=line, tone="good"))
    parts: list[Part] = []
    if mine:
        parts += [Section(text=(_("Yours:"),), tone="quiet"), Listing(lines=tuple(_line(one) for one in mine))]
        parts.append(Choice(buttons=tuple(_done(one) for one in mine[:BUTTONS])))
    if others:
        parts += [Section(text=(_("Others':"),), tone="quiet")] if mine else []
        parts.append(Listing(lines=tuple(_line(one, named=True) for one in others)))
    return Message.of(_("Follow-ups"), *parts, as_of(now))


def home_parts(mine: Sequence[Seen]) -> list[Part]:
    """Show somebody their own, with the press that ends each."""
    parts: list[Part] = []
    for one in mine:
        parts += [Fields(facts=(board_line(one),)), Choice(buttons=_buttons(one, theirs=True)[:2])]
    return parts


def board_line(seen: Seen) -> Fact:
    """Say in one line what is to be done, by whom and when."""
    template = _("{name}, **overdue** since {time}") if seen.is_late else _("{name}, by {time}")
    said = text(template, name=seen.person.name, time=moment(seen.row.due_at, "date"))
    return Fact(name=seen.row.what[:60], text=said, alarm=seen.is_late)


def form(facts: IncidentFacts, *, who: str = "", by: str = "", what: str = "", why: str = "") -> Form:
    """Ask what is to be done, by whom and by when."""
    return Form(
        title=_("Follow-up of #{number}").format(number=facts.incident.number)[:24],
        command=AddFollowUp.called(),
        fields={"number": str(facts.incident.number)},
        intro=(why,) if why else (),
        inputs=(
            Input(name="what", label=_("What is to be done?"), value=what, max_length=LONGEST_WHAT),
            Input(name="who", label=_("Who does it?"), kind="person", value=who),
            _by(by),
        ),
        submit=_("Write it down"),
    )


def optional_inputs() -> tuple[Input, ...]:
    """Ask for one among other questions; whoever names nothing to be done adds none."""
    asked = (
        Input(name="what", label=_("A follow-up: what is to be done?"), max_length=LONGEST_WHAT),
        Input(name="who", label=_("Who does it?"), kind="person"),
        _by(""),
    )
    return tuple(one.model_copy(update={"required": False}) for one in asked)


def move_form(seen: Seen, who: str) -> Form:
    """Ask who does it, and by when."""
    return Form(
        title=_("Move a follow-up"),
        command=MoveFollowUp.called(),
        fields={
            "follow_up": str(seen.row.id),
            "holder": str(seen.row.person_id),
            "due": str(int(seen.row.due_at.timestamp())),
        },
        intro=(seen.row.what,),
        inputs=(_by(""), Input(name="who", label=_("Who does it?"), kind="person", value=who, required=False)),
        submit=_("Move it"),
    )


def _by(value: str) -> Input:
    hint = _("A day is enough, such as friday, or in 2 weeks.")
    return Input(name="by", label=_("By when?"), value=value, hint=hint, max_length=LONGEST_TIME)


def _title(seen: Seen) -> str:
    return _("Follow-up of {heading}").format(heading=seen.incident.heading)[:150]


def _what(seen: Seen) -> Section:
    return Section(text=text("**{what}**", what=seen.row.what))


def _due(seen: Seen) -> TimeRef:
    return moment(seen.row.due_at, "date")


def _line(seen: Seen, *, named: bool = False) -> Text:
    if named:
        late = _("**{what}** ({number}): {name}, overdue since {time}")
        ahead = _("**{what}** ({number}): {name}, by {time}")
    else:
        late, ahead = _("**{what}** ({number}): overdue since {time}"), _("**{what}** ({number}): by {time}")
    number = f"#{seen.incident.number}"
    return text(
        late if seen.is_late else ahead, what=seen.row.what, number=number, name=seen.person.name, time=_due(seen)
    )


def sure_to_drop(seen: Seen) -> Message:
    """Ask before somebody else's work is undone."""
    line = text(
        _("{name} does it by {time}. If you drop it, nobody is reminded of it, and I tell {name}."),
        name=seen.person.name,
        time=_due(seen),
    )
    done, take, move, _drop = _buttons(seen, theirs=False)
    drop = DropFollowUp(follow_up=seen.row.id, sure=True).button(_("Yes, drop it"), "danger")
    kept = done.model_copy(update={"style": "plain"})
    return Message.of(
        _title(seen), _what(seen), Section(text=line, tone="warning"), Choice(buttons=(drop, kept, take, move))
    )


def _buttons(seen: Seen, *, theirs: bool) -> tuple[Button, ...]:
    follow_up = seen.row.id
    done = FinishFollowUp(follow_up=follow_up).button(_("Done"), "primary")
    move = AskToMoveFollowUp(follow_up=follow_up).button(_("Move …"))
    drop = DropFollowUp(follow_up=follow_up).button(_("Drop it"))
    if theirs:
        return done, move, drop
    take = TakeFollowUp(follow_up=follow_up, holder=seen.row.person_id).button(_("I'll do it"))
    return done, take, AskToMoveFollowUp(follow_up=follow_up).button(_("Give or move it …")), drop


def _done(seen: Seen) -> Button:
    label = _("Done: {what}").format(what=seen.row.what[:40])
    return FinishFollowUp(follow_up=seen.row.id).button(label)
