"""Attendance: the secrets of its codes, a row for each person and day, and wrong codes."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE attendance_secrets (
    session_code text NOT NULL,
    secret bytea NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT pk_attendance_secrets PRIMARY KEY (session_code),
    CONSTRAINT fk_attendance_secrets_session_code FOREIGN KEY (session_code) REFERENCES sessions (code)
);
CREATE TABLE attendance (
    enrollment_id bigint NOT NULL,
    day date NOT NULL,
    at timestamptz NOT NULL,
    noted_by text NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (enrollment_id, day),
    CONSTRAINT fk_attendance_enrollment_id FOREIGN KEY (enrollment_id) REFERENCES enrollments (id)
);
CREATE TABLE wrong_attendance_tries (
    id bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_wrong_attendance_tries PRIMARY KEY (id),
    CONSTRAINT fk_wrong_attendance_tries_person_id FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE INDEX ix_wrong_attendance_tries_person_id_at ON wrong_attendance_tries (person_id, at);
"""


def upgrade() -> None:
    for statement in _UP.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    for table in ("wrong_attendance_tries", "attendance", "attendance_secrets"):
        op.drop_table(table)
