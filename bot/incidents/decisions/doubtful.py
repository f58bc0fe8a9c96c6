"""Last words that sound like no end, or promise what nobody would keep once an incident is resolved: pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.typing.times.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Callable

    Split = Callable[[str], tuple[str, Moment | object | None]]

_OVER = r"(?:there|done|fixed|over|resolved|solved|fertig|behoben|gel(?:ö|oe)st|vorbei|soweit)"
_NO_END = re.compile(
    r"(?:(?:oh|sorry|please|bitte|nein|no|nope|äh|uh),?\s+)*(?:"
    rf"not\s(?:yet|now|really|quite|today|{_OVER})\b|noch\snicht\b|(?:doch|lieber|jetzt)\snicht\b"
    r"|hold\s(?:on|off)\b|(?:don['’]?t|do\snot|never\s?mind|maybe|vielleicht)\b|it['’]?s\snot\b|(?:it\s)?isn['’]?t\b"
    r"|(?:it['’]?s\s)?(?:still|immer\snoch)\s(?:down|open|broken|offen|kaputt)\b"
    rf"|(?:almost|nearly|fast)(?:\s{_OVER}\b|[\s.!…]*$)|(?:wait|warte[nt]?|cancel|undo|abbrechen|stopp?)(?:[,.!…]|$))",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:no|nope|nein|soon|bald|later(?:\stoday)?|später|spaeter|tomorrow|morgen"
    r"|(?:in|at|by|um|bis)\s(?:\w+\s)?(?:\d[\w:.]*|an?\s\w+)(?:\s\w+)?|(?:when|once|if|wenn|sobald)\s.{0,60})[\s.!…]*",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:(?:all|both|everything|every\sone|each)(?:\sof)?(?:\s(?:them|it|these|those|incidents?|open|ones?))*"
    r"|(?:alle[sn]?|beide[sn]?|sämtliche)(?:\s(?:störungen|davon|offenen?))*)(?:\s(?:please|now|bitte|jetzt))?[\s.!]*",
    re.IGNORECASE,
)
_CONDITION = re.compile(  # "If anything seems wrong, write to us" doubts nothing
    r"\b(?:if|in\scase|whether|wenn|falls|ob)\b[^.!?\n]*|\b(?:should\s(?:you|anything)|sollten?\s(?:sie|noch|etwas))\b[^.!?\n]*",
    re.IGNORECASE,
)
_AS_IT_WAS = r"(?:ok(?:ay)?|fine|good|well|better|stable|normal|fixed|back|over|done|solved|resolved|up|working|gone)"
_UNSURE = re.compile(
    r"\b(?:i|we)\s(?:think|believe|guess|suppose|assume|reckon)\b(?!\syou)|\bi['’]?m\sguessing\b|\bi\shope\b(?!\sto\b|\syou)"
    r"|\b(?:seems?|seemed|appears?)\s(?:\w+\s)?(?:to\s(?:\w+\s)?(?:be|have|work)|like|as\sif|that)\b"
    rf"|\b(?:seems?|appears?|looks?)\s(?:\w+\s)?{_AS_IT_WAS}\b|\blooks?\s(?:like|as\sif)\b"
    rf"|(?<!\byou)\s(?:should|might|may|ought\sto)\s(?:\w+\s){{0,2}}(?:be\s(?:\w+\s)?{_AS_IT_WAS}|work|have\s\w+ed)\b"
    rf"|^(?:should|might|may)\s(?:\w+\s){{0,2}}(?:be\s(?:\w+\s)?{_AS_IT_WAS}|work)\b"
    r"|\b(?:probably|presumably|hopefully|apparently|supposedly|perhaps|maybe|fingers\scrossed|afaik|afaict)\b"
    r"|\bas\sfar\sas\s(?:i|we)\b|\bnot\s(?:\w+\s|100\s?%\s)?(?:sure|certain)\b|\bmore\sor\sless\b"
    rf"|\b(?:mostly|partly|partially|largely|half)\s{_AS_IT_WAS}\b"
    r"|\b(?:glaube?|denke?|meine|vermute|schätze|schaetze|hoffe)\sich\b|\b(?:ich|wir)\s(?:glaube|denke|vermute|schätze|hoffe)n?\b"
    r"|\b(?:scheint|scheinen|anscheinend|scheinbar|offenbar|vermutlich|wahrscheinlich|möglicherweise|hoffentlich|vielleicht)\b"
    r"|\b(?:evtl\.?|eventuell|sieht\s(?:gut|so)\saus|so\sgut\swie|im\sprinzip|halbwegs|mehr\soder\sweniger|nicht\s(?:ganz\s)?sicher)\b"
    r"|\b(?:müsste|müssten|muesste|muessten|dürfte|dürften|duerfte|duerften)\b"
    r"|\bsollten?\s(?:\w+\s){0,3}?(?:jetzt|nun|wieder|behoben|gehen|laufen|funktionieren|gut|ok|erledigt)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
_TELLING = re.compile(
    r"\b(?:updates?|reports?|news|post-?mortem|review|summary|analysis|details|hear|know|tell|write|share|inform|touch"
    r"|bericht\w*|zusammenfassung|analyse|melden?|informieren|schreiben|teilen|bescheid)\b",
    re.IGNORECASE,
)


def means_all(words: str) -> bool:
    """Say whether words are for several incidents at once: "all", "both of them", "alle"."""
    return _ALL.fullmatch(words.strip()) is not None


def is_no_end(last_words: str) -> bool:
    """Say whether words sound as if it were not over, or nobody knew: "not yet", "should be ok", "really?"."""
    said = last_words.strip()
    unsure = _UNSURE.search(_CONDITION.sub("", said)) is not None
    return unsure or bool(_NO_END.match(said) or _LATER.fullmatch(said)) or said.endswith("?")


def news_promised(last_words: str, split: Split) -> Moment | None:
    """Find when last words promise further news: "We'll send a report by 15:00"."""
    for sentence in _SENTENCE.split(last_words):
        found = split(sentence)[1] if _TELLING.search(sentence) else None
        if isinstance(found, Moment):
            return found
    return None
