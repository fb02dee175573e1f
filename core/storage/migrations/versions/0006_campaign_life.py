"""Campaigns with an author, a second person's approval, an audience, a time, and acknowledgements; roles of HR officers.

What was sent before knew no quiet hours, so it counts as urgent.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE people ADD COLUMN hr_role text DEFAULT 'approver' NOT NULL;
ALTER TABLE people ADD CONSTRAINT ck_people_hr_role CHECK (hr_role IN ('viewer', 'author', 'approver'));
ALTER TABLE campaigns
    ADD COLUMN links jsonb DEFAULT '[]'::jsonb NOT NULL,
    ADD COLUMN needs_acknowledgement boolean DEFAULT false NOT NULL,
    ADD COLUMN is_urgent boolean DEFAULT false NOT NULL,
    ADD COLUMN latest_at timestamptz,
    ADD COLUMN scheduled_at timestamptz,
    ADD COLUMN author_id bigint,
    ADD COLUMN approved_by bigint,
    ADD COLUMN version integer DEFAULT 1 NOT NULL,
    ADD CONSTRAINT fk_campaigns_author_id FOREIGN KEY (author_id) REFERENCES people (id),
    ADD CONSTRAINT fk_campaigns_approved_by FOREIGN KEY (approved_by) REFERENCES people (id),
    ADD CONSTRAINT ck_campaigns_second_person CHECK (approved_by <> author_id);
UPDATE campaigns SET is_urgent = true;
CREATE INDEX ix_campaigns_status ON campaigns (status);
CREATE TABLE campaign_acknowledgements (
    campaign_id bigint NOT NULL,
    person_id bigint NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_campaign_acknowledgements PRIMARY KEY (campaign_id, person_id),
    CONSTRAINT fk_campaign_acknowledgements_campaign_id FOREIGN KEY (campaign_id) REFERENCES campaigns (id),
    CONSTRAINT fk_campaign_acknowledgements_person_id FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE INDEX ix_campaign_acknowledgements_person_id ON campaign_acknowledgements (person_id);
"""

_DOWN = """
DROP TABLE campaign_acknowledgements;
DROP INDEX ix_campaigns_status;
ALTER TABLE campaigns
    DROP COLUMN links,
    DROP COLUMN needs_acknowledgement,
    DROP COLUMN is_urgent,
    DROP COLUMN latest_at,
    DROP COLUMN scheduled_at,
    DROP COLUMN author_id,
    DROP COLUMN approved_by,
    DROP COLUMN version;
ALTER TABLE people DROP COLUMN hr_role;
"""


def upgrade() -> None:
    _run(_UP)


def downgrade() -> None:
    _run(_DOWN)


def _run(statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            op.execute(statement)
