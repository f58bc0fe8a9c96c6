"""What people read of this domain, filed by what it is about."""

from bot.afterwards.cards import care, followups, retrospective

__all__ = ["care", "followups", "retrospective"]
