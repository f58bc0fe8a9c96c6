"""Gestures: what may be given to customers, and what was; how an organisation writes amounts.

Revision: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'gesture_settings',
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('locale', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_gesture_settings_organisation_id')),
        sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_gesture_settings')),
    )
    op.create_table(
        'gestures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('changed_by_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('name', sa.LargeBinary(), nullable=False),
        sa.Column('sentence', sa.LargeBinary(), nullable=True),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('per_case', sa.BigInteger(), nullable=False),
        sa.Column('per_day', sa.BigInteger(), nullable=True),
        sa.Column('per_customer', sa.BigInteger(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['changed_by_id'], ['people.id'], name=op.f('fk_gestures_changed_by_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_gestures_organisation_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_gestures')),
    )
    with op.batch_alter_table('gestures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gestures_organisation_id'), ['organisation_id'], unique=False)

    op.create_table(
        'grants',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('gesture_id', sa.Integer(), nullable=False),
        sa.Column('requester_id', sa.Integer(), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('mark', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('amount', sa.BigInteger(), nullable=False),
        sa.Column('currency', sa.String(), nullable=False),
        sa.Column('instead', sa.BigInteger(), nullable=True),
        sa.Column('case', sa.LargeBinary(), nullable=True),
        sa.Column('case_hash', sa.String(), nullable=True),
        sa.Column('customer', sa.LargeBinary(), nullable=True),
        sa.Column('customer_hash', sa.String(), nullable=True),
        sa.Column('why', sa.LargeBinary(), nullable=True),
        sa.Column('no', sa.LargeBinary(), nullable=True),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('granted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('rung', sa.String(), nullable=True),
        sa.Column('rounds', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('supervisors_by', sa.DateTime(timezone=True), nullable=False),
        sa.Column('next_due_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_grants_decided_by_id')),
        sa.ForeignKeyConstraint(['gesture_id'], ['gestures.id'], name=op.f('fk_grants_gesture_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_grants_organisation_id')),
        sa.ForeignKeyConstraint(['requester_id'], ['people.id'], name=op.f('fk_grants_requester_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_grants')),
        sa.UniqueConstraint('organisation_id', 'mark', name=op.f('uq_grants_organisation_id_mark')),
    )
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.create_index('ix_grants_case', ['gesture_id', 'case_hash'], unique=False)
        batch_op.create_index('ix_grants_customer', ['gesture_id', 'customer_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_ended_at'), ['ended_at'], unique=False)
        batch_op.create_index('ix_grants_month', ['organisation_id', 'granted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_next_due_at'), ['next_due_at'], unique=False)
        batch_op.create_index('ix_grants_requester', ['requester_id', 'granted_at'], unique=False)

    op.create_table(
        'grant_asks',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('grant_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('rung', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('asks', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('undelivered', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['grant_id'], ['grants.id'], name=op.f('fk_grant_asks_grant_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_grant_asks_organisation_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_grant_asks_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_grant_asks')),
        sa.UniqueConstraint('grant_id', 'person_id', name=op.f('uq_grant_asks_grant_id_person_id')),
    )
    with op.batch_alter_table('grant_asks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grant_asks_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    for table in ('grant_asks', 'grants', 'gestures', 'gesture_settings'):
        op.drop_table(table)
