"""Lengths and hours reckoned by the database itself: how each of the two counts time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler


class Milliseconds(FunctionElement[int]):
    """A moment as milliseconds since 1970."""

    type = BigInteger()
    inherit_cache = True
    name = "milliseconds"


@compiles(Milliseconds, "postgresql")
def _on_postgres(element: Milliseconds, compiler: SQLCompiler, **how: Any) -> str:
    # DATE_PART reckons in floating point, exactly enough; EXTRACT would in decimals, and take its time.
    return f"CAST(DATE_PART('epoch', {compiler.process(element.clauses, **how)}) * 1000 AS BIGINT)"


@compiles(Milliseconds, "sqlite")
def _on_sqlite(element: Milliseconds, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(ROUND((JULIANDAY({compiler.process(element.clauses, **how)}) - 2440587.5) * 86400000) AS INTEGER)"
