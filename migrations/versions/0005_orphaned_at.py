"""Since when an incident is without an owner who is there or can be reached.

Revision: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('orphaned_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('unreached', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_column('orphaned')


def downgrade() -> None:
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('orphaned', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_column('unreached')
        batch_op.drop_column('orphaned_at')
