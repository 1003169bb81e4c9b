"""What became of a case after the reply, and reminders of what was promised."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add columns and a table; what is there stays."""
    op.add_column("review", sa.Column("placed_at", MOMENT))
    op.add_column("review", sa.Column("outcome", sa.String(16)))
    op.add_column("event", sa.Column("detail", sa.String(32)))
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("review_id", sa.String(24), sa.ForeignKey("review.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("done_by", sa.String(200)),
    )
    op.create_index("ix_reminder_review_id", "reminder", ["review_id"])
    op.create_index("reminder_open", "reminder", ["done_at", "due_at"])


def downgrade() -> None:
    """Never: going back would lose what was written."""
    raise NotImplementedError("a database is not taken back to an older Meelezer")
