"""Other words proposed for a campaign that was sent, until a second person has judged them."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE campaigns ADD COLUMN correction text, ADD COLUMN corrected_by bigint, "
        "ADD CONSTRAINT fk_campaigns_corrected_by FOREIGN KEY (corrected_by) REFERENCES people (id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP COLUMN correction, DROP COLUMN corrected_by")
