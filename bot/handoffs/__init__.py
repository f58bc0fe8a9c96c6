"""Handoffs and holds: what this domain brings to the program."""

from __future__ import annotations

from functools import partial

from bot.handoffs import commands
from bot.handoffs.access import hinders
from bot.handoffs.answering import accept_handoff, ask_why_declined, decline_handoff, explain_decline
from bot.handoffs.calling import tell_supervisors
from bot.handoffs.due import AGAIN_AFTER, act_on_due, erase_old
from bot.handoffs.ending import cancel_handoff, complete_handoff, hand_back, keep_handoff, promise_callback
from bot.handoffs.facts import PlaybooksUsed
from bot.handoffs.holding import HOLD_OUTCOME, end_hold, hear_of_cards, hold_customer, tell_about_holds
from bot.handoffs.model import Handoff, Hold
from bot.handoffs.noting import ask_for_note, write_note
from bot.handoffs.recusing import recuse
from bot.handoffs.searching import OFFER_OUTCOME, hear_of_offers, look_again
from bot.handoffs.showing import handoffs_on_board, handoffs_on_home, holds_on_board, occupied, show_handoff
from bot.handoffs.supervising import (
    ask_for_times,
    ask_to_reassign,
    change_times,
    explain_ladder,
    reassign_handoff,
    take_over,
)
from bot.handoffs.typed import PHRASES
from bot.work.domain import ClockTask, Domain


def domain(playbooks_used: PlaybooksUsed) -> Domain:
    """Bring handoffs and holds to the program."""
    return Domain(
        hinders=hinders,
        use_cases={
            commands.StartHold: hold_customer,
            commands.EndHold: end_hold,
            commands.Recuse: partial(recuse, playbooks_used=playbooks_used),
            commands.TellSupervisors: tell_supervisors,
            commands.ShowHandoff: show_handoff,
            commands.AskForNote: ask_for_note,
            commands.WriteNote: write_note,
            commands.AcceptHandoff: accept_handoff,
            commands.DeclineHandoff: decline_handoff,
            commands.AskWhyDeclined: ask_why_declined,
            commands.ExplainDecline: explain_decline,
            commands.CancelHandoff: cancel_handoff,
            commands.PromiseCallback: promise_callback,
            commands.HandBack: partial(hand_back, playbooks_used=playbooks_used),
            commands.CompleteHandoff: complete_handoff,
            commands.KeepHandoff: keep_handoff,
            commands.TakeOver: take_over,
            commands.AskToReassign: ask_to_reassign,
            commands.ReassignHandoff: reassign_handoff,
            commands.ExplainLadder: explain_ladder,
            commands.AskForTimes: ask_for_times,
            commands.ChangeTimes: change_times,
        },
        phrases=PHRASES,
        clock=(
            ClockTask(name="handoffs", model=Handoff, act=act_on_due, again_after=AGAIN_AFTER),
            ClockTask(name="holds", model=Hold, act=tell_about_holds, again_after=AGAIN_AFTER),
        ),
        outcomes={HOLD_OUTCOME: hear_of_cards, OFFER_OUTCOME: hear_of_offers},
        board=(handoffs_on_board, holds_on_board),
        home=(handoffs_on_home,),
        home_rank=10,
        occupied=occupied,
        team_changed=look_again,
        erase_old=erase_old,
    )
