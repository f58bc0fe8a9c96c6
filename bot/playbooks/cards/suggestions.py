"""Which playbook fits: the one, others, or that nothing is sure."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from bot.handoffs.commands import Recuse
from bot.handoffs.model import Reason
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import Calm, DidNotFit, GoOn, ListOwnPlaybooks, StartRun
from bot.playbooks.model import Run
from bot.say.language import _
from bot.say.messages import Button, Choice, Listing, Message, Part, Say, Search, Section, Text, text

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHERS = 2  # beside the one that fits


def most_used(playbooks: Sequence[Playbook], go_on: Sequence[Part], *, own: bool) -> Message:
    """Offer the playbooks most used, a search, and the way to those of the team's own."""
    more = (Choice(buttons=(ListOwnPlaybooks().button(_("Playbooks of our own")),)),) if own else ()
    return Message.of(
        _("What is happening?"),
        *go_on,
        Search(label=_("In your own words, or paste what the customer wrote"), command=Calm.called()),
        Section(text=(_("Or start one of these:"),)),
        Listing(lines=tuple(map(_what_it_is_for, playbooks))),
        Choice(buttons=tuple(StartRun(playbook=one.id).button(one.title) for one in playbooks)),
        *more,
    )


def best_fit(playbooks: Sequence[Playbook], why: str, before: Sequence[Part], go_on: Sequence[Part]) -> Message:
    """Offer the playbook that fits, say why, what helps right now, and name the others."""
    best, *more = playbooks
    others = more[:OTHERS]
    parts: list[Part] = [
        *before,
        *_because(why),
        *_first_aid(best),
        Choice(buttons=(StartRun(playbook=best.id).button(_("Start: {title}").format(title=best.title), "primary"),)),
    ]
    if others:
        none = DidNotFit(playbook=best.id, next_ones=" ".join(one.id for one in more)).button(_("Didn't fit"))
        parts.append(Section(text=(_("Or, if that's not it:"),), tone="quiet"))
        parts.append(Choice(buttons=(*_in_its_place(best.id, others), none)))
    return Message.of(best.title, *parts, *go_on)


def heat_parts() -> tuple[Part, ...]:
    """Begin with safety where words are abusive or threatening, and offer the way out first."""
    said = _("These words are abusive or threatening. Your safety comes first: nobody has to stand that alone.")
    out = (
        Recuse(reason=Reason.HEATED).button(_("Find somebody to take over"), "primary"),
        Recuse(reason=Reason.SAFETY).button(_("Get me out, call a supervisor"), "danger"),
    )
    return Section(text=(said,), tone="warning"), Choice(buttons=out)


def which_instead(offered: str, others: Sequence[Playbook]) -> Message:
    """Say that it was counted, and ask which one would have fitted."""
    parts: list[Part] = [
        Section(text=(_("I counted that, without your words, so whoever writes playbooks can see it."),))
    ]
    if others:
        parts.append(Section(text=(_("Does one of these fit better?"),)))
        parts.append(Listing(lines=tuple(map(_what_it_is_for, others))))
        parts.append(Choice(buttons=_in_its_place(offered, others)))
    parts.append(Search(label=_("Or tell me in other words what is happening"), command=Calm.called()))
    return Message.of(_("Thanks for saying that it didn’t fit"), *parts)


def _in_its_place(offered: str, others: Sequence[Playbook]) -> tuple[Button, ...]:
    return tuple(StartRun(playbook=one.id, instead_of=offered).button(one.title) for one in others)


def _because(why: str) -> list[Part]:
    """Quote the words that decided, at a readable length; where only filler did, no reason is made up."""
    if not why:
        return []
    quoted = shorten(why, 60, placeholder=" …").replace(", ", _("”, “"))  # each piece in quotes of its own
    return [Section(text=text(_("It fits because you wrote “{words}”."), words=quoted), tone="quiet")]


def _first_aid(playbook: Playbook) -> list[Part]:
    """Say what helps before anything is pressed; without it, when to reach for the playbook."""
    if playbook.now is None:
        return [Section(text=(playbook.situation,))]
    say = [Say(text=(playbook.now.say,))] if playbook.now.say else []
    return [Section(text=text("**{do}**", do=playbook.now.do)), *say]


def not_sure(playbooks: Sequence[Playbook], before: Sequence[Part], go_on: Sequence[Part]) -> Message:
    """Say that nothing fits for certain, and offer what may."""
    return Message.of(
        _("I'm not sure which one fits"),
        *before,
        Section(text=(_("Tell me more in your own words, or start one of these:"),)),
        Search(label=_("What is happening?"), command=Calm.called()),
        Listing(lines=tuple(map(_what_it_is_for, playbooks))),
        Choice(buttons=tuple(StartRun(playbook=one.id).button(one.title) for one in playbooks)),
        *go_on,
    )


def _what_it_is_for(playbook: Playbook) -> Text:
    return text(_("**{title}**: {situation}"), title=playbook.title, situation=playbook.situation)


def go_on_parts(run: Run, playbook: Playbook, number: int, total: int) -> tuple[Part, ...]:
    """Offer to go on where somebody was."""
    return (
        Section(
            text=text(
                _("You're at step {number} of {total} of **{title}**."),
                number=number,
                total=total,
                title=playbook.title,
            )
        ),
        Choice(
            buttons=(
                GoOn(run=run.id).button(_("Go on at step {number}").format(number=number)),
                StartRun(playbook=playbook.id).button(_("Start over")),
            )
        ),
    )


def used_lately(playbooks: Sequence[Playbook]) -> tuple[Part, ...]:
    """Offer the playbooks somebody used last, and the way to any other."""
    again = tuple(StartRun(playbook=one.id).button(one.title) for one in playbooks)
    title = _("Playbooks you used last:") if playbooks else _("A customer who is hard to bear?")
    return (
        Section(text=(title,), tone="quiet"),
        Choice(buttons=(*again, Calm().button(_("Find a playbook"), "plain" if again else "primary"))),
    )


def did_you_mean(playbook: Playbook) -> Sequence[Part]:
    """Offer the playbook whose name was nearly typed."""
    return (
        Section(text=text(_("Did you mean the playbook **{title}**?"), title=playbook.title)),
        Choice(buttons=(StartRun(playbook=playbook.id).button(f"/calm {playbook.id}", "primary"),)),
    )
