"""What whoever talks to us reads: a greeting, and plain answers about ourselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.people.cards.help import help_card
from bot.people.cards.kept import kept_button
from bot.people.commands import Help
from bot.say.language import _
from bot.say.messages import Button, Choice, Message, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.typing.small_talk import Talk


def _hello() -> Message:
    told = _("Tell me what is happening, in your own words, and I look for the playbook that fits.")
    return Message.of(_("Hello"), Section(text=(told,)), Choice(buttons=(_find(), _more())))


def _readers() -> Message:
    told = _(
        "What you type behind calm is kept nowhere: no boss, no colleague and no report gets to read it."
        " It's read on your organisation's server, by a program."
    )
    others = _(
        "Others read what you hand them yourself: a handoff's note, an incident, a call for your supervisor."
        " A message to me in a direct chat also stands in that chat, for as long as your organisation keeps chats."
    )
    return Message.of(
        _("Nobody else reads it"),
        Section(text=(told,), tone="good"),
        Section(text=(others,), tone="quiet"),
        Choice(buttons=(kept_button(), _find())),
    )


def _sees() -> Message:
    told = _("No. I see only what you type to me, not your chats, calls or tickets. Paste what they wrote, or tell me.")
    return Message.of(_("Only what you type to me"), Section(text=(told,)), Choice(buttons=(_find(), kept_button())))


def _machine() -> Message:
    told = _(
        "I'm a program. The sentences I offer were written beforehand; I only look for the one that fits,"
        " and no word of yours leaves your organisation's server for that."
    )
    asked = Button(
        label=_("A customer asked me that"),
        command="calm",
        fields={"words": _("The customer asks me whether I'm a bot")},
    )
    return Message.of(_("No person, a program"), Section(text=(told,)), Choice(buttons=(asked, _find(), _more())))


def _maker() -> Message:
    told = _("A program for support teams. Tell me what is happening, and I look for a playbook and for words to say.")
    return Message.of(_("This is Zanshin"), Section(text=(told,)), Choice(buttons=(_find(), _more())))


def _find() -> Button:
    return Button(label=_("Find a playbook"), command="calm", style="primary")


def _more() -> Button:
    return Help().button(_("What I can do"))


def _quietly(words: str) -> Section:
    return Section(text=(words,), tone="quiet")


def _thanks() -> Message:
    return Message.of(_("Gladly"), _quietly(_("I'm here when you need me again.")))


def _laugh() -> Message:
    return Message.of(_("A laugh does good"), _quietly(_("I'm here when it gets serious again.")))


_ANSWERS: Mapping[Talk, Callable[[], Message]] = {
    "hello": _hello,
    "thanks": _thanks,
    "laugh": _laugh,
    "readers": _readers,
    "sees": _sees,
    "machine": _machine,
    "maker": _maker,
    "can-do": help_card,
}


def answer_to(talk: Talk) -> Message:
    """Answer what was said or asked."""
    return _ANSWERS[talk]()
