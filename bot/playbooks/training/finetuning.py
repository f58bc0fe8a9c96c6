"""Teaching the encoder, and heads on them, our situations and openings: by jax, seeded."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from bot.playbooks.training.measuring import damaged
from bot.understanding.encoder import HEADS, PARTS, TINY, UPPER, Encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.playbooks.training.texts import Situation

    Arrays = Mapping[str, np.ndarray]
    Weights = dict[str, jax.Array]
    Batch = tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]

LAYERS, SEED = 6, 11
AT_ONCE = 32
LENGTHS = (12, 16, 20, 24, 28, 36, 48, 64)  # pieces: texts of about one length are read together
HEAD_FASTER, WARMING = 15, 0.1
FORGETTING = 0.01
SHARP = 16.0  # what a direction counts for the head
BEST, SMOOTH = 0.7, 0.05  # the share of the best label, and what any label gets
DAMAGED, DAMAGES = 0.4, (0.02, 0.05, 0.08, 0.12)  # how many texts are damaged, and how many of their letters
ROWS, ALWAYS = "rows of ", "always of "  # in the names of what reads places


@dataclass(frozen=True)
class Lesson:
    """A text, and for each head that is to learn of it the share of each label that is wanted."""

    text: str
    shares: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Plan:
    """How often all texts are read, and how much is learned from each."""

    rounds: int
    rate: float


@dataclass(frozen=True)
class Teacher:
    """Learns from texts, a few at once, each round in another order and with other slips."""

    arrays: Arrays  # the encoder as it comes
    heads: Mapping[str, int]  # how many labels each tells apart
    plan: Plan

    def learn(
        self, texts: Sequence[Lesson], learned: Arrays, say: Callable[[int, float], None]
    ) -> dict[str, np.ndarray]:
        """Learn further, and give the layers and the head in full precision; every step is said."""
        weights: Weights = {name: jnp.array(found) for name, found in learned.items()}
        chance = random.Random(SEED)  # noqa: S311  no secret
        teach = optax.chain(
            optax.clip_by_global_norm(1.0), optax.scale_by_adam(), optax.add_decayed_weights(FORGETTING)
        )
        state, encoder = teach.init(weights), Encoder(self.arrays)
        steps = self.plan.rounds * -(-len(texts) // AT_ONCE)
        pace = optax.warmup_cosine_decay_schedule(0.0, self.plan.rate, int(WARMING * steps), steps)

        def step(weights: Weights, state: Any, batch: Batch, pace: float) -> Any:
            missed, slopes = jax.value_and_grad(_loss)(weights, batch)
            changes, state = teach.update(slopes, state, weights)
            paces = {name: pace * HEAD_FASTER if name.startswith((ROWS, ALWAYS)) else pace for name in weights}
            return {name: weights[name] - paces[name] * changes[name] for name in weights}, state, missed

        quick, number = jax.jit(step), 0
        for turn in range(self.plan.rounds):
            for batch in self._batches(encoder, texts, turn, chance):
                weights, state, missed = quick(weights, state, batch, float(pace(number)))
                number += 1
                say(number, float(missed))
        return {name: np.asarray(found) for name, found in weights.items()}

    def _batches(self, encoder: Encoder, texts: Sequence[Lesson], turn: int, chance: random.Random) -> Iterator[Batch]:
        """Put texts of about one length together, in no order."""
        cut = [(encoder.pieces(varied(one.text, turn, chance))[: LENGTHS[-1]], one) for one in texts]
        cut.sort(key=lambda one: len(one[0]) + chance.uniform(-1.5, 1.5))
        groups = [cut[first : first + AT_ONCE] for first in range(0, len(cut), AT_ONCE)]
        chance.shuffle(groups)
        for group in groups:
            yield self._filled([pieces for pieces, _one in group], [one for _pieces, one in group])

    def _filled(self, pieces: Sequence[Sequence[int]], texts: Sequence[Lesson]) -> Batch:
        """Make texts equally long: where a text ends, the rest is not read."""
        wide = next(length for length in LENGTHS if length >= max(map(len, pieces)))
        ids = np.array([[*one, *[0] * (wide - len(one))] for one in pieces])
        read = np.array([[place < len(one) for place in range(wide)] for one in pieces], dtype=np.float32)
        flow = self.arrays["words"][ids] * self.arrays["words_scales"][ids] + self.arrays["positions"][:wide]
        nothing = {head: np.zeros(labels, np.float32) for head, labels in self.heads.items()}
        wanted = {head: np.array([one.shares.get(head, nothing[head]) for one in texts]) for head in self.heads}
        return flow.astype(np.float32), read, wanted


def varied(text: str, turn: int, chance: random.Random) -> str:
    """Give a text as somebody else may have typed it: often with slips."""
    return damaged(text, chance.choice(DAMAGES), turn) if chance.random() < DAMAGED else text


def shares_of(one: Situation, labels: Sequence[str], counts: float = 1.0) -> np.ndarray:
    """Most of a text's share is for its best label, some for all acceptable ones, a little for any."""
    best = np.array([label == one.best for label in labels], dtype=np.float32)
    fits = np.array([label in one.acceptable for label in labels], dtype=np.float32)
    shares: np.ndarray = BEST * best + (1 - BEST) * fits / fits.sum()
    return np.float32(counts) * smoothed(shares)


