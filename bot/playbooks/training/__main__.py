"""Learn anew from the texts: the same texts give the same weights, and the same predictions."""

from __future__ import annotations

import sys

from bot.playbooks.training.danger import learn_danger
from bot.playbooks.training.drafts import learn_drafts
from bot.playbooks.training.heat import learn_heat
from bot.playbooks.training.meaning import learn_meaning
from bot.playbooks.training.situations import learn_situations
from bot.playbooks.training.texts import playbook_words, read_drafts, read_heat, read_situations
from bot.understanding import danger, drafts, heat, meaning, situations

WEIGHTS = {  # each can be learned alone: python -m bot.playbooks.training situations
    "situations": lambda: situations.WEIGHTS.write_bytes(learn_situations([*read_situations(), *playbook_words()])),
    "meaning": lambda: meaning.HEAD.write_bytes(learn_meaning([*read_situations(), *playbook_words()])),
    "danger": lambda: danger.WEIGHTS.write_bytes(learn_danger(read_situations())),
    "drafts": lambda: drafts.WEIGHTS.write_bytes(learn_drafts(read_drafts())),
    "heat": lambda: heat.WEIGHTS.write_bytes(learn_heat(read_heat())),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or WEIGHTS:
        WEIGHTS[name]()
