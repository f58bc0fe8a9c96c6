"""Collect every sentence people read, for translators: `make texts`."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

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
    with (place / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)


def _mirrored(words: str) -> str:
    return f"⟦{words}⟧"


def main() -> None:
    """Write the template."""
    LOCALES.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as file:
        write_po(file, collect(), width=120, no_location=True, omit_header=True, sort_output=True)
    print(f"{len(collect())} sentences are in {TEMPLATE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
