"""Reports come to channels by themselves.

Revision: 0027
Revises: 0026a
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026a'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report_plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('rhythm', sa.String(), nullable=False),
    sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_report_plans_conversation_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_report_plans_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_plans')),
    sa.UniqueConstraint('organisation_id', 'conversation_id', 'rhythm', name=op.f('uq_report_plans_organisation_id_conversation_id_rhythm'))
    )
    with op.batch_alter_table('report_plans', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_plans_next_due_at'), ['next_due_at'], unique=False)


def downgrade() -> None:
    op.drop_table('report_plans')
