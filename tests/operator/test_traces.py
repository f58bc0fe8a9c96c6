"""Traces: a span for each command and each send, with what came of it, no ids and no words; off unless asked for."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.errors import ConversationGone, SettingsError
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.traces import set_up_traces, trace_with
from tests.core.test_doctor import tell
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.database import Database


class Span:
    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes

    def set_attribute(self, name: str, value: str) -> None:
        self.attributes[name] = value


class Tracer:
    """What OpenTelemetry's would be asked."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    @contextmanager
    def start_as_current_span(self, name: str, attributes: dict[str, str]) -> Iterator[Span]:
        self.spans.append(Span(name, dict(attributes)))
        yield self.spans[-1]


@pytest.fixture
def tracer() -> Iterator[Tracer]:
    found = Tracer()
    trace_with(found)
    yield found
    trace_with(None)


async def test_each_command_and_each_send_is_a_span(sqlite_alone: Database, tracer: Tracer) -> None:
    """Which command or platform, and what came of it."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await stage.type("ana", "support", "/calm restrain", "key-1")
    await stage.type("ana", "support", "/zanshin team add @ben supervisor", "key-2")
    await stage.program.sender.drain()
    tracer.spans.clear()
    await tell(stage)
    stage.messenger.failures.append(ConversationGone())
    await stage.program.sender.drain()
    await stage.type("ana", "support", "/zanshin status", "key-3")

    assert [(span.name, span.attributes) for span in tracer.spans][:2] == [
        ("send", {"zanshin.platform": "web", "zanshin.kind": "notice", "zanshin.result": "ConversationGone"}),
        ("command", {"zanshin.command": "status", "zanshin.result": "done"}),
    ]


def test_traces_without_the_extra_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for them and has not installed them reads how."""
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    with pytest.raises(SettingsError, match="pip install"):
        set_up_traces()
