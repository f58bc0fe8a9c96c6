"""What the incidents domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.directory.model import Person
from bot.incidents import commands, reading, resolving
from bot.incidents.decisions.cadence import Stage
from bot.incidents.due import AGAIN_AFTER, look_after_owners, watch_promises
from bot.incidents.kept import kept
from bot.incidents.meant import addressed
from bot.incidents.model import LIVE, Incident
from bot.incidents.owning import OWN_OUTCOME
from bot.incidents.promise.owing import engaged
from bot.incidents.promise.promises import NAG_OUTCOME, OPENED_OUTCOME, WORSE_OUTCOME
from bot.incidents.promise.unheard import hear_of_nags, hear_of_opening, hear_of_ownership, hear_of_worse
from bot.incidents.reading import incidents_on_board, incidents_on_home
from bot.incidents.typed.phrases import PHRASES
from bot.incidents.typed.threads import in_thread_of
from bot.incidents.updates import confirming, posting
from bot.incidents.updates.wordings import Wordings
from bot.say.language import ngettext
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import ClockTask, CodePurpose, Domain
from bot.work.retention import Retention

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.incidents.resolving import Ended

# Whose supervisors were called is looked at as long as somebody can still be called.
IS_WATCHED = Incident.state.in_(LIVE) & (Incident.stage != Stage.SUPERVISOR)


def domain(wordings: Wordings, retention: Retention, ended: Ended) -> Domain:
    """Bring incidents to the program; `ended` hears of every one that is over."""
    return Domain(
        hinders=hinders,
        use_cases=use_cases_of(
            "bot.incidents",
            {
                commands.AskForUpdate: partial(posting.ask_for_update, wordings=wordings),
                commands.PostUpdate: partial(posting.post_update, wordings=wordings),
                commands.TypeUpdate: addressed(partial(posting.type_update, wordings=wordings)),
                commands.WasSent: partial(confirming.was_sent, wordings=wordings, ended=ended),
                commands.AddNote: addressed(posting.add_note),
                commands.ShowWordings: partial(reading.show_wordings, wordings=wordings),
                commands.AskToResolve: partial(resolving.ask_to_resolve, wordings=wordings),
                commands.Resolve: addressed(partial(resolving.resolve, wordings=wordings, ended=ended)),
            },
        ),
        phrases=PHRASES,
        clock=(
            ClockTask(
                name="incidents",
                model=Incident,
                act=watch_promises,
                has_next=IS_WATCHED,
                again_after=AGAIN_AFTER,
            ),
        ),
        outcomes={
            NAG_OUTCOME: hear_of_nags,
            OPENED_OUTCOME: hear_of_opening,
            OWN_OUTCOME: hear_of_ownership,
            WORSE_OUTCOME: hear_of_worse,
        },
        in_thread={"incident": in_thread_of},
        board=(incidents_on_board,),
        home=(incidents_on_home,),
        home_rank=20,
        engaged=engaged,
        team_changed=look_after_owners,
        erase_old=eraser_of("bot.incidents", retention),
        kept=partial(kept, retention=retention),
    )


def hinders(session: Session, purpose: str, joins: Person, _stays: Person) -> str:
    """Say why they have to wait."""
    if purpose != CodePurpose.JOIN:
        return ""
    live = select(func.count(Incident.id)).where(
        Incident.organisation_id == joins.organisation_id, Incident.state.in_(LIVE)
    )
    count = session.scalars(live).one()
    if not count:
        return ""
    return ngettext(
        "{count} incident of those who join is open, and its number would change.",
        "{count} incidents of those who join are open, and their numbers would change.",
        count,
    ).format(count=count)
