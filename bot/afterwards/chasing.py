"""The clock minds follow-ups: it reminds who does it, then the owner of the incident, then the supervisors."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sqlalchemy import not_, select

from bot.afterwards import cards
from bot.afterwards.decisions.pace import OFFICE, WEEK, Stage, next_nag
from bot.afterwards.following import quiet_of
from bot.afterwards.listing import open_ones
from bot.afterwards.model import FollowUp, FollowUpState
from bot.afterwards.view import Seen, see
from bot.delivery.model import DeliveryState, IfUnknown
from bot.directory.model import Person
from bot.directory.roster import on_team
from bot.incidents.decisions.cadence import Quiet
from bot.incidents.promise.calling import Leads
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Outcome

NAG_OUTCOME = "followup"
AGAIN_AFTER = timedelta(minutes=5)
MOST = 250  # looked at together


class _Round:
    """One look at the follow-ups of an organisation."""

    def __init__(self, work: Work) -> None:
        self.work = work

    @cached_property
    def supervisors(self) -> list[Person]:
        """Who is called; looked up when somebody has to be."""
        return Leads(self.work).supervisors

    def look(self, seen: Seen) -> None:
        """Say what is due of one."""
        row = seen.row
        if row.state != FollowUpState.OPEN:
            row.next_due_at = None
            return
        if not seen.person.on_team:
            self._say_it_is_nobodys(seen)
            return
        nag = next_nag(row.kept, quiet_of(seen.person, self.work), self.work.now)
        row.next_due_at = nag.next_due_at
        if nag.say is not None:
            self.say(seen, nag.say)

    def say(self, seen: Seen, stage: Stage) -> None:
        """Remind of it, and say so to whoever is asked for the first time."""
        row, work = seen.row, self.work
        stage = _up(stage, seen)
        row.stage, row.said_at = stage, work.now
        row.next_due_at = next_nag(row.kept, quiet_of(seen.person, work), work.now).next_due_at
        people = self._whom(seen, stage)
        said = stage if any(one.id != seen.person.id for one in people) else min(stage, Stage.AGAIN)
        for person in people:
            work.show_to(
                row.subject,
                person,
                partial(cards.followups.nag, seen, said, theirs=person.id == seen.person.id),
                if_unknown=IfUnknown.LEAVE,
                outcome_to=NAG_OUTCOME,
                afresh=True,
            )
        work.board_changed()

    def _whom(self, seen: Seen, stage: Stage) -> list[Person]:
        if stage is Stage.SUPERVISORS:
            return list({one.id: one for one in (*self.supervisors, seen.person)}.values())
        return [seen.owner, seen.person] if stage is Stage.OWNER else [seen.person]

    def _say_it_is_nobodys(self, seen: Seen) -> None:
        """Ask whose it is now: the supervisors at once, once it is due the owner of the incident too, and weekly."""
        row, work = seen.row, self.work
        row.stage, row.said_at = Stage.SUPERVISORS, work.now
        owner = [seen.owner] if seen.is_due and seen.owner.on_team else []
        for person in {one.id: one for one in (*self.supervisors, *owner)}.values():
            work.show_to(row.subject, person, partial(cards.followups.nobodys, seen), afresh=True)
        due_at = Quiet(OFFICE, work.organisation.zone).ends(row.due_at)
        row.next_due_at = min([work.now + WEEK, *([] if seen.is_due else [due_at])])
        work.board_changed()


def _up(stage: Stage, seen: Seen) -> Stage:
    """Leave out the owner of the incident where they do it themselves, or are not there any more."""
    skips = seen.owner.id == seen.person.id or not seen.owner.on_team
    return Stage.SUPERVISORS if stage is Stage.OWNER and skips else stage


def mind_follow_ups(rows: Sequence[FollowUp], work: Work) -> None:
    """Let the clock act on every follow-up that is due."""
    look = _Round(work)
    for seen in see(rows, work):
        look.look(seen)


def look_after_follow_ups(work: Work) -> None:
    """Ask whose a follow-up is now, the moment whoever did it leaves."""
    gone = select(Person.id).where(Person.organisation_id == work.actor.organisation_id, not_(on_team()))
    left = open_ones(work, MOST, FollowUp.person_id.in_(gone))
    look = _Round(work)
    for seen in see(left, work):
        if not _asked(seen):
            look.look(seen)


def _asked(seen: Seen) -> bool:
    """Say whether supervisors were asked already whose it is, since somebody left."""
    gone_at = max((at for at in (seen.person.left_at, seen.person.removed_at) if at is not None), default=None)
    said_at = seen.row.said_at
    return seen.row.stage == Stage.SUPERVISORS and said_at is not None and gone_at is not None and said_at >= gone_at


def hear_of_reminders(outcomes: Sequence[Outcome], work: Work) -> None:
    """Ask the next where a reminder could reach nobody."""
    lost: dict[int, set[int]] = defaultdict(set)
    reached: set[int] = set()
    for one in outcomes:
        follow_up = one.subject.number
        if one.state == DeliveryState.SENT:
            reached.add(follow_up)
        else:
            lost[follow_up].add(one.conversation_id)
    ids = lost.keys() - reached
    if not ids:
        return
    rows = open_ones(work, MOST, FollowUp.id.in_(ids))
    look = _Round(work)
    for seen in see(rows, work):
        if seen.row.stage < Stage.SUPERVISORS:
            look.say(seen, Stage(max(seen.row.stage + 1, Stage.OWNER)))
