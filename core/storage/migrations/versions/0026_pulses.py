"""Pulse questions of campaigns, and what people answered."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN pulse text")
    op.execute(
        "CREATE TABLE pulse_answers (campaign_id bigint NOT NULL, person_id bigint NOT NULL, value integer NOT NULL, "
        "comment text, at timestamptz NOT NULL, "
        "CONSTRAINT pk_pulse_answers PRIMARY KEY (campaign_id, person_id), "
        "CONSTRAINT fk_pulse_answers_campaign_id FOREIGN KEY (campaign_id) REFERENCES campaigns (id), "
        "CONSTRAINT fk_pulse_answers_person_id FOREIGN KEY (person_id) REFERENCES people (id), "
        "CONSTRAINT ck_pulse_answers_value CHECK (value BETWEEN 1 AND 5))"
    )
    op.execute("CREATE INDEX ix_pulse_answers_person_id ON pulse_answers (person_id)")


def downgrade() -> None:
    op.execute("DROP TABLE pulse_answers")
    op.execute("ALTER TABLE campaigns DROP COLUMN pulse")
