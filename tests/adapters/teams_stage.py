"""Teams as a stage: scripts are played by signed activities, and what people see is read off what our Teams holds."""

from __future__ import annotations

import itertools
import json
import re
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from adapters.teams.cards import ANSWER
from adapters.teams.invokes import MESSAGE_TYPE
from adapters.teams.places import PLATFORM
from adapters.teams.render import CONTENT_TYPE
from adapters.teams.serve import TeamsPlatform
from adapters.teams.settings import TeamsSettings
from adapters.teams.workspaces import meet
from adapters.web import sample
from adapters.web.sample import PEOPLE
from bot.delivery.model import Card
from bot.directory.model import Workspace
from bot.say.messages import Button, Form, Input
from tests.colleagues import COLLEAGUES, seat_colleagues
from tests.fakes.clock import FakeClock
from tests.fakes.teams import TEAM, TOKEN, Posted, Teams, directory_id
from tests.fakes.teams_rules import APP, BOT, INPUTS, TENANT, walk
from tests.stage import CHANNELS, Seen, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.store.database import Database

_MARKUP = re.compile(
    r"\\(?P<plain>[^\w\s]|_)|\*\*|<at>(?P<at>.*?)</at>|\[(?P<label>(?:\\.|[^\]\\])*)\]\(https?://[^)]*\)"
    r"|\{\{DATE\((?P<date>[^,)]*)[^)]*\)\}\} \{\{TIME\([^)]*\)\}\}|\{\{TIME\((?P<time>[^)]*)\)\}\}"
)
_KNOWN = "|".join([*(person.account for person in PEOPLE), *COLLEAGUES])
_NAMED = re.compile(rf"(?<![\w<])@({_KNOWN})\b")  # Teams knows nobody else
_STYLES = {"positive": "primary", "destructive": "danger"}


def account(name: str) -> str:
    """Give the account of a person of the cast."""
    return f"29:{name}"


def channel(place: str) -> str:
    """Give the channel of a place of the cast."""
    return f"19:{place}@thread.tacv2"


def words(markdown: str) -> str:
    """Read one text as people do."""
    return _MARKUP.sub(_read, markdown.replace("\N{WORD JOINER}", ""))


def _read(found: re.Match[str]) -> str:
    if found["plain"] is not None:
        return found["plain"]
    if found["at"] is not None:
        return "@" + words(found["at"])
    if found["label"] is not None:
        return words(found["label"])
    if moment := found["date"] or found["time"]:
        return f"{datetime.fromisoformat(moment).astimezone(UTC):%H:%M} UTC"
    return ""


def lines(elements: list[dict[str, Any]]) -> Iterator[str]:
    """Read a card line by line."""
    for one in elements:
        match one["type"]:
            case "TextBlock":
                yield from (re.sub(r"^(?:- |✅ |⏳ )", "", words(line)) for line in one["text"].splitlines() if line)
            case "FactSet":
                yield from (
                    f"{words(fact['title'])}: {words(fact['value']).removeprefix('🔴 ')}" for fact in one["facts"]
                )
            case "Container":
                yield from lines(one["items"])
            case "ActionSet":
                yield " ".join(f"[{action['title']}]" for action in one["actions"] if not takes_words(action))
            case kind if kind in INPUTS:
                yield f"[{one['label']} …]"


def actions(card: dict[str, Any]) -> list[dict[str, Any]]:
    """List what can be pressed."""
    return [one for one in walk(card["body"]) if one["type"] == "Action.Execute"]


def takes_words(action: dict[str, Any]) -> bool:
    """Say whether what is typed goes along with it: it belongs to a box or a form."""
    return bool(action["associatedInputs"] == "auto")


def sends(card: dict[str, Any]) -> dict[str, Any] | None:
    """Find the button that sends the form on a card, if there is one."""
    return next((one for one in actions(card) if "form" in one["data"]), None)


