"""Sentences that somebody keeps for themselves, and which ones worked: looked up together, in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, delete, func, literal, null, select, union_all

from bot.playbooks.catalogue import Step
from bot.playbooks.model import PrivateSentence, Vote
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import CompoundSelect

MOST_OWN = 2  # sentences a step: more are no help to whoever is shouted at

_MINE = select(PrivateSentence.text, literal("").label("line"), PrivateSentence.id.label("count"), literal(0)).where(
    PrivateSentence.person_id == bindparam("person"),
    PrivateSentence.playbook == bindparam("playbook"),
    PrivateSentence.step == bindparam("step"),
)
_MY_VOTE = case((and_(Vote.person_id == bindparam("person"), Vote.day == bindparam("day")), 1), else_=0)
_WORKED = (
    select(null(), Vote.line, func.count(), func.sum(_MY_VOTE))
    .where(
        Vote.organisation_id == bindparam("organisation"),
        Vote.playbook == bindparam("playbook"),
        Vote.step == bindparam("step"),
    )
    .group_by(Vote.line)
)
_WORDS: CompoundSelect[Any] = union_all(_MINE, _WORKED)


@dataclass(frozen=True)
class WordsInStep:
    """What is known of the sentences of a step for one reader."""

    mine: Sequence[str] = ()
    worked: Mapping[str, int] = field(default_factory=dict)  # by the mark of a sentence
    today: Collection[str] = ()  # those the reader has said so of today


def words_in_step(playbook: str, step: Step, work: Work) -> WordsInStep:
    """Look them up; where nothing is said there are none."""
    if not step.say or work.actor.person_id is None:
        return WordsInStep()
    asked = {
        "playbook": playbook,
        "step": step.id,
        "person": work.actor.person_id,
        "organisation": work.actor.organisation_id,
        "day": work.now.date(),
    }
    rows = [tuple(row) for row in work.session.execute(_WORDS, asked)]
    own = sorted((number, text) for text, line, number, _today in rows if not line)
    votes = [(line, count, today) for _text, line, count, today in rows if line]
    return WordsInStep(
        mine=[text for _number, text in own],
        worked={line: count for line, count, _today in votes},
        today={line for line, _count, today in votes if today},
    )


def keep_sentences(playbook: str, step: str, sentences: Sequence[str], work: Work) -> None:
    """Keep these instead of those there were; what stays as it was stays the row it was."""
    mine = (
        PrivateSentence.person_id == work.actor.person_id,
        PrivateSentence.playbook == playbook,
        PrivateSentence.step == step,
    )
    rows = list(work.session.scalars(select(PrivateSentence).where(*mine).order_by(PrivateSentence.id)))
    for row, text in zip(rows, sentences, strict=False):
        if row.text != text:
            row.text, row.changed_at = text, work.now
    for row in rows[len(sentences) :]:
        work.session.delete(row)
    for text in sentences[len(rows) :]:
        work.session.add(
            PrivateSentence(
                organisation_id=work.actor.organisation_id,
                person_id=work.actor.person_id,
                playbook=playbook,
                step=step,
                text=text,
                changed_at=work.now,
            )
        )


def count_votes(playbook: str, step: str, ticked: Mapping[str, bool], work: Work) -> None:
    """Let what is ticked count for today, and what is not ticked count no more today."""
    here = (Vote.person_id == work.actor.person_id, Vote.playbook == playbook, Vote.step == step)
    today = (*here, Vote.day == work.now.date())
    counted = set(work.session.scalars(select(Vote.line).where(*today)))
    if gone := counted & {line for line, yes in ticked.items() if not yes}:
        work.session.execute(delete(Vote).where(*today, Vote.line.in_(gone)))
    for line in (line for line, yes in ticked.items() if yes and line not in counted):
        work.session.add(
            Vote(
                organisation_id=work.actor.organisation_id,
                person_id=work.actor.person_id,
                playbook=playbook,
                step=step,
                line=line,
                day=work.now.date(),
            )
        )
