"""What follows the first message of a campaign."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN steps jsonb DEFAULT '[]'::jsonb NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'campaign_step'")
    op.execute("ALTER TABLE campaigns DROP COLUMN steps")
