"""What people read about gestures, filed by who reads it."""

from bot.gestures.cards import agent, catalogue, month, supervisor

__all__ = ["agent", "catalogue", "month", "supervisor"]
