"""Turns of phrase an editor marks: a table of what is looked for, why it is wrong, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A turn of phrase that is better not used."""

    rule: str
    found: re.Pattern[str]
    why: str
    todo: str


def _mark(rule: str, words: str, why: str, todo: str, flags: re.RegexFlag = re.IGNORECASE) -> Mark:
    return Mark(rule, re.compile(words, flags), why, todo)


_NO_END = r"(?=\s+(?!and\b|or\b)[\w“{])"  # at the end of a clause nothing is contracted: "here I am"

CONTRACTED = _mark(
    "contraction",
    r"\b(?:(?:(?<!\bof )(?<!\bwhere )(?:I am|(?:you|we|they) are|(?:it|that|there|here|what|who|he|she) is"
    r"|(?:I|you|we|they|it|that) will|(?:I|you|we|they) would)" + _NO_END + r")"
    r"|(?:do|does|did|is|are|was|were|have|has|had|would|should|could|must|will) not|can ?not|let us(?! know)"
    r"|(?:I|you|we|they) have (?:been|got|had|made|done|seen|read|heard|found|put|\w+ed|written|taken|given|told|passed"
    r"|brought))\b",
    "Nobody says it so on the phone",
    "Contract it, as it is spoken",
)
FUTURE = _mark(
    "future",
    r"(?<!\bif )(?<!\bwhen )(?<!\bbefore )(?<!\bafter )(?<!\bwhile )(?<!\buntil )(?<!\bshall )(?<!\bshould )(?<!\bcan )"
    r"(?<!\bmay )(?<!\bcould )(?<!\bdo )(?<!\bas )(?<!\bthan )(?<!\bwhat )(?<!\bhow )(?<!\bdid )(?<!\btill )(?<!\bso )"
    r"(?<!\bsoon as )(?<!\bonce )(?<!\bthat )(?<!\bif the time )(?<!\bwould )"
    r"\b(?:(?:I|we) (?:tell|ring|call|write|send|let|explain|make sure|get back|come back|start|stop|stay|end)\b"
    r"|you (?:hear|get) (?:from|the call)\b)",
    "What is still to come is said with will",
    "Write “I'll …” or “you'll …”",
)
WE = _mark(
    "i-not-we",
    r"\b(?:we'll|we're|we've|we will|we are|we have|our (?:team|company|system|process|side))\b",
    "To one customer “I” says who'll do it; measured with real customers, it pleased them more",
    "Say “I”, or name the person",
)
ONE = _mark(
    "we-not-i",
    r"\b(?:I|I'll|I'm|I've|I'd|my|me|myself)\b",
    "To many customers the firm speaks, and nobody knows who “I” is",
    "Say “we”",
)

# In whatever is read or said.
ANYWHERE = (
    _mark("stiff", r"\bneed not\b", "It's stiff", "Write “don't have to” or “no need to”"),
    _mark(
        "stiff",
        r"\b(?:gladly|in vain|shall it be|hence|thus|whilst|therefore|furthermore|regarding|concerning|prior to"
        r"|in order to|ascertain|commence|endeavour|upon|henceforth|hereby|herewith|aforementioned|likewise|seldom)\b",
        "Nobody says it on the phone",
        "Find the short word",
    ),
    _mark(
        "jargon",
        r"\b(?:escalat\w*|SLAs?|backend|stakeholders?|leverag\w*|reach(?:ing|ed)? out|going forward|touch base"
        r"|troubleshoot\w*|bandwidth|synerg\w*|root cause|deep dive|learnings|action items?|L[123]|tier [123])\b",
        "It's our inner language",
        "Say what happens, in plain words",
    ),
    _mark("exclamation", r"!", "In writing it sounds like a salesman or a shout", "End with a full stop"),
    _mark(
        "american",
        r"\b(?:apologi[z]e\w*|reali[z]e\w*|organi[z]ation\w*|colors?|favorites?|cancel(?:ed|ing)|recogni[z]e\w*|center"
        r"|behavior|honor|labels?ed|inquir\w+)\b",
        "The text is British; an American wording goes under “us”",
        "Spell it the British way",
    ),
)

