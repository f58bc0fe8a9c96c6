"""What is due to be sent is found in its order, and what holds it back by one look, however much is due.

Revision: 0032
Revises: 0031
"""

from __future__ import annotations

from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

OF_ONE_SUBJECT = ('subject', 'conversation_id', 'state', 'asked_at')


def upgrade() -> None:
    for table in ('cards', 'notices'):
        op.drop_index(f'ix_{table}_due', table)
        op.create_index(f'ix_{table}_due', table, ('state', 'try_at', 'asked_at'))
    op.drop_index('ix_notices_subject', 'notices')
    op.create_index('ix_notices_subject', 'notices', OF_ONE_SUBJECT)
    op.create_index('ix_cards_subject', 'cards', OF_ONE_SUBJECT)


def downgrade() -> None:
    op.drop_index('ix_cards_subject', 'cards')
    op.drop_index('ix_notices_subject', 'notices')
    op.create_index('ix_notices_subject', 'notices', ('subject', 'conversation_id'))
    for table in ('notices', 'cards'):
        op.drop_index(f'ix_{table}_due', table)
        op.create_index(f'ix_{table}_due', table, ('state', 'try_at'))
