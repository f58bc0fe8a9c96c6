"""The sentences that only Slack needs."""

from __future__ import annotations

from bot.say.language import N_, _
from bot.say.messages import Button, Choice, Message, Section, text


def open_form() -> str:
    """Name the button that opens a form."""
    return _("Open the form")


def form_by_button(title: str, button: Button | None) -> Message:
    """Offer a form where Slack lets nobody open one."""
    return Message.of(
        title,
        Section(text=(_("Slack opens forms only at the press of a button. Here it is:"),)),
        *(_pressable(button)),
    )


def form_too_late(button: Button | None) -> Message:
    """Say that a form did not open."""
    return Message.of(
        _("The form didn't open."),
        Section(
            text=(_("Slack gives me three seconds for that, and they were over. Nothing was changed."),), tone="quiet"
        ),
        Section(text=(_("Press the button to open it now.") if button else _("Do the same once more, please."),)),
        *(_pressable(button)),
    )


_MEND = {
    "is_archived": N_("It's archived. Unarchive it, or choose another one in `/zanshin settings`."),
    "channel_not_found": N_(
        "It was deleted, or it's private and I'm not in it. Type `/invite @Zanshin` there, or choose another one in "
        "`/zanshin settings`."
    ),
    "not_in_channel": N_("I'm not in it. Type `/invite @Zanshin` there."),
    "missing_scope": N_("A permission is missing. Whoever runs me can see which one with `zanshin doctor`."),
}


def trouble(code: str, place: str) -> Message:
    """Tell an admin what Slack refuses, and how to mend it."""
    where = _("in #{place}").format(place=place) if place else _("in a conversation")
    mend = _(_MEND[code]) if code in _MEND else _("Whoever runs me can see why with `zanshin doctor`.")
    return Message.of(
        _("I can't speak {where}").format(where=where)[:150],
        Section(text=(_("Slack doesn't let me, so people there hear nothing from me."),), tone="warning"),
        Section(text=text(mend)),
        Section(
            text=text(_("Slack calls it {code}. I'll tell you once a day while it lasts."), code=code), tone="quiet"
        ),
    )


def _pressable(button: Button | None) -> tuple[Choice, ...]:
    return (Choice(buttons=(button,)),) if button else ()
