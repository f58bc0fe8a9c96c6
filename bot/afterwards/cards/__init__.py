"""What people read of this domain, filed by what it is about."""

from bot.afterwards.cards import followups, retrospective

__all__ = ["followups", "retrospective"]
