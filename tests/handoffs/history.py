"""Random histories of handoffs: people, clicks, time, restarts and failing platforms; what must hold after each."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from bot.delivery.model import Card, DeliveryState
from bot.directory.model import Conversation, Identity, Person
from bot.errors import ConversationGone, OutcomeUnknown, PlatformDown, RateLimited
from bot.handoffs.model import OPEN, Handoff, HandoffState, Hold, Offer, OfferState
from bot.say.replies import OpenForm
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.work.auditing import Audit, audit
from tests.handoffs.crowd import join
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.store.database import Database

AGENTS = ("ana", "ben", "omar", "dan", "eva")
SUPERVISORS = ("sofia", "lea")
EVERYBODY = (*AGENTS, *SUPERVISORS)
COOLING = timedelta(minutes=30)

people = st.sampled_from(EVERYBODY)
numbers = st.integers(0, 5)  # counted back from the latest handoff
spans = st.sampled_from([1, 4, 6, 20, 41, 61, 301, 1801, 7201, 50_000])
failures = st.sampled_from(["gone", "down", "limited", "unknown"])


def failure(kind: str) -> BaseException:
    return {
        "gone": ConversationGone(),
        "down": PlatformDown(),
        "limited": RateLimited(timedelta(seconds=20)),
        "unknown": OutcomeUnknown(),
    }[kind]


class Histories(RuleBasedStateMachine):
    """One organisation, as many people and troubles as come up. Subclasses say on which database."""

    open_database: Callable[[], Database]
    close_database: Callable[[Database], None]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = self.open_database()
        self.stage = FakeStage(self.database, SHIPPED_PLAYBOOKS)
        self.keys = 0
        self.lossy: set[str] = set()  # direct chats that lost something for good
        self.checked_offers: dict[int, datetime] = {}

    def teardown(self) -> None:
        self.runner.close()
        self.close_database(self.database)

    def do(self, job: Awaitable[object]) -> object:
        async def run() -> object:
            return await job

        return self.runner.run(run())

    @initialize()
    def gather(self) -> None:
        self.do(people_of(self.stage))
        self.do(join(self.stage, ["dan", "eva"]))
        self.do(join(self.stage, ["lea"], supervisors=True))

    # --- what people do --------------------------------------------------------------------------

    def types(self, who: str, words: str) -> None:
        self.do(self.stage.program.dispatch.say(words, self.where(who, "support")))
        self.do(self.stage.settle())

    def presses(self, presser: str, button: str, number: int, **fields: str) -> None:
        latest = len(self.rows(Handoff))
        if number < latest:
            values = {"handoff": str(latest - number)} | fields
            reply = self.do(self.stage.program.dispatch.submit(button, values, self.where(presser, f"@{presser}")))
            assert "went wrong" not in str(reply), (button, reply)
            assert not isinstance(reply, OpenForm)
            self.do(self.stage.settle())

    def where(self, who: str, place: str) -> object:
        self.keys += 1
        return self.stage.origin(who, place, f"key-{self.keys:08}")

    @rule(
        who=people,
        case=st.sampled_from(["", "", "CASE-1 ", "CASE-2 "]),
        why=st.sampled_from(["", "heated: shouting", "safety: threats", "end of shift"]),
    )
    def recuse(self, who: str, case: str, why: str) -> None:
        self.types(who, f"/recuse {case}{why}")

    @rule(who=people, wish=people)
    def recuse_with_a_wish(self, who: str, wish: str) -> None:
        self.types(who, f"/recuse <@{wish}>")

    @rule(who=st.sampled_from(SUPERVISORS), whom=people)
    def recuse_for(self, who: str, whom: str) -> None:
        self.types(who, f"/recuse for <@{whom}>")

    @rule(who=people, number=numbers)
    def accept(self, who: str, number: int) -> None:
        self.presses(who, "accept-handoff", number)

    @rule(number=numbers)
    def whoever_is_asked_accepts(self, number: int) -> None:
        offers = [offer for offer in self.rows(Offer) if offer.state == OfferState.ASKED]
        if offers:
            self.presses(self.accounts()[offers[-1].person_id], "accept-handoff", number)

    @rule(who=people, number=numbers, button=st.sampled_from(["decline-handoff", "hand-back", "keep-handoff"]))
    def answer(self, who: str, number: int, button: str) -> None:
        self.presses(who, button, number)

    @rule(
        who=people,
        number=numbers,
        button=st.sampled_from(["cancel-handoff", "promise-callback", "complete-handoff"]),
    )
    def end(self, who: str, number: int, button: str) -> None:
        self.presses(who, button, number)

    @rule(who=st.sampled_from(SUPERVISORS), number=numbers, drawn=st.integers(0, 7))
    def take_over(self, who: str, number: int, drawn: int) -> None:
        self.moves(who, "take-over", number, drawn)

    @rule(who=st.sampled_from(SUPERVISORS), whom=people, number=numbers, drawn=st.integers(0, 7))
    def reassign(self, who: str, whom: str, number: int, drawn: int) -> None:
        self.moves(who, "reassign-handoff", number, drawn, who=f"<@{whom}>")

    def moves(self, presser: str, button: str, number: int, drawn: int, **fields: str) -> None:
        """Press what was drawn while somebody in particular had it: nobody else loses it."""
        before = {one.id: one.taker_id for one in self.rows(Handoff)}
        self.presses(presser, button, number, holder=str(drawn), **fields)
        lost = {before[one.id] for one in self.rows(Handoff) if one.taker_id != before[one.id]}
        assert lost <= {None, drawn}

    @rule(who=people, number=numbers, customer=st.sampled_from(["", "Mr Vogel", "Mrs Finch"]))
    def write(self, who: str, number: int, customer: str) -> None:
        self.presses(who, "write-note", number, customer=customer, happened="he will come after me")

    @rule(who=people, words=st.sampled_from(["away 20m", "away", "back", "shift daily 8-12", "shift off"]))
    def come_and_go(self, who: str, words: str) -> None:
        self.types(who, f"/zanshin {words}")

    @rule(who=people)
    def hold(self, who: str) -> None:
        self.do(self.stage.program.dispatch.press("start-hold", {}, self.where(who, f"@{who}")))
        self.do(self.stage.settle())

    @precondition(lambda self: any(hold.ended_at is None for hold in self.rows(Hold)))
    @rule()
    def end_holds(self) -> None:
        for hold in self.rows(Hold):
            who = self.accounts()[hold.person_id]
            self.do(self.stage.program.dispatch.press("end-hold", {"hold": str(hold.id)}, self.where(who, f"@{who}")))
        self.do(self.stage.settle())

    # --- what else happens -----------------------------------------------------------------------

    @rule(seconds=spans)
    def time_passes(self, seconds: int) -> None:
        self.stage.clock.move(timedelta(seconds=seconds))
        self.do(self.stage.settle())

    @rule(who=people, kinds=st.lists(failures, min_size=1, max_size=4))
    def a_chat_fails(self, who: str, kinds: list[str]) -> None:
        self.stage.messenger.fail_in(f"@{who}", *map(failure, kinds))
        if {"gone", "unknown"}.intersection(kinds):
            self.lossy.add(who)

    @rule()
    def the_program_dies_before_it_sends(self) -> None:
        """Whatever was committed and not sent is sent by the next process."""
        self.do(self.stage.program.dispatch.say("/recuse", self.where("eva", "support")))
        before = self.stage
        self.stage = FakeStage(self.database, SHIPPED_PLAYBOOKS, before.clock)
        before.messenger.posts, posts = [], before.messenger.posts
        self.stage.messenger.posts = posts
        self.do(self.stage.settle())

    # --- what must hold --------------------------------------------------------------------------

    def rows(self, model: type[object]) -> list[object]:
        columns: object = model
        return self.do(
            self.database.read(lambda session: list(session.scalars(select(model).order_by(columns.id))))  # type: ignore[attr-defined]
        )

    def accounts(self) -> dict[int, str]:
        return {one.person_id: one.address for one in self.rows(Identity)}

    @invariant()
    def no_silence(self) -> None:
        """Every open handoff has a next moment, and none that has passed unheard."""
        now = self.stage.clock.now()
        for one in self.rows(Handoff):
            if one.state in OPEN:
                assert one.next_due_at is not None, one.id
                assert one.next_due_at > now - timedelta(seconds=5), (one.id, one.next_due_at, now)
            else:
                assert one.next_due_at is None, one.id

    @invariant()
    def the_auditor_finds_nothing(self) -> None:
        """Whatever has a next step has a time for it, and it is not long past."""
        now, tasks = self.stage.clock.now(), self.stage.program.ticker.tasks
        found = self.do(self.database.read(lambda session: audit(session, tasks, now, datetime.now(UTC))))
        assert found == Audit(), found

    @invariant()
    def one_taker_at_most(self) -> None:
        """Whoever has a case took it; nobody else holds its buttons."""
        accounts = self.accounts()
        offers = {(offer.handoff_id, offer.person_id): offer for offer in self.rows(Offer)}
        for one in self.rows(Handoff):
            assert (one.taker_id is None) or offers[one.id, one.taker_id].state == OfferState.TOOK
            if one.state == HandoffState.TAKEN:
                holders = self.who_sees("complete-handoff", one.id)
                assert holders - self.unsure() <= {accounts[one.taker_id]}, (one.id, holders)

    @invariant()
    def no_dead_button(self) -> None:
        """Once it is over for whoever was asked, nobody is left with "I take it"."""
        for one in self.rows(Handoff):
            if one.state != HandoffState.SEARCHING:
                assert not self.who_sees("accept-handoff", one.id) - self.unsure(), one.id

    def unsure(self) -> set[str]:
        """List whose chat lost something for good, or has something still to come."""
        pending = self.do(
            self.database.read(
                lambda session: set(
                    session.scalars(
                        select(Identity.address)
                        .join(Conversation, Conversation.person_id == Identity.person_id)
                        .join(Card, Card.conversation_id == Conversation.id)
                        .where(Card.state == DeliveryState.PENDING)
                    )
                )
            )
        )
        return self.lossy | pending

    def who_sees(self, button: str, handoff_id: int) -> set[str]:
        """List in whose chat a living card has this button; notices are said once and answer a late press."""
        wanted = {"handoff": str(handoff_id)}
        return {
            post.conversation.removeprefix("@")
            for post in self.stage.messenger.posts
            if not post.notice and post.conversation  # taken away: nobody sees it
            for pressed in post.message.buttons()
            if pressed.command == button and pressed.fields == wanted
        }

    @invariant()
    def nobody_is_asked_who_must_not_be(self) -> None:
        """Not the requester, not whoever had the case, not whoever rests, nobody away, nobody without a role."""
        now = self.stage.clock.now()
        everybody = {one.id: one for one in self.rows(Person)}
        handoffs = self.rows(Handoff)
        by_id = {one.id: one for one in handoffs}
        for offer in self.rows(Offer):
            if offer.asked_at != now or self.checked_offers.get(offer.id) == now or offer.state == OfferState.TOOK:
                continue
            self.checked_offers[offer.id] = now
            handoff, person = by_id[offer.handoff_id], everybody[offer.person_id]
            assert person.id != handoff.requester_id
            assert person.is_agent or person.is_supervisor
            if offer.state == OfferState.ASKED and handoff.state == HandoffState.SEARCHING:
                assert person.away_since is None or (person.away_until is not None and person.away_until <= now)
                assert not self.rests(person.id, handoffs, now), (offer.id, person.name)
                assert not self.had_it(person.id, handoff, handoffs), (offer.id, person.name)

    def rests(self, person_id: int, handoffs: list[Handoff], now: datetime) -> bool:
        return any(
            one.requester_id == person_id and one.state != HandoffState.CANCELLED and one.started_at + COOLING > now
            for one in handoffs
        )

    def had_it(self, person_id: int, handoff: Handoff, handoffs: list[Handoff]) -> bool:
        took = {(offer.handoff_id, offer.person_id) for offer in self.rows(Offer) if offer.state == OfferState.TOOK}
        same = [
            one
            for one in handoffs
            if one.chain == handoff.chain or (handoff.case_hash is not None and one.case_hash == handoff.case_hash)
        ]
        return any(
            (one.requester_id == person_id and one.state != HandoffState.CANCELLED) or (one.id, person_id) in took
            for one in same
        )

    @invariant()
    def everybody_is_told_the_end(self) -> None:
        """The requester's card says how it stands, wherever it could be shown."""
        accounts = self.accounts()
        titles = {
            HandoffState.SEARCHING: "I'm finding somebody for you",
            HandoffState.CANCELLED: "You go on with it",
            HandoffState.CALLBACK: "The customer is to be called back",
        }
        for one in self.rows(Handoff):
            who = accounts[one.requester_id]
            shown = [
                post.message.title
                for post in self.stage.messenger.posts
                if post.conversation == f"@{who}" and f"handoff {one.id}" in _about(post.message)
            ]
            if who not in self.unsure() and one.state in titles and shown:
                assert titles[HandoffState(one.state)] in shown, (one.id, one.state, shown)


def _about(message: object) -> str:
    return " ".join(f"handoff {button.fields.get('handoff')}" for button in message.buttons())  # type: ignore[attr-defined]
