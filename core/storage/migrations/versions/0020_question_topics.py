"""How often each topic was asked about, by the hour, without who asked."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE question_topics (hour timestamptz NOT NULL, topic text NOT NULL, count integer NOT NULL, "
        "CONSTRAINT pk_question_topics PRIMARY KEY (hour, topic))"
    )


def downgrade() -> None:
    op.execute("DROP TABLE question_topics")
