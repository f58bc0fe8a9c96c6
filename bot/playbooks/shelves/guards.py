"""What was typed that rules an opening out, or another one in, whatever was learned. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playbooks.first_words import admits
from bot.safety.plain import folded
from bot.understanding.mirror.faults import may_be_ours, was_their_slip, was_theirs

if TYPE_CHECKING:
    from bot.playbooks.openings import Opening

FOR_SOLVED = frozenset(("solved-closing", "follow-up-later", "thankful-customer"))
READ_MOST = 2000  # characters
_MENDED = r"(?:solved|fixed|sorted|resolved|mended|repaired)"
_WORSE = r"(?:broke|breaks|broken|down|failed|fails|stopped|gone|dead|died|back|happened|started|crashed)"
_GELOEST = r"(?:geloest|behoben|repariert|erledigt|geklaert)"
_UNSOLVED = re.compile(
    rf"\b(?:not|never|nothing(?:'s| is| was| got)?|almost|nearly|half|barely|isn't|wasn't|hasn't been|un)"
    rf"(?: (?:yet|really|quite|been|even|fully|properly|at all))* ?{_MENDED}\b"
    rf"|^\W*(?:(?:is|was) (?:it|this|that) )?{_MENDED} *\?"
    rf"|\b{_MENDED}\b.*\b(?:it )?{_WORSE}(?: \w+)? (?:again|once more|today)\b|\b{_MENDED}\b.*\bagain {_WORSE}\b"
    rf"|\b{_MENDED}\b.*\b(?:but|and|then)\b.*\b(?:came|come|comes|is|it's|was) back (?!online|up|on|to normal|in\b)\w*"
    rf"|\b(?:came|comes|is|was|it's) back (?:\w+ )?(?:after|since|though|although)\b.*\b{_MENDED}\b"
    rf"|\b{_MENDED} for (?:her|him|them|one|some|half|most)\b.*\b(?:not|but|others?|rest)\b"
    rf"|\b(?:nicht|nie|nichts(?: ist| wurde)?|fast|beinahe|halb|kaum)(?: (?:ganz|wirklich|richtig))? {_GELOEST}\b"
    rf"|^\W*(?:ist (?:es|das) )?{_GELOEST} *\?"
    rf"|\b{_GELOEST}\b.*\b(?:wieder|erneut|nochmal) (?:kaputt|weg|aus|defekt|ausgefallen|da das)\b"
    rf"|\bkam (?:wieder|zurueck)\b.*\b{_GELOEST}\b|\b{_GELOEST}\b.*\bkam (?:wieder|zurueck)\b",
    re.DOTALL,
)
_WARNED = re.compile(
    r"\b(?:second|third|2nd|3rd|final|last|two|three|both) warnings? (?:was |were |is |already |has been |have been )?"
    r"(?:given|issued|done|out|over)\b"
    r"|\b(?:gave|given|issued) (?:him|her|them) (?:a|the|two|one|my|his|her)? ?\w* ?warning"
    r"|\b(?:set|drew|drawn) (?:him |her |them )?(?:a|the|my) (?:limit|line)\b"
    r"|(?:^|[.,;!] |\b(?:i|i've|i have|we|we've|we have|already|and|was|been) )(?:already )?warned"
    r"(?: (?:him|her|them|this (?:guy|man|woman|customer)|the (?:guy|man|woman|customer|caller)))?"
    r"(?= *(?:$|[.,;!?]|already|twice|once|before[,.]|before$|two|three|again|and|but|that i'd (?:hang|end|close)))"
    r"|\b(?:zweite|dritte|letzte|erste|schon eine|trotz) (?:ver)?warnung\b|\b(?:ver)?warnung (?:war|gab|ist|wurde) "
    r"|\b(?:schon|bereits|zweimal|dreimal|mal) (?:ver|ge)warnt\b|\bverwarnt(?:,| und| worden|$)"
    r"|\b(?:grenze|limit) (?:schon |bereits |zweimal )*(?:gesetzt|gezogen)\b"
)
_NOT_WARNED = re.compile(
    r"\b(?:should(?: have|'ve)?|nobody|never|not|n't|wasn't|want to be|unless|soll(?:te)? ich|noch nicht|keine|nie) "
    r"(?:\w+ ){0,3}(?:warned|(?:ver|ge)warnt|warnung)\b"
)
_INSULTS = re.compile(
    r"\bsw(?:ear|ore)|\binsult|\babus(?:e|ive|ing)|\bcurs(?:es|ing)\b"
    r"|\b(?:call(?:s|ed|ing)?|named) (?:me|us)\b(?! back)"
    r"|\bidiot|\bnames\b|\bfoul\b|\bbeschimpf|\bbeleidig|\bflucht\b|\b(?:nennt|nannte) (?:mich|uns)\b"
)
_SORROW = re.compile(
    r"\b(?:di(?:ed|es|ying)|dead|death|funeral|hospital|knee|hurt|injured|gestorben|verstorben|tot|tod|beerdigung)\b"
)


def ends_the_call(text: str) -> bool:
    """Say whether somebody is insulted once more by whom they have warned: a limit has been drawn already."""
    plain = _plain(text)
    warned = _WARNED.search(plain) is not None and _NOT_WARNED.search(plain) is None
    return warned and _INSULTS.search(plain) is not None


def may_stand(opening: Opening, text: str) -> bool:
    """Say whether an opening may answer a text: not where what it is about is not named, or is not over after all."""
    if opening.id in FOR_SOLVED and _UNSOLVED.search(_plain(text)):
        return False
    return opening.is_named_in(text)


def takes_their_blame(opening: Opening | None, text: str) -> bool:
    """Say whether words for our own mistake would answer what a customer did; sorry for a death is no such word."""
    if was_their_slip(text):
        return True
    admitted = opening is not None and admits(opening.say)
    return admitted and was_theirs(text) and not may_be_ours(text) and _SORROW.search(_plain(text)) is None


def _plain(text: str) -> str:
    return " ".join(folded(text[:READ_MOST].replace("’", "'")).split())
