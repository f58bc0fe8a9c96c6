"""The key of hashes stays when the key of texts is changed.

Revision: 0031
Revises: 0030
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('keyrings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest_key', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_keyrings'))
    )


def downgrade() -> None:
    op.drop_table('keyrings')
