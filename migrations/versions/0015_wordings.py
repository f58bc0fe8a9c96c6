"""Rules of an organisation's own, its English, and the channel an agent speaks on.

Revision: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('house_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('playbook', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_house_rules_author_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_house_rules_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_house_rules')),
    sa.UniqueConstraint('organisation_id', 'playbook', name=op.f('uq_house_rules_organisation_id_playbook'))
    )
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('english', sa.String(), nullable=False, server_default='gb'))
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.alter_column('english', server_default=None)

    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.String(), nullable=False, server_default='spoken'))
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.alter_column('channel', server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('runs', schema=None) as batch_op:
        batch_op.drop_column('channel')

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_column('english')

    op.drop_table('house_rules')
