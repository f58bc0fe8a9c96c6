"""Which playbook fits: the one, others, or that nothing is sure."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from bot.handoffs.cards.note import heat_line
from bot.handoffs.commands import Recuse
from bot.handoffs.model import Reason
from bot.playbooks.catalogue import Playbook
from bot.playbooks.commands import Calm, DidNotFit, GoOn, ListOwnPlaybooks, StartRun
from bot.playbooks.first_words import FirstWords, for_anybody
from bot.playbooks.model import Run
from bot.say.language import _
from bot.say.messages import Button, Choice, Message, Offered, Offers, Part, Say, Search, Section, text
from bot.say.once import written_once
from bot.understanding.heat import Heat, Level
from bot.understanding.signals import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHERS = 2  # beside the one that fits
_AIMED = frozenset({Signal.SLUR, Signal.HARASSMENT})  # at whoever answers, and not at what went wrong


class _Named(NamedTuple):
    """A playbook as it is offered: the same is offered often, and written once."""

    id: str
    title: str
    situation: str


def most_used(playbooks: Sequence[Playbook], go_on: Sequence[Part], *, own: bool) -> Message:
    """Offer the playbooks most used, a search, and the way to those of the team's own."""
    offered = _most_used(_named(playbooks), own=own)
    return offered.model_copy(update={"parts": (*go_on, *offered.parts)}) if go_on else offered


@written_once
def _most_used(playbooks: tuple[_Named, ...], *, own: bool) -> Message:
    return Message.of(_("What is happening?"), *_to_find(), *_to_start(playbooks), *(_own() if own else ()))


def every_one(playbooks: Sequence[Playbook]) -> Message:
    """List them all, each with what it is for."""
    return Message.of(_("All playbooks"), *_to_start(_named(playbooks)))


@written_once
def _to_find() -> tuple[Part, ...]:
    return _to_find_or_start(_("In your own words, or paste what the customer wrote"))


def _to_find_or_start(label: str) -> tuple[Part, ...]:
    return Search(label=label, command=Calm.called()), Section(text=(_("Or start one of these:"),))


@written_once
def _own() -> tuple[Part, ...]:
    return (Choice(buttons=(ListOwnPlaybooks().button(_("Playbooks of our own")),)),)


def _named(playbooks: Sequence[Playbook]) -> tuple[_Named, ...]:
    return tuple(_Named(one.id, one.title, one.situation) for one in playbooks)


@written_once
def _to_start(playbooks: tuple[_Named, ...]) -> tuple[Part, ...]:
    """Say what playbooks are for, and offer each."""
    starts = ((one.situation, StartRun(playbook=one.id).button(one.title)) for one in playbooks)
    return (Offers(offered=tuple(Offered(text=(what,), button=start) for what, start in starts)),)


def best_fit(
    playbooks: Sequence[Playbook],
    why: str,
    before: Sequence[Part],
    go_on: Sequence[Part],
    first: FirstWords | None = None,
    *,
    is_for_oneself: bool = False,
) -> Message:
    """Offer the playbook that fits, say why, what helps right now, and name the others."""
    best, *more = playbooks
    if first is not None:
        offer = (*_first(first), *_because(why), *_to_begin(best.id, best.title))
    else:
        say = best.now.say if best.now is not None and not is_for_oneself else None
        now = (best.now.do, say) if best.now is not None else (best.situation, None)
        offer = (*_because(why), *_best(best.id, best.title, *now, is_first_aid=best.now is not None))
    return Message.of(best.title, *before, *offer, *_or_else(best.id, _named(more)), *go_on)


@written_once
def _best(name: str, title: str, do: str, say: str | None, *, is_first_aid: bool) -> tuple[Part, ...]:
    """Say what helps before anything is pressed; without it, when to reach for the playbook. Offer to start."""
    said = Section(text=text("**{do}**", do=do) if is_first_aid else (do,))
    return (said, *((Say(text=(say,)),) if say else ()), *_to_begin(name, title))


@written_once
def _to_begin(name: str, title: str) -> tuple[Part, ...]:
    start = StartRun(playbook=name).button(_("Start: {title}").format(title=title), "primary")
    return (Choice(buttons=(start,)),)


def _first(first: FirstWords) -> tuple[Part, ...]:
    """Begin with what this matter asks for."""
    return *((_to_do(first.do),) if first.do else ()), Say(text=(first.say,))


@written_once
def _to_do(do: str) -> Part:
    return Section(text=text("**{do}**", do=do))


