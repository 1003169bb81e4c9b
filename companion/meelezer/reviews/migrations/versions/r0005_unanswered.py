"""Which cases are unanswered, why one was closed without a reply, and what was learned from it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; of a case whose texts were erased before, nothing is left to do."""
    op.add_column("review", sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.add_column("review", sa.Column("learned", sa.Text))
    op.add_column("event", sa.Column("words", sa.Text))
    # Nobody was asked for a reason then.
    op.execute("UPDATE review SET closed_at = erased_at WHERE erased_at IS NOT NULL AND placed_at IS NULL")
    op.execute(
        "DELETE FROM reminder WHERE done_at IS NULL "
        "AND review_id IN (SELECT id FROM review WHERE erased_at IS NOT NULL)"
    )


def downgrade() -> None:
    """Never: going back would lose what was written."""
    raise NotImplementedError("a database is not taken back to an older Meelezer")
