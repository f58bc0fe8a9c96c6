"""What somebody reads who told us of danger: what to do in the next minute, and what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.safety.hearing import Danger
from bot.say.language import _
from bot.say.messages import Button, Choice, Listing, Message, Part, Say, Section, text

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    match danger:
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


def _of(danger: Danger) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    match danger:
        case Danger.AGENT:
            return _agent()
        case Danger.SELF_HARM:
            return _self_harm()
        case Danger.THREAT:
            return _threat()
        case Danger.PERSON:
            return _person()
        case Danger.ACCIDENT:
            return _accident()
        case Danger.FIRE:
            return _fire()


def _agent() -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return (
        _("I'm glad you said so"),
        (
            _("You matter more than any case. You may stop now; somebody else looks after the customer."),
            _("Please don't stay alone with this. Go to a person near you, or call one you trust."),
            _("A supervisor looks after you. You don't have to explain anything."),
        ),
        (),
    )


def _self_harm() -> tuple[str, tuple[str, ...], tuple[str, ...]]:
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


def _threat() -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return (
        _("There may be a threat"),
        (
            _("You don't have to stay in this talk: a supervisor takes care of it."),
            _("If somebody is near you or on the way, get to a safe place first."),
            _("Don't argue, and don't name yourself or a colleague. Keep the exact words."),
        ),
        (_("I take what you said seriously, and I'm getting somebody now."),),
    )


def _person() -> tuple[str, tuple[str, ...], tuple[str, ...]]:
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


def _accident() -> tuple[str, tuple[str, ...], tuple[str, ...]]:
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


def _fire() -> tuple[str, tuple[str, ...], tuple[str, ...]]:
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
