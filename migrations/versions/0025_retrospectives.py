"""Retrospectives: what is told of incidents that are over.

Revision: 0025
Revises: 0024
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'retrospectives',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('incident_id', sa.Integer(), nullable=False),
        sa.Column('account', sa.LargeBinary(), nullable=True),
        sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('posted_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['incident_id'], ['incidents.id'], name=op.f('fk_retrospectives_incident_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_retrospectives_organisation_id')),
        sa.ForeignKeyConstraint(['posted_by_id'], ['people.id'], name=op.f('fk_retrospectives_posted_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_retrospectives')),
        sa.UniqueConstraint('incident_id', name=op.f('uq_retrospectives_incident_id')),
    )


def downgrade() -> None:
    op.drop_table('retrospectives')
