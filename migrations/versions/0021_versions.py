"""Versions of playbooks of a team's own: a second person publishes them.

Revision: 0021
Revises: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('own_playbooks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('live', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_own_playbooks_next_due_at'), ['next_due_at'], unique=False)
    # What the team reads by now stays so, and is looked at for its review.
    op.execute(sa.text('UPDATE own_playbooks SET live = true, reviewed_at = changed_at, next_due_at = changed_at'))
    with op.batch_alter_table('own_playbooks', schema=None) as batch_op:
        batch_op.alter_column('live', existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column('reviewed_at', existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_table(
        'own_versions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('playbook_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('author_id', sa.Integer(), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('title', sa.LargeBinary(), nullable=False),
        sa.Column('situation', sa.LargeBinary(), nullable=False),
        sa.Column('words', sa.LargeBinary(), nullable=False),
        sa.Column('steps', sa.LargeBinary(), nullable=False),
        sa.Column('why', sa.LargeBinary(), nullable=True),
        sa.Column('answer', sa.LargeBinary(), nullable=True),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_own_versions_author_id')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_own_versions_decided_by_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_own_versions_organisation_id')),
        sa.ForeignKeyConstraint(['playbook_id'], ['own_playbooks.id'], name=op.f('fk_own_versions_playbook_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_own_versions')),
        sa.UniqueConstraint('playbook_id', 'number', name=op.f('uq_own_versions_playbook_id_number')),
    )
    op.execute(
        sa.text(
            'INSERT INTO own_versions (organisation_id, playbook_id, number, author_id, title, situation, words, steps,'
            " state, written_at) SELECT organisation_id, id, version, author_id, title, situation, words, steps, 'live',"
            ' changed_at FROM own_playbooks'
        )
    )


def downgrade() -> None:
    op.drop_table('own_versions')
    with op.batch_alter_table('own_playbooks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_own_playbooks_next_due_at'))
        for column in ('next_due_at', 'reviewed_at', 'retired_at', 'live'):
            batch_op.drop_column(column)
