"""The sentences about bringing workspaces, and one person on two platforms, together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.people.joining.commands import ConfirmCode, DropCode
from bot.people.model import Code as CodeRow
from bot.say.language import _, ngettext
from bot.say.messages import Choice, Code, Fact, Fields, Message, Section, text
from bot.typing.german import to_type
from bot.work.domain import CodePurpose


@dataclass(frozen=True)
class Side:
    """One of two organisations, as the other reads of it."""

    name: str
    workspaces: tuple[str, ...]
    people: int


def code_made(purpose: CodePurpose, code: str) -> Message:
    """Show a code, once."""
    command = "/zanshin join" if purpose == CodePurpose.JOIN else "/zanshin link"
    who = (
        _("An admin of the other workspace types this within ten minutes:")
        if purpose == CodePurpose.JOIN
        else _("Type this on the other platform within ten minutes:")
    )
    return Message.of(
        _("Your code is {code}").format(code=code),
        Section(text=(who,)),
        Section(text=(Code(words=f"{to_type(command)} {code}"),)),
        Section(text=(_("It works once. Both sides confirm before anything changes."),), tone="quiet"),
    )


def wrong_code(command: str) -> Message:
    """Say that a code is none."""
    return Message.of(
        _("I don't know this code."),
        Section(text=(_("It was mistyped, is older than ten minutes, or was used already."),), tone="quiet"),
        Section(
            text=text(_("Have a new one made on the other side: {command}."), command=Code(words=to_type(command)))
        ),
    )


def joined_already() -> Message:
    """Say that there is nothing to join."""
    return Message.of(
        _("This is your own organisation."),
        Section(text=(_("The code was made here. Enter it in the workspace that is to join."),)),
    )


def join_first() -> Message:
    """Say that the workspaces come first."""
    return Message.of(
        _("These workspaces don't belong together yet."),
        Section(text=(_("The same person can only be linked within one organisation."),), tone="quiet"),
        Section(text=text(_("Ask an admin to type `/zanshin join` in one of them first."))),
    )


def linked_already() -> Message:
    """Say that it is oneself."""
    return Message.of(_("That's you already."), Section(text=(_("There's nothing to link."),), tone="quiet"))


def ask_to_join(code: CodeRow, first: Side, second: Side) -> Message:
    """Ask the admin who entered a code."""
    return Message.of(
        _("Join {name}?").format(name=first.name)[:150],
        *_what_happens(first, second),
        _choice(code, _("Join them")),
        Section(text=(_("An admin of the other side confirms after you."),), tone="quiet"),
    )


def ask_maker_to_join(code: CodeRow, name: str, first: Side, second: Side) -> Message:
    """Ask the admin who made a code."""
    return Message.of(
        _("Let {name} join?").format(name=second.name)[:150],
        Section(text=text(_("{name} entered your code."), name=name)),
        *_what_happens(first, second),
        _choice(code, _("Join them")),
    )


def _what_happens(first: Side, second: Side) -> tuple[Fields, Section]:
    facts = (Fact(name=_("Stays"), text=(_side(first),)), Fact(name=_("Joins it"), text=(_side(second),)))
    return Fields(facts=facts), Section(
        text=(
            _(
                "Both become one organisation: one team, one board, handoffs across both. The settings and the support "
                "channel of the one that stays hold; incidents of the other get new numbers. This can't be undone."
            ),
        )
    )


def _side(side: Side) -> str:
    people = ngettext("{count} person", "{count} people", side.people).format(count=side.people)
    return f"{side.name} ({', '.join(side.workspaces)}; {people})"


def ask_to_link(code: CodeRow, maker: str, me: str) -> Message:
    """Ask whoever entered a code for themselves."""
    return Message.of(
        _("Is {name} you?").format(name=maker)[:150],
        Section(
            text=text(
                _("{maker} there and {me} here become one person: one set of cases, breaks and hours."),
                maker=maker,
                me=me,
            )
        ),
        _choice(code, _("That's me")),
        Section(text=(_("You confirm it there too."),), tone="quiet"),
    )


def ask_maker_to_link(code: CodeRow, name: str, where: str) -> Message:
    """Ask whoever made a code for themselves."""
    return Message.of(
        _("Is {name} you?").format(name=name)[:150],
        Section(text=text(_("{name} entered your code in {where}."), name=name, where=where)),
        _choice(code, _("That's me")),
        Section(text=(_("If it's not you, say no: they would read what is for you."),), tone="warning"),
    )


def _choice(code: CodeRow, label: str) -> Choice:
    return Choice(
        buttons=(ConfirmCode(code=code.id).button(label, "primary"), DropCode(code=code.id).button(_("No, leave it")))
    )


def waits_for(name: str) -> Message:
    """Say who confirms next."""
    return Message.of(
        _("Almost there"), Section(text=text(_("I asked {name} to confirm it on their side."), name=name), tone="good")
    )


def waits_for_other() -> Message:
    """Say that it is the other's turn."""
    return Message.of(_("Almost there"), Section(text=(_("The other side has yet to confirm."),), tone="quiet"))


def is_over() -> Message:
    """Say that a code leads nowhere any more."""
    return Message.of(
        _("This is over."),
        Section(text=(_("It was confirmed, left, or took too long."),), tone="quiet"),
        Section(text=text(_("To try again, make a new code: `/zanshin join` or `/zanshin link`."))),
    )


def joined(name: str) -> Message:
    """Tell whoever let them join."""
    return Message.of(
        _("{name} has joined you").format(name=name)[:150],
        Section(text=(_("You're one organisation now: one team, on all your platforms."),), tone="good"),
        Section(text=text(_("Whoever is on both types `/zanshin link` on one of them, to be one person."))),
    )


def joined_there() -> Message:
    """Tell the admin who joined."""
    return Message.of(
        _("You have joined them"),
        Section(text=(_("You're one organisation now: one team, on all your platforms."),), tone="good"),
        Section(text=text(_("Whoever is on both types `/zanshin link` on one of them, to be one person."))),
    )


def linked() -> Message:
    """Tell somebody that they are one person."""
    return Message.of(
        _("You're one person now"),
        Section(text=(_("I reach you where you last did something; if I can't, on the other platform."),), tone="good"),
    )


def dropped() -> Message:
    """Say that nothing happens."""
    return Message.of(_("Left as it is"), Section(text=(_("Nothing was changed."),), tone="quiet"))


def dropped_there() -> Message:
    """Tell the other side that nothing happens."""
    return Message.of(
        _("Left as it is"), Section(text=(_("The other side said no. Nothing was changed."),), tone="quiet")
    )
