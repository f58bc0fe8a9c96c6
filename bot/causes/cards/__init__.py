"""What people read about causes, by who reads it."""

from bot.causes.cards import asked, catalogue, comparing, department, lead, pareto, reaching

__all__ = ["asked", "catalogue", "comparing", "department", "lead", "pareto", "reaching"]
