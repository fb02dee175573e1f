"""Whose name has a word is found without reading all names."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_people_words_of_name ON people USING gin (string_to_array(lower(name), ' '))")


def downgrade() -> None:
    op.execute("DROP INDEX ix_people_words_of_name")
