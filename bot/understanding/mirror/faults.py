"""Whose fault something is, as far as what was typed tells it: rather nobody's than wrongly ours. Pure."""

from __future__ import annotations

import re

from bot.safety.plain import folded

READ_MOST = 2000  # characters
_THEY = (
    r"(?:he|she|they|customer|client|guest|caller|patient|tenant|passenger|user|man|woman|lady|guy|couple|parent|"
    r"mother|father|student|pupil|resident|buyer|shopper|subscriber)"
)
_TRADE = (
    r"(?:driver|courier|technician|engineer|plumber|electrician|packer|housekeeping|cleaner|waiter|waitress|kitchen|"
    r"fitter|mechanic|warehouse|reception(?:ist)?|porter|postman|crew|groomer|teacher|nurse|landlord|seller)s?"
)
_RECORDS = r"(?:systems?|records?|logs?|notes|tracking|gps|scans?|cameras?|cctv|files?|data|photos?)"
_OURS = rf"(?:we|our \w+(?: \w+)?|(?:the )?{_RECORDS}|(?:the )?(?:driver|courier|technician|engineer|colleague))"
_SIE = r"(?:er|sie|kundin|kunde|gast|mieterin|mieter|anruferin|anrufer|patientin|patient|frau|mann)"
_WIR = r"(?:wir|(?:unser\w*|das|der|die|laut) \w+|system|tracking|fahrer|kollege|kollegin|protokoll|gps|foto)"
_GEWERK = (
    r"(?:klempner|installateur|elektriker|monteur|techniker|fahrer|bote|kurier|packer|reinigung\w*|putzfrau|"
    r"zimmermaedchen|kellner|lager|rezeption|werkstatt|lehrerin|lehrer|verkaeufer|vermieter)(?:in)?"
)
_SWEARS = (
    r"swears(?! (?:at|and|in|on|like|again|all|every|back|or|when|while|until|about|constantly)\b)(?! *(?:[.,;!?]|$))"
)
_DISPUTED = re.compile(
    rf"\b(?:allegedly|supposedly|word against|two versions|(?:his|her|their) version)\b"
    rf"|\b{_THEY}s?,? (?:\w+ )?(?:claim(?:s|ed|ing)|alleg(?:es|ed)|insist(?:s|ed)|{_SWEARS})\b"
    rf"|, {_THEY} swears *(?:[.,!]|$)"
    rf"|\b{_THEY}s?,? (?:\w+ )?(?:den(?:ies|ied)|disput(?:es|ed))\b"
    rf"|\b{_THEY}s? (?:says?|said) .*\b{_OURS} (?:\w+ )?(?:says?|said|shows?|thinks?)\b"
    rf"|\b{_OURS} (?:\w+ )?(?:says?|said|shows?|thinks?) .*\b{_THEY}s? (?:says?|said)\b"
    rf"|\bour (?:\w+ )?{_RECORDS} (?:\w+ )?(?:say|show)s?\b|, {_THEY} says? *[.!]?$"
    rf"|\b{_THEY}s? (?:says?|said) .*\b\w+ (?:says?|said) (?:no|not|otherwise|(?:he|she|they|it) \w+n't)\b"
    rf"|\b{_THEY}s? (?:says?|said) .*\bwe (?:never|didn't|haven't) (?:got|get|had|received?|seen?)\b"
    rf"|\b{_THEY}s? (?:says?|said) .*\b{_TRADE} (?:\w+ )?(?:says?|said|shows?|swears?|insists?)\b"
    rf"|\b{_TRADE} (?:\w+ )?(?:says?|said|swears?|insists?) .*\b{_THEY}s? (?:says?|said|swears?|insists?)\b"
    rf"|\b{_THEY}s? (?:says?|said) .*\b{_RECORDS} (?:has|have|had|knows?) (?:nothing|no|none)\b"
    rf"|\b{_SIE} (?:sagt|meint)\b.*\b{_GEWERK} (?:sagt|sagen|meint|schwoert|zeigt)\b"
    rf"|\b{_GEWERK} (?:sagt|sagen|meint|schwoert)\b.*\b{_SIE} (?:sagt|meint|schwoert)\b"
    rf"|\b{_SIE} (?:sagt|meint)\b.*\b(?:im system|in den unterlagen) (?:steht|ist|liegt) (?:nichts|kein)"
    rf"|\b{_SIE} (?:sagt|meint|schreibt)\b.*\bwir haben (?:nichts|nie|kein)"
    rf"|\bwir haben (?:nichts|nie|kein).*\b{_SIE} sagt\b"
    r"|\bangeblich|\bbehaupte|\bbestreite[tn]|\bbestritt|\baussage gegen aussage\b"
    r"|\bbei uns (?:im system )?steht|\bin unserem system\b"
    r"|\blaut (?:unsere[mrn]|system|protokoll|tracking|gps)\b|\bunser \w+ (?:sagt|zeigt)\b"
    rf"|\b{_SIE} (?:sagt|meint|schreibt)\b.*\b{_WIR} (?:\w+ )?(?:sag(?:t|en)|zeig(?:t|en)|mein(?:t|en))\b",
    re.DOTALL,
)
_SLIPPED = (
    r"(?:forgot(?:ten)?|left(?! (?:with|all|already)\b)(?! (?:\w+ ){1,3}with us\b)|misread|misplaced|mistyped|"
    r"overslept|misunderstood|dropped|read \w+ wrong)"
)
_VERGESSEN = r"(?:vergessen|verpasst|uebersehen|verloren|falsch \w+)"
_DID = (
    r"(?:put|entered|typed|ordered|booked|chose|picked|deleted|cancelled|installed|filled|broke|lost|signed|set|"
    r"unplugged|opened|threw|sent|transferred|poured|spilled|spilt|dropped|scratched|dented|cracked|damaged|washed)"
)
_SPOILED = r"(?:washed|shrank|shrunk|tumble dried|ironed|bleached|spilt|spilled|sat on|tore|took the \w+ off)"
_NOT_OURS = (  # a clause in which none of ours is named, nor a second one begins
    r"(?:(?!\b(?:i|we|our|us|and|but|waiter|waitress|nurse|doctor|agent|staff|chef|manager|boss|colleague|driver|courier|"
    r"technician|engineer|fitter|mechanic|cleaner|plumber|teacher|groomer|stylist|crew)\b)[^.,;!?])*"
)
_SELF = r"(?:himself|herself|themselves)"
_VERDORBEN = (
    r"(?:falsch\w*|gekippt|verschuettet|zerkratzt|kaputt ?gemacht|geloescht|zerbrochen|fallen ?(?:ge)?lassen|gewaschen|"
    r"storniert|gekuendigt|weggeworfen|abbestellt|verloren|beschaedigt)"
)
_THEIRS = re.compile(
    rf"\b{_THEY}(?:'s|'ve| has| had| have| just| must have)* {_SLIPPED}\b|^(?:forgot|left|misread) (?:his|her|their)\b"
    rf"|\b{_THEY}(?:'s|'ve| has| had| have)* {_DID}\b[^.,;!?]*\b(?:himself|herself|themselves)\b"
    rf"|\b{_THEY}(?:'s|'ve| has| had| have)* {_SPOILED}\b|\b(?:it's|its) our fault (?:apparently|now|of course)\b"
    rf"|^{_NOT_OURS}\b{_DID}\b{_NOT_OURS}\b{_SELF}\b"
    rf"|\b{_THEY}(?:'s|'ve| has| had| have| just)* {_DID}\b{_NOT_OURS}\b(?:his|her|their) own\b"
    rf"|\b{_SIE} hat(?:te)? (?=[^.,;!?]*\b(?:selbst|selber|eigene\w*)\b)(?![^.,;!?]*\b(?:bekommen|erhalten)\b)"
    rf"[^.,;!?]*\b{_VERDORBEN}\b"
    r"|\b(?:his|her|their) own (?:fault|mistake|error)\b"
    r"|\b(?:bill|invoice|charge|amount|price|fee) (?:is|was) (?:actually )?(?:right|correct)\b"
    rf"|\b{_SIE} (?!haben)[^.,;!?\n]*\b{_VERGESSEN}\b|\b(?:im|in der|in einem|in einer|am|auf der|beim) \w+ vergessen\b"
    r"|\b(?:liegen ?(?:ge)?lassen|falsch gelesen|verlesen|vertippt|verschlafen|falsch verstanden)\b"
    r"|\bselb(?:st|er) schuld\b"
    r"|\b(?:rechnung|abrechnung|betrag|preis|gebuehr) (?:ist |war )?(?:stimmt|korrekt|richtig)\b"
)
_ACCUSED = r"(?:was rude|rude|call|insult|humiliat|bull(?:ied|y)|yell|shout|mock|touch|hit|slap|push|stole|abus|threat)"
_OF_OTHERS = re.compile(
    rf"\b{_THEY} (?:says?|said|complains|complained) (?:that )?(?:the|our|an?|my|his|her) \w+ (?:\w+ )?{_ACCUSED}"
    r"|\b(?:neighbou?r|thief|thieves|burglar|scammer|fraudster|storm|lightning)s?\b"
    r"|\b(?:nachbar|nachbarin|dieb|diebe|einbrecher|betrueger|sturm|blitz)\b"
)
_SLIP = re.compile(
    r"\b(?:wrong|scratched|dented|cracked|broke|dropped|spilled|spilt|poured|damaged|washed|falsch\w*|zerkratzt|"
    r"beschaedigt|verschuettet|gekippt|zerbrochen|gewaschen|kaputt ?gemacht)\b"
)
_ALONE = re.compile(rf"\b(?:{_SELF}|selbst|selber)\b")
_SEEN = r"(?:it on )?(?:film|video|footage|camera|cctv|photos?|pictures?|proof)"
_NAMED_OURS = re.compile(
    rf"(?<!do )(?<!can )(?<!should )(?<!says )(?<!say )(?<!claims )\bwe(?:'ve|'d)? "
    rf"(?!say|think|can|don't|are|have no|(?:have|got|have got) {_SEEN})"
    r"|\b(?:your|our) (?:new )?(?:man|guy|lad|girl|woman|people|driver|team|staff)\b|\bhabe? mich\b"
    r"|\b(?:my|our) (?:own )?(?:mistake|fault|error)|\b(?:i|we) forgot\b"
    r"|\b(?:wir|ich) (?:hab|hatt)|\b(?:haben|habe|hatten) (?:wir|ich)\b"
    r"|\b(?:unser|mein) fehler|\b(?:unsere?|meine?) (?:kolleg|fahrer|techniker|mitarbeiter)"
)


def is_disputed(text: str) -> bool:
    """Say whether what happened is only what somebody says: then nobody is told that it was so."""
    return _DISPUTED.search(_plain(text)) is not None


def was_theirs(text: str) -> bool:
    """Say whether it is told as the customer's own doing."""
    return _THEIRS.search(_plain(text)) is not None


def was_their_slip(text: str) -> bool:
    """Say whether they themselves took the wrong one or broke it: words for one of ours say the opposite of that."""
    plain = _plain(text)
    return all(one.search(plain) is not None for one in (_THEIRS, _ALONE, _SLIP))


def may_be_ours(text: str) -> bool:
    """Say whether it may be called our fault: nobody disputes it, and no other did it unless we are named as well."""
    plain = _plain(text)
    if _DISPUTED.search(plain):
        return False
    return not (_THEIRS.search(plain) or _OF_OTHERS.search(plain)) or _NAMED_OURS.search(plain) is not None


def _plain(text: str) -> str:
    return " ".join(folded(text[:READ_MOST].replace("’", "'")).split())
