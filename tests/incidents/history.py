"""Random histories of incidents among handoffs: people, clicks, time, restarts and failing platforms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from bot.delivery.model import Card, DeliveryState
from bot.directory.model import Conversation, Person
from bot.incidents.decisions.cadence import Stage
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent, IncidentState
from tests.handoffs.history import Histories, failure, failures, people

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.platform import FakePost

CHANNEL = "incidents"
numbers = st.integers(0, 3)  # counted back from the latest incident
severities = st.integers(1, 4)
TICK = timedelta(seconds=5)


class IncidentHistories(Histories):
    """An organisation that has incidents and handoffs at once."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0

    @initialize()
    def begin(self) -> None:
        self.types_there("omar", "/incident open sev2 Card payments fail")

    # --- what people do --------------------------------------------------------------------------

    def types_there(self, who: str, words: str) -> None:
        reply = self.do(self.stage.program.dispatch.say(words, self.where(who, CHANNEL)))
        assert "went wrong" not in str(reply), (words, reply)
        self.do(self.stage.settle())

    def about(self, who: str, word: str, number: int, rest: str = "") -> None:
        latest = len(self.rows(Incident))
        if number < latest:
            self.types_there(who, f"/incident {word} #{latest - number} {rest}".strip())

    @rule(who=people, severity=severities)
    def open_one(self, who: str, severity: int) -> None:
        self.opened += 1
        self.types_there(who, f"/incident open sev{severity} Problem {self.opened}")

    @rule(who=people, when=st.sampled_from(["in 20m", "in 3h", "in 30h"]))
    def plan_one(self, who: str, when: str) -> None:
        self.opened += 1
        self.types_there(who, f"/incident plan sev2 {when} Work {self.opened}")

    @rule(who=people, number=numbers, by=st.sampled_from(["in 5m", "in 25m", "in 2h"]))
    def tell_customers(self, who: str, number: int, by: str) -> None:
        self.about(who, "update", number, f"Some cards are declined. We switch. Next update {by}")

    @rule(who=people, number=numbers, sent=st.sampled_from(["yes", ""]))
    def fill_in(self, who: str, number: int, sent: str) -> None:
        answers = {"notice": "It is slow.", "doing": "We look.", "by": "in 40m", "sent": sent, "confirm": "yes"}
        self.submits(who, "post-update", number, **answers)

    @rule(number=numbers)
    def say_it_was_sent(self, number: int) -> None:
        drafts = [event for event in self.rows(IncidentEvent) if event.kind == EventKind.DRAFTED]
        if drafts:
            self.submits("omar", "was-sent", number, event=str(drafts[-1].id))

    @rule(who=people, number=numbers, word=st.sampled_from(["note", "reopen", "show", "history"]))
    def ask(self, who: str, number: int, word: str) -> None:
        self.about(who, word, number, "The vendor called" if word == "note" else "")

    @rule(number=numbers, who=st.sampled_from(["omar", "sofia"]))
    def resolve(self, number: int, who: str) -> None:
        self.about(who, "resolve", number, "All is well again.")

    @rule(nags=st.integers(1, 5))
    def wait_for_nags(self, nags: int) -> None:
        """Let time pass to the next thing the clock does with an incident, and the next."""
        for _nag in range(nags):
            due = [one.next_due_at for one in self.rows(Incident) if one.next_due_at is not None]
            if due:
                self.stage.clock.move(max(min(due) - self.stage.clock.now(), timedelta()))
                self.do(self.stage.settle())
            self.one_nag_at_a_time_and_in_order()

    @rule(who=people, number=numbers, severity=severities)
    def change_severity(self, who: str, number: int, severity: int) -> None:
        self.about(who, "severity", number, f"sev{severity}")

    @rule(who=people, number=numbers, rest=st.sampled_from(["snooze|30m", "snooze|2h", "pause|until in 50m"]))
    def rest(self, who: str, number: int, rest: str) -> None:
        word, length = rest.split("|")
        self.about(who, word, number, f"{length} because the fix rolls out")

    @rule(who=people, number=numbers)
    def resume(self, who: str, number: int) -> None:
        self.about(who, "resume", number)

    @rule(who=people, whom=people, number=numbers)
    def offer(self, who: str, whom: str, number: int) -> None:
        self.about(who, "owner", number, f"<@{whom}>")

    @rule(who=people, number=numbers)
    def own(self, who: str, number: int) -> None:
        self.submits(who, "accept-ownership", number)

    def submits(self, who: str, button: str, number: int, **fields: str) -> None:
        latest = len(self.rows(Incident))
        if number < latest:
            values = {"number": str(latest - number)} | fields
            reply = self.do(self.stage.program.dispatch.submit(button, values, self.where(who, CHANNEL)))
            assert "went wrong" not in str(reply), (button, reply)
            self.do(self.stage.settle())

    @rule(kinds=st.lists(failures, min_size=1, max_size=3))
    def the_channel_fails(self, kinds: list[str]) -> None:
        self.stage.messenger.fail_in(CHANNEL, *map(failure, kinds))
        if {"gone", "unknown"}.intersection(kinds):
            self.lossy.add(CHANNEL)

    @rule()
    def a_day_of_downtime(self) -> None:
        before = len(self.nags())
        live = {one.id for one in self.rows(Incident) if one.state in LIVE}
        self.stage.clock.move(timedelta(hours=24))
        self.do(self.stage.settle())
        said = [event.incident_id for event in self.nags()[before:] if not self.went_up(event)]
        assert len(said) == len(set(said)), said  # one catch-up each at most
        assert set(said) <= live

    def went_up(self, event: IncidentEvent) -> bool:
        """Say whether the supervisors may have been called at once, for nobody received what the channel was told."""
        return CHANNEL in self.lossy and event.stage == Stage.SUPERVISOR

    # --- what must hold --------------------------------------------------------------------------

    def nags(self) -> list[IncidentEvent]:
        return [event for event in self.rows(IncidentEvent) if event.kind == EventKind.NAGGED]

    @invariant()
    def every_promise_is_watched(self) -> None:
        """What is promised is still to come, was nagged about, or rests: nothing is forgotten."""
        now = self.stage.clock.now()
        for one in self.rows(Incident):
            if one.state == IncidentState.RESOLVED:
                # Ended without a word to customers, its owner is asked once, when news had been promised.
                assert one.next_due_at is None or one.next_due_at > now - TICK, one.number
                continue
            assert one.next_due_at is not None or one.stage == Stage.SUPERVISOR, one.number
            assert one.next_due_at is None or one.next_due_at > now - TICK, (one.number, one.next_due_at, now)
            resting = one.resume_at is not None and one.resume_at > now
            assert now < one.due_at + TICK or one.stage >= Stage.DUE or resting, (one.number, one.promise_at, now)

    @invariant()
    def one_nag_at_a_time_and_in_order(self) -> None:
        """Two nags about one promise are a minute apart, and each goes further than the one before."""
        made: dict[int, datetime] = {}
        last: dict[int, IncidentEvent] = {}
        for event in self.rows(IncidentEvent):
            if event.kind == EventKind.RESOLVED:
                made[event.incident_id] = event.at
            if event.kind == EventKind.REOPENED:
                made.pop(event.incident_id, None)
            if event.kind not in (EventKind.NAGGED, EventKind.NOTED):
                last.pop(event.incident_id, None) if event.promise_at is not None else None
            if event.kind != EventKind.NAGGED:
                continue
            assert event.incident_id not in made, "nagged after the end"
            before = last.get(event.incident_id)
            if before is not None and before.stage < event.stage and not self.went_up(event):
                assert event.at - before.at >= timedelta(seconds=55), (before.at, event.at)
            last[event.incident_id] = event

    @invariant()
    def a_new_promise_begins_anew(self) -> None:
        """Nobody is overdue on a promise that nobody was reminded of yet."""
        nagged = {event.incident_id: event.at for event in self.nags()}
        for one in self.rows(Incident):
            if one.id not in nagged or nagged[one.id] < one.promise_made_at:
                assert one.stage == Stage.QUIET, (one.number, one.stage)

    @invariant()
    def the_card_says_how_it_stands(self) -> None:
        """Once nothing is left to send, every card shows its incident as it is."""
        if CHANNEL in self.lossy or self.pending_there():
            return
        everybody = {one.id: one.name for one in self.rows(Person)}
        cards = self.cards()
        for one in self.rows(Incident):
            card = cards[f"#{one.number} {one.title}"]
            facts = {fact.name: fact.text for part in card.message.parts for fact in getattr(part, "facts", ())}
            assert facts["Severity"] == (f"sev{one.severity}",)
            assert facts["Owner"] == (everybody[one.owner_id],)
            if one.state != IncidentState.RESOLVED:
                promised = facts.get("Next update by") or facts["Customers are told by"]
                assert [word.at for word in promised if hasattr(word, "at")] == [one.promise_at]
                red = "overdue" in str(promised)
                assert red == (one.stage >= Stage.DUE) or (one.wanted_at is not None and not red)
            else:
                assert "Resolved" in facts

    @invariant()
    def no_nag_is_left_to_press(self) -> None:
        """At most one nag of each incident has buttons, and none of a resolved one."""
        if CHANNEL in self.lossy or self.pending_there():
            return
        live = {str(one.number) for one in self.rows(Incident) if one.state in LIVE}
        nags = [
            button.fields["number"]
            for post in self.stage.messenger.posts
            if post.conversation == CHANNEL and not post.only_for and "Severity" not in str(post.message)
            for button in post.message.buttons()
            if button.label == "No change"
        ]
        assert len(nags) == len(set(nags)), nags
        assert set(nags) <= live, nags

    def cards(self) -> dict[str, FakePost]:
        return {
            post.message.title: post
            for post in self.stage.messenger.posts
            if post.conversation == CHANNEL and not post.only_for and "Severity" in str(post.message)
        }

    def pending_there(self) -> bool:
        def read(session: object) -> bool:
            pending = (
                select(Card.id)
                .join(Conversation)
                .where(Conversation.address == CHANNEL, Card.state == DeliveryState.PENDING)
            )
            return session.scalar(pending.limit(1)) is not None  # type: ignore[attr-defined]

        return bool(self.do(self.database.read(read)))
