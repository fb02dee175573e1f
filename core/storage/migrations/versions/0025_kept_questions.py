"""What was kept of staff's words: refused policy questions as before, and words nobody understood."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE unanswered_questions ADD COLUMN kind text NOT NULL DEFAULT 'refused'")


def downgrade() -> None:
    op.execute("ALTER TABLE unanswered_questions DROP COLUMN kind")
