"""Quizzes of campaigns, and what people answered."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN quiz jsonb DEFAULT '[]'::jsonb NOT NULL")
    op.execute(
        "CREATE TABLE quiz_answers (campaign_id bigint NOT NULL, person_id bigint NOT NULL, number integer NOT NULL, "
        "choice integer NOT NULL, is_right boolean NOT NULL, at timestamptz NOT NULL, "
        "CONSTRAINT pk_quiz_answers PRIMARY KEY (campaign_id, person_id, number), "
        "CONSTRAINT fk_quiz_answers_campaign_id FOREIGN KEY (campaign_id) REFERENCES campaigns (id), "
        "CONSTRAINT fk_quiz_answers_person_id FOREIGN KEY (person_id) REFERENCES people (id))"
    )
    op.execute("CREATE INDEX ix_quiz_answers_person_id ON quiz_answers (person_id)")


def downgrade() -> None:
    op.execute("DROP TABLE quiz_answers")
    op.execute("ALTER TABLE campaigns DROP COLUMN quiz")
