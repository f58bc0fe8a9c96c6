"""The sentences that only Teams needs."""

from __future__ import annotations

from bot.say.language import _
from bot.say.messages import Listing, Message, Section, text


def welcome() -> Message:
    """Greet somebody who has just added us, and say what to type."""
    return Message.of(
        _("Hello, I'm Zanshin."),
        Section(text=(_("I help when a customer gets heated. What we say here is between you and me."),)),
        Listing(
            lines=(
                text(_("`calm she keeps shouting about the refund`: the playbook that fits, step by step.")),
                text(_("`recuse`: I find a colleague who takes the case over.")),
                text(_("`incident`: I'll remind you of the next customer update.")),
                text(_("`status`: everything that concerns you on one card. `help`: everything else.")),
            )
        ),
    )


def in_channel() -> Message:
    """Introduce ourselves where everybody reads along."""
    return Message.of(
        _("Hello, I'm Zanshin."),
        Section(
            text=text(
                _(
                    "Mention me with one word, such as `recuse` or `calm`, and I answer you in private. "
                    "For that, add me to your own chats too: Apps, Zanshin, Add."
                )
            )
        ),
    )


def add_me_first(name: str) -> Message:
    """Ask somebody to add us, where others read along: nothing about what it is for."""
    return Message.of(
        "",
        Section(
            text=text(
                _("{name}, I have something for you and can't write to you yet. Add me first: Apps, Zanshin, Add."),
                name=name,
            )
        ),
    )


def colleague_not_reached(name: str) -> Message:
    """Tell a supervisor, once, that somebody on the team cannot be reached."""
    return Message.of(
        _("I can't reach {name}").format(name=name)[:150],
        Section(
            text=(_("They haven't added Zanshin in Teams, or have removed it, so nothing I say arrives."),),
            tone="warning",
        ),
        Section(
            text=(
                _(
                    "Ask them to open Apps in Teams, look for Zanshin and press Add. An admin can do it for everybody: "
                    "Teams admin centre, Setup policies, Installed apps."
                ),
            )
        ),
        Section(text=(_("I'll tell you this once."),), tone="quiet"),
    )


def colleague_switched_off(name: str) -> Message:
    """Tell a supervisor, once, that somebody on the team cannot be reached because of an admin."""
    return Message.of(
        _("I can't reach {name}").format(name=name)[:150],
        Section(
            text=(_("An admin of Teams has switched Zanshin off for them, so nothing I say arrives."),),
            tone="warning",
        ),
        Section(
            text=(_("Ask an admin to allow it: Teams admin centre, Manage apps, Zanshin. Then I reach them again."),)
        ),
        Section(text=(_("I'll tell you this once."),), tone="quiet"),
    )


def answered_in_private() -> str:
    """Say where the answer is."""
    return _("I answered in our chat.")


def answered_below() -> str:
    """Say where the answer is, in the chat itself."""
    return _("See below.")


def done() -> str:
    """Say that it was done."""
    return _("Done.")


def nothing_found() -> str:
    """Say that no sentence fits."""
    return _("No sentence fits these words. Try others, such as refund or waiting.")


def not_understood() -> str:
    """Say that a card cannot be read."""
    return _("I can't read this card any more. Type the command again, please.")
