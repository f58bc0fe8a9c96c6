"""What nobody may have to look for through years of rows is found by an index.

Revision: 0028
Revises: 0027
"""

from __future__ import annotations

from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

INDEXES = (
    ('cards', 'ix_cards_ended', ('ended_at',)),
    ('notices', 'ix_notices_ended', ('ended_at',)),
    ('handoffs', 'ix_handoffs_unended', ('state', 'next_due_at')),
    ('holds', 'ix_holds_running', ('ended_at', 'person_id')),
    ('offers', 'ix_offers_lately', ('state', 'asked_at')),
    ('incidents', 'ix_incidents_watched', ('state', 'next_due_at')),
    ('incidents', 'ix_incidents_ended', ('organisation_id', 'state', 'resolved_at', 'number')),
    ('grants', 'ix_grants_asked', ('state', 'next_due_at')),
    ('runs', 'ix_runs_lately', ('person_id', 'started_at')),
    ('runs', 'ix_runs_open', ('state', 'next_due_at')),
)


def upgrade() -> None:
    for table, name, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for table, name, _columns in reversed(INDEXES):
        op.drop_index(name, table)