@written_once
def _or_else(offered: str, others: tuple[_Named, ...]) -> tuple[Part, ...]:
    """Offer the first of the others, and to say that none fits."""
    if not others:
        return ()
    none = DidNotFit(playbook=offered, next_ones=" ".join(one.id for one in others)).button(_("Didn't fit"))
    said = Section(text=(_("Or, if that's not it:"),), tone="quiet")
    return said, Choice(buttons=(*_in_its_place(offered, others[:OTHERS]), none))


@written_once
def heat_parts(heat: Heat, *, may_end: bool = True) -> tuple[Part, ...]:
    """Begin with safety where words are abusive or threatening, and offer the way out first; say that it rises.

    A limit is drawn to a customer whose call may end, and not to a boss.
    """
    signals = ", ".join(heat.signals)
    find = Recuse(reason=Reason.HEATED, signals=signals).button(_("Find somebody to take over"), "primary")
    if heat.level < Level.ABUSIVE:
        if Signal.RISING not in heat.signals:
            return ()
        said = _("The words get more heated towards the end. Stepping out now is easier than later.")
        return Section(text=(said,), tone="warning"), Choice(buttons=(find,))
    said = _("These words are abusive or threatening. Your safety comes first: nobody has to stand that alone.")
    lines = (said, *((" ", heat_line(heat.signals)) if heat.signals else ()))
    get_out = Recuse(reason=Reason.SAFETY, signals=signals).button(_("Get me out, call a supervisor"), "danger")
    limit = _limit() if may_end and is_aimed(heat) else ()
    return Section(text=lines, tone="warning"), *limit, Choice(buttons=(find, get_out))


def is_aimed(heat: Heat) -> bool:
    """Say whether the words go for whoever answers: then a limit helps, and no promise to help."""
    return heat.level >= Level.ABUSIVE and not _AIMED.isdisjoint(heat.signals)


def _limit() -> tuple[Part, ...]:
    """Draw a line: what to do about abuse, and a sentence that says it."""
    do = _("Say it once. If it goes on and your rules allow it, end it; note the words and the time.")
    say = _("I'm here for your case, and for nothing else. If this goes on, I'll end it here.")
    return Section(text=text("**{do}**", do=do)), Say(text=(say,))


def which_instead(offered: str, others: Sequence[Playbook]) -> Message:
    """Say that it was counted, and ask which one would have fitted."""
    parts: list[Part] = [
        Section(text=(_("I counted that, without your words, so whoever writes playbooks can see it."),))
    ]
    if others:
        parts.append(Section(text=(_("Does one of these fit better?"),)))
        starts = zip(others, _in_its_place(offered, _named(others)), strict=True)
        offers = tuple(Offered(text=(one.situation,), button=start) for one, start in starts)
        parts.append(Offers(offered=offers))
    parts.append(Search(label=_("Or tell me in other words what is happening"), command=Calm.called()))
    return Message.of(_("Thanks for saying that it didn’t fit"), *parts)


def _in_its_place(offered: str, others: Sequence[_Named]) -> tuple[Button, ...]:
    return tuple(StartRun(playbook=one.id, instead_of=offered).button(one.title) for one in others)


def _because(why: str) -> list[Part]:
    """Quote the words that decided, at a readable length; where only filler did, no reason is made up."""
    if not why:
        return []
    quoted = shorten(why, 60, placeholder=" …").replace(", ", _("”, “"))  # each piece in quotes of its own
    return [Section(text=text(_("It fits because you wrote “{words}”."), words=quoted), tone="quiet")]


def not_sure(
    playbooks: Sequence[Playbook],
    before: Sequence[Part],
    go_on: Sequence[Part],
    first: FirstWords | None = None,
    *,
    customer_waits: bool,
) -> Message:
    """Say that nothing fits for certain, and offer what may; first words for the matter, or words for anybody."""
    gain_time = _to_gain_time() if customer_waits else ()
    return Message.of(
        _("I'm not sure which one fits") if first is None else _("Start with this"),
        *before,
        *(_first(first) if first is not None else gain_time),
        *_to_tell_more(),
        *_to_start(_named(playbooks)),
        *go_on,
    )


@written_once
def _to_gain_time() -> tuple[Part, ...]:
    """Give what to do and to say that promises nothing and is never wrong."""
    return Section(text=(_("Never wrong, while you choose:"),), tone="quiet"), *_first(for_anybody())


@written_once
def _to_tell_more() -> tuple[Part, ...]:
    return _to_find_or_start(_("Tell me more in your own words"))


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
