"""What was learned is what was committed: the weights and the texts belong together."""

from __future__ import annotations

from bot.playbooks.training.fingerprint import FINGERPRINT, fingerprint
from bot.playbooks.training.texts import read_situations


def test_the_weights_read_texts_as_they_did_when_they_were_trained() -> None:
    """The same texts are taken for the same situations; a test that fails asks for `make train`, or for a bug."""
    assert fingerprint(read_situations()) == FINGERPRINT.read_text().strip()
