"""Collect every sentence people read, for translators: `make texts`."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.say.language import DOMAIN, LOCALES

ROOT = Path(__file__).parents[1]
TEMPLATE = LOCALES / f"{DOMAIN}.pot"
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}


def collect() -> Catalog:
    """Find every sentence marked for translation."""
    catalog = Catalog(project="Zanshin", charset="utf-8")
    for folder in ("bot", "adapters"):
        for path, line, words, comments, context in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS):
            catalog.add(words, None, [(f"{folder}/{path}", line)], auto_comments=comments, context=context)
    return catalog


def write_mirror(folder: Path, locale: str) -> None:
    """Write a language in which every sentence stands in brackets, so that one that was not translated shows."""
    catalog = collect()
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = tuple(map(_mirrored, message.id))
        elif message.id:
            message.string = _mirrored(str(message.id))
    place = folder / locale / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / f"{DOMAIN}.po").open("wb") as file:
        write_po(file, catalog)


def _mirrored(words: str) -> str:
    return f"⟦{words}⟧"


def languages() -> dict[str, Path]:
    """Find the languages somebody translates us into."""
    return {path.parts[-3]: path for path in sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))}


def untranslated(catalog: Catalog) -> list[str]:
    """List the sentences that still have to be written in a language."""
    empty = (message.id for message in catalog if not all(_forms(message.string)))
    return [words[0] if isinstance(words, tuple) else str(words) for words in empty]


def _forms(words: object) -> tuple[object, ...]:
    return words if isinstance(words, tuple) else (words,)


def _keep_up(path: Path, sentences: Catalog) -> None:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    # Never a guess at a changed sentence: what is empty shows, and what is nearly right would be said.
    catalog.update(sentences, no_fuzzy_matching=True, update_creation_date=False)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, no_location=True, ignore_obsolete=True, sort_output=True)
    for words in untranslated(catalog):
        print(f"{path.relative_to(ROOT)} says nothing for: {words}")


def main() -> None:
    """Write the template, and give each language the sentences that are new."""
    LOCALES.mkdir(exist_ok=True)
    sentences = collect()
    with TEMPLATE.open("wb") as file:
        write_po(file, sentences, width=120, no_location=True, omit_header=True, sort_output=True)
    print(f"{len(sentences)} sentences are in {TEMPLATE.relative_to(ROOT)}.")
    for path in languages().values():
        _keep_up(path, sentences)


if __name__ == "__main__":
    main()