def smoothed(shares: np.ndarray) -> np.ndarray:
    """Leave a little for any label."""
    return (1 - SMOOTH) * shares + np.float32(SMOOTH / len(shares))


def start(arrays: Arrays, heads: Mapping[str, int]) -> dict[str, np.ndarray]:
    """Take the weights as they come, in full precision, and heads that know nothing."""
    weights = {"norms": arrays["norms"][: 2 * LAYERS + 1]}
    for name in taught():
        weights[name] = (arrays[name] * arrays[f"{name}.scales"]).astype(np.float32)
        weights[f"{name}.bias"] = arrays[f"{name}.bias"]
    width = arrays["positions"].shape[1] * UPPER
    for head, labels in heads.items():
        weights[ROWS + head] = np.zeros((width, labels), np.float32)
        weights[ALWAYS + head] = np.zeros(labels, np.float32)
    return weights


def taught() -> list[str]:
    """Name the parts that learn; where words and places stand stays as it comes."""
    return [f"{layer}.{part}" for layer in range(LAYERS) for part in PARTS]


def _loss(weights: Weights, batch: Batch) -> jax.Array:
    flow, read, wanted = batch
    place = SHARP * places(weights, flow, read)
    scores = {head: place @ weights[ROWS + head] + weights[ALWAYS + head] for head in wanted}
    return sum(optax.softmax_cross_entropy(scores[head], wanted[head]).mean() for head in wanted)


def places(weights: Weights, flow: jax.Array, read: jax.Array) -> jax.Array:
    """Say where texts stand, as `Encoder.encode_alike` does; what only fills up is not read."""
    flow, middles = _normed(weights, flow, 0), []
    unseen = jnp.where(read, 0.0, -1e9)[:, None, None, :]
    for layer in range(LAYERS):
        flow = _normed(weights, flow + _attended(weights, flow, unseen, layer), 2 * layer + 1)
        grown = jax.nn.gelu(_through(weights, flow, f"{layer}.grown"), approximate=False)
        flow = _normed(weights, flow + _through(weights, grown, f"{layer}.shrunk"), 2 * layer + 2)
        middle = (flow * read[:, :, None]).sum(axis=1) / read.sum(axis=1, keepdims=True)
        middles.append(_directions(middle))
    return _directions(jnp.concatenate(middles[-UPPER:], axis=1))


def _through(weights: Weights, flow: jax.Array, name: str) -> jax.Array:
    return flow @ weights[name] + weights[f"{name}.bias"]


def _normed(weights: Weights, flow: jax.Array, which: int) -> jax.Array:
    apart = flow - flow.mean(axis=-1, keepdims=True)
    weight, bias = weights["norms"][which]
    return apart * jax.lax.rsqrt((apart**2).mean(axis=-1, keepdims=True) + TINY) * weight + bias


def _attended(weights: Weights, flow: jax.Array, unseen: jax.Array, layer: int) -> jax.Array:
    texts, pieces, width = flow.shape
    query, key, value = (
        _through(weights, flow, f"{layer}.{part}").reshape(texts, pieces, HEADS, -1) for part in PARTS[:3]
    )
    looks = jnp.einsum("tqhw,tkhw->thqk", query, key) / np.sqrt(width / HEADS) + unseen
    seen = jnp.einsum("thqk,tkhw->tqhw", jax.nn.softmax(looks, axis=-1), value)
    return _through(weights, seen.reshape(flow.shape), f"{layer}.attended")


def _directions(points: jax.Array) -> jax.Array:
    return points / jnp.sqrt((points**2).sum(axis=1, keepdims=True) + TINY)
