"""Who decided what is kept as a chain.

Revision: 0030
Revises: 0029
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('anchors',
    sa.Column('chain', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('link', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_anchors_organisation_id')),
    sa.PrimaryKeyConstraint('chain', name=op.f('pk_anchors'))
    )
    with op.batch_alter_table('anchors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_anchors_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('chain', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('command', sa.String(), nullable=False),
    sa.Column('who_id', sa.Integer(), nullable=True),
    sa.Column('whence', sa.LargeBinary(), nullable=True),
    sa.Column('salt', sa.String(), nullable=True),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_decisions_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions')),
    sa.UniqueConstraint('chain', 'number', name=op.f('uq_decisions_chain_number'))
    )
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.create_index('ix_decisions_at', ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_decisions_organisation_id'), ['organisation_id'], unique=False)

    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('trail_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('organisation_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('who_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('command', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('whence', sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f('ix_inbox_trail_due_at'), ['trail_due_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inbox_trail_due_at'))
        batch_op.drop_column('whence')
        batch_op.drop_column('command')
        batch_op.drop_column('who_id')
        batch_op.drop_column('organisation_id')
        batch_op.drop_column('trail_due_at')

    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decisions_organisation_id'))
        batch_op.drop_index('ix_decisions_at')

    op.drop_table('decisions')
    with op.batch_alter_table('anchors', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_anchors_organisation_id'))

    op.drop_table('anchors')