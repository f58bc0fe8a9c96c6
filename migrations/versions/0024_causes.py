"""Causes: what goes wrong and who mends it, what was named, reviews with departments, customers to reach out to.

Revision: 0024
Revises: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cause_settings',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('fewest_per_mille', sa.Integer(), nullable=False),
    sa.Column('most_per_mille', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_cause_settings_organisation_id')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_cause_settings'))
    )
    op.create_table('causes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=True),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('department', sa.LargeBinary(), nullable=True),
    sa.Column('hints', sa.LargeBinary(), nullable=True),
    sa.Column('channel_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_causes_changed_by_id')),
    sa.ForeignKeyConstraint(['channel_id'], ['conversations.id'], name=op.f('fk_causes_channel_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_causes_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_causes_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_causes'))
    )
    with op.batch_alter_table('causes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_causes_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('attributions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('cause_id', sa.Integer(), nullable=False),
    sa.Column('handoff_id', sa.Integer(), nullable=True),
    sa.Column('incident_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['cause_id'], ['causes.id'], name=op.f('fk_attributions_cause_id')),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoffs.id'], name=op.f('fk_attributions_handoff_id')),
    sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_attributions_incident_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_attributions_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attributions')),
    sa.UniqueConstraint('handoff_id', name=op.f('uq_attributions_handoff_id')),
    sa.UniqueConstraint('incident_id', name=op.f('uq_attributions_incident_id'))
    )
    with op.batch_alter_table('attributions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attributions_cause_id'), ['cause_id'], unique=False)

    op.create_table('reach_outs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('cause_id', sa.Integer(), nullable=True),
    sa.Column('customer', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['cause_id'], ['causes.id'], name=op.f('fk_reach_outs_cause_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_reach_outs_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reach_outs_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reach_outs'))
    )
    with op.batch_alter_table('reach_outs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reach_outs_person_id'), ['person_id'], unique=False)

    op.create_table('reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('cause_id', sa.Integer(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('channel_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('question', sa.LargeBinary(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('change', sa.LargeBinary(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_reviews_answered_by_id')),
    sa.ForeignKeyConstraint(['cause_id'], ['causes.id'], name=op.f('fk_reviews_cause_id')),
    sa.ForeignKeyConstraint(['channel_id'], ['conversations.id'], name=op.f('fk_reviews_channel_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_reviews_opened_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_reviews_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reviews_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews'))
    )
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.create_index('ix_reviews_cause', ['cause_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_ended_at'), ['ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_next_due_at'), ['next_due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_organisation_id'), ['organisation_id'], unique=False)


def downgrade() -> None:
    for table in ('reviews', 'reach_outs', 'attributions', 'causes', 'cause_settings'):
        op.drop_table(table)
