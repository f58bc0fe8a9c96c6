"""People keep sentences of their own, and say which of ours worked.

Revision: 0033
Revises: 0032
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('private_sentences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('playbook', sa.String(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_private_sentences_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_private_sentences_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_sentences'))
    )
    with op.batch_alter_table('private_sentences', schema=None) as batch_op:
        batch_op.create_index('ix_private_sentences_step', ['person_id', 'playbook', 'step'], unique=False)

    op.create_table('votes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('playbook', sa.String(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('line', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_votes_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_votes_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_votes')),
    sa.UniqueConstraint('person_id', 'playbook', 'step', 'line', 'day', name=op.f('uq_votes_person_id_playbook_step_line_day'))
    )
    with op.batch_alter_table('votes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_votes_day'), ['day'], unique=False)
        batch_op.create_index('ix_votes_step', ['organisation_id', 'playbook', 'step'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('votes', schema=None) as batch_op:
        batch_op.drop_index('ix_votes_step')
        batch_op.drop_index(batch_op.f('ix_votes_day'))

    op.drop_table('votes')
    with op.batch_alter_table('private_sentences', schema=None) as batch_op:
        batch_op.drop_index('ix_private_sentences_step')

    op.drop_table('private_sentences')
