"""What a ticket is about, and which HR officers answer what."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE tickets ADD COLUMN topic text NOT NULL DEFAULT 'lainnya'")
    op.execute(
        "CREATE TABLE ticket_duties (id bigint GENERATED ALWAYS AS IDENTITY, person_id bigint NOT NULL, topic text, "
        "unit_code text, CONSTRAINT pk_ticket_duties PRIMARY KEY (id), "
        "CONSTRAINT fk_ticket_duties_person_id FOREIGN KEY (person_id) REFERENCES people (id), "
        "CONSTRAINT fk_ticket_duties_unit_code FOREIGN KEY (unit_code) REFERENCES units (code))"
    )
    op.execute("CREATE INDEX ix_ticket_duties_person_id ON ticket_duties (person_id)")


def downgrade() -> None:
    op.execute("DROP TABLE ticket_duties")
    op.execute("ALTER TABLE tickets DROP COLUMN topic")
