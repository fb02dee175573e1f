"""Evaluations: one for each completed enrollment, with an optional comment."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE evaluations (
            enrollment_id bigint NOT NULL,
            rating integer NOT NULL,
            rated_at timestamptz NOT NULL,
            comment text,
            CONSTRAINT pk_evaluations PRIMARY KEY (enrollment_id),
            CONSTRAINT ck_evaluations_rating CHECK (rating BETWEEN 1 AND 5),
            CONSTRAINT fk_evaluations_enrollment_id FOREIGN KEY (enrollment_id) REFERENCES enrollments (id)
        )
        """
    )


def downgrade() -> None:
    op.drop_table("evaluations")
