"""Courses say which employment they are for, what they require, and whether they can be repeated."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE courses
            ADD COLUMN employment text[] DEFAULT '{}' NOT NULL,
            ADD COLUMN requires text[] DEFAULT '{}' NOT NULL,
            ADD COLUMN is_repeatable boolean DEFAULT false NOT NULL,
            ADD CONSTRAINT ck_courses_employment CHECK (employment <@ ARRAY['PNS', 'PPPK'])
        """
    )


def downgrade() -> None:
    op.execute("ALTER TABLE courses DROP COLUMN employment, DROP COLUMN requires, DROP COLUMN is_repeatable")
