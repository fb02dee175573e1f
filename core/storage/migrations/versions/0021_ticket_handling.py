"""Which officer handles a ticket and since when, its reminders, and that it was opened again."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BEFORE = (
    "'new_text', 'text', 'audience', 'time', 'campaign_file', 'quiz_question', 'pulse_question', 'pulse_comment', "
    "'campaign_step', 'campaign_moment', 'session_time', 'session_place', 'session_seats', 'session_deadline', "
    "'session_reason'"
)
_TICKETS = (
    "'ticket_answer', 'ticket_more', 'entry_question', 'entry_text', 'entry_basis', 'entry_reason', 'campaign_question'"
)


def upgrade() -> None:
    op.execute("ALTER TABLE tickets RENAME COLUMN answered_by TO claimed_by")
    op.execute("ALTER TABLE tickets RENAME CONSTRAINT fk_tickets_answered_by TO fk_tickets_claimed_by")
    op.execute(
        "ALTER TABLE tickets ADD COLUMN stands_since timestamptz, ADD COLUMN reopened_at timestamptz, "
        "ADD COLUMN reminders integer NOT NULL DEFAULT 0"
    )
    op.execute(
        "ALTER TABLE telegram_accounts ADD COLUMN awaited_ticket_number bigint, "
        "DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({_BEFORE}, {_TICKETS}))"
    )


def downgrade() -> None:
    op.execute(f"UPDATE telegram_accounts SET awaited = NULL, awaited_since = NULL WHERE awaited IN ({_TICKETS})")
    op.execute(
        "ALTER TABLE telegram_accounts DROP COLUMN awaited_ticket_number, "
        "DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({_BEFORE}))"
    )
    op.execute("ALTER TABLE tickets DROP COLUMN stands_since, DROP COLUMN reopened_at, DROP COLUMN reminders")
    op.execute("ALTER TABLE tickets RENAME CONSTRAINT fk_tickets_claimed_by TO fk_tickets_answered_by")
    op.execute("ALTER TABLE tickets RENAME COLUMN claimed_by TO answered_by")
