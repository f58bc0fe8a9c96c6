"""Sentences to say, looked for by their words: for whoever is writing to a customer just now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Catalogue
from bot.playbooks.commands import FindSentences
from bot.playbooks.shelves.shelf import Books, Shelf
from bot.safety.hearing import danger_in
from bot.say.messages import Message, Say, Section
from bot.say.replies import Private, Reply
from bot.store.content import fill
from bot.typing.words import stem_of, words_in
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterable


OFFERED = 20


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the playbook it stands in."""

    playbook: str  # its title
    words: str


def find_sentences(words: str, books: Books) -> list[Sentence]:
    """Find sentences, best first: those that say these words, then those of the playbooks that fit them."""
    wanted = {stem_of(word) for word in words_in(words)}
    everything = list(_sentences(books.catalogue, books.catalogue.playbooks))
    say_it = [one for one in everything if wanted and wanted <= {stem_of(word) for word in words_in(one.words)}]
    fitting = [one.playbook_id for one in books.suggester.suggest(words)] if wanted else []
    if danger_in(words):
        say_it, fitting = [], fitting[:1]
    fit = list(_sentences(books.catalogue, fitting))
    return list(dict.fromkeys([*say_it, *fit] if wanted else everything))[:OFFERED]


def _sentences(catalogue: Catalogue, names: Iterable[str]) -> Iterable[Sentence]:
    for name in names:
        playbook = catalogue.playbooks[name]
        if playbook.now and playbook.now.say:
            yield Sentence(playbook.title, playbook.now.say)
        for step in playbook.steps:
            for sentence in step.say:
                yield Sentence(playbook.title, sentence.text)


@dataclass(frozen=True)
class Sentences:
    """The sentences of everybody's playbooks."""

    shelf: Shelf

    def find(self, command: FindSentences, work: Work) -> Reply:
        """Show the sentences that fit, each under the playbook it is from."""
        books = self.shelf.of(work)
        found = find_sentences(command.words, books)
        parts = [part for one in found for part in (Section(text=(one.playbook,)), Say(text=fill(one.words)))]
        return Private(message=Message.of("", *parts))
