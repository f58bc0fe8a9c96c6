"""One card for each who is asked to take a case over, however often: the last one goes on.

Revision: 0019
Revises: 0018
"""

from __future__ import annotations

from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

_ITS = (
    "FROM offers JOIN conversations ON conversations.person_id = offers.person_id "
    "WHERE conversations.id = cards.conversation_id AND cards.subject = "
)
_ONE = "'offer:' || CAST(offers.handoff_id AS VARCHAR)"
_LAST = f"{_ONE} || ':' || CAST(offers.asks AS VARCHAR)"


def upgrade() -> None:
    op.execute(f"UPDATE cards SET subject = (SELECT {_ONE} {_ITS} {_LAST}) WHERE EXISTS (SELECT 1 {_ITS} {_LAST})")


def downgrade() -> None:
    op.execute(f"UPDATE cards SET subject = (SELECT {_LAST} {_ITS} {_ONE}) WHERE EXISTS (SELECT 1 {_ITS} {_ONE})")
