"""Reminders for those who did not acknowledge a campaign, and taking one back."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE campaigns ADD COLUMN chase_after_days integer, "
        "ADD COLUMN chase_times integer DEFAULT 0 NOT NULL, ADD COLUMN recalled_at timestamptz"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP COLUMN chase_after_days, DROP COLUMN chase_times, DROP COLUMN recalled_at")
