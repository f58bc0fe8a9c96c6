"""Learn anew from the texts: the same texts give the same weights, and the same predictions.

    python -m bot.playbooks.training                learn everything
    python -m bot.playbooks.training NAME ...       learn some: situations, german, telling, german-telling,
                                                    danger, drafts, second-look, heat, heat-look,
                                                    openings, german-openings, openings-look, stages,
                                                    german-stages
    python -m bot.playbooks.training page [FILE]    measure, and write docs/understanding.md; FILE was kept aside
    python -m bot.playbooks.training others         read what others typed, and write docs/understanding-others.md

The encoder and its head are taught apart, as that takes long: see `bot.playbooks.training.finetune`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playbooks.training.danger import learn_danger
from bot.playbooks.training.drafts import learn_drafts, learn_second_look
from bot.playbooks.training.fingerprint import FINGERPRINT, fingerprint
from bot.playbooks.training.heat import learn_heat, learn_heat_look
from bot.playbooks.training.openings import learn_german_stages, learn_look, learn_openings, read_matched, read_stages
from bot.playbooks.training.page import write_others, write_page
from bot.playbooks.training.situations import learn_situations
from bot.playbooks.training.telling import count_telling
from bot.playbooks.training.texts import (
    OF_LANGUAGE,
    playbook_words,
    read_drafts,
    read_heat,
    read_situations,
    read_table,
    read_told,
    read_told_of_danger,
    read_upset,
)
from bot.understanding import danger, drafts, heat, matters, second_look, situations, stages
from bot.understanding.quoting import FILLER, GERMAN_FILLER

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIGHTS = {  # each can be learned alone: python -m bot.playbooks.training situations
    "situations": lambda: situations.WEIGHTS.write_bytes(
        learn_situations([*read_situations(), *playbook_words()], [*read_told(), *read_upset()])
    ),
    "german": lambda: situations.GERMAN.write_bytes(
        learn_situations(
            [*read_situations(OF_LANGUAGE["de"]), *playbook_words("de")], [*read_told("de"), *read_upset("de")]
        )
    ),
    "telling": lambda: situations.TELLING.write_text(
        count_telling([*read_situations(), *playbook_words()], read_told(), FILLER), encoding="utf-8"
    ),
    "german-telling": lambda: situations.TELLING_GERMAN.write_text(
        count_telling(
            [*read_situations(OF_LANGUAGE["de"]), *playbook_words("de")], read_told("de"), FILLER | GERMAN_FILLER
        ),
        encoding="utf-8",
    ),
    "danger": lambda: danger.WEIGHTS.write_bytes(learn_danger(read_situations(), read_told_of_danger())),
    "drafts": lambda: drafts.WEIGHTS.write_bytes(learn_drafts(read_drafts())),
    "second-look": lambda: second_look.HEAD.write_bytes(learn_second_look(read_drafts())),  # after any new encoder
    "heat": lambda: heat.WEIGHTS.write_bytes(learn_heat(read_heat())),
    "heat-look": lambda: heat.HEAD.write_bytes(learn_heat_look(read_heat())),  # after any new encoder
    "openings": lambda: matters.WEIGHTS.write_bytes(learn_openings(read_matched())),
    "stages": lambda: stages.HEAD.write_bytes(learn_look(read_stages())),  # after any new encoder
    "german-stages": lambda: stages.GERMAN.write_bytes(learn_german_stages(read_stages("de"))),
    "german-openings": lambda: matters.GERMAN.write_bytes(learn_openings(read_matched("de"), "de")),
    "openings-look": lambda: matters.HEAD.write_bytes(learn_look(read_matched())),  # after any new encoder
}

PAGE = Path("docs/understanding.md")


def main(names: Sequence[str]) -> None:
    """Learn what is named, or everything; `page` measures, and a file after it is what was kept aside."""
    if {"-h", "--help"} & set(names):
        print(__doc__)  # noqa: T201  what was asked for
        return
    if names and names[0] == "page":
        kept_aside = read_table(Path(names[1])) if names[1:] else []
        PAGE.write_text(write_page([*read_situations(), *playbook_words()], kept_aside), encoding="utf-8")
        return
    if names == ["others"]:
        PAGE.with_stem("understanding-others").write_text(write_others(), encoding="utf-8")
        return
    if unknown := [name for name in names if name not in WEIGHTS]:
        sys.exit(f"There is no {unknown[0]} to learn; there is: {', '.join(WEIGHTS)}, page, others.")
    for name in names or WEIGHTS:
        WEIGHTS[name]()
    FINGERPRINT.write_text(fingerprint(read_situations()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
