"""What people read about causes, by who reads it."""

from bot.causes.cards import asked, catalogue

__all__ = ["asked", "catalogue"]
