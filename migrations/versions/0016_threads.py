"""Cards that stand in the thread of another, and are said afresh: one nag for each who reads it.

Revision: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

# The last nag of every incident goes on as the one it has now.
_NAG = "SELECT 'nag:' || CAST(id AS VARCHAR) FROM incidents WHERE cards.subject = "
_LAST = "'nag:' || CAST(incidents.id AS VARCHAR) || ':' || CAST(incidents.nags AS VARCHAR)"
# And back: it is numbered after those that were left behind.
_OURS = "'nag:' || CAST(incidents.id AS VARCHAR)"
_HOW_MANY = f"SELECT COUNT(DISTINCT subject) FROM cards WHERE subject = {_OURS} OR subject LIKE {_OURS} || ':%'"
_NUMBERED = f"SELECT {_OURS} || ':' || CAST(nags AS VARCHAR) FROM incidents WHERE cards.subject = {_OURS}"


def upgrade() -> None:
    with op.batch_alter_table('cards', schema=None) as batch_op:
        batch_op.add_column(sa.Column('under', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('aloud', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('afresh', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(f"UPDATE cards SET subject = ({_NAG}{_LAST}) WHERE EXISTS ({_NAG}{_LAST})")
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.drop_column('nags')


def downgrade() -> None:
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('nags', sa.Integer(), server_default='0', nullable=False))
    op.execute(f"UPDATE incidents SET nags = ({_HOW_MANY})")
    op.execute(f"UPDATE cards SET subject = ({_NUMBERED}) WHERE EXISTS ({_NUMBERED})")
    with op.batch_alter_table('cards', schema=None) as batch_op:
        batch_op.drop_column('afresh')
        batch_op.drop_column('aloud')
        batch_op.drop_column('under')
