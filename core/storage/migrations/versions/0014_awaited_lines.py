"""What an HR officer was asked to type about a session, and what they typed while it still wants a yes."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_CAMPAIGN = "'new_text', 'text', 'audience', 'time'"
_SESSION = "'session_time', 'session_place', 'session_seats', 'session_deadline', 'session_reason'"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE telegram_accounts ADD COLUMN awaited_session_code text, ADD COLUMN awaited_words text, "
        "ADD COLUMN awaited_message_id bigint, DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({_CAMPAIGN}, {_SESSION}))"
    )


def downgrade() -> None:
    op.execute(
        "UPDATE telegram_accounts SET awaited = NULL, awaited_since = NULL, awaited_campaign_id = NULL "
        f"WHERE awaited IN ({_SESSION})"
    )
    op.execute(
        "ALTER TABLE telegram_accounts DROP COLUMN awaited_session_code, DROP COLUMN awaited_words, "
        "DROP COLUMN awaited_message_id, DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({_CAMPAIGN}))"
    )