# In whatever is said to a customer.
SAID = (
    _mark(
        "banned", r"\bunfortunately\b", "They hear the no before you've said it", "Say what is, then what you can do"
    ),
    _mark("banned", r"\bbut\b", "Everything in front of it is taken back", "Make two sentences of it"),
    _mark("banned", r"\bpolic(?:y|ies)\b", "It hides a person behind paper", "Say what you can do"),
    _mark(
        "banned",
        r"\b(?:understand|know) (?:exactly )?how you(?:'re| are| must)? feel",
        "Nobody knows, and they'll say so",
        "Name what happened to them",
    ),
    _mark(
        "banned",
        r"\bas I(?:'ve| have)?(?: already)? (?:said|told|explained|mentioned)",
        "It says they're slow",
        "Say it once more, in other words",
    ),
    _mark("banned", r"\bdoes that settle it\b", "It presses for a yes", "Ask “Would that help?”"),
    _mark("banned", r"^for you: ", "It's a label, not a sentence", "Say it as you'd say it aloud"),
    _mark(
        "banned",
        r"\bleave the two of you\b",
        "It sounds like walking off",
        "Say who goes on, and what you've passed on",
    ),
    _mark("banned", r"\b(?:any )?inconvenience\b", "It makes little of what happened", "Name what it cost them"),
    _mark(
        "banned",
        r"\bvalued customer|your call is important|please be advised|at your earliest convenience\b",
        "It's a recording's voice",
        "Say it to a person",
    ),
    _mark("inflames", r"\bcalm down\b|\brelax\b", "It tells them how to feel, and most get louder", "Leave it out"),
    _mark(
        "inflames",
        r"\byou (?:should|ought to|could) have\b(?! (?:heard|been told|known))"
        r"|\byou (?:failed|forgot|didn't (?:read|follow|listen))\b",
        "It lays the blame on them",
        "Say what happens next",
    ),
    _mark(
        "inflames",
        r"\byou(?:'re| are) (?:wrong|mistaken|confused|not listening)\b|\byou need to understand\b|\byou people\b",
        "Now they've got to defend themselves",
        "Say the fact alone",
    ),
    _mark("inflames", r"\bwhy (?:did|didn't|haven't|would) you\b", "“Why” sounds like blame", "Ask what, when or how"),
    _mark(
        "inflames",
        r"\bthat's (?:not|hardly) (?:my|our) (?:fault|problem|job|department)\b",
        "It answers a question nobody asked",
        "Say what you'll do",
    ),
    _mark(
        "inflames",
        r"\b(?:obviously|clearly|simply|just) (?:need|have) to\b|\bobviously\b|\bwith all due respect\b",
        "It says it's easy, and they couldn't do it",
        "Leave the word out",
    ),
    _mark(
        "inflames",
        r"(?<!do )(?<!before )(?<!that )\byou(?:'ll)? (?:must|have to)\b(?! wait| be\b)",
        "An order, to somebody who's upset already",
        "Say “Could you …?” or what'll help",
    ),
    _mark(
        "apology",
        r"\b(?:sorry|apologi[sz]e) (?:if|that you feel|you feel|for how you feel)\b|\bsorry, but\b",
        "It's no apology: it doubts what happened",
        "Say sorry for the thing itself",
    ),
    _mark(
        "money",
        r"\b(?:I|we)(?:'ll| will|'m going to| can) (?:refund|compensate|reimburse|credit|waive|pay|cover)\b"
        r"|\bmoney back\b|\bfree of charge\b|\bfull refund\b|\bfor free\b|\bat no cost\b|\bwill be refunded\b",
        "It commits the firm to money nobody has granted yet",
        "Say who decides, and when they'll hear",
    ),
    _mark(
        "liability",
        r"\bliab(?:le|ility)\b|\bnegligen\w+|\b(?:legal(?:ly)?|full) responsib\w+|\bour fault\b",
        "It admits more than a sorry does, and lawyers read it",
        "Apologise for the thing itself",
    ),
    _mark(
        "guarantee",
        r"\bguarante\w+|\b(?:I|we) promise\b|\b100 ?%|\b(?:won't|never|can't) happen again\b|\bdefinitely\b"
        r"|\bcertainly\b(?!,)|\bwithout fail\b",
        "Nobody can keep it for certain",
        "Say what you'll do, and when",
    ),
    _mark(
        "harm",
        r"\b(?:try|pay|order|enter it|submit it|place it) (?:it )?(?:once more|again)\b|\bplug it (?:back )?in\b"
        r"|\bswitch it back on\b|\bkeep using\b",
        "At a payment or a broken part that can cost them twice",
        "Say what's safe to do, and what to wait for",
    ),
    _mark(
        "shouting",
        r"\b(?!CSV|PDF|PIN|FAQ|VAT|GDPR)[A-Z]{4,}\b",
        "Capitals shout",
        "Write it in small letters",
        re.RegexFlag(0),
    ),
)
