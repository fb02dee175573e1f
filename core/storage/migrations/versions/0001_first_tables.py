"""The first tables: registry, trainings, knowledge, ledger.

In SQL, as PostgreSQL will hold it: a migration is history and must not change when the models do. A test compares the
outcome with the models.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REGISTRY = """
CREATE TABLE units (
    code text NOT NULL,
    name text NOT NULL,
    short_name text NOT NULL,
    parent text,
    CONSTRAINT pk_units PRIMARY KEY (code),
    CONSTRAINT fk_units_parent FOREIGN KEY (parent) REFERENCES units (code) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE wrong_code_tries (
    id bigint GENERATED ALWAYS AS IDENTITY,
    telegram_id bigint NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_wrong_code_tries PRIMARY KEY (id)
);
CREATE INDEX ix_wrong_code_tries_telegram_id_at ON wrong_code_tries (telegram_id, at);
CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY,
    nip text NOT NULL,
    name text NOT NULL,
    unit_code text NOT NULL,
    position text NOT NULL,
    level text NOT NULL,
    employment text NOT NULL,
    phone text,
    supervisor_id bigint,
    is_hr boolean DEFAULT false NOT NULL,
    is_sample boolean DEFAULT false NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (id),
    CONSTRAINT ck_people_level CHECK (level IN ('pelaksana', 'fungsional', 'pengawas', 'administrator', 'jpt')),
    CONSTRAINT ck_people_employment CHECK (employment IN ('PNS', 'PPPK')),
    CONSTRAINT ck_people_supervisor CHECK (supervisor_id <> id),
    CONSTRAINT ck_people_name CHECK (length(trim(name)) > 0),
    CONSTRAINT uq_people_nip UNIQUE (nip),
    CONSTRAINT fk_people_unit_code FOREIGN KEY (unit_code) REFERENCES units (code),
    CONSTRAINT fk_people_supervisor_id FOREIGN KEY (supervisor_id) REFERENCES people (id)
);
CREATE INDEX ix_people_hr ON people (id) WHERE is_hr;
CREATE INDEX ix_people_phone ON people (phone) WHERE phone IS NOT NULL;
CREATE INDEX ix_people_supervisor_id ON people (supervisor_id);
CREATE INDEX ix_people_unit_code ON people (unit_code);
CREATE TABLE linking_codes (
    person_id bigint NOT NULL,
    code_hash text NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk_linking_codes PRIMARY KEY (person_id),
    CONSTRAINT uq_linking_codes_code_hash UNIQUE (code_hash),
    CONSTRAINT fk_linking_codes_person_id FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE TABLE telegram_accounts (
    telegram_id bigint NOT NULL,
    person_id bigint NOT NULL,
    linked_at timestamptz NOT NULL,
    opted_out_at timestamptz,
    unreachable_since timestamptz,
    CONSTRAINT pk_telegram_accounts PRIMARY KEY (telegram_id),
    CONSTRAINT uq_telegram_accounts_person_id UNIQUE (person_id),
    CONSTRAINT fk_telegram_accounts_person_id FOREIGN KEY (person_id) REFERENCES people (id)
);
"""

_TRAININGS = """
CREATE TABLE courses (
    code text NOT NULL,
    title text NOT NULL,
    competency text NOT NULL,
    level text NOT NULL,
    hours integer NOT NULL,
    mode text NOT NULL,
    audience text[] NOT NULL,
    summary text NOT NULL,
    CONSTRAINT pk_courses PRIMARY KEY (code),
    CONSTRAINT ck_courses_mode CHECK (mode IN ('daring', 'luring', 'campuran')),
    CONSTRAINT ck_courses_hours CHECK (hours > 0)
);
CREATE TABLE sessions (
    code text NOT NULL,
    course_code text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    seats integer NOT NULL,
    has_waiting_list boolean NOT NULL,
    needs_approval boolean NOT NULL,
    place text NOT NULL,
    status text NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (code),
    CONSTRAINT ck_sessions_status CHECK (status IN ('open', 'closed', 'cancelled')),
    CONSTRAINT ck_sessions_seats CHECK (seats >= 0),
    CONSTRAINT ck_sessions_times CHECK (starts_at < ends_at),
    CONSTRAINT fk_sessions_course_code FOREIGN KEY (course_code) REFERENCES courses (code)
);
CREATE INDEX ix_sessions_closes_at ON sessions (closes_at) WHERE status = 'open';
CREATE INDEX ix_sessions_course_code_starts_at ON sessions (course_code, starts_at);
CREATE TABLE enrollments (
    id bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    session_code text NOT NULL,
    status text NOT NULL,
    requested_at timestamptz NOT NULL,
    decided_at timestamptz,
    queued_at timestamptz,
    offer_expires_at timestamptz,
    reason text,
    CONSTRAINT pk_enrollments PRIMARY KEY (id),
    CONSTRAINT ck_enrollments_status
        CHECK (status IN ('requested', 'confirmed', 'declined', 'waitlisted', 'offered', 'lapsed',
            'cancelled', 'attended', 'no_show', 'completed')),
    CONSTRAINT uq_enrollments_person_id_session_code UNIQUE (person_id, session_code),
    CONSTRAINT ck_enrollments_offer CHECK ((status = 'offered') = (offer_expires_at IS NOT NULL)),
    CONSTRAINT ck_enrollments_queue CHECK (status <> 'waitlisted' OR queued_at IS NOT NULL),
    CONSTRAINT fk_enrollments_person_id FOREIGN KEY (person_id) REFERENCES people (id),
    CONSTRAINT fk_enrollments_session_code FOREIGN KEY (session_code) REFERENCES sessions (code)
);
CREATE INDEX ix_enrollments_offers ON enrollments (offer_expires_at) WHERE status = 'offered';
CREATE INDEX ix_enrollments_session_code_status ON enrollments (session_code, status);
CREATE TABLE learning_hours (
    id bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    hours integer NOT NULL,
    earned_on date NOT NULL,
    title text NOT NULL,
    reason text,
    CONSTRAINT pk_learning_hours PRIMARY KEY (id),
    CONSTRAINT ck_learning_hours_reason CHECK (hours > 0 OR reason IS NOT NULL),
    CONSTRAINT fk_learning_hours_person_id FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE INDEX ix_learning_hours_person_id_earned_on ON learning_hours (person_id, earned_on);
"""

_KNOWLEDGE = """
CREATE TABLE catalogue_version (
    id integer DEFAULT 1 NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT pk_catalogue_version PRIMARY KEY (id),
    CONSTRAINT ck_catalogue_version_single CHECK (id = 1)
);
CREATE TABLE knowledge_sections (
    section_id text NOT NULL,
    document_id text NOT NULL,
    document_title text NOT NULL,
    as_of date NOT NULL,
    place integer NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    basis text,
    source text,
    verification text NOT NULL,
    note text,
    questions text[] NOT NULL,
    CONSTRAINT pk_knowledge_sections PRIMARY KEY (section_id)
);
CREATE INDEX ix_knowledge_sections_document_id_place ON knowledge_sections (document_id, place);
CREATE TABLE unanswered_questions (
    id bigint GENERATED ALWAYS AS IDENTITY,
    text text NOT NULL,
    intent text NOT NULL,
    asked_at timestamptz NOT NULL,
    CONSTRAINT pk_unanswered_questions PRIMARY KEY (id)
);
CREATE INDEX ix_unanswered_questions_asked_at ON unanswered_questions (asked_at);
CREATE TABLE vectors (
    embedder text NOT NULL,
    key text NOT NULL,
    text_hash text NOT NULL,
    vector bytea NOT NULL,
    CONSTRAINT pk_vectors PRIMARY KEY (embedder, key)
);
"""

_LEDGER = """
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id)
);
CREATE INDEX ix_audit_subject_id ON audit (subject, id);
CREATE TABLE campaigns (
    id bigint GENERATED ALWAYS AS IDENTITY,
    text text NOT NULL,
    audience text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_campaigns PRIMARY KEY (id),
    CONSTRAINT ck_campaigns_status
        CHECK (status IN ('draft', 'in_review', 'scheduled', 'running', 'paused', 'finished', 'cancelled'))
);
CREATE TABLE updates (
    update_id bigint NOT NULL,
    worker text NOT NULL,
    begun_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT pk_updates PRIMARY KEY (update_id)
);
CREATE INDEX ix_updates_begun_at ON updates (begun_at);
CREATE TABLE tickets (
    number bigint GENERATED ALWAYS AS IDENTITY,
    person_id bigint NOT NULL,
    question text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    answer text,
    answered_by bigint,
    answered_at timestamptz,
    erased_at timestamptz,
    CONSTRAINT pk_tickets PRIMARY KEY (number),
    CONSTRAINT ck_tickets_status CHECK (status IN ('open', 'answered')),
    CONSTRAINT ck_tickets_erased CHECK (erased_at IS NULL OR (question = '' AND answer IS NULL)),
    CONSTRAINT fk_tickets_person_id FOREIGN KEY (person_id) REFERENCES people (id),
    CONSTRAINT fk_tickets_answered_by FOREIGN KEY (answered_by) REFERENCES people (id)
);
CREATE INDEX ix_tickets_open ON tickets (number) WHERE status = 'open' AND erased_at IS NULL;
CREATE INDEX ix_tickets_person_id ON tickets (person_id);
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY,
    key text NOT NULL,
    kind text NOT NULL,
    facts jsonb NOT NULL,
    due_at timestamptz NOT NULL,
    expires_at timestamptz,
    is_bulk boolean NOT NULL,
    person_id bigint,
    telegram_id bigint,
    enrollment_id bigint,
    campaign_id bigint,
    status text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    claimed_at timestamptz,
    claimed_by text,
    settled_at timestamptz,
    telegram_message_id bigint,
    error text,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT ck_outbox_status
        CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'unreachable', 'expired', 'withdrawn')),
    CONSTRAINT ck_outbox_recipient CHECK (num_nonnulls(person_id, telegram_id) = 1),
    CONSTRAINT ck_outbox_claim CHECK (status <> 'sending' OR claimed_at IS NOT NULL),
    CONSTRAINT uq_outbox_key UNIQUE (key),
    CONSTRAINT fk_outbox_person_id FOREIGN KEY (person_id) REFERENCES people (id),
    CONSTRAINT fk_outbox_enrollment_id FOREIGN KEY (enrollment_id) REFERENCES enrollments (id),
    CONSTRAINT fk_outbox_campaign_id FOREIGN KEY (campaign_id) REFERENCES campaigns (id)
);
CREATE INDEX ix_outbox_campaign_id_status ON outbox (campaign_id, status) WHERE campaign_id IS NOT NULL;
CREATE INDEX ix_outbox_due ON outbox (is_bulk, due_at, id) WHERE status IN ('queued', 'failed', 'sending');
CREATE INDEX ix_outbox_enrollment_id ON outbox (enrollment_id) WHERE enrollment_id IS NOT NULL;
CREATE INDEX ix_outbox_in_flight ON outbox (claimed_at) WHERE status = 'sending';
CREATE INDEX ix_outbox_person_id ON outbox (person_id);
CREATE INDEX ix_outbox_telegram_id ON outbox (telegram_id) WHERE telegram_id IS NOT NULL;
"""

_TABLES = (
    "updates audit tickets outbox campaigns unanswered_questions vectors knowledge_sections catalogue_version "
    "learning_hours enrollments sessions courses wrong_code_tries linking_codes telegram_accounts people units"
)


def upgrade() -> None:
    for statement in (_REGISTRY + _TRAININGS + _KNOWLEDGE + _LEDGER).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    for table in _TABLES.split():
        op.drop_table(table)
