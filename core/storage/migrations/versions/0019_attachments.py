"""Files that go along with campaigns: their bytes, and how Telegram knows them; what HR may be asked for beside words."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


_BEFORE = "'new_text', 'text', 'audience', 'time'"
_NEW = "'campaign_file', 'quiz_question', 'pulse_question', 'pulse_comment', 'campaign_step', 'campaign_moment'"
_SESSION = "'session_time', 'session_place', 'session_seats', 'session_deadline', 'session_reason'"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE attachments (id bigint GENERATED ALWAYS AS IDENTITY, digest bytea NOT NULL, kind text NOT NULL, "
        "name text NOT NULL, size integer NOT NULL, content bytea NOT NULL, telegram_file_id text, "
        "created_at timestamptz NOT NULL, "
        "CONSTRAINT pk_attachments PRIMARY KEY (id), "
        "CONSTRAINT uq_attachments_digest_kind_name UNIQUE (digest, kind, name), "
        "CONSTRAINT ck_attachments_kind CHECK (kind IN ('photo', 'document')))"
    )
    op.execute("ALTER TABLE campaigns ADD COLUMN attachment jsonb")
    _await(f"{_BEFORE}, {_NEW}, {_SESSION}")


def downgrade() -> None:
    op.execute(
        "UPDATE telegram_accounts SET awaited = NULL, awaited_since = NULL, awaited_campaign_id = NULL "
        f"WHERE awaited IN ({_NEW})"
    )
    _await(f"{_BEFORE}, {_SESSION}")
    op.execute("ALTER TABLE campaigns DROP COLUMN attachment")
    op.execute("DROP TABLE attachments")


def _await(words: str) -> None:
    op.execute(
        "ALTER TABLE telegram_accounts DROP CONSTRAINT ck_telegram_accounts_awaited, "
        f"ADD CONSTRAINT ck_telegram_accounts_awaited CHECK (awaited IN ({words}))"
    )