def inputs(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """List the questions of a card by their names."""
    found = (one for one in walk(card["body"]) if one["type"] in INPUTS)
    return {one["id"].removeprefix(ANSWER): one for one in found}


def errors(card: dict[str, Any]) -> dict[str, str]:
    """Read what stands beside the questions of a card."""
    found, name = {}, ""
    for one in card["body"]:
        if one["type"] in INPUTS:
            name = one["id"].removeprefix(ANSWER)
        elif name and one.get("color") == "Attention" and one.get("weight") == "Bolder":
            found[name] = words(one["text"]).removeprefix("⚠️ ")
    return found


def filled(asked: dict[str, Any], answer: str) -> str:
    """Fill in a question as a person does; the answer is written as scripts write it."""
    if asked["type"] == "Input.ChoiceSet":
        values = [choice["value"] for choice in asked["choices"]]
        free = "choices.data" in asked
        assert free or not answer or answer in values, f"{answer!r} cannot be picked"
    if asked["type"] == "Input.Toggle":
        return asked["valueOn"] if answer else asked["valueOff"]
    assert len(answer) <= asked.get("maxLength", 3000), "Teams lets nobody type more"
    return answer


def seat(session: Session, *, now: datetime, colleagues: bool = True) -> None:
    """Put the sample people, their team and its channels in place."""
    meet(session, tenant=TENANT, now=now)
    workspace = session.scalars(select(Workspace).where(Workspace.platform == PLATFORM)).one()
    sample.seat(session, workspace, now, account=account, channel=channel)
    if colleagues:
        seat_colleagues(session, workspace, now, account=account)


class TeamsStage:
    """A tenant of Teams, spoken to as Teams speaks."""

    def __init__(
        self, database: Database, playbooks_dir: Path, clock: FakeClock | None = None, *, more: Sequence[str] = ()
    ) -> None:
        """Set it; `more` names what is switched on: targeted, presence."""
        self._targeted, self._presence = "targeted" in more, "presence" in more
        self.clock = clock or FakeClock()
        self.teams = Teams(self.clock, paced=False)
        self.database = database
        self._playbooks_dir = playbooks_dir
        self._sent: dict[tuple[str, str], bytes] = {}  # by person and key: the same once more
        self._answered: dict[str, list[Posted]] = {}  # answers in direct chats, by person and place
        self._form: dict[str, Posted] = {}  # what is being filled in
        self._asked: dict[str, dict[str, Any]] = {}  # how it was asked first
        self._seconds = itertools.count()
        self._homes: set[str] = set()  # the messages that are Homes

    async def open(self) -> None:
        self._stack = AsyncExitStack()
        platform = await self.platform(self._stack)
        self.program, self.client = await served(self._stack, self.database, self._playbooks_dir, self.clock, platform)

    async def platform(self, stack: AsyncExitStack) -> TeamsPlatform:
        """Start our Teams; build what speaks to it."""
        await stack.enter_async_context(self.teams.serving())
        for person in PEOPLE:
            self.teams.add_person(account(person.account), person.account.title())
            self.teams.chat_with(account(person.account))
        for name, shown in COLLEAGUES.items():
            self.teams.add_person(account(name), shown)
            self.teams.chat_with(account(name))
        for place in CHANNELS:
            self.teams.add_channel(channel(place), place)
        settings = TeamsSettings(
            app_id=APP,
            app_password="a secret",
            app_tenant=TENANT,
            keys_url=self.teams.keys_url,
            service_hosts=(self.teams.host,),
            targeted=self._targeted,
            presence=self._presence,
            graph_url=self.teams.service_url,
        )
        self.served = TeamsPlatform(settings, self.database, self.clock, self._ticks, token=_token)
        return self.served

    def _ticks(self) -> float:
        """Let time pass between messages, so that scripts need not wait for their turn."""
        return float(next(self._seconds))

    async def close(self) -> None:
        await self._stack.aclose()

    async def seat(self, *, colleagues: bool = True) -> None:
        """Put the sample people in place, as if they had been here before."""
        await self.database.write(partial(seat, now=self.clock.now(), colleagues=colleagues))
        for person in PEOPLE:
            self.bear(await self.post(self.activity("conversationUpdate", person.account, f"@{person.account}")))

    def bear(self, answer: tuple[int, dict[str, Any]]) -> dict[str, Any]:
        """Insist that an activity was taken."""
        status, body = answer
        assert status == 200, body
        return body

    # --- what people do -------------------------------------------------------------------------

    async def type(self, who: str, place: str, words: str, key: str) -> None:
        entities: list[dict[str, Any]] = []
        for found in _NAMED.finditer(words):
            name = _called(found[1])
            text = f"<at>{name}</at>"
            entities.append({"type": "mention", "text": text, "mentioned": {"id": account(found[1]), "name": name}})
        said = _NAMED.sub(lambda found: f"<at>{_called(found[1])}</at>", words)
        typed = {"text": said, "entities": entities, "textFormat": "plain"}
        direct = place.startswith(("@", "home:"))
        if direct or words.startswith("/"):  # in a channel, as a command that only the bot hears
            await self._send(who, place, key, lambda: self.activity("message", who, place, **typed))
        await self.settle()

    async def press(self, who: str, place: str, post: Seen, button: Button, key: str) -> None:
        posted = post.handle
        assert isinstance(posted, Posted)
        found = next(
            one
            for card in reversed(posted.past)  # it may have changed since it was seen
            for one in actions(card)
            if (one["title"], one["verb"]) == (button.label, button.command) and one["data"]["fields"] == button.fields
        )
        await self._execute(who, place, posted, (found["verb"], found["data"]), key)
        await self.settle()

    async def submit(self, who: str, place: str, answers: dict[str, str], key: str) -> None:
        posted = self._form[who]
        card = posted.shown_to(account(who))
        sending = sends(card)
        assert sending is not None
        typed = {}
        for name, asked in inputs(card).items():
            untouched = str(inputs(self._asked[who])[name].get("value", ""))  # as in every other script
            given = _as_teams(answers[name]) if name in answers else untouched
            typed[ANSWER + name] = filled(asked, given)
        await self._execute(who, place, posted, (sending["verb"], sending["data"] | typed), key)
        await self.settle()

    async def _execute(
        self, who: str, place: str, posted: Posted, pressed: tuple[str, dict[str, Any]], key: str
    ) -> None:
        verb, data = pressed
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
        # Nobody can press what stands in somebody else's direct chat; whoever tries in a script does it at home.
        whose = self.teams.chats.get(posted.conversation, account(who))
        where = posted.conversation if whose == account(who) else self.teams.chat_with(account(who))
        sent = {"name": "adaptiveCard/action", "value": value, "replyToId": posted.id}

        def build() -> dict[str, Any]:
            return self.activity("invoke", who, place, **sent) | {"conversation": self._conversation(where)}

        answer = await self._send(who, place, key, build)
        if answer.get("type") == CONTENT_TYPE:
            posted.show(account(who), answer["value"])
        else:
            assert answer.get("type") == MESSAGE_TYPE, answer
        self._look_for_form(who, [posted])

    async def open_home(self, who: str) -> None:
        key = f"home-{next(self.teams.number)}"
        await self._send(who, f"@{who}", key, lambda: self.activity("message", who, f"@{who}", text="status"))
        await self.settle()

    async def settle(self) -> None:
        while await self.program.ticker.tick():
            pass
        await self.program.sender.drain()
        self._homes |= await self.database.read(_homes)
        assert not self.teams.problems, self.teams.problems

    # --- what people see ------------------------------------------------------------------------

    async def seen(self, who: str, place: str) -> list[Seen]:
        return [self._seen(who, one) for one in self._here(who, place) if self._is_read(who, one)]

    def _here(self, who: str, place: str) -> list[Posted]:
        mine = [one for one in self.teams.posts if self.teams.chats.get(one.conversation) == account(who)]
        homes = [one for one in mine if one.id in self._homes]
        if place.startswith("home:"):
            return [*homes[-1:], *(one for one in self._answered.get(f"{who} {place}", []) if one not in homes)]
        elsewhere = [one for key, found in self._answered.items() if key != f"{who} {place}" for one in found]
        if place.startswith("@"):
            return [one for one in mine if one not in elsewhere and one not in homes]
        there = [one for one in self.teams.posts if one.conversation.partition(";")[0] == channel(place)]
        return [*there, *self._answered.get(f"{who} {place}", [])]

    def _is_read(self, who: str, one: Posted) -> bool:
        """Say whether it is more than a form: what is said at the top of one is read too."""
        card = one.shown_to(account(who))
        return sends(card) is None or (account(who) in one.views and not errors(card))

    def _seen(self, who: str, one: Posted) -> Seen:
        card = one.shown_to(account(who))
        read = "\n".join(line.strip() for line in lines(card["body"]) if line.strip())
        buttons = tuple(
            Button(
                label=action["title"],
                command=action["verb"],
                fields=action["data"]["fields"],
                style=_STYLES.get(action.get("style", ""), "plain"),
            )
            for action in actions(card)
            if not takes_words(action)
        )
        private = one.conversation in self.teams.chats
        return Seen(read, buttons, private=private, notice=False, handle=one)

    def form(self, who: str) -> Form | None:
        posted = self._form.get(who)
        if posted is None:
            return None
        card = posted.shown_to(account(who))
        sending = sends(card)
        assert sending is not None
        asked = sending["data"]["form"]
        return Form(
            title=asked["title"],
            command=sending["verb"],
            fields=sending["data"]["fields"],
            intro=(_intro(card, asked["title"]),),
            inputs=tuple(
                Input(name=name, label=one["label"], value=str(one.get("value", "")))
                for name, one in inputs(card).items()
            ),
            submit=sending["title"],
        )

    def errors(self, who: str) -> dict[str, str]:
        posted = self._form.get(who)
        return errors(posted.shown_to(account(who))) if posted is not None else {}

    # --- the wire -------------------------------------------------------------------------------

    def activity(self, kind: str, who: str, place: str, **more: Any) -> dict[str, Any]:
        """Build an activity."""
        direct = place.startswith(("@", "home:"))
        where = self.teams.chat_with(account(who)) if direct else f"{channel(place)};messageid=1"
        in_team = (
            {}
            if direct
            else {
                "team": {"id": TEAM, "aadGroupId": "6f0f0d5e-58b1-4d6b-a1d9-0f6b8b7c2a10"},
                "channel": {"id": channel(place)},
            }
        )
        return {
            "type": kind,
            "id": str(next(self.teams.number)),
            "timestamp": f"{self.clock.now():%Y-%m-%dT%H:%M:%S.%fZ}",
            "serviceUrl": self.teams.service_url,
            "channelId": "msteams",
            "from": {"id": account(who), "name": _called(who), "aadObjectId": directory_id(account(who))},
            "conversation": self._conversation(where),
            "recipient": {"id": BOT, "name": "Zanshin"} | ({} if direct else {"isTargeted": True}),
            "channelData": {"tenant": {"id": TENANT}, **in_team},
        } | more

    def _conversation(self, where: str) -> dict[str, Any]:
        kind = "personal" if where in self.teams.chats else "channel"
        return {"id": where, "conversationType": kind, "tenantId": TENANT}

    async def _send(self, who: str, place: str, key: str, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Send an activity; under the same key, the same once more."""
        if (who, key) not in self._sent:
            self._sent[who, key] = json.dumps(build()).encode()
        before = list(self.teams.posts)
        body = self.bear(await self.post_raw(self._sent[who, key]))
        chat = self.teams.chat_with(account(who))
        new = [one for one in self.teams.posts if one not in before and one.conversation == chat]
        self._answered.setdefault(f"{who} {place}", []).extend(new)
        self._look_for_form(who, new)
        return body

    def _look_for_form(self, who: str, posts: list[Posted]) -> None:
        """Notice which form is being filled in."""
        for one in posts:
            sending = sends(card := one.shown_to(account(who)))
            if sending is not None:
                self._form[who] = one
                if not errors(card):
                    self._asked[who] = card
            elif self._form.get(who) is one:
                del self._form[who]

    async def post(self, activity: dict[str, Any], **headers: str) -> tuple[int, dict[str, Any]]:
        return await self.post_raw(json.dumps(activity).encode(), **headers)

    async def post_raw(self, raw: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
        signed = {"Authorization": f"Bearer {self.teams.token()}", "Content-Type": "application/json"} | headers
        response = await self.client.post("/api/messages", data=raw, headers=signed)
        text = await response.text()
        return response.status, json.loads(text) if text else {}


def _called(name: str) -> str:
    return COLLEAGUES.get(name, name.title())


async def _token() -> str:
    return TOKEN


def _as_teams(answer: str) -> str:
    found = re.fullmatch(r"<([@#])([a-z]+)>", answer)
    if found is None:
        return answer
    return f"<@{account(found[2])}>" if found[1] == "@" else f"<#{channel(found[2])}>"


def _intro(card: dict[str, Any], title: str) -> str:
    """Read what a form says before its questions."""
    before = []
    for one in card["body"]:
        if one["type"] in INPUTS:
            break
        before.append(one)
    return "\n".join(line for line in lines(before) if line != title)


def _homes(session: Session) -> set[str]:
    shown = session.scalars(select(Card.reference).where(Card.subject.startswith("home:"), Card.reference.is_not(None)))
    return {str(reference).rpartition("|")[2] for reference in shown}
