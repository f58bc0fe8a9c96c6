"""Learn anew from the texts: the same texts give the same weights, and the same predictions."""

from __future__ import annotations

from bot.playbooks.training.danger import learn_danger
from bot.playbooks.training.drafts import learn_drafts
from bot.playbooks.training.heat import learn_heat
from bot.playbooks.training.situations import learn_situations
from bot.playbooks.training.texts import playbook_words, read_drafts, read_heat, read_situations
from bot.understanding import danger, drafts, heat, situations

if __name__ == "__main__":
    learned = read_situations()
    situations.WEIGHTS.write_bytes(learn_situations([*learned, *playbook_words()]))
    danger.WEIGHTS.write_bytes(learn_danger(learned))
    drafts.WEIGHTS.write_bytes(learn_drafts(read_drafts()))
    heat.WEIGHTS.write_bytes(learn_heat(read_heat()))
