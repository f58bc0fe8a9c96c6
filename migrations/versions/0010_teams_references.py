"""How conversations of Teams are reached.

Revision: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'teams_references',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant', sa.String(), nullable=False),
        sa.Column('address', sa.String(), nullable=False),
        sa.Column('conversation', sa.String(), nullable=False),
        sa.Column('service_url', sa.String(), nullable=False),
        sa.Column('bot', sa.String(), nullable=False),
        sa.Column('team', sa.String(), nullable=False),
        sa.Column('directory_id', sa.String(), nullable=False),
        sa.Column('gone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_teams_references')),
        sa.UniqueConstraint('tenant', 'address', name=op.f('uq_teams_references_tenant_address')),
    )


def downgrade() -> None:
    op.drop_table('teams_references')
