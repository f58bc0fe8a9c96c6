"""What was said in somebody's direct chat can be taken back when whoever it is about is erased.

Revision: 0038
Revises: 0037
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('notices', sa.Column('reference', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('notices') as batch_op:
        batch_op.drop_column('reference')
