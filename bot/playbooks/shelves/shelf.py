"""The playbooks of each organisation: those that came with the program, and the ones it has written for itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.directory.model import Person
from bot.playbooks.authoring.writing import CannotRead, own_playbook
from bot.playbooks.catalogue import Catalogue, Playbook, load_catalogue
from bot.playbooks.model import OwnPlaybook, OwnVersion
from bot.playbooks.openings import Opening, Openings, openings_in, somebody_waits
from bot.playbooks.shelves.folder import Folder
from bot.playbooks.shelves.matching import match
from bot.playbooks.shelves.translated import translated
from bot.playbooks.suggest import Suggester
from bot.say.language import PUBLIC, reader
from bot.store.content import language_of
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.understanding.understood import Understood


REMEMBERED_MOST = 200  # organisations with playbooks of their own
LOOKED = timedelta(seconds=5)  # what another process changes is seen after that
OWN = "own-"

Stamp = tuple[int, int]  # how many there are, and how often they were changed


@dataclass(frozen=True)
class Books:
    """What somebody can choose from, and what finds the right one."""

    catalogue: Catalogue
    suggester: Suggester
    own: bool = False  # some of them the team has written for itself
    openings: Mapping[str, Openings] = field(default_factory=dict, compare=False, repr=False)  # by language
    language: str = PUBLIC
    _languages: dict[str, Books] = field(default_factory=dict, compare=False, repr=False)

    def read_in(self, locale: str) -> Books:
        """Give the same ones as somebody with this language reads them."""
        language = language_of(locale)
        if language == PUBLIC:
            return self
        if language not in self._languages:
            catalogue = translated(self.catalogue, language)
            self._languages[language] = replace(
                self, catalogue=catalogue, suggester=Suggester(catalogue), language=language, _languages={}
            )
        return self._languages[language]

    def opening(
        self, told: Understood, moment: str | None = None, step_aside: Callable[[], None] = lambda: None
    ) -> Opening | None:
        """Find the first words for what was typed in a moment, in the language they are read in."""
        openings = self.openings.get(self.language)
        return match(openings, self.language, told, moment, step_aside) if openings is not None else None

    def somebody_waits(self, words: str) -> bool:
        """Say whether somebody with a matter waits, as far as words of ours tell it."""
        return somebody_waits(words, self.language)


def read_books(folder: Path) -> Books:
    """Read the playbooks and openings of a folder, and no others."""
    catalogue = load_catalogue(folder)
    return Books(catalogue, Suggester(catalogue), openings=_indexed(openings_in(folder)))


def read_over_ours(folder: Folder, before: Books | None = None) -> Books:
    """Read a folder laid over ours; what is broken now stays as it was before."""
    catalogue = folder.read(before.catalogue if before is not None else None)
    openings = folder.openings(before.openings if before else None)
    return Books(catalogue, Suggester(catalogue), openings=_indexed(openings))


def _indexed(every: Mapping[str, Openings]) -> Mapping[str, Openings]:
    """Index openings where they are read, so that whoever asks first does not wait for it."""
    for openings in every.values():
        openings.find("ready")
    return every


@dataclass
class Shelf:
    """Keeps what every organisation has, until it changes."""

    shipped: Books  # or what whoever runs the server has laid over them
    folder: Folder | None = None
    _read_at: datetime | None = None
    _known: dict[int, tuple[datetime, Stamp, Books]] = field(default_factory=dict)

    def of(self, work: Work) -> Books:
        """Give the playbooks of an organisation, in the language of whoever reads them."""
        return self._all_of(work).read_in(reader())

    def _all_of(self, work: Work) -> Books:
        organisation_id, now = work.actor.organisation_id, work.now
        self._look_into_folder(now)
        known = self._known.get(organisation_id)
        if known is not None and now - known[0] < LOOKED:
            return known[2]
        stamp = _stamp(work.session, organisation_id)
        if known is not None and known[1] == stamp:
            books = known[2]
        else:
            books = self._put_together(work.session, organisation_id) if stamp[0] else self.shipped
        if len(self._known) >= REMEMBERED_MOST:
            self._known.clear()
        self._known[organisation_id] = now, stamp, books
        return books

    def titles(self, work: Work) -> dict[str, str]:
        """Say how each playbook of an organisation is called."""
        return {name: one.title for name, one in self.of(work).catalogue.playbooks.items()}

    def _look_into_folder(self, now: datetime) -> None:
        """Read the folder again, now and then, if one of its files has changed."""
        if self.folder is None or (self._read_at is not None and now - self._read_at < LOOKED):
            return
        self._read_at = now
        if self.folder.changed():
            self.shipped = read_over_ours(self.folder, self.shipped)
            self._known.clear()

    def changed(self, organisation_id: int) -> None:
        """Look again: somebody has changed something."""
        self._known.pop(organisation_id, None)

    def _put_together(self, session: Session, organisation_id: int) -> Books:
        rows = session.execute(
            select(OwnPlaybook, Person.name)
            .join(Person, Person.id == OwnPlaybook.author_id)
            .where(OwnPlaybook.organisation_id == organisation_id, OwnPlaybook.live)
            .order_by(OwnPlaybook.id)
        )
        own = [playbook for row, author in rows if (playbook := read_row(row, author)) is not None]
        shipped = self.shipped.catalogue
        catalogue = Catalogue({**shipped.playbooks, **{one.id: one for one in own}}, shipped.problems)
        return replace(self.shipped, catalogue=catalogue, suggester=Suggester(catalogue), own=True, _languages={})


def name_of(row: OwnPlaybook) -> str:
    """Name a playbook of a team's own as buttons and runs do."""
    return f"{OWN}{row.id}"


def read_row(row: OwnPlaybook, author: str) -> Playbook | None:
    """Read a playbook out of its row; None if rules have changed since it was written."""
    return _read(row, name_of(row), author, row.reviewed_at)


def read_version(version: OwnVersion, author: str) -> Playbook | None:
    """Read one version of a playbook; None if rules have changed since it was written."""
    return _read(version, f"{OWN}{version.playbook_id}", author, version.written_at)


def _read(row: OwnPlaybook | OwnVersion, id_: str, author: str, at: datetime) -> Playbook | None:
    try:
        return own_playbook(
            id_=id_,
            title=row.title,
            situation=row.situation,
            words=row.words,
            steps=row.steps,
            author=author,
            day=at.date(),
        )
    except CannotRead:
        return None


def _stamp(session: Session, organisation_id: int) -> Stamp:
    count, changes = session.execute(
        select(func.count(), func.coalesce(func.sum(OwnPlaybook.version * 1_000_003 + OwnPlaybook.id), 0)).where(
            OwnPlaybook.organisation_id == organisation_id, OwnPlaybook.live
        )
    ).one()
    return count, int(changes)
