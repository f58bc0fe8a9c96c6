"""What people read about causes, by who reads it."""

from bot.causes.cards import asked, catalogue, department, lead, pareto

__all__ = ["asked", "catalogue", "department", "lead", "pareto"]
