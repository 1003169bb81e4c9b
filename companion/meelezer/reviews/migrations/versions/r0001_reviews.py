"""Reviews with versions, comments, history and readers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _of_review() -> sa.Column[str]:
    return sa.Column("review_id", sa.String(24), sa.ForeignKey("review.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "review",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("platform", sa.String(64)),
        sa.Column("page", sa.Text),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("justified", sa.Boolean),
        sa.Column("complaint", sa.Text, nullable=False),
        sa.Column("complaint_author", sa.String(200)),
        sa.Column("posted_at", MOMENT),
        sa.Column("rating", sa.Float),
        sa.Column("severity", sa.Integer, nullable=False),
        sa.Column("writer", sa.String(200), nullable=False),
        sa.Column("writer_role", sa.String(200)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.String(200)),
        sa.Column("reason", sa.Text),
        sa.Column("erased_at", MOMENT),
    )
    op.create_index("review_work_list", "review", ["state", "severity", "created_at"])
    op.create_table(
        "version",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_review(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("checks", sa.JSON, nullable=False),
        sa.UniqueConstraint("review_id", "number", name="version_number"),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_review(),
        sa.Column("key", sa.String(64)),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("review_id", "key", name="comment_key"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_review(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer),
    )
    op.create_index("ix_event_review_id", "event", ["review_id"])
    op.create_table(
        "reader",
        sa.Column(
            "review_id", sa.String(24), sa.ForeignKey("review.id", ondelete="CASCADE"), primary_key=True, nullable=False
        ),
        sa.Column("who", sa.String(200), primary_key=True, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Never: going back would lose what was written."""
    raise NotImplementedError("a database is not taken back to an older Meelezer")
