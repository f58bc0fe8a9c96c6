"""An organisation's own jargon, and promises that nobody may make, are pointed at in updates.

Revision: 0022
Revises: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('incident_settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('own_jargon', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('own_promises', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('incident_settings', schema=None) as batch_op:
        batch_op.drop_column('own_promises')
        batch_op.drop_column('own_jargon')
