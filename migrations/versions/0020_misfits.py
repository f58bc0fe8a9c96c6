"""What was offered and did not fit, counted by names of playbooks.

Revision: 0020
Revises: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'misfits',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('playbook', sa.String(), nullable=False),
        sa.Column('instead', sa.String(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_misfits_organisation_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_misfits')),
        sa.UniqueConstraint(
            'organisation_id', 'playbook', 'instead', name=op.f('uq_misfits_organisation_id_playbook_instead')
        ),
    )


def downgrade() -> None:
    op.drop_table('misfits')
