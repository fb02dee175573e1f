"""Learning hours know the enrollment that earned them: at most one row without a reason, corrections beside it."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE learning_hours ADD COLUMN enrollment_id bigint, "
        "ADD CONSTRAINT fk_learning_hours_enrollment_id FOREIGN KEY (enrollment_id) REFERENCES enrollments (id)"
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_learning_hours_earned ON learning_hours (enrollment_id) "
        "WHERE enrollment_id IS NOT NULL AND reason IS NULL"
    )
    op.execute(
        "CREATE INDEX ix_learning_hours_enrollment_id ON learning_hours (enrollment_id) WHERE enrollment_id IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE learning_hours DROP COLUMN enrollment_id")
