"""What somebody reads of their own heated cases; of a team only a spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.afterwards.commands import AskMeAgain, ChangeCare, ShowWeek, SpareMe
from bot.afterwards.decisions.care import MANY, SMALLEST_GROUP, Spread
from bot.say.language import _, ngettext
from bot.say.messages import Choice, Form, Input, Listing, Message, Part, Section, moment, text

if TYPE_CHECKING:
    from datetime import datetime


def that_was_much(until: datetime) -> Message:
    """Say a gentle word after a hard day, and offer to be skipped."""
    said = _("That's {count} heated cases today, and that takes something out of anybody.").format(count=MANY)
    offer = text(
        _("Shall I skip you until {time} when a case needs somebody? Nobody is told why, and it ends by itself."),
        time=moment(until),
    )
    buttons = (
        SpareMe().button(_("Skip me for the rest of my shift"), "primary"),
        ShowWeek().button(_("My week")),
    )
    return Message.of("", Section(text=(said,)), Section(text=offer), Choice(buttons=buttons))


def spared(until: datetime) -> Message:
    """Confirm that they are skipped."""
    line = text(_("I'll skip you until {time}. Others only see that you have enough to do."), time=moment(until))
    return Message.of("", Section(text=line, tone="good"), Choice(buttons=(AskMeAgain().button(_("Ask me again")),)))


def home_parts(until: datetime) -> list[Part]:
    """Say on somebody's Home that they are skipped, and let them end it."""
    line = text(_("I skip you until {time} when a case needs somebody. Only you read why."), time=moment(until))
    return [Section(text=line, tone="quiet"), Choice(buttons=(AskMeAgain().button(_("Ask me again")),))]


def asked_again() -> Message:
    """Confirm that they are asked again."""
    return Message.of("", Section(text=(_("You can be asked for cases again."),), tone="good"))


def week(mine: int, of_team: Spread | None, *, is_lead: bool) -> Message:
    """Show somebody their own week, and whoever leads how the team's was spread."""
    count = ngettext("{count} heated case this week.", "{count} heated cases this week.", mine).format(count=mine)
    how = _("Counted from heated words you looked up and heated cases you stepped out of. The words aren't kept.")
    parts: list[Part] = [
        Section(text=(count if mine else _("No heated case this week."),)),
        Section(text=(how, " ", _("Only you see this.")), tone="quiet"),
    ]
    return Message.of(_("Your week"), *parts, *(_of_team(of_team) if is_lead else ()))


def _of_team(found: Spread | None) -> list[Part]:
    title = Section(text=text("**{title}**", title=_("The team's week")))
    if found is None:
        small = _("Of fewer than {count} people nothing is broken down.").format(count=SMALLEST_GROUP)
        return [title, Section(text=(small,), tone="quiet")]
    shares = (
        (_("no heated case"), found.none),
        (_("one or two"), found.few),
        (_("three or more"), found.many),
    )
    lines = tuple((f"{what}: {_people(count)}",) for what, count in shares)
    if all(count is not None for _what, count in shares):
        return [title, Listing(lines=lines)]
    why = _("How many “some” are isn't said: it would tell of fewer than five people.")
    return [title, Listing(lines=lines), Section(text=(why,), tone="quiet")]


def _people(count: int | None) -> str:
    if count is None:
        return _("some people")
    return ngettext("{count} person", "{count} people", count).format(count=count) if count else _("nobody")


def switched_off() -> Message:
    """Say that nothing is counted."""
    return Message.of(
        _("Your week"),
        Section(text=(_("Heated cases aren't counted here: an admin has switched that off."),), tone="quiet"),
    )


def settings_form(*, counted: bool) -> Form:
    """Ask whether heated cases are counted."""
    return Form(
        title=_("Care"),
        command=ChangeCare.called(),
        intro=(_("Counted per person and day, without words; only they see theirs. Off, nothing is counted or kept."),),
        inputs=(
            Input(
                name="counted",
                label=_("Count heated cases, so that I can offer a rest after three in a day"),
                kind="tick",
                value="yes" if counted else "",
                required=False,
            ),
        ),
        submit=_("Save"),
    )


def changed(*, counted: bool) -> Message:
    """Confirm the setting."""
    line = (
        _("Heated cases are counted, for nobody but whoever meets them.")
        if counted
        else _("Heated cases aren't counted any more, and what was counted is gone.")
    )
    return Message.of("", Section(text=(line,), tone="good"))
