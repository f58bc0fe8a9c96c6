"""Codes that bring workspaces and people together, and where a message was sent when it could not arrive.

Revision: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'codes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('purpose', sa.String(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('state', sa.String(), nullable=False),
        sa.Column('entered_by_id', sa.Integer(), nullable=True),
        sa.Column('entered_at_id', sa.Integer(), nullable=True),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['entered_at_id'], ['workspaces.id'], name=op.f('fk_codes_entered_at_id')),
        sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_codes_entered_by_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_codes_organisation_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_codes_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_codes')),
    )
    op.create_index('ix_codes_digest', 'codes', ['digest'])
    op.create_index('ix_codes_organisation_id', 'codes', ['organisation_id'])
    op.create_table(
        'wrong_codes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_wrong_codes_organisation_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_wrong_codes_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wrong_codes')),
    )
    op.create_index('ix_wrong_codes_organisation_id', 'wrong_codes', ['organisation_id'])
    op.create_index('ix_wrong_codes_person_id', 'wrong_codes', ['person_id'])
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('linked', sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in ('cards', 'notices'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('moved', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for table in ('cards', 'notices'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('moved')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('linked')
    op.drop_table('wrong_codes')
    op.drop_table('codes')
