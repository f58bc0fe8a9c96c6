"""A playbook as a file: what is written is read again as the same, in one piece or in several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playbooks.authoring.files import MOST_PIECES, PIECE, CannotReadFile, as_file, in_pieces, is_file, read_playbook
from bot.playbooks.catalogue import load_catalogue
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from bot.playbooks.catalogue import Playbook

SHIPPED = load_catalogue(SHIPPED_PLAYBOOKS).playbooks
GOOD = """id: wrong-door
title: Wrong door
situation: The parcel went to the wrong door.
words: [wrong door, parcel at the neighbour, delivered to nobody]
reviewed: 2026-11-24
source: {title: Ours, author: Noor Haddad, credit: Our own desk.}
steps:
  - id: first
    say: ["I'll find it for you."]
    do: gesture
"""


@pytest.mark.parametrize("playbook", SHIPPED.values(), ids=lambda one: one.id)
def test_what_is_written_is_read_as_the_same(playbook: Playbook) -> None:
    """Ways, holds, pauses, wordings for chat: nothing is lost on the way out and in."""
    file = as_file(playbook)
    pieces = in_pieces(file)

    assert read_playbook(file) == playbook
    assert read_playbook("\n".join(piece.strip() for piece in pieces)) == playbook
    assert is_file(file)
    assert len(pieces) <= MOST_PIECES
    assert all(len(piece) <= PIECE for piece in pieces)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (("title: Wrong", "titel: Wrong"), "Line 2, titel: no such field; is it a slip of the fingers?"),
        (("do: gesture", "do: magic"), "Line 10, steps.0.do: one of"),
        (("steps:", "steps: ["), "is no YAML: indentation or quotes are off here"),
        (("{title: Ours", "*ours {title: Ours"), "(file)"),
        (("I'll find it", "{nobody} knows"), "the placeholder {nobody} is unknown"),
    ],
)
def test_a_slip_is_named_by_its_line(slip: tuple[str, str], said: str) -> None:
    """Whoever pasted it reads where to look."""
    with pytest.raises(CannotReadFile) as refused:
        read_playbook(GOOD.replace(*slip))

    assert said in str(refused.value)
