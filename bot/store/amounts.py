"""How amounts of money are stored: exactly, the same on both databases, and so that they can be added up there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

DECIMALS = 4  # of the currencies there are, none has more


class Exactly(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest parts: SQLite has no decimals of its own."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Store the whole number."""
        return None if value is None else int(value.scaleb(DECIMALS).to_integral_exact())

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Give back the decimal; a sum comes as one already on PostgreSQL."""
        return None if value is None else Decimal(value).scaleb(-DECIMALS)
