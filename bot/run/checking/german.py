"""Turns of phrase an editor of German marks: what sounds written, blames, promises or was translated."""

from __future__ import annotations

import re

from bot.run.checking.phrases import Mark


def _mark(rule: str, words: str, why: str, todo: str, flags: re.RegexFlag = re.IGNORECASE) -> Mark:
    return Mark(rule, re.compile(words, flags), why, todo)


# "Sie" at the beginning of a sentence may be "she" or "they"; behind another word it is the customer.
SIE = re.compile(r"(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b")
DU = _mark(
    "du-and-sie",
    r"\b(?:du|dich|dir|deine?[mnrs]?|euch|eure?[mnrs]?)\b",
    "Agents and customers are addressed as “Sie” throughout",
    "Write “Sie”; only a sentence to a colleague may say “du”",
)
WE = _mark(
    "i-not-we",
    r"\bwir (?:werden|kümmern|melden|schauen|prüfen|klären)\b",
    "To one customer “ich” says who does it",
    "Say “ich”, or name the person",
)
ONE = _mark(
    "we-not-i",
    r"\b(?:ich|mir|mich|meine?[mnrs]?)\b",
    "To many customers the firm speaks, and nobody knows who “ich” is",
    "Say “wir”",
)

GAPS = (
    (
        re.compile(r"(?<!: )\{(?:issue|fact|cause|step|instead)\}"),
        "German would bend what is put in there",
        "Put it behind a colon: “Es geht um Folgendes: {issue}.”",
    ),
    (
        re.compile(r"\b(?:bis|am|um|ab|vor|in|im) \{eta\}", re.IGNORECASE),
        "{eta} brings its own “bis” or “am”",
        "Write “{eta}” alone, as in “Sie haben es {eta}”",
    ),
    (re.compile(r"(?:^|[.?:] )\{eta\}"), "{eta} begins a sentence in small letters", "Put words in front of it"),
    (
        re.compile(r"(?<!\bbis )\{next_update\}", re.IGNORECASE),
        "{next_update} is a bare time",
        "Write “bis {next_update}”",
    ),
)

ANYWHERE = (
    _mark(
        "stiff",
        r"\b(?:diesbezüglich|bezüglich|hinsichtlich|seitens|zwecks|gegebenenfalls|ggf|umgehend|schnellstmöglich|zeitnah"
        r"|vorliegend|obig\w*|nachfolgend\w*|anbei|in Kenntnis setzen|werden gebeten|mitteilen|Sachverhalt|Rückmeldung"
        r"|beziehungsweise|bzw|selbstverständlich)\b",
        "So schreibt ein Amt; am Telefon sagt es niemand",
        "Find the short word",
    ),
    _mark(
        "jargon",
        r"\b(?:eskalier\w*|SLAs?|Backend|Stakeholder|Troubleshooting|[12]nd[- ]Level|Second[- ]Level|Workaround"
        r"|Incident|Deployment|Root Cause|Case)\b",
        "It's our inner language",
        "Say what happens, in plain words",
    ),
    _mark(
        "translated",
        r"\b(?:macht Sinn|am Ende des Tages|nicht wirklich|in 20\d\d|einmal mehr|ich bin sorry|realisieren|adressieren"
        r"|Sie sind willkommen|habe ein(?:en)? (?:guten|schönen) (?:Tag|Abend)|sicher(?:zu)?stellen, dass)\b",
        "It's English in German words",
        "Say it as it's said here",
    ),
    _mark("exclamation", r"!", "In writing it sounds like a salesman or a shout", "End with a full stop"),
    _mark("quotes", r"“[^„”]*”|\"", "German quotes stand low and high", "Write „…“"),
    _mark(
        "old-spelling",
        r"\b(?:daß|muß|mußte\w*|läßt|weiß nicht, daß|Kuß|Adreß\w*|selbständig|aufwendig)\b",
        "It's spelt another way today",
        "Spell it the new way",
    ),
)

