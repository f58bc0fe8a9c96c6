"""With which tokens we speak in Slack.

Revision: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'slack_installations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('enterprise', sa.String(), nullable=False),
        sa.Column('team', sa.String(), nullable=False),
        sa.Column('part_of_id', sa.Integer(), nullable=True),
        sa.Column('app', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('bot', sa.String(), nullable=False),
        sa.Column('bot_account', sa.String(), nullable=False),
        sa.Column('scopes', sa.String(), nullable=False),
        sa.Column('token', sa.LargeBinary(), nullable=True),
        sa.Column('refresh_token', sa.LargeBinary(), nullable=True),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('refreshing_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('installed_by', sa.String(), nullable=False),
        sa.Column('installed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['part_of_id'], ['slack_installations.id'], name=op.f('fk_slack_installations_part_of_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_slack_installations')),
        sa.UniqueConstraint('enterprise', 'team', name=op.f('uq_slack_installations_enterprise_team')),
    )
    with op.batch_alter_table('slack_installations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slack_installations_team'), ['team'], unique=False)


def downgrade() -> None:
    op.drop_table('slack_installations')
