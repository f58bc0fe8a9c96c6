"""When customers were told, and who said so; an update that is only prepared, and what a worse severity asks for.

Revision: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('incident_events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('told_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_incident_events_told_by_id'), 'people', ['told_by_id'], ['id'])
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE incident_events SET told_at = at, told_by_id = person_id WHERE kind = 'updated'")


def downgrade() -> None:
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.drop_column('prepared_at')
        batch_op.drop_column('wanted_at')
    with op.batch_alter_table('incident_events', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_incident_events_told_by_id'), type_='foreignkey')
        batch_op.drop_column('told_by_id')
        batch_op.drop_column('told_at')
