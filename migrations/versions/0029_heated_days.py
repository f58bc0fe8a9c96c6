"""Heated days: how many cases somebody met, counted without words; and until when they are skipped.

Revision: 0029
Revises: 0028
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('care_settings',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_care_settings_organisation_id')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_care_settings'))
    )
    op.create_table('heated_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_heated_days_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_heated_days_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heated_days')),
    sa.UniqueConstraint('person_id', 'began_at', name=op.f('uq_heated_days_person_id_began_at'))
    )
    with op.batch_alter_table('heated_days', schema=None) as batch_op:
        batch_op.create_index('ix_heated_days_day', ['organisation_id', 'began_at'], unique=False)

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('spared_until', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('spared_until')

    with op.batch_alter_table('heated_days', schema=None) as batch_op:
        batch_op.drop_index('ix_heated_days_day')

    op.drop_table('heated_days')
    op.drop_table('care_settings')
