"""Messages whose words are still kept are found by an index of them alone.

Revision: 0034
Revises: 0033
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

WORDED = sa.text('body IS NOT NULL')


def upgrade() -> None:
    for table in ('cards', 'notices'):
        op.create_index(f'ix_{table}_worded', table, ('ended_at',), sqlite_where=WORDED, postgresql_where=WORDED)


def downgrade() -> None:
    for table in ('notices', 'cards'):
        op.drop_index(f'ix_{table}_worded', table)
