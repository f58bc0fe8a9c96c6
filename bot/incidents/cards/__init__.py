"""What people read about incidents, filed by who reads it."""

from bot.incidents.cards import (
    actor,
    admin,
    channel,
    customer,
    forms,
    history,
    nags,
    owner,
    prepared,
    supervisor,
    team,
    wordings,
)

__all__ = [
    "actor",
    "admin",
    "channel",
    "customer",
    "forms",
    "history",
    "nags",
    "owner",
    "prepared",
    "supervisor",
    "team",
    "wordings",
]
