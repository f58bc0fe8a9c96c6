"""What whoever asks reads about themselves: each kind of what is kept, who reads it, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.people.commands import ShowKept
from bot.people.privacy.commands import AskToBeErased, ShowRows
from bot.say.language import _, listing, ngettext
from bot.say.messages import Button, Choice, Fact, Fields, Listing, Message, Part, Section, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.work.domain import Kept

ROWS_SHOWN = 2  # of a kind: a message has room for so much
LONGEST_ROW = 300  # characters


def kept_button() -> Button:
    """Lead to it."""
    return ShowKept().button(_("What is kept about me"))


def kept_card(kinds: Sequence[Kept]) -> Message:
    """List every kind; of somebody who was never here there is none."""
    parts: list[Part] = [_kinds(kinds)] if kinds else [Section(text=(_("Nothing: you've done nothing here yet."),))]
    return Message.of(
        _("What is kept about you"),
        *parts,
        Section(text=(_("Messages on their way to you lose their words a day after their end."),)),
        Section(
            text=(
                _(
                    "What you type behind calm is kept nowhere. There's no ranking of people, and no figure about"
                    " one person but these, which only you see."
                ),
            ),
            tone="quiet",
        ),
        Choice(buttons=(ShowRows().button(_("Give it to me")), AskToBeErased().button(_("Ask to be erased")))),
    )


def _kinds(kinds: Sequence[Kept]) -> Fields:
    return Fields(
        facts=tuple(
            Fact(
                name=kind.what,
                text=(_("Who reads it: {readers}. How long: {until}.").format(readers=kind.readers, until=kind.until),),
            )
            for kind in kinds
        )
    )


def rows_card(rows: Mapping[str, Sequence[Mapping[str, Any]]], account: str) -> Message:
    """Show what is kept word for word: the newest rows of each table."""
    return Message.of(
        _("What is kept about you, word for word"),
        Listing(lines=tuple((line,) for name, found in rows.items() for line in _lines(name, found))),
        Section(
            text=text(
                _(
                    "The newest {count} of each kind are shown; who else is in them, and what others wrote, is theirs."
                    " For everything as a file, ask whoever runs my server to type `zanshin export {account}`."
                ),
                count=str(ROWS_SHOWN),
                account=account,
            ),
            tone="quiet",
        ),
    )


def _lines(name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield ngettext("{name}, {count} row", "{name}, {count} rows", len(rows)).format(name=name, count=len(rows))
    for row in rows[-ROWS_SHOWN:]:
        said = "; ".join(f"{one}: {_plain(value)}" for one, value in row.items() if value not in (None, "", [], False))
        yield f"– {said[:LONGEST_ROW]}{'…' if len(said) > LONGEST_ROW else ''}"


def _plain(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "astimezone") else str(value)


def are_you_sure() -> Message:
    """Say what it means before anybody is asked."""
    return Message.of(
        _("Shall I ask the admins to erase you?"),
        Section(
            text=(
                _(
                    "Your name, accounts, hours and what you wrote about cases go for good. What happened stays without"
                    " your name. Cases and incidents you have in hand go to somebody else first."
                ),
            )
        ),
        Choice(buttons=(AskToBeErased(sure=True).button(_("Ask them"), "danger"),)),
    )


def asked_the_admins(names: Sequence[str]) -> Message:
    """Say who decides."""
    return Message.of(
        _("I asked the admins"),
        Section(text=text(_("{names} can have you erased. Nothing has gone yet."), names=listing(names))),
    )


def no_admin_to_ask(how: str) -> Message:
    """Say what to do where nobody is there to ask."""
    return Message.of(
        _("Nobody was asked"), Section(text=(_("I have no admin yet, and only admins can decide that."), how))
    )


def wants_to_be_erased(name: str, account: str) -> Message:
    """Tell an admin who asks, and what to do."""
    return Message.of(
        _("{name} asks to be erased").format(name=name),
        Section(
            text=text(
                _(
                    "Whoever runs my server does it by typing `zanshin erase person {account}`; it shows what goes and"
                    " asks first. In the EU you have a month to answer."
                ),
                account=account,
            )
        ),
    )
