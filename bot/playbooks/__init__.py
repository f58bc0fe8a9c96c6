"""Playbooks: what this domain brings to the program."""

from __future__ import annotations

from functools import partial

from bot.playbooks.answers.misfits import Misfits, counted
from bot.playbooks.answers.sentences import Sentences
from bot.playbooks.authoring import own, rules
from bot.playbooks.authoring.publishing import READ_OUTCOME, ask_for_reviews, hear_of_readers
from bot.playbooks.commands import (
    AskForMyWords,
    AskToHold,
    Calm,
    ChooseChannel,
    ChooseWay,
    ComeBack,
    DidNotFit,
    FindSentences,
    FinishRun,
    GoOn,
    SaveMyWords,
    StartRun,
    StepBack,
    TakeStep,
)
from bot.playbooks.forgetting import erase_old
from bot.playbooks.kept import kept
from bot.playbooks.library import Library
from bot.playbooks.model import OwnPlaybook, Run, RunState
from bot.playbooks.steps.my_words import MyWords
from bot.playbooks.steps.walking import LEFT_AFTER, leave
from bot.playbooks.typed import phrases
from bot.say.language import PUBLIC
from bot.store.content import languages
from bot.work.domain import ClockTask, Domain
from bot.work.retention import Retention

IS_USED = Run.state == RunState.OPEN


def domain(library: Library, retention: Retention) -> Domain:
    """Bring playbooks to the program."""
    walking, shelf = library.walking, library.walking.shelf
    ours = [shelf.shipped.read_in(language).catalogue for language in (*sorted(languages() - {PUBLIC}), PUBLIC)]
    names = {name: one.id for all_ in ours for one in all_.playbooks.values() for name in (one.id, one.title.lower())}
    return Domain(
        use_cases={
            Calm: library.calm,
            FindSentences: Sentences(shelf).find,
            StartRun: counted(walking.start),
            DidNotFit: Misfits(shelf).hear,
            GoOn: walking.go_on,
            TakeStep: walking.take_step,
            ChooseWay: walking.choose_way,
            ChooseChannel: walking.choose_channel,
            StepBack: walking.step_back,
            AskToHold: walking.ask_to_hold,
            ComeBack: walking.come_back,
            FinishRun: walking.finish,
            AskForMyWords: MyWords(walking).ask,
            SaveMyWords: MyWords(walking).save,
            **own.use_cases(shelf),
            **rules.use_cases(shelf),
        },
        private=True,
        phrases=phrases(names),
        outcomes={READ_OUTCOME: hear_of_readers},
        home=(library.on_home,),
        home_rank=30,
        clock=(
            ClockTask(name="runs", model=Run, act=leave, has_next=IS_USED, mended_after=LEFT_AFTER),
            ClockTask(name="reviews", model=OwnPlaybook, act=ask_for_reviews, has_next=OwnPlaybook.live.is_(True)),
        ),
        erase_old=partial(erase_old, retention=retention),
        kept=partial(kept, retention=retention),
    )
