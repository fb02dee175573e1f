"""What an HR officer was asked to type about a campaign, so that a restart of the bot does not lose the thread."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE telegram_accounts ADD COLUMN awaited text, ADD COLUMN awaited_since timestamptz, "
        "ADD COLUMN awaited_campaign_id bigint, "
        "ADD CONSTRAINT ck_telegram_accounts_awaited "
        "CHECK (awaited IN ('new_text', 'text', 'audience', 'time')), "
        "ADD CONSTRAINT ck_telegram_accounts_awaited_since CHECK ((awaited IS NULL) = (awaited_since IS NULL))"
    )


def downgrade() -> None:
    op.execute(
        "ALTER TABLE telegram_accounts DROP COLUMN awaited, DROP COLUMN awaited_since, DROP COLUMN awaited_campaign_id"
    )
