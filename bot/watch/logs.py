"""Logs: one line of JSON each, with a sentence for people and an action for machines; never message text."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, TextIO

import structlog

from bot.store.database import in_short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from structlog.typing import ExcInfo

log = structlog.get_logger()


def set_up_logs(stream: TextIO | None = None) -> None:
    """Write logs to standard error, those of libraries too, one line each."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(without_words),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.captureWarnings(capture=True)
    libraries = logging.getLogger()
    if not any(isinstance(handler, _Library) for handler in libraries.handlers):
        libraries.addHandler(_Library(logging.WARNING))


class _Library(logging.Handler):
    """Writes what a library logs as a line of ours, without what it fills in: that may be somebody's words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        log.log(record.levelno, sentence_of(record), action="library", logger=record.name, exc_info=record.exc_info)


class _Hidden:
    """Stands where a library would write something that may be what people wrote."""

    def __repr__(self) -> str:
        return "…"


def sentence_of(record: logging.LogRecord) -> str:
    """Fill a library's sentence in with numbers alone, which are nobody's words."""
    sentence = str(record.msg).partition("\n")[0]
    if record.name == "py.warnings":  # "path:line: Category: words"
        return ":".join(sentence.split(":")[:3])
    if not record.args:
        return sentence
    try:
        return sentence % _without_words(record.args)
    except (TypeError, ValueError, KeyError):  # it counts wrong, or formats what we hide as a number
        return sentence


def _without_words(filled_in: tuple[object, ...] | Mapping[str, object]) -> tuple[object, ...] | dict[str, object]:
    if isinstance(filled_in, tuple):
        return tuple(map(_number_or_hidden, filled_in))
    return {name: _number_or_hidden(value) for name, value in filled_in.items()}


def _number_or_hidden(value: object) -> object:
    return value if isinstance(value, int | float) else _Hidden()


def without_words(exc_info: ExcInfo) -> str:
    """Write a traceback without what its errors say, for that may be what people wrote; the lines tell enough."""
    return "\n".join(
        "".join(traceback.format_tb(error.__traceback__)) + in_short(error)
        for error in reversed([*_causes(exc_info[1])])
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
