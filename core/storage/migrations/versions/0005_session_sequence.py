"""How often a session was moved, for calendars to tell the newer entry from the older."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE sessions ADD COLUMN sequence integer DEFAULT 0 NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE sessions DROP COLUMN sequence")
