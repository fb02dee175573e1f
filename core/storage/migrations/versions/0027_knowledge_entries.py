"""Answers to tickets that become knowledge, once a second officer has checked them."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE knowledge_entries (
    ticket_number bigint NOT NULL,
    author_id bigint NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    questions text[] NOT NULL,
    text text NOT NULL,
    basis text NOT NULL,
    version integer NOT NULL,
    approved_by bigint,
    approved_at timestamptz,
    reason text,
    CONSTRAINT pk_knowledge_entries PRIMARY KEY (ticket_number),
    CONSTRAINT fk_knowledge_entries_ticket_number FOREIGN KEY (ticket_number) REFERENCES tickets (number),
    CONSTRAINT fk_knowledge_entries_author_id FOREIGN KEY (author_id) REFERENCES people (id),
    CONSTRAINT fk_knowledge_entries_approved_by FOREIGN KEY (approved_by) REFERENCES people (id),
    CONSTRAINT ck_knowledge_entries_status CHECK (status IN ('draft', 'in_review', 'approved', 'withdrawn')),
    CONSTRAINT ck_knowledge_entries_second_person CHECK (approved_by <> author_id),
    CONSTRAINT ck_knowledge_entries_approved CHECK (status <> 'approved' OR approved_by IS NOT NULL),
    CONSTRAINT ck_knowledge_entries_basis CHECK (status <> 'approved' OR basis <> '')
)
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.drop_table("knowledge_entries")
