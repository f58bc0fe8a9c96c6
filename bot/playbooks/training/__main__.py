"""Learn anew from the texts: the same texts give the same weights, and the same predictions."""

from __future__ import annotations

from bot.playbooks.training.situations import learn_situations
from bot.playbooks.training.texts import read_situations
from bot.understanding.situations import WEIGHTS

if __name__ == "__main__":
    WEIGHTS.write_bytes(learn_situations(read_situations()))
