"""Incidents that stood silent after the last call of the supervisors are looked at again.

Revision: 0014
Revises: 0013
"""

from __future__ import annotations

from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE incidents SET next_due_at = promise_at WHERE next_due_at IS NULL AND state <> 'resolved'")


def downgrade() -> None:
    pass  # what was looked at stays so
