"""Certificates: one number for each completed enrollment."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE certificates (
            number text NOT NULL,
            enrollment_id bigint NOT NULL,
            issued_at timestamptz NOT NULL,
            revoked_at timestamptz,
            CONSTRAINT pk_certificates PRIMARY KEY (number),
            CONSTRAINT uq_certificates_enrollment_id UNIQUE (enrollment_id),
            CONSTRAINT fk_certificates_enrollment_id FOREIGN KEY (enrollment_id) REFERENCES enrollments (id)
        )
        """
    )


def downgrade() -> None:
    op.drop_table("certificates")
