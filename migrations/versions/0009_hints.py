"""What platforms think of who is there, and who came to the team by a group.

Revision: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hinted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('quiet_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('by_group', sa.String(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('by_group')
        batch_op.drop_column('quiet_until')
        batch_op.drop_column('hinted_at')
