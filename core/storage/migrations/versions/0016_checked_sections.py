"""Until when a policy section may be told as valid, and who looked at it last."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE knowledge_sections ADD COLUMN expires date, ADD COLUMN checked_by text, ADD COLUMN checked_at date"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE knowledge_sections DROP COLUMN expires, DROP COLUMN checked_by, DROP COLUMN checked_at")
