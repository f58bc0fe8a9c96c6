"""What people did or do in a sentence, by their trade, their group or their name. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.understanding.rules import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Deed = tuple[str, tuple[int, int]]  # what it is a sign of, and where it stands

_WORDS = words_of("understanding/draft_words")
_NO_TRADE = "|".join(sorted(_WORDS["no-trade"]))
_GROUPS = "|".join(f"{one}s?" for one in sorted(_WORDS["groups"]))
_PEOPLE = rf"(?:{_GROUPS}|(?!(?:{_NO_TRADE})s?\b)[a-z]{{2,}}(?:ers?|ors?|ists?|m[ae]n|folk|eers?|ants?|ians?))"
_WHOSE = r"(?:the|our|your|an?|some|those|these|my|their|this|that|his|her|one\sof\s(?:the|our|your))"
_WHO = rf"{_WHOSE}\s(?:[\w'-]+\s){{0,2}}?{_PEOPLE}"
_DID = (
    r"(?:(?!need|us|held|relat|bas|schedul|plann|requir|concern|involv|affect|call|ask)[a-z]{2,}ed|left|got|took|made|"
    r"told|sent|gave|put|lost|forgot|broke|dug|let|ran|sold|did|went|sat|threw|cut|drove|wrote|chose|thought|knew|said|"
    r"kept|built|bent|blew|slept|overslept|drank|spilt|tore|didn't|hasn't|haven't|can't|cannot|won't)"
)
_AMISS = (
    r"(?:broke|breaks|forgot|forgets|lost|dropped|missed|messed|deleted|refuse[sd]|ignore[sd]|let|botched|overlooked|"
    r"changed|pushed|switched|pulled|neglected|never|keeps|always|can't|won't|didn't|failed|has not|hasn't|screwed|"
    r"ruined|caused|owes|mixed|sent|put|gave|sold|entered|mistyped|sat|sits|slept|cut)"
)
_NO_NAME = (
    r"(?:We|I|You|It|He|She|They|This|That|The|Our|Your|An?|There|Some|All|Who|What|If|And|But|So|Because|Since|Nobody|"
    r"Nothing|Everything|Power|Water|Storm|Lightning|Snow|Ice|Wind|Rain|Fire)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter)"
_TO_WHOM = r"(?:you|your|it|them|out|the|a|round|back|by|over|to|on|with|at|each|every)"
_DOES = (
    r"(?:[a-z]+s|[a-z]+ing|bring|come|take|hand|ring|call|show|help|walk|drive|meet|visit|collect|send|give|see|fit|"
    r"swap|mend|fix|repair|check)"
)
_PERSON_DID = re.compile(
    rf"\b{_WHO}(?:\s(?:in|at|from|of|on)\s[\w ]{{2,20}}?)?"
    rf"\s(?:[\w-]+ly\s|also\s|then\s|just\s|had\s|have\s|has\s|again\s)?{_DID}\b"
)
_PERSON_DOES = re.compile(rf"\b(?:{_WHO}|mr\s\w+|mrs\s\w+|dr\s\w+)(?:'s|\sis|\sare|\swill|'ll)?\s{_DOES}\s{_TO_WHOM}\b")
# "Stripe broke", "Daniel from Sales forgot"
_NAME_DID = re.compile(
    rf"\b(?!{_NO_NAME}\b)[A-Z][\w&.-]*(?:'s? \w+)?(?: (?:from|in|at|of) [\w ]{{2,20}}?)?(?: \w+)? {_AMISS}\b"
)
_CAUSE = re.compile(r"(?:because|since|as|cos|bc|,|:|thanks to|due to|owing to|so)\s+$")
_WHY = r"(?:because|(?<!\w)'?cause|since|as|cos|bc|while)"
_BECAUSE_OF_PEOPLE = re.compile(
    rf"\b{_WHY}\s(?:{_WHO}|you|they|he|she|whoever|somebody|someone|people|patients|customers|passengers|guests)\s"
)
_BECAUSE_OF_NAME = re.compile(
    rf"\b{_WHY}\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?(?!{_NO_NAME}\b|[A-Z][a-z]+day\b|{_MONTH}\b)[A-Z][\w&.-]+\s(?!and\b)[a-z]"
)


def deeds_in(draft: str, plain: str, start: int, end: int) -> Iterator[Deed]:
    """Find what people did, and whether it is given as a cause; what they do; and what somebody named did amiss."""
    for one in _PERSON_DID.finditer(plain, start, end):
        yield "blame-did", one.span()
        if _CAUSE.search(plain, start, one.start()):
            yield "blame-cause", one.span()
    for one in _BECAUSE_OF_PEOPLE.finditer(plain, start, end):
        yield "blame-because", one.span()
    for one in _PERSON_DOES.finditer(plain, start, end):
        yield "action-person", one.span()
    if not draft.isupper():
        for one in _NAME_DID.finditer(draft.replace("’", "'"), start, end):
            yield "blame-named", one.span()
        for one in _BECAUSE_OF_NAME.finditer(draft.replace("’", "'"), start, end):
            yield "blame-because", one.span()
