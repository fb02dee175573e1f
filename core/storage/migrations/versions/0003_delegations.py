"""Supervisors delegate their decisions for a while."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE delegations (
    id bigint GENERATED ALWAYS AS IDENTITY,
    supervisor_id bigint NOT NULL,
    delegate_id bigint NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT pk_delegations PRIMARY KEY (id),
    CONSTRAINT ck_delegations_people CHECK (supervisor_id <> delegate_id),
    CONSTRAINT ck_delegations_times CHECK (starts_at < ends_at),
    CONSTRAINT fk_delegations_supervisor_id FOREIGN KEY (supervisor_id) REFERENCES people (id),
    CONSTRAINT fk_delegations_delegate_id FOREIGN KEY (delegate_id) REFERENCES people (id)
);
CREATE INDEX ix_delegations_supervisor_id ON delegations (supervisor_id) WHERE ended_at IS NULL;
CREATE INDEX ix_delegations_delegate_id ON delegations (delegate_id) WHERE ended_at IS NULL;
"""


def upgrade() -> None:
    for statement in _UP.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("delegations")
