"""Slack as a stage: scripts are played by signed requests, and what people see is read off what our Slack holds."""

from __future__ import annotations

import json
import re
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from adapters.slack.places import PLATFORM
from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import SlackSettings
from adapters.web import sample
from adapters.web.sample import PEOPLE
from bot.directory.model import Workspace
from bot.say.messages import Button, Form, Input
from tests.adapters.slack_payloads import SECRET, body_of, signature
from tests.colleagues import COLLEAGUES, seat_colleagues
from tests.fakes.clock import FakeClock
from tests.fakes.slack import TOKEN, OpenView, Said, Slack
from tests.fakes.slack_rules import BOT, TEAM
from tests.stage import CHANNELS, Seen, served

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.store.database import Database

_UNSEEN = "\N{ZERO WIDTH SPACE}"
_LOOKALIKES = str.maketrans({"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`", _UNSEEN: None})
_DATE = re.compile(r"<!date\^(\d+)\^([^|]*)\|[^>]*>")
_PERSON = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<https?://[^|>]+\|([^>]*)>")
_BOLD = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")
_KNOWN = "|".join([*(person.account for person in PEOPLE), *COLLEAGUES])
_NAMED = re.compile(rf"(?<![\w<])@({_KNOWN})\b")  # Slack knows nobody else


def account(name: str) -> str:
    """Give the account of a person of the cast."""
    return f"U0{name.upper()}"


def channel(place: str, who: str) -> str:
    """Give the channel of a place of the cast."""
    return f"D0{account(who)}" if place.startswith(("@", "home:")) else f"C0{place.upper()}"


