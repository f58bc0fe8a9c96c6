"""What admins, and nobody else, read about setting up: what is missing, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.people.commands import AskForSettings, AskForSupervisor
from bot.say.language import _
from bot.say.messages import Button, Choice, Message, Part, Section, text
from bot.say.staying import staying

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.people.setup import Step


def setup_card(missing: Collection[Step]) -> Message:
    """Ask an admin for what is missing; once nothing is, say so."""
    if not missing:
        done = _("Everything is set up. Change it whenever you like: `/zanshin settings`.")
        return Message.of(_("Ready"), Section(text=text(done), tone="good"))
    return Message.of(_("Let us set me up"), *(staying(part, "board") for part in setup_parts(missing)))


def setup_parts(missing: Collection[Step]) -> list[Part]:
    """List what is missing, with what does it; nothing once all is there."""
    if not missing:
        return []
    asked: dict[Step, tuple[str, Button | None]] = {
        "supervisor": (
            _("A supervisor, who is called when nobody else can take over."),
            AskForSupervisor().button(_("Name a supervisor")),
        ),
        "channel": (
            _("The channel your team works in: type `/zanshin here` there, or mention me with the word `here`."),
            None,
        ),
        "zone": (_("Your time zone, for working hours and promises."), AskForSettings().button(_("Settings"))),
        "emergency": (
            _("Whom to call in an emergency, with your own numbers: I know only the general ones."),
            AskForSettings().button(_("Settings")),
        ),
    }
    wanted = [asked[step] for step in asked if step in missing]
    buttons = list({button.label: button for _words, button in wanted if button is not None}.values())
    if buttons:
        buttons[0] = buttons[0].model_copy(update={"style": "primary"})
    return [
        Section(text=text(_("**Still missing.** Only admins see this."))),
        *(Section(text=text(f"• {words}")) for words, _button in wanted),
        *([Choice(buttons=tuple(buttons))] if buttons else []),
    ]


def channel_refuses(place: str) -> Message:
    """Tell whoever can mend it that a channel takes nothing any more."""
    return Message.of(
        _("{place} takes nothing from me").format(place=place)[:150],
        Section(
            text=(
                _("I can't post in {place}. It may be archived or deleted, or I was removed from it.").format(
                    place=place
                ),
            ),
            tone="warning",
        ),
        Section(text=text(_("Bring it back and add me there, or choose another channel in `/zanshin settings`."))),
        Section(text=(_("I'll tell you once a day while it lasts."),), tone="quiet"),
    )


def person_refuses(name: str) -> Message:
    """Tell whoever looks after the team whom I can tell nothing."""
    return Message.of(
        _("I can't reach {name}").format(name=name)[:150],
        Section(text=(_("Something I had to tell them did not arrive, and the next may not either."),), tone="warning"),
        Section(text=text(_("Please ask them to write me `hello`. If they have left: `/zanshin team remove @name`."))),
        Section(text=(_("I'll tell you once a day while it lasts."),), tone="quiet"),
    )


def nobody_else_decides(name: str) -> Message:
    """Tell everybody that the only one who looks after the team gets nothing of mine."""
    return Message.of(
        _("I can't reach {name}").format(name=name)[:150],
        Section(
            text=(_("Something I had to tell them did not arrive, and nobody else looks after the team."),),
            tone="warning",
        ),
        Section(text=text(_("Whoever sees them: please ask them to write me `hello`."))),
    )


def nobody_leads(name: str, *, names: bool) -> Message:
    """Tell whoever can change it that the last supervisor is gone; whoever was erased has no name."""
    next_step = _("Name another one now.") if names else _("Ask whoever runs Zanshin to make somebody admin.")
    last = (
        _("{name} was the last one. In danger, or when no colleague can take a case, I could call nobody.")
        if name
        else _("The last one was erased. In danger, or when no colleague can take a case, I could call nobody.")
    )
    button = AskForSupervisor().button(_("Name a supervisor"), "primary")
    return Message.of(
        _("There's no supervisor any more"),
        Section(text=(last.format(name=name), " ", next_step), tone="danger"),
        *([Choice(buttons=(button,))] if names else []),
    )


def with_no_admin(card: Message, how: str) -> Message:
    """Say it below what somebody has asked for."""
    return card.model_copy(update={"parts": (*card.parts, *no_admin_parts(how))})


def no_admin_parts(how: str) -> list[Part]:
    """Say, while there is no admin, how there will be one."""
    return [Section(text=text(_("I have no admin yet. {how}").replace("{how}", how)), tone="warning")]
