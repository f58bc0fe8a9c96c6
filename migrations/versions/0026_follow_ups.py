"""Follow-ups: what somebody does after an incident, by when.

Revision: 0026
Revises: 0025
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('follow_ups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('incident_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_follow_ups_incident_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_follow_ups_made_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_follow_ups_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_follow_ups_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_ups'))
    )
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_ups_incident_id'), ['incident_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_ups_next_due_at'), ['next_due_at'], unique=False)
        batch_op.create_index('ix_follow_ups_person', ['person_id', 'state'], unique=False)
        batch_op.create_index('ix_follow_ups_state', ['organisation_id', 'state'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_index('ix_follow_ups_state')
        batch_op.drop_index('ix_follow_ups_person')
        batch_op.drop_index(batch_op.f('ix_follow_ups_next_due_at'))
        batch_op.drop_index(batch_op.f('ix_follow_ups_incident_id'))

    op.drop_table('follow_ups')
