"""Sessions that end on the server, and what the organisation's login knows people by."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table and columns; what is there stays, only whoever was logged in does so once more."""
    op.create_table(
        "team_session",
        sa.Column("token_hash", sa.String(64), primary_key=True, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_team_session_person_id", "team_session", ["person_id"])
    op.add_column("person", sa.Column("email", sa.String(254)))
    op.add_column("person", sa.Column("organisation_id", sa.String(64)))
    op.create_index("ix_person_email", "person", ["email"], unique=True)
    op.create_index("ix_person_organisation_id", "person", ["organisation_id"], unique=True)
    op.add_column("invitation", sa.Column("email", sa.String(254)))


def downgrade() -> None:
    """Never: going back would lose what was written."""
    raise NotImplementedError("a database is not taken back to an older Meelezer")
