"""What people read about how the team works, filed by what it is about."""

from bot.insights.cards import report

__all__ = ["report"]
