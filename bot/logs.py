"""Logs: one line of JSON each, with a sentence for people and an action for machines; never message text."""

from __future__ import annotations

import sys

import structlog


def set_up_logs() -> None:
    """Write logs to standard error. Tracebacks come without local variables: those may hold message text."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
