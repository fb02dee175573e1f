"""Campaigns that go to each person at a date of their own."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN anchor text")


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP COLUMN anchor")