SAID = (
    _mark("banned", r"\bleider\b", "They hear the no before you've said it", "Say what is, then what you can do"),
    _mark(
        "banned",
        r"\b(?:aber|jedoch|allerdings)\b",
        "Everything in front of it is taken back",
        "Make two sentences of it",
    ),
    _mark(
        "banned",
        r"\b(?:Richtlinien?|Geschäftsbedingungen|AGB|Vorschriften?|Vorgaben?)\b",
        "It hides a person behind paper",
        "Say what you can do",
    ),
    _mark(
        "banned",
        r"\b(?:verstehe|weiß)(?: genau| gut)?, wie Sie sich fühlen",
        "Nobody knows, and they'll say so",
        "Name what happened to them",
    ),
    _mark(
        "banned",
        r"\bwie (?:ich )?(?:bereits|schon) (?:gesagt|erwähnt|erklärt|sagte|mitgeteilt)|\bwie gesagt\b",
        "It says they're slow",
        "Say it once more, in other words",
    ),
    _mark("banned", r"\bUnannehmlichkeit\w*", "It makes little of what happened", "Name what it cost them"),
    _mark(
        "banned",
        r"\b(?:geschätzte\w* Kund\w*|Ihr Anruf ist uns wichtig|bitten um Verständnis|danken für Ihr Verständnis"
        r"|Ihr Anliegen ist uns wichtig)\b",
        "It's a recording's voice",
        "Say it to a person",
    ),
    _mark(
        "inflames",
        r"\b(?:beruhigen Sie sich|bleiben Sie ruhig|regen Sie sich|kein Grund, laut)\b",
        "It tells them how to feel, and most get louder",
        "Leave it out",
    ),
    _mark(
        "inflames",
        r"\bSie (?:hätten|müssten|sollten) (?:\w+ ){0,4}(?:sollen|müssen|lesen|wissen)\b"
        r"(?<!erfahren sollen)(?<!hören müssen)"
        r"|\bSie haben (?:\w+ ){0,3}(?:vergessen|versäumt|nicht gelesen)\b",
        "It lays the blame on them",
        "Say what happens next",
    ),
    _mark(
        "inflames",
        r"\bSie (?:irren sich|täuschen sich|hören (?:mir )?nicht zu|haben unrecht|liegen falsch|müssen verstehen)\b",
        "It fights over who's right",
        "Say what you see",
    ),
    _mark("inflames", r"\bwarum haben Sie\b|\bwieso haben Sie\b", "“Warum” sounds like blame", "Ask what, when or how"),
    _mark(
        "apology",
        r"\bfalls (?:Sie|wir|es)\b[^.]*(?:gestört|geärgert|verletzt|Umstände)"
        r"|leid, (?:wenn|dass) Sie (?:das|es) so (?:empfinden|sehen)",
        "It apologises for their feelings",
        "Apologise for what happened",
    ),
    _mark(
        "money",
        r"\b(?:erstatte|erstatten wir|ersetzen Ihnen|bekommen Ihr Geld zurück|Geld-zurück|entschädigen|kostenlos"
        r"|Schadenersatz)\b",
        "It commits the firm to money",
        "Let the gesture's card name what you may give",
    ),
    _mark(
        "liability",
        r"\b(?:wir haften|unsere Schuld|wir sind schuld|wir übernehmen die Haftung|wir waren fahrlässig)\b",
        "It decides who's liable",
        "Say sorry for what happened, and leave fault to whoever may speak about it",
    ),
    _mark(
        "guarantee",
        r"\b(?:garantier\w*|kommt nicht wieder vor|passiert nie wieder|nie wieder vorkommen|hundertprozentig"
        r"|versprochen ist|auf jeden Fall)\b",
        "Nobody can promise that",
        "Say what you'll do, and by when",
    ),
    _mark(
        "harm",
        r"\b(?:zahlen|bezahlen|überweisen) Sie (?:es |bitte )?(?:noch ?einmal|erneut|nochmals)\b"
        r"|\bprobieren Sie es (?:einfach )?noch ?einmal\b",
        "They try a payment or a broken part that can cost them twice",
        "Say what's safe to do, and what to wait for",
    ),
    _mark(
        "shouting",
        r"\b(?!CSV|PDF|PIN|FAQ|DSGVO|IBAN)[A-ZÄÖÜ]{4,}\b",
        "Capitals shout",
        "Write it small",
        re.RegexFlag(0),
    ),
)
