"""Why messages wait or were given up, in words of whoever can mend it."""

from __future__ import annotations

DROPPED = "Dropped"  # by whoever runs the server

_WHY = {
    "AccessRevoked": "the workspace took back our access, or the person is gone: install the app again, then retry",
    "CardGone": "somebody has taken the message away, or the platform lets nobody change it: look there",
    "ConversationGone": "the place is gone or we were removed from it: invite the bot again, then retry",
    "MessageTooLong": "the platform takes no message of that size: tell us; a retry will not help",
    "PlatformNotConfigured": "zanshin serve ran without the settings of this platform: set them, restart, then retry",
    "PlatformDown": "the platform was out of order or could not be reached for too long: retry",
    "RateLimited": "the platform asks for a slower pace: it goes out by itself",
    "OutcomeUnknown": "the connection broke after sending: it may have arrived; what is retried says so",
    "ValidationError": "a later version wrote it, and none of it was there to send it: upgrade, then retry",
    "WrongKey": "it was written with another ZANSHIN_SECRET_KEY: start with that one, then retry",
    DROPPED: "somebody dropped it with zanshin outbox drop",
}


def why(error: str | None) -> str:
    """Say what an error means and what to do; what is not known here is a bug, and stands in the log."""
    if error is None:
        return ""
    return _WHY.get(error, "a bug of ours: look it up in the log (action=messenger_broke or unreadable)")


def in_words(error: str | None) -> str:
    """Name an error and say what to do about it."""
    return f"{error} ({why(error)})" if error else ""
