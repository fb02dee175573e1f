"""When a campaign was released, and when supervisors were told whom of their staff it left silent."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE campaigns ADD COLUMN released_at timestamptz, ADD COLUMN supervisors_told_at timestamptz")
    op.execute(
        "UPDATE campaigns SET released_at = released.at FROM (SELECT subject, min(at) AS at FROM audit "
        "WHERE action = 'campaign_running' GROUP BY subject) AS released "
        "WHERE released.subject = 'campaign:' || campaigns.id"
    )
    # what ended before this was known of is nobody's news
    op.execute("UPDATE campaigns SET supervisors_told_at = now() WHERE status IN ('finished', 'cancelled')")


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP COLUMN released_at, DROP COLUMN supervisors_told_at")
