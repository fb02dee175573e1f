"""Questions about campaigns: the button below one, who asked, and tickets about one."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN takes_questions boolean NOT NULL DEFAULT false")
    op.execute(
        "CREATE TABLE campaign_replies (campaign_id bigint NOT NULL, person_id bigint NOT NULL, at timestamptz NOT NULL, "
        "CONSTRAINT pk_campaign_replies PRIMARY KEY (campaign_id, person_id), "
        "CONSTRAINT fk_campaign_replies_campaign_id FOREIGN KEY (campaign_id) REFERENCES campaigns (id), "
        "CONSTRAINT fk_campaign_replies_person_id FOREIGN KEY (person_id) REFERENCES people (id))"
    )
    op.execute("CREATE INDEX ix_campaign_replies_person_id ON campaign_replies (person_id)")
    op.execute(
        "ALTER TABLE tickets ADD COLUMN campaign_id bigint, "
        "ADD CONSTRAINT fk_tickets_campaign_id FOREIGN KEY (campaign_id) REFERENCES campaigns (id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE tickets DROP COLUMN campaign_id")
    op.execute("DROP TABLE campaign_replies")
    op.execute("ALTER TABLE campaigns DROP COLUMN takes_questions")
