"""What a report counts of handoffs and promises is read from their indexes alone, not from their wide rows.

Revision: 0035
Revises: 0034
"""

from __future__ import annotations

from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

INDEXES = {
    'ix_handoffs_history': (
        'handoffs',
        ('organisation_id', 'started_at'),
        ('rung', 'heated', 'state', 'taken_at', 'requester_id'),
    ),
    'ix_incident_events_kept': ('incident_events', ('organisation_id', 'kept_at'), ('told_at', 'at')),
}


def upgrade() -> None:
    for name, (table, found, counted) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, (*found, *counted))


def downgrade() -> None:
    for name, (table, found, _counted) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, found)
