"""Traces for OpenTelemetry: one span for each command and each send, off unless a tracer is set; no ids, no words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

TIMEOUT = 2  # seconds: whoever collects spans holds nobody up

_tracer: Any = None


def trace_with(tracer: Any) -> None:
    """Have spans begun by a tracer from now on; None: no more."""
    global _tracer  # noqa: PLW0603  as the library has it: one tracer a process
    _tracer = tracer


async def traced(name: str, work: Awaitable[T], result: Callable[[T], str], **about: str) -> T:
    """Wait for some work within a span, which says at its end what came of it."""
    if _tracer is None:
        return await work
    attributes = {f"zanshin.{key}": value for key, value in about.items()}
    with _tracer.start_as_current_span(name, attributes=attributes) as span:
        done = await work
        span.set_attribute("zanshin.result", str(result(done)))
        return done


def set_up_traces() -> Callable[[], None]:
    """Send spans where OpenTelemetry's own variables say, such as OTEL_EXPORTER_OTLP_ENDPOINT; give what ends it."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  an extra
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise SettingsError(
            "ZANSHIN_TRACES is set, and OpenTelemetry is not installed. Run: pip install 'zanshin-bot[traces]'"
        ) from None
    provider = TracerProvider(resource=Resource.create({"service.name": "zanshin"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=TIMEOUT)))
    trace_with(provider.get_tracer("zanshin"))
    end: Callable[[], None] = provider.shutdown
    return end
