"""What people read about handoffs and holds, filed by who reads it."""

from bot.handoffs.cards import (
    admin,
    asked,
    board,
    channel,
    customer,
    holder,
    note,
    promised,
    requester,
    requester_notices,
    supervisor,
    taker,
)

__all__ = [
    "admin",
    "asked",
    "board",
    "channel",
    "customer",
    "holder",
    "note",
    "promised",
    "requester",
    "requester_notices",
    "supervisor",
    "taker",
]
