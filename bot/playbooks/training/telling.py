"""Counting which words tell of a situation: several people wrote them about it, and far oftener than about others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bot.understanding.features import tokens_in
from bot.understanding.situations import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.playbooks.training.texts import Situation

OFTENER = 2.5  # than about the others, one like the other
DOUBT = 1.0  # standard deviations that are taken off what was counted
VOICES = 5  # authors at least: what a single one likes to say tells of the author
SHORTEST = 3  # letters
# Small words of motion, order, time and money, and what anybody has or thinks: they are counted oftener about some,
# and nobody would give them as a reason.
_VAGUE = """
    went sent sat ran left gone last past full twice next front itll youve wheres whos else elses ten twenty ago mins
    min minutes minute sec secs seconds part new late least actual actually exactly early near nearly almost
    row rows point points head heads deal deals chest notice tomorrow yesterday today hours hour hrs week weeks month
    months year years times time monday tuesday wednesday thursday friday saturday sunday weekend quid euro euros dollar
    dollars bucks pound pounds pence money cash think thinks thought hope hopes hoped feel feels felt guess know knew
    baby kid kids boy girl mate old young nicely nice account accounts fix free found lead roll heart star stars change
    changes changed company companies job jobs code codes called call calls calling name names number numbers place
    youll hell shell theyll itd youd theyd theyve weve youve shed hed wed heres theyre hows whys wholl
    wochen woche monat monate monaten tage tagen stunde stunden jahr jahre jahren uhr morgen gestern heute montag
    dienstag mittwoch donnerstag freitag samstag sonntag mal male cent telefon nennt nannte statt denkt denke hofft
    hoffe kind kinder konto firma name namen nummer nummern sache sachen stelle
    kam fand ging stand standen sitz sitze stelle stellt stellen hängt liegt lief läuft eben gleich nachher früh neue
    neuen erst ersten letzte letzten nächste nächsten fünften vierten dritten zweiten lange kurz viel viele
"""
VAGUE = frozenset(_VAGUE.split())


def count_telling(learned: Sequence[Situation], told: Sequence[Situation], filler: Collection[str]) -> str:
    """Write the words that tell of each situation: a line each, its name, a colon, the words in their order.

    What is told of a case names things of every trade: those count as written, but do not make a word tell.
    """
    every = [*learned, *told]
    about = Counter(one.best for one in every)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in every:
        for word in _words_of(one, filler):
            written[word][one.best] += 1
    for one in learned:
        for word in _words_of(one, filler):
            voices[one.best, word].add(one.author)
    telling: dict[str, list[str]] = {name: [] for name in sorted(about) if name != NOTHING}
    for (name, word), authors in sorted(voices.items()):
        rates = {other: often / about[other] for other, often in written[word].items()}
        usual = (sum(rates.values()) - rates[name]) / (len(about) - 1)
        often = written[word][name]
        surely = often - DOUBT * math.sqrt(often)
        if name in telling and len(authors) >= VOICES and surely > OFTENER * usual * about[name]:
            telling[name].append(word)
    return "".join(f"{name}: {' '.join(words)}\n" for name, words in telling.items())


def _words_of(one: Situation, filler: Collection[str]) -> set[str]:
    return {token.word for token in tokens_in(one.query) if len(token.word) >= SHORTEST} - VAGUE - set(filler)
