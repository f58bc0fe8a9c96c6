"""The Homes that people have opened lately.

Revision: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'homes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('conversation_id', sa.Integer(), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
        sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_homes_conversation_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_homes_organisation_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_homes_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_homes')),
        sa.UniqueConstraint('person_id', name=op.f('uq_homes_person_id')),
    )
    with op.batch_alter_table('homes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_homes_next_due_at'), ['next_due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_homes_organisation_id'), ['organisation_id'], unique=False)


def downgrade() -> None:
    op.drop_table('homes')
