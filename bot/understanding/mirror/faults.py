"""Whose fault something is, as far as what was typed tells it: rather nobody's than wrongly ours. Pure."""

from __future__ import annotations

from functools import partial

from bot.understanding.rules import holds, plainly

_tells = partial(holds, "understanding/mirror/faults")


def is_disputed(text: str) -> bool:
    """Say whether what happened is only what somebody says: then nobody is told that it was so."""
    return _tells("disputed", plainly(text))


def was_theirs(text: str) -> bool:
    """Say whether it is told as the customer's own doing."""
    return _tells("theirs", plainly(text))


def was_their_slip(text: str) -> bool:
    """Say whether they themselves took the wrong one or broke it: words for one of ours say the opposite of that."""
    plain = plainly(text)
    return all(_tells(kind, plain) for kind in ("slip", "alone", "theirs"))


def is_plainly_ours(text: str) -> bool:
    """Say whether it is told that we did wrong: only then is it admitted."""
    return _tells("plainly-ours", plainly(text)) and may_be_ours(text)


def tells_of_slip(text: str) -> bool:
    """Say whether something was mistaken for another or broken, whoever did it."""
    return _tells("slip", plainly(text))


def wounds(text: str) -> bool:
    """Say whether it would wound or accuse to hear it said back: a death, or what they did themselves."""
    return _tells("unspoken", plainly(text))


def is_unsure(text: str) -> bool:
    """Say whether only half of it would be said back, or what is somebody else's: then nothing is."""
    return _tells("unsure", plainly(text))


def is_no_trouble(clause: str) -> bool:
    """Say whether a clause that may be said back is good news, an end that was agreed, or no sentence."""
    return _tells("no-trouble", plainly(clause))


def may_be_ours(text: str) -> bool:
    """Say whether it may be called our fault: nobody disputes it, and no other did it unless we are named as well."""
    plain = plainly(text)
    if _tells("disputed", plain):
        return False
    is_not_ours = _tells("theirs", plain) or _tells("of-others", plain)
    return not is_not_ours or _tells("ours", plain)
