"""A burst is found, taken up and put down as fast as it was asked for, whatever the database believes to be pending.

Revision: 0036
Revises: 0035
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

INDEXES = {'due': ('state', 'try_at', 'asked_at'), 'ended': ('ended_at',), 'outcome_due_at': ('outcome_due_at',)}
KNOWN = {'due': 'try_at', 'ended': 'ended_at', 'outcome_due_at': 'outcome_due_at'}


def upgrade() -> None:
    _make_anew({name: sa.text(f'{known} IS NOT NULL') for name, known in KNOWN.items()})
    if op.get_context().dialect.name == 'postgresql':
        for table in ('cards', 'notices'):
            op.execute(f'ALTER TABLE {table} SET (fillfactor = 50)')


def downgrade() -> None:
    _make_anew(dict.fromkeys(KNOWN))
    if op.get_context().dialect.name == 'postgresql':
        for table in ('notices', 'cards'):
            op.execute(f'ALTER TABLE {table} RESET (fillfactor)')


def _make_anew(where: dict[str, sa.TextClause | None]) -> None:
    for table in ('cards', 'notices'):
        for name, columns in INDEXES.items():
            op.drop_index(f'ix_{table}_{name}', table)
            known = where[name]
            on_sqlite = None if name == 'due' else known  # it knows by itself that every row is tried
            op.create_index(f'ix_{table}_{name}', table, columns, sqlite_where=on_sqlite, postgresql_where=known)
