"""What a supervisor or a participant was asked to type about an enrollment, and what a session to be opened is so far."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BEFORE = (
    "'new_text', 'text', 'audience', 'time', 'campaign_file', 'quiz_question', 'pulse_question', 'pulse_comment', "
    "'campaign_step', 'campaign_moment', 'session_time', 'session_place', 'session_seats', 'session_deadline', "
    "'session_reason', 'ticket_answer', 'ticket_more', 'entry_question', 'entry_text', 'entry_basis', 'entry_reason', "
    "'campaign_question'"
)
_ENROLLMENT = "'decline_reason', 'comment', 'session_draft'"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE telegram_accounts ADD COLUMN awaited_enrollment_id bigint, ADD COLUMN awaited_draft jsonb, "
        "DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({_BEFORE}, {_ENROLLMENT}))"
    )


def downgrade() -> None:
    op.execute(f"UPDATE telegram_accounts SET awaited = NULL, awaited_since = NULL WHERE awaited IN ({_ENROLLMENT})")
    op.execute(
        "ALTER TABLE telegram_accounts DROP COLUMN awaited_enrollment_id, DROP COLUMN awaited_draft, "
        "DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({_BEFORE}))"
    )
