"""What somebody reads who told us of danger: what to do in the next minute, and what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.safety.hearing import Danger
from bot.say.language import _
from bot.say.messages import Button, Choice, Listing, Message, Part, Say, Section, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Words = tuple[str, tuple[str, ...], tuple[str, ...]]  # a title, what to do, what to say


def safety_card(danger: Danger, emergency: str, buttons: Sequence[Button], *, called: bool = False) -> Message:
    """Say what to do now; `called` means that a supervisor is being called already."""
    title, now, _sentences = _of(danger)
    parts: list[Part] = []
    if called:
        parts.append(Section(text=(_("I'm calling a supervisor for you now."),), tone="danger"))
    parts.append(_to_do(now))
    if buttons:  # in sight on a phone, before anything that has to be scrolled to
        parts.append(Choice(buttons=tuple(buttons)))
    return Message.of(title, *parts, emergency_line(emergency), *_to_say(danger))


def repeated(danger: Danger, emergency: str) -> list[Part]:
    """Repeat what to do now and what to say, on a card that is about something else as well."""
    _title, now, _sentences = _of(danger)
    return [_to_do(now), emergency_line(emergency), *_to_say(danger)]


def _to_do(now: Sequence[str]) -> Listing:
    return Listing(lines=tuple((line,) for line in now))


def emergency_line(emergency: str) -> Section:
    """Say whom to call."""
    return Section(text=text(_("**Emergency**: {words}"), words=emergency or neutral()), tone="warning")


def _to_say(danger: Danger) -> list[Part]:
    _title, _now, sentences = _of(danger)
    spoken: list[Part] = [Say(text=(sentence,)) for sentence in sentences]
    return [Section(text=(_("You can say:"),)), *spoken] if spoken else []


def neutral() -> str:
    """Give the emergency instruction of an organisation that has written none."""
    return _("if somebody's life may be at risk now, call your local emergency number, such as 112, 911 or 999.")


def kind_of(danger: Danger) -> str:
    """Say the kind of danger to everybody who is asked to help; whose it is, and the words, stay private."""
    match danger.broad:
        case Danger.THREAT:
            return _("There may be a threat.")
        case Danger.AGENT:
            return _("It's urgent.")
        case _:
            return _("Somebody may be in danger.")


def for_supervisors(danger: Danger, name: str) -> str:
    """Say the kind of danger to a supervisor."""
    if danger is Danger.AGENT:
        return _("{name} may not be well. Please speak with them first, in private.").format(name=name)
    return _("{kind} Please look at this first.").format(kind=kind_of(danger))


def _of(danger: Danger) -> _Words:
    return _WORDS[danger]()


def _agent() -> _Words:
    return (
        _("I'm glad you said so"),
        (
            _("You matter more than any case. You may stop now; somebody else looks after the customer."),
            _("Please don't stay alone with this. Go to a person near you, or call one you trust."),
            _("A supervisor looks after you. You don't have to explain anything."),
        ),
        (),
    )


def _self_harm() -> _Words:
    return (
        _("Somebody may want to harm themselves"),
        (
            _("You don't have to do this alone: have a supervisor beside you."),
            _("Stay with them: no hold, no transfer. Listen, and speak slowly."),
            _("Ask whether they're safe now, and where they are. Promise no secrecy."),
        ),
        (
            _("I'm glad you told me. I'm staying with you."),
            _("Are you thinking of ending your life?"),
            _("Where are you right now? Is somebody with you?"),
        ),
    )


def _threat() -> _Words:
    return (
        _("There may be a threat"),
        (
            _("You don't have to stay in this talk: a supervisor takes care of it."),
            _("If somebody is near you or on the way, get to a safe place first."),
            _("Don't argue, and don't name yourself or a colleague. Keep the exact words."),
        ),
        (_("I take what you said seriously, and I'm getting somebody now."),),
    )


def _person() -> _Words:
    return (
        _("A person may be in danger"),
        (
            _("Stay with them until somebody has taken over. If somebody may listen, ask for yes or no."),
            _("If they can speak safely: ask where they are, what is happening, and whether help is on its way."),
        ),
        (
            _("Are you safe to talk? You can say just yes or no."),
            _("Tell me where you are. I'm getting help."),
        ),
    )


def _accident() -> _Words:
    return (
        _("A person may be in danger"),
        (
            _("The emergency number comes first: they call it now, or somebody beside you does."),
            _("Ask where they are, and who is hurt or missing. Are they awake, and breathing?"),
            _("Stay with them until help is there, and pass on what the emergency service says."),
        ),
        (
            _("Please call the emergency number now, on another phone if you can."),
            _("Where are you, and who needs help? Are they awake, and breathing?"),
        ),
    )


def _fire() -> _Words:
    return (
        _("A person may be in danger"),
        (
            _("Smoke, fire or gas: everybody out first, no switches, no flames. They call from outside."),
            _("A device that sparks, swells or smells burnt: unplugged only if that's safe, then away from it."),
            _("Then the emergency number: they call it from outside, or somebody beside you does."),
            _("Stay with them until help is there. Ask where they are, and who is hurt or missing."),
        ),
        (
            _("If you smell gas or see smoke, get everybody out first. No switches, no flames. Call from outside."),
            _("Please call the emergency number now, on another phone if you can."),
        ),
    )


def _poison() -> _Words:
    return (
        _("Somebody has swallowed something dangerous"),
        (
            _("The emergency number comes first, even if they feel well: they call now, or somebody beside you does."),
            _("Ask what it was, how much and when. The packet stays at hand for the ambulance."),
            _("Nobody makes them sick, and they eat and drink nothing, unless the emergency service says so."),
            _("Stay with them. If it was on purpose, too: no reproach, and no hold."),
        ),
        (
            _("Please call the emergency number now, on another phone if you can. I'm staying with you."),
            _("What was it, how much, and when?"),
            _("Where are you, and is somebody with you?"),
        ),
    )


def _attack() -> _Words:
    return (
        _("Somebody is armed or violent"),
        (
            _("If they're in front of you: do what they want. Hands in sight, no sudden move, no argument."),
            _("Don't say that help is coming, and don't stand in their way. Silent alarm only if nobody sees it."),
            _("As soon as you can: get away, with a door between you. Then call for help, and follow nobody."),
        ),
        (_("I'm doing what you say."),),
    )


def _bomb() -> _Words:
    return (
        _("There may be a bomb"),
        (
            _("On the phone: keep them talking, let them hang up first. A note to somebody beside you gets help."),
            _("Ask where, when, what it looks like, and why. Write down every word, the number and the time."),
            _("Touch nothing that doesn't belong there. Who leaves, and which way, is for whoever is in charge."),
        ),
        (
            _("Where is it, and when will it go off?"),
            _("What does it look like?"),
            _("Why are you doing this?"),
        ),
    )


def _exposed() -> _Words:
    return (
        _("Something private of yours is out"),
        (
            _("Don't answer it, and don't look through it alone: a supervisor takes care of it with you."),
            _("Keep the proof before it's gone: a picture of it, its address, the day and the time."),
            _("Have it reported where it stands. Whoever else is named in it should know, a family or a school too."),
            _("If somebody may wait for you, don't go out alone. The police can be asked today."),
        ),
        (),
    )


_WORDS: dict[Danger, Callable[[], _Words]] = {
    Danger.AGENT: _agent,
    Danger.SELF_HARM: _self_harm,
    Danger.THREAT: _threat,
    Danger.PERSON: _person,
    Danger.ACCIDENT: _accident,
    Danger.FIRE: _fire,
    Danger.POISON: _poison,
    Danger.ATTACK: _attack,
    Danger.BOMB: _bomb,
    Danger.EXPOSED: _exposed,
}