class Reader:
    """Reads blocks as people do."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def text(self, blocks: list[dict[str, Any]]) -> str:
        return "\n".join(line.strip() for block in blocks for line in self._block(block).splitlines() if line.strip())

    def _block(self, block: dict[str, Any]) -> str:
        match block["type"]:
            case "header":
                return self.words(block["text"])
            case "section":
                fields = [self._fact(field) for field in block.get("fields", ())]
                beside = [f"[{self.words(block['accessory']['text'])}]"] if "accessory" in block else []
                return "\n".join([*([self.words(block["text"])] if "text" in block else fields), *beside])
            case "context":
                return "\n".join(map(self.words, block["elements"]))
            case "actions":
                return " ".join(f"[{self.words(element['text'])}]" for element in block["elements"])
            case "input":
                return f"[{self.words(block['label'])} …]"
            case _:
                return ""

    def _fact(self, field: dict[str, Any]) -> str:
        name, _line, value = self.words(field).partition("\n")
        return f"{name}: {value.removeprefix('🔴 ')}"

    def words(self, text: dict[str, Any]) -> str:
        """Read one text object."""
        words = str(text["text"])
        if text["type"] == "mrkdwn":
            words = _DATE.sub(_moment, words)
            words = _PERSON.sub(lambda found: f"@{self._slack.accounts[found[1]].name}", words)
            words = _LINK.sub(r"\1", words)
            words = _BOLD.sub(r"\1", words.replace("```", "")).replace("`", "")
            words = re.sub(r"^> ", "", words, flags=re.MULTILINE)
            for written, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
                words = words.replace(written, letter)
        return re.sub(r"^[•✅⏳] ", "", words.translate(_LOOKALIKES), flags=re.MULTILINE)


def _moment(found: re.Match[str]) -> str:
    """Read a time in the zone of the tests."""
    return f"{datetime.fromtimestamp(int(found[1]), UTC):%H:%M:%S} UTC"


def buttons(blocks: list[dict[str, Any]]) -> tuple[Button, ...]:
    """List what can be pressed; its command is what stands before the colon, as the core names it."""
    return tuple(
        Button(
            label=element["text"]["text"],
            command=element["action_id"].partition(":")[0],
            fields=json.loads(element["value"]),
            style=element.get("style", "plain"),
        )
        for block in blocks
        if block["type"] == "actions" or "accessory" in block
        for element in block.get("elements", [block.get("accessory")])
    )


def typed_in(element: dict[str, Any]) -> str:
    """Read what a question of a modal holds before anybody touches it, as scripts write answers."""
    if chosen := element.get("initial_option"):
        return str(chosen["value"])
    if element.get("initial_options"):
        return "yes"
    if person := element.get("initial_user"):
        return f"<@{person}>"
    if place := element.get("initial_conversation"):
        return f"<#{place}>"
    return str(element.get("initial_value", ""))


def filled(element: dict[str, Any], answer: str) -> dict[str, Any]:
    """Fill in a question as a person does; the answer is written as scripts write it."""
    kind = element["type"]
    match kind:
        case "static_select":
            options = [
                *element.get("options", ()),
                *(o for g in element.get("option_groups", ()) for o in g["options"]),
            ]
            chosen = next((option for option in options if option["value"] == answer), None)
            assert chosen is not None or not answer, f"{answer!r} cannot be picked"
            value: dict[str, Any] = {"selected_option": chosen}
        case "checkboxes":
            value = {"selected_options": element["options"] if answer else []}
        case "users_select":
            value = {"selected_user": answer.strip("<@>") or None}
        case "conversations_select":
            value = {"selected_conversation": answer.strip("<#>") or None}
        case _:
            assert len(answer) <= element.get("max_length", 3000), "Slack lets nobody type more"
            value = {"value": answer or None}
    return {"type": kind} | value


def _is_form(view: dict[str, Any]) -> bool:
    """Say whether a modal asks questions; the box of a search stands among things to press."""
    return "submit" in view and not any(block.get("dispatch_action") for block in view["blocks"])


def seat(session: Session, *, now: datetime, colleagues: bool = True) -> None:
    """Put the sample people, their team and its channels in place, in the workspace there is."""
    workspace = session.scalars(select(Workspace).where(Workspace.platform == PLATFORM)).one()
    sample.seat(session, workspace, now, account=account, channel=lambda place: channel(place, ""))
    if colleagues:
        seat_colleagues(session, workspace, now, account=account)


class SlackStage:
    """A workspace of Slack, spoken to as Slack speaks."""

    def __init__(self, database: Database, playbooks_dir: Path, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.slack = Slack(self.clock)
        self.database = database
        self._playbooks_dir = playbooks_dir
        self._reader = Reader(self.slack)
        self._errors: dict[str, dict[str, str]] = {}
        self._sent: dict[tuple[str, str], tuple[bytes, dict[str, str]]] = {}  # by person and key: the same once more
        self._answered: dict[str, list[Said]] = {}  # answers to forms in direct chats, by person and place
        self._modal_at: dict[str, str] = {}  # where a modal was opened, by person

    async def open(self) -> None:
        self._stack = AsyncExitStack()
        platform = await self.platform(self._stack)
        self.program, self.client = await served(self._stack, self.database, self._playbooks_dir, self.clock, platform)

    async def platform(self, stack: AsyncExitStack) -> SlackPlatform:
        """Start our Slack; build what speaks to it."""
        base_url = await stack.enter_async_context(self.slack.serving())
        self._set_scene()
        settings = SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=base_url)
        return SlackPlatform(settings, self.database, self.clock, lambda: self.clock.now().timestamp())

    async def close(self) -> None:
        await self._stack.aclose()

    def _set_scene(self) -> None:
        names = [person.account for person in PEOPLE]
        for name in names:
            self.slack.add_account(account(name), name.title())
            self.slack.direct(account(name))
        for name, shown in COLLEAGUES.items():
            self.slack.add_account(account(name), shown)
        for place in CHANNELS:
            self.slack.add_channel(channel(place, ""), place, *map(account, names))

    async def seat(self, *, colleagues: bool = True) -> None:
        """Put the sample people in place, as if they had been here before."""
        await self.database.write(partial(seat, now=self.clock.now(), colleagues=colleagues))

    # --- what people do -------------------------------------------------------------------------

    async def type(self, who: str, place: str, words: str, key: str) -> None:
        where = channel(place, who)
        words = _NAMED.sub(lambda found: f"<@{account(found[1])}|{found[1]}>", words)
        for letter, written in (("&", "&amp;"),):
            words = words.replace(letter, written)
        if words.startswith("/"):
            answer = await self._send(who, key, lambda: self._command(who, place, where, words))
            if answer:
                text, blocks = self.slack.content(answer)
                self.slack.post(where, BOT, text, blocks, only_for=account(who))
        else:
            await self._send(who, key, lambda: self._said(who, self.slack.post(where, account(who), words)))
        self._modal_at[who] = place
        await self.settle()

    async def press(self, who: str, place: str, post: Seen, button: Button, key: str) -> None:
        element = {
            "type": "button",
            "action_id": f"{button.command}:0",
            "block_id": "b0",
            "text": {"type": "plain_text", "text": button.label},
            "value": json.dumps(button.fields),
            "action_ts": key,
        }
        before = list(self.slack.messages)
        await self._send(who, key, lambda: self._pressed(who, place, post.handle) | {"actions": [element]})
        if post.handle in self._answered.get(f"{who} {place}", []):
            self._count_as_answered(who, place, before)  # it stands in the direct chat, and so does what it says
        self._modal_at[who] = place
        await self.settle()

    async def submit(self, who: str, place: str, answers: dict[str, str], key: str) -> None:
        shown = self.slack.modal(account(who))
        assert shown is not None, "no form is open"
        values = {
            block["block_id"]: {
                block["element"]["action_id"]: filled(
                    block["element"], self._answer_as_slack(answers.get(block["block_id"], typed_in(block["element"])))
                )
            }
            for block in shown.view["blocks"]
            if block["type"] == "input"
        }
        depth = len(self.slack.modals[account(who)])
        view = shown.payload() | {"state": {"values": values}, "root_view_id": self.slack.modals[account(who)][0].id}
        view["previous_view_id"] = self.slack.modals[account(who)][-2].id if depth > 1 else None
        before = list(self.slack.messages)
        answer = await self._send(who, key, lambda: {"type": "view_submission", **self._interaction(who), "view": view})
        self.slack.submit_answered(account(who), answer)
        self._errors[who] = answer.get("errors", {})
        self._count_as_answered(who, place, before)
        self._modal_at[who] = place
        await self.settle()

    def _count_as_answered(self, who: str, place: str, before: list[Said]) -> None:
        """Show what is new in somebody's direct chat where they acted: there it is read in a script."""
        new = [one for one in self.slack.messages if one not in before and one.channel == channel("@", who)]
        self._answered.setdefault(f"{who} {place}", []).extend(new)

    def _answer_as_slack(self, answer: str) -> str:
        found = re.fullmatch(r"<([@#])([a-z]+)>", answer)
        if found is None:
            return answer
        return f"<@{account(found[2])}>" if found[1] == "@" else f"<#{channel(found[2], '')}>"

    # --- what people see ------------------------------------------------------------------------

    async def seen(self, who: str, place: str) -> list[Seen]:
        elsewhere = [one for key, found in self._answered.items() if key != f"{who} {place}" for one in found]
        here = self._answered.get(f"{who} {place}", [])
        posts = [one for one in self.slack.seen_by(account(who), channel(place, who)) if one not in elsewhere]
        posts += [one for one in here if one not in posts]
        found = [self._seen(who, one, here=one in here) for one in posts if one.user == BOT]
        if place.startswith("home:"):
            found.clear()
        if place.startswith("home:") and account(who) in self.slack.homes:
            home = self.slack.homes[account(who)]
            found.append(
                Seen(
                    self._reader.text(home.view["blocks"]),
                    buttons(home.view["blocks"]),
                    True,
                    notice=False,
                    handle=home,
                )
            )
        shown = self.slack.modal(account(who))
        if shown is not None and not _is_form(shown.view) and self._modal_at.get(who) == place:
            title = self._reader.words(shown.view["title"])
            text = self._reader.text(shown.view["blocks"])
            titled = text if title == "Zanshin" else f"{title}\n{text}"
            found.append(Seen(titled, buttons(shown.view["blocks"]), private=True, notice=False, handle=shown))
        return found

    def _seen(self, who: str, one: Said, *, here: bool) -> Seen:
        private = here or one.only_for == account(who) or one.channel.startswith("D")
        return Seen(self._reader.text(one.blocks), buttons(one.blocks), private, notice=False, handle=one)

    async def open_home(self, who: str) -> None:
        event = {"type": "app_home_opened", "user": account(who), "channel": channel("@", who), "tab": "home"}
        opened = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"EvHome{next(self.slack.number)}",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }
        await self._send(who, str(opened["event_id"]), lambda: opened)
        await self.settle()

    async def settle(self) -> None:
        while await self.program.ticker.tick():
            pass
        await self.program.sender.drain()

    def form(self, who: str) -> Form | None:
        shown = self.slack.modal(account(who))
        if shown is None or not _is_form(shown.view):
            return None
        metadata = json.loads(shown.view["private_metadata"])
        intro = [block for block in shown.view["blocks"] if block["type"] != "input"]
        return Form(
            title=shown.view["title"]["text"],
            intro=(self._reader.text(intro),) if intro else (),
            command=metadata["command"],
            fields=metadata.get("fields", {}),
            inputs=tuple(
                Input(name=block["block_id"], label=block["label"]["text"][:75], value=typed_in(block["element"]))
                for block in shown.view["blocks"]
                if block["type"] == "input"
            ),
            submit=shown.view["submit"]["text"],
        )

    def errors(self, who: str) -> dict[str, str]:
        return self._errors.get(who, {})

    # --- the wire -------------------------------------------------------------------------------

    async def _send(self, who: str, key: str, payload: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        raw, headers = self._sent.setdefault(
            (who, key), body_of(payload()) if (who, key) not in self._sent else (b"", {})
        )
        signed = headers | signature(raw, at=int(self.clock.now().timestamp()))
        response = await self.client.post("/slack/events", data=raw, headers=signed)
        text = await response.text()
        assert response.status == 200, text
        answer: dict[str, Any] = json.loads(text) if text else {}
        return answer

    def _interaction(self, who: str) -> dict[str, Any]:
        person = {"id": account(who), "username": who, "name": who, "team_id": TEAM}
        return {"team": {"id": TEAM, "domain": "test"}, "user": person, "trigger_id": self.slack.trigger(account(who))}

    def _command(self, who: str, place: str, where: str, words: str) -> dict[str, Any]:
        name, _space, text = words.partition(" ")
        return {
            "team_id": TEAM,
            "channel_id": where,
            "channel_name": "directmessage" if place.startswith("@") else place,
            "user_id": account(who),
            "user_name": who,
            "command": name,
            "text": text,
            "response_url": self.slack.response_url(where, account(who)),
            "trigger_id": self.slack.trigger(account(who)),
        }

    def _said(self, who: str, said: Said) -> dict[str, Any]:
        event = {"type": "message", "channel": said.channel, "channel_type": "im", "user": account(who)}
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{said.ts}".replace(".", ""),
            "event": event | {"text": said.text, "ts": said.ts, "event_ts": said.ts},
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }

    def _pressed(self, who: str, place: str, stands_on: object) -> dict[str, Any]:
        common = {"type": "block_actions", **self._interaction(who)}
        if isinstance(stands_on, OpenView):
            stack = self.slack.modals[account(who)]
            below = stack[stack.index(stands_on) - 1].id if stands_on in stack[1:] else None
            root = stack[0].id if stack else stands_on.id
            view = stands_on.payload() | {"root_view_id": root, "previous_view_id": below}
            return common | {"view": view, "container": {"type": "view", "view_id": stands_on.id}}
        assert isinstance(stands_on, Said)
        where = {"message_ts": stands_on.ts, "channel_id": stands_on.channel}
        room = self.slack.rooms[stands_on.channel]
        # Nobody can press what stands in somebody else's direct chat; whoever tries in a script is answered at home.
        answered_in = stands_on.channel if account(who) in room.members else channel(place, who)
        return common | {
            "container": {"type": "message", "is_ephemeral": stands_on.only_for is not None, **where},
            "channel": {"id": stands_on.channel, "name": "directmessage" if room.is_im else room.name},
            "message": stands_on.payload(),
            "response_url": self.slack.response_url(answered_in, account(who), stands_on.ts),
        }
