"""What the doctor says of what it could not ask: in words, and in one line."""

from __future__ import annotations

import socket
import ssl

import pytest

from bot.run.findings import Finding, in_a_line, why_away


def wrapped(error: Exception) -> Exception:
    """An error inside of another, as libraries of the network give them."""
    return ConnectionError("Max retries exceeded", OSError(error))


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "no address is found for its name"),
        (ssl.SSLCertVerificationError("self-signed"), "its certificate is not accepted"),
        (ConnectionRefusedError(111, "refused"), "nothing listens there"),
        (TimeoutError(), "no answer in time"),
    ],
)
def test_why_somebody_could_not_be_asked_is_said_in_words(failed: Exception, said: str) -> None:
    """However deep in the errors of a library it is found; of any other error its name."""
    assert why_away(failed) == why_away(wrapped(failed)) == said
    assert why_away(KeyError("x")) == "KeyError"


def test_what_others_say_ends_between_two_words() -> None:
    """In one line, whatever it was."""
    assert in_a_line("Invalid\r\nsecret.  ") == "Invalid secret."
    assert in_a_line("authority " * 100).endswith("authority …")


def test_whatever_asks_for_mending_is_not_fine() -> None:
    """Scripts read the exit code alone."""
    with pytest.raises(AssertionError):
        Finding(about="x", fine=True, found="y", mend="z")
