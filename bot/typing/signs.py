"""The signs that keyboards and phones put into what people type, brought into one spelling."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])")  # part of a name, or of a word that is read either way
_KEPT = "\x00"
_PLAIN = str.maketrans(dict.fromkeys("’‘ʼ‛", "'") | dict.fromkeys("“”„‟", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_JOINERS = "\u200c\u200d"
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # printed, and blank: of Hangul and of Braille
_BLANK = f"{_FILLERS}\ufe0e\ufe0f"  # and how a sign is to look, without the sign
_JOINED = re.compile(f"[{_JOINERS}]+")
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # as keyboards of East Asia write what is ASCII
_PLAINER: dict[int, int | str] = {**dict.fromkeys(map(ord, _FILLERS), " "), **_WIDE}
_SPACE = re.compile(r"\s+")
PICTURE = r"(?::[a-z][\w+'-]*:|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)"
_IN_FRONT = re.compile(rf"(/\w+ )?(?:{PICTURE}\s*)+(?=[\w/])")

_QUOTED = re.compile(r"[\"-][\" -]*(/?(?:calm|recuse|incident|zanshin)\b)\"?", re.IGNORECASE)


def one_spelling(typed: str) -> str:
    """Write what was typed with plain quotes, dashes and single spaces, and without a picture before the command."""
    text = typed if typed.isascii() and typed.isprintable() else _plain(typed)
    text = _SPACE.sub(" ", text).strip()
    while found := _IN_FRONT.match(text):
        text = f"{found[1] or ''}{text[found.end() :]}"
    return _unquoted(text)


def is_seen(words: str) -> bool:
    """Say whether there is anything to see: joiners and marks without width are words to no reader."""
    return words.isascii() or any(one.isprintable() and one not in _BLANK and not one.isspace() for one in words)


def says_something(words: str) -> bool:
    """Say whether there is a letter, a number or a picture among words: signs alone name nothing."""
    return any(unicodedata.category(one)[0] in "LN" or unicodedata.category(one) == "So" for one in words)


def _plain(typed: str) -> str:
    typed = typed.translate(_PLAINER)
    kept = "".join(one for one in typed if one.isspace() or one.isprintable() or one in _JOINERS)
    text = _APOSTROPHE.sub(_KEPT, unicodedata.normalize("NFC", kept)).translate(_PLAIN).replace(_KEPT, "’")
    return unicodedata.normalize("NFC", _JOINED.sub(_inside, text))


def _unquoted(text: str) -> str:
    """Take a dash or quotes off a command: a phone makes them of what was typed or pasted."""
    found = _QUOTED.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    if rest.count('"') % 2:
        rest = rest.removesuffix('"')
    return f"{found[1]}{rest}"


def _inside(found: re.Match[str]) -> str:
    """Keep what joins the parts of a word, as in Persian, or of an emoji; Latin letters have no use for it."""
    around = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return found[0] if all(one and not one.isspace() and not one.isascii() for one in around) else ""
