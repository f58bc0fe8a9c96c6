"""playground posts.

Revision: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('web_posts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.create_unique_constraint(batch_op.f('uq_web_posts_key'), ['key'])

    op.execute(sa.text('UPDATE web_posts SET version = 2 WHERE edited'))
    with op.batch_alter_table('web_posts', schema=None) as batch_op:
        batch_op.alter_column('version', server_default=None)
        batch_op.drop_column('edited')


def downgrade() -> None:
    with op.batch_alter_table('web_posts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('edited', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.execute(sa.text('UPDATE web_posts SET edited = (version > 1)'))
    with op.batch_alter_table('web_posts', schema=None) as batch_op:
        batch_op.alter_column('edited', server_default=None)
        batch_op.drop_constraint(batch_op.f('uq_web_posts_key'), type_='unique')
        batch_op.drop_column('version')
        batch_op.drop_column('key')
