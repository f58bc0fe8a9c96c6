"""What people read about causes, by who reads it."""

from bot.causes.cards import asked, catalogue, department, lead, pareto, reaching

__all__ = ["asked", "catalogue", "department", "lead", "pareto", "reaching"]
