"""The first five minutes of the playground: what to try, each step a press that puts one in the right place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from bot.say.language import N_, _


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to try: who to be, where, and what to type; or the clock pushed to what is due next."""

    says: str
    account: str
    place: str
    words: str = ""
    pushes: bool = False
    needs: str = ""  # what has to run before there is anything to push to

    @property
    def said(self) -> str:
        """Say it in the reader's language."""
        return _(self.says)

    @property
    def href(self) -> str:
        """Lead to the place, with the words in the box; Enter sends them."""
        there = {"as": self.account, "in": self.place} | ({"words": self.words} if self.words else {})
        return f"/?{urlencode(there)}"


STEPS = (
    Step(
        says=N_("Ana is shouted at: ask for a playbook, start it, put the customer on hold."),
        account="ana",
        place="support",
        words="/calm she keeps shouting at me",
    ),
    Step(says=N_("A minute on hold: I tell Ana to go back."), account="ana", place="@ana", pushes=True, needs="hold"),
    Step(
        says=N_("It's too much: find a colleague for Ana."),
        account="ana",
        place="support",
        words="/recuse CASE-42 heated: charged twice",
    ),
    Step(says=N_("Ben is asked. Take it, or press Not now."), account="ben", place="@ben"),
    Step(
        says=N_("Sofia leads: see who waits, and who is free."),
        account="sofia",
        place="@sofia",
        words="/zanshin status",
    ),
    Step(
        says=N_("Many are affected: Omar promises an update."),
        account="omar",
        place="incidents",
        words="/incident open sev2 Card payments fail for some customers",
    ),
    Step(says=N_("Nobody writes it: watch who is reminded."), account="omar", place="incidents", pushes=True),
)
