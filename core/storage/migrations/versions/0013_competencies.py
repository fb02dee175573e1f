"""Competencies of positions, courses and people, and people found by their position."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE competency_requirements (
    position text NOT NULL,
    competency text NOT NULL,
    CONSTRAINT pk_competency_requirements PRIMARY KEY (position, competency)
);
CREATE TABLE course_competencies (
    course_code text NOT NULL,
    competency text NOT NULL,
    CONSTRAINT pk_course_competencies PRIMARY KEY (course_code, competency),
    CONSTRAINT fk_course_competencies_course_code FOREIGN KEY (course_code) REFERENCES courses (code)
);
CREATE TABLE person_competencies (
    person_id bigint NOT NULL,
    competency text NOT NULL,
    CONSTRAINT pk_person_competencies PRIMARY KEY (person_id, competency),
    CONSTRAINT fk_person_competencies_person_id FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE INDEX ix_people_position ON people (position);
"""


def upgrade() -> None:
    for statement in _UP.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_people_position", "people")
    for table in ("person_competencies", "course_competencies", "competency_requirements"):
        op.drop_table(table)
