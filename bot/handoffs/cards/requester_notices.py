"""What the requester of a handoff is told once, and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.handoffs.cards.customer import callback_sentence, still_searching_sentence
from bot.handoffs.cards.promised import call_parts, case_parts
from bot.handoffs.cards.requester import names, nobody_alarmed, not_asked, note_button
from bot.handoffs.commands import AskForNote, CancelHandoff, PromiseCallback, ShowHandoff
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import HandoffState, OfferState
from bot.people.commands import GoAway
from bot.safety.card import repeated, safety_card
from bot.safety.hearing import Danger
from bot.say.language import _
from bot.say.messages import Button, Choice, Message, Part, Section, moment, text
from bot.say.replies import Done, Private, Reply, begin_with

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_danger(facts: CaseFacts, danger: Danger) -> Message:
    """Say what to do until the supervisor is there."""
    look = ShowHandoff(handoff=facts.handoff.id).button(_("See who is asked"))
    card = safety_card(danger, facts.organisation.emergency or "", (look,), called=bool(facts.alarmed()))
    return card.model_copy(update={"parts": (*nobody_alarmed(facts), *card.parts)})


def search_has_begun(facts: CaseFacts) -> Message:
    """Point to the card in the direct chat: what is said elsewhere cannot follow what happens."""
    return Message.of(
        _("Look into our direct chat"),
        Section(
            text=(_("I have begun to look for a colleague. How it goes, and what you can say now, stands there."),)
        ),
        Choice(buttons=(note_button(facts.handoff),)),
    )


def search_goes_on(facts: CaseFacts, added: str, *, here: bool) -> Message:
    """Say what became of words typed while somebody is looked for: they stand in the note, or nothing was added."""
    stands = _("I'm still looking for a colleague. How it goes, and what you can say now, stands there.")
    quoted = Section(text=text(_("Added to the note: “{words}”"), words=added))
    return Message.of(
        _("I'm still looking for a colleague") if here else _("Look into our direct chat"),
        *(() if here else (Section(text=(stands,)),)),
        *((quoted,) if added else ()),
        Choice(buttons=(note_button(facts.handoff),)),
    )


def is_it_this_one(case: str, same: Button, another: Button) -> Message:
    """Ask whether a case belongs to the search that is going on without a number."""
    return Message.of(
        _("Is it the same case?"),
        Section(text=text(_("I'm finding somebody for a case without a number. Is that **{case}**?"), case=case)),
        Choice(buttons=(same, another)),
    )


def shown_in_direct_chat() -> Message:
    """Point whoever looks at their own case elsewhere to its card."""
    return Message.of(
        _("Look into our direct chat"),
        Section(text=(_("The card of your case stands there, and keeps itself up to date."),)),
    )


def _not_taken(facts: CaseFacts) -> str:
    if facts.was_tried:
        return _("No colleague has taken it yet. Breathe; you're not alone with this.")
    return _("Breathe; you're not alone with this.")


def supervisors_called(facts: CaseFacts) -> Message:
    """Tell the requester that it has come to the supervisors."""
    return Message.of(
        _("I'm calling {names}").format(names=names(facts.called())),
        Section(text=(_not_taken(facts),)),
    )


def nobody_is_left(facts: CaseFacts, unreached: Sequence[Person], *, channel: bool) -> Message:
    """Tell the requester loudly that nobody is left, and what they can do; nothing is said to have arrived yet."""
    parts: list[Part] = [Section(text=(_calling(facts, channel=channel),), tone="danger")]
    if unreached:
        parts.insert(0, Section(text=(_("I couldn't reach {names}.").format(names=names(unreached)),)))
    danger = facts.handoff.danger
    words = repeated(danger, facts.organisation.emergency or "") if danger else [callback_sentence()]
    return Message.of(_("Nobody has taken it yet"), *parts, *words, _ways_out(facts))


def _calling(facts: CaseFacts, *, channel: bool) -> str:
    if facts.handoff.danger:
        return (
            _("I'm calling the channel, and go on asking. Don't wait for it: get somebody near you.")
            if channel
            else _("I go on asking. Don't wait for it: get somebody near you.")
        )
    return (
        _("I'm calling the channel, and go on asking. Don't leave the customer waiting:")
        if channel
        else _("I go on asking. Don't leave the customer waiting:")
    )


def channel_is_silent(facts: CaseFacts, told: Sequence[Person]) -> Message:
    """Tell the requester that the channel refused the call, and who hears of it instead."""
    instead = (
        _("I'm telling {names} instead.").format(names=names(told))
        if told
        else _("There's nobody else I could tell: go to somebody near you.")
    )
    return Message.of(
        _("I couldn't reach the channel"),
        Section(text=(instead, " ", _("I go on asking whoever becomes free.")), tone="danger"),
        _ways_out(facts),
    )


def nobody_heard(facts: CaseFacts, missed: Sequence[Person]) -> Message:
    """Tell the requester that whoever was told instead of the channel cannot be reached, either."""
    lost = _("I couldn't reach {names}.").format(names=names(missed))
    alone = _("There's nobody else I could tell: go to somebody near you.")
    return Message.of(
        _("Nobody has taken it yet"),
        Section(text=(lost, " ", alone, " ", _("I go on asking whoever becomes free.")), tone="danger"),
        _ways_out(facts),
    )


def _ways_out(facts: CaseFacts) -> Choice:
    alone = CancelHandoff(handoff=facts.handoff.id).button(_("I go on alone"))
    if facts.handoff.danger:
        return Choice(buttons=(alone,))
    return Choice(buttons=(PromiseCallback(handoff=facts.handoff.id).button(_("We call them back"), "primary"), alone))


def taker_has_left(facts: CaseFacts, name: str) -> Message:
    """Tell the requester that whoever had their case is on the team no more."""
    return _somebody_else_is_called(facts, _("{name} is no longer on the team").format(name=name))


def taker_not_reached(facts: CaseFacts, name: str) -> Message:
    """Tell the requester that whoever was given their case cannot hear of it."""
    return _somebody_else_is_called(facts, _("I can't reach {name}").format(name=name))


def _somebody_else_is_called(facts: CaseFacts, title: str) -> Message:
    called = facts.called()
    line = (
        _("I'm calling {names} for the case.").format(names=names(called)) if called else _("I'll ask everybody again.")
    )
    return Message.of(
        title[:150],
        Section(text=(line, " ", _("Nothing to do for you, unless the customer writes to you."))),
    )


def a_minute_has_passed(facts: CaseFacts) -> Message:
    """Give the requester words for the customer after a minute; in danger nothing else than they read already."""
    if danger := facts.handoff.danger:
        return Message.of(
            _("A minute has passed, and I go on looking"), *repeated(danger, facts.organisation.emergency or "")
        )
    return Message.of(
        _("A minute has passed: say a word to the customer"),
        still_searching_sentence(),
    )


def kind_word(facts: CaseFacts, supervisors: Sequence[Person]) -> Message:
    """Say something kind, privately, to somebody who was attacked, or heard of danger."""
    right, then = _kind_words(facts.handoff.danger)
    parts: list[Part] = [Section(text=(right,))]
    if then:
        who = names(supervisors[:3]) if supervisors else _("a person you trust")
        parts.append(Section(text=text(then, who=who)))
    parts.append(Section(text=(_("Take a break if you like; nobody is sent to you meanwhile."),)))
    return Message.of(
        _("How are you?"),
        *parts,
        Choice(
            buttons=(
                GoAway(minutes=15).button(_("15 minutes for me"), "primary"),
                GoAway(minutes=60).button(_("An hour")),
            )
        ),
    )


def _kind_words(danger: Danger | None) -> tuple[str, str]:
    """Say what was right, and with whom to speak of it."""
    talk = _("It may come back to you later. Talk to {who} today, also if you feel fine now.")
    match danger and danger.broad:
        case Danger.SELF_HARM | Danger.PERSON | Danger.ACCIDENT:
            return _("That was hard to hear. You did right to call somebody, and the rest isn't yours to carry."), talk
        case Danger.AGENT:
            said = _("You did right to say so. Somebody else looks after the customer now.")
            return said, _("Please don't stay alone with it: talk to {who} today.")
    aimed = _("It was aimed at you, and it wasn't about you. Stepping out was the right thing to do.")
    if danger is None:
        return aimed, ""
    return aimed, _("If you were threatened, write down the words while you remember them, and talk to {who} today.")


def taker_is_away(facts: CaseFacts, holder: Person) -> Message:
    """Tell the requester that whoever has their case is on a break, where no supervisor could be told."""
    return Message.of(
        _("{name} went away with your case").format(name=holder.name),
        Section(text=(_("There's no supervisor I could tell. Ask them who looks after the customer meanwhile."),)),
        *case_parts(facts),
    )


def it_was_passed_on(facts: CaseFacts) -> Message:
    """Tell the first requester that their colleague hands the case on."""
    name = facts.taker.name if facts.taker else ""
    return Message.of(
        _("{name} hands your case on").format(name=name),
        Section(text=(_("I'm finding the next colleague. Nothing to do for you."),)),
    )


def it_came_back(facts: CaseFacts) -> Message:
    """Tell the first requester that their colleague does not hand the case on after all."""
    name = facts.taker.name if facts.taker else ""
    return Message.of(
        _("{name} goes on with your case").format(name=name),
        Section(text=(_("I'm not looking for anybody else. Nothing to do for you."),)),
    )


def got_out_by(name: str) -> Message:
    """Tell somebody that a supervisor gets them out of a case."""
    return Message.of(
        _("{name} is getting you out of this").format(name=name),
        Section(text=(_("I'm finding a colleague who takes over. The card shows how it stands."),), tone="good"),
    )


def search_ended_by(name: str) -> Message:
    """Tell somebody that a supervisor ended their search."""
    return Message.of(
        _("{name} ended the search").format(name=name),
        Section(text=(_("Nobody is asked any more. Speak with them if you still need somebody, or type /recuse."),)),
    )


def note_was_cut(more: Button) -> Message:
    """Say that the search goes on, and that the note was too long."""
    return Message.of(
        _("I'm finding somebody, and your note was too long"),
        Section(text=(_("I kept the first 3000 characters. Add what matters most from the rest."),), tone="warning"),
        Choice(buttons=(more,)),
    )


def note_saved(facts: CaseFacts, by: int | None) -> Message:
    """Confirm that the note is kept, and say who reads it."""
    taker = facts.taker
    who = taker.name if taker is not None else _("Whoever takes over")
    line = text(_("{who} reads it on the card of the case."), who=who)
    if taker is not None and taker.id == by:
        line = text(_("It stands on the card of the case, for you and whoever has it after you."))
    return Message.of(
        _("Your note is saved"),
        Section(text=line, tone="good"),
        Choice(buttons=(AskForNote(handoff=facts.handoff.id).button(_("Add to the note")),)),
    )


def searching_for_them(facts: CaseFacts, look: Button) -> Message:
    """Tell a supervisor that somebody is looked for on behalf of somebody else."""
    return Message.of(
        _("I'm finding somebody for {name}").format(name=facts.requester.name),
        Section(text=text(_("They know that you asked. I'll tell you who takes over."))),
        Choice(buttons=(look,)),
    )


def whoever_is_free(many: str, reply: Reply) -> Reply:
    """Say what was done with a group, a channel or everybody that was named."""
    return _told_first(_("{many} is more than one person: I ask whoever is free instead.").format(many=many), reply)


def named_later(wish: Person, facts: CaseFacts, reply: Reply, *, is_new: bool) -> Reply:
    """Say what was done with a colleague who was named while the search ran already."""
    return _told_first(_what_was_done_with(wish, facts, is_new=is_new), reply)


def _what_was_done_with(wish: Person, facts: CaseFacts, *, is_new: bool) -> str:
    offer = facts.offers.get(wish.id)
    if offer is None or offer.state not in (OfferState.ASKED, OfferState.DECLINED):
        return not_asked(wish, facts)
    if offer.state == OfferState.DECLINED:
        return _("{name} said that they can't, so I go on with the others.").format(name=wish.name)
    if offer.undelivered:
        return _("I couldn't reach {names}.").format(names=wish.name)
    if is_new:
        return _("I'm asking {name} now, too.").format(name=wish.name)
    return _("I'm asking {name} already; there's no answer yet.").format(name=wish.name)


def _told_first(line: str, reply: Reply) -> Reply:
    """Say it before the answer, or alone where there is none."""
    if isinstance(reply, Done):
        return Private(message=Message.of(line))
    return begin_with(reply, Section(text=(line,)))


def somebody_has_it(facts: CaseFacts, case: str, ways: Sequence[Button]) -> Message:
    """Say who has a case already: nobody else is asked for it."""
    holder = facts.holder.name if facts.holder else ""
    since = text(_("{name} has had it since {time}, so I asked nobody."), name=holder, time=moment(facts.taken_at))
    if facts.handoff.state == HandoffState.CALLBACK:
        since = text(_("{name} has promised the customer a call, so I asked nobody."), name=holder)
    speak = _("Speak with {name}, so that the customer doesn't get two of you.").format(name=holder)
    return Message.of(
        _("{name} looks after {case}").format(name=holder, case=case)[:150],
        Section(text=since, tone="warning"),
        *call_parts(facts),
        Section(text=(speak,)),
        Choice(buttons=tuple(ways)),
    )


def with_question(card: Message, case: str, *ways: Button, typed: str) -> Message:
    """Show the search that is going on, say that none began for what was typed, and ask whether one is wanted."""
    still = text(_("I'm still finding somebody for **{case}**."), case=case)
    not_yet = text(_("For **{case}** I've asked nobody yet."), case=typed)
    question = (
        Section(text=(*still, " ", *not_yet) if case else not_yet, tone="warning"),
        Choice(buttons=ways),
    )
    return card.model_copy(update={"parts": (*question, *card.parts)})
