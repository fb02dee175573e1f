"""What else HR may be asked to type about a campaign: links, a last moment, names for a trial, a correction."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_BEFORE = (
    "'new_text', 'text', 'audience', 'time', "
    "'campaign_file', 'quiz_question', 'pulse_question', 'pulse_comment', 'campaign_step', 'campaign_moment'"
)
_NEW = "'campaign_links', 'campaign_latest', 'campaign_trial', 'campaign_correction'"
_AFTER = (
    "'session_time', 'session_place', 'session_seats', 'session_deadline', 'session_reason', "
    "'ticket_answer', 'ticket_more', 'entry_question', 'entry_text', 'entry_basis', 'entry_reason', "
    "'campaign_question', 'decline_reason', 'comment', 'session_draft'"
)


def upgrade() -> None:
    _await(f"{_BEFORE}, {_NEW}, {_AFTER}")


def downgrade() -> None:
    op.execute(
        "UPDATE telegram_accounts SET awaited = NULL, awaited_since = NULL, awaited_campaign_id = NULL "
        f"WHERE awaited IN ({_NEW})"
    )
    _await(f"{_BEFORE}, {_AFTER}")


def _await(words: str) -> None:
    op.execute(
        "ALTER TABLE telegram_accounts DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({words}))"
    )
