"""A linear model whose words are weighed together with the signs that rules have found. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.understanding.features import Token
    from bot.understanding.linear import Linear


def weigh(model: Linear, text: str, signs: Collection[str], tokens: Sequence[Token] | None = None) -> dict[str, float]:
    """Say how much speaks for each label: the words of a text, and the signs found in it."""
    scores = model.scores(text, tokens)
    known: Mapping[str, list[float]] = model.about.get("signs", {})
    for sign in signs:
        for label, worth in zip(model.labels, known.get(sign, ()), strict=False):
            scores[label] += worth
    return scores
