"""Playbooks that teams write for themselves.

Revision: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'own_playbooks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('author_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.LargeBinary(), nullable=False),
        sa.Column('situation', sa.LargeBinary(), nullable=False),
        sa.Column('words', sa.LargeBinary(), nullable=False),
        sa.Column('steps', sa.LargeBinary(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['author_id'], ['people.id'], name=op.f('fk_own_playbooks_author_id')
        ),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisations.id'], name=op.f('fk_own_playbooks_organisation_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_own_playbooks')),
    )
    with op.batch_alter_table('own_playbooks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_playbooks_organisation_id'), ['organisation_id'], unique=False)


def downgrade() -> None:
    op.drop_table('own_playbooks')
