"""The playground as a stage: scripts are played through its HTTP server, and what people see is read off its HTML."""

from __future__ import annotations

import json
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from aiohttp.test_utils import TestClient, TestServer

from adapters.web.app import WebAdapter
from adapters.web.playground import Playground
from bot.say.messages import Button, Form, Input
from tests.fakes.clock import FakeClock
from tests.stage import Seen, bookcase_of, seat_here

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.database import Database

_BLOCKS = {"p", "div", "h2", "h3", "li", "blockquote", "dt", "dl", "ul", "article", "label"}
_UNSEEN = {"header", "script", "option"}
_VOID = {"input", "img", "br", "meta", "link"}


class _Page(HTMLParser):
    """Reads a post as a person would: its words line by line, and what can be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.buttons: list[tuple[dict[str, str], str]] = []
        self.inputs: list[dict[str, str]] = []
        self.classes: list[str] = []
        self.form: dict[str, str] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "article":
            self.classes = values.get("class", "").split()
        if tag == "form":
            self.form = values
        if values.get("type") == "checkbox" and "checked" not in values:
            values["value"] = ""
        if tag in ("input", "textarea", "select"):
            self.inputs.append(values)
        if tag == "option" and "selected" in values:
            self.inputs[-1]["value"] = values["value"]
        if tag == "button":
            self.buttons.append((values, ""))
        if tag in _BLOCKS:
            self.lines.append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "button" and "data-command" in self.buttons[-1][0]:
            self.lines[-1] += f"[{self.buttons[-1][1]}] "
        if tag == "dt":  # a name and what stands under it are one line
            self.lines[-1] += ": "
        elif tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if "button" in self._open:
            values, label = self.buttons[-1]
            self.buttons[-1] = (values, label + data)
        elif "textarea" in self._open:
            self.inputs[-1]["value"] = data
        elif not _UNSEEN.intersection(self._open):
            self.lines[-1] += data if self.lines[-1] else data.lstrip()


def read_post(post: dict[str, object]) -> Seen:
    return Seen(*_read(str(post["html"])), post["id"])


@lru_cache(1000)  # whoever looks again sees most of it as it was
def _read(html: str) -> tuple[str, tuple[Button, ...], bool, bool]:
    page = _Page()
    page.feed(html)
    return (
        "\n".join(line.strip() for line in page.lines if line.strip()),
        tuple(
            Button(label=label, command=values["data-command"], fields=json.loads(values["data-fields"]))
            for values, label in page.buttons
            if "data-command" in values
        ),
        "private" in page.classes,
        "notice" in page.classes,
    )


def read_form(html: str) -> Form:
    page = _Page()
    page.feed(html)
    words = [line.strip() for line in page.lines if line.strip()]
    return Form(
        title=page.lines[1][:24] or "Form",
        intro=(words[1],) if '<p class="section"' in html else (),
        command=page.form["data-command"],
        fields=json.loads(page.form["data-fields"]),
        inputs=tuple(Input(name=one["name"], label=one["name"], value=one.get("value", "")) for one in page.inputs),
        submit="Send",
    )


class WebStage:
    """The playground, spoken to as a browser does."""

    def __init__(self, database: Database, playbooks_dir: Path, address: str = "") -> None:
        self.clock = FakeClock()
        self.playground = Playground(database, bookcase_of(playbooks_dir), self.clock, address=address)
        self.program = self.playground.program
        self.database = database
        self.client = TestClient(TestServer(WebAdapter(self.playground).build(run=False)))
        self._forms: dict[str, Form] = {}
        self._errors: dict[str, dict[str, str]] = {}

    async def open(self) -> None:
        await self.playground.prepare()
        await self.database.write(lambda session: seat_here(session, self.clock.now()))
        await self.client.start_server()

    async def close(self) -> None:
        await self.client.close()

    async def type(self, account: str, conversation: str, words: str, key: str) -> None:
        await self._send("/say", account, {"as": account, "in": conversation, "words": words, "key": key})

    async def press(self, account: str, conversation: str, post: Seen, button: Button, key: str) -> None:
        body = {"post": post.handle, "command": button.command, "fields": button.fields}
        await self._send("/press", account, {"as": account, "in": conversation, "key": key} | body)

    async def submit(self, account: str, conversation: str, answers: dict[str, str], key: str) -> None:
        form = self._forms[account]
        filled = form.fields | {question.name: question.value for question in form.inputs} | answers
        body = {"command": form.command, "fields": filled}
        await self._send("/submit", account, {"as": account, "in": conversation, "key": key} | body)

    async def seen(self, account: str, conversation: str) -> list[Seen]:
        page = await (await self.client.get("/", params={"as": account, "in": conversation})).text()
        found = page.split('<article id="post-')[1:]
        posts = ['<article id="post-' + one.split("</article>")[0] + "</article>" for one in found]
        return [
            read_post({"id": int(html.split('"post-')[1].split('"')[0]), "html": html})
            for html in posts
            if " bot" in html.split(">")[0]
        ]

    async def open_home(self, who: str) -> None:
        await self.client.get("/", params={"as": who, "in": f"home:{who}"})
        await self.settle()

    async def settle(self) -> None:
        while await self.program.ticker.tick():
            pass
        await self.program.sender.drain()

    def form(self, account: str) -> Form | None:
        return self._forms.get(account)

    def errors(self, account: str) -> dict[str, str]:
        return self._errors.get(account, {})

    async def _send(self, path: str, account: str, body: dict[str, object]) -> None:
        response = await self.client.post(path, json=body)
        answer = await response.json()
        assert response.status == 200, answer
        self._errors.pop(account, None)
        if answer["kind"] == "form":
            self._forms[account] = read_form(answer["html"])
        if answer["kind"] == "field_errors":
            self._errors[account] = answer["errors"]
        await self.settle()
