"""What people read of this domain, filed by what it is about."""

from bot.afterwards.cards import retrospective

__all__ = ["retrospective"]
