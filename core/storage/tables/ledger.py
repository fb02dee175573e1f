"""The one ledger of messages, its campaigns and who read them, the audit trail, and the updates already handled."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from core.domain.campaigns import CampaignStatus
from core.domain.messages import DeliveryStatus, Kind
from core.storage.tables.base import Moment, Word, identity, metadata, one_of

campaigns = Table(
    "campaigns",
    metadata,
    identity(),
    Column("text", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("status", Word(CampaignStatus), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("links", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("attachment", JSONB),
    Column("pulse", Text),
    Column("anchor", Text),
    Column("steps", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("quiz", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("needs_acknowledgement", Boolean, nullable=False, server_default=false()),
    Column("takes_questions", Boolean, nullable=False, server_default=false()),
    Column("is_urgent", Boolean, nullable=False, server_default=false()),
    Column("latest_at", Moment),
    Column("scheduled_at", Moment),
    Column("chase_after_days", Integer),
    Column("chase_times", Integer, nullable=False, server_default=text("0")),
    Column("recalled_at", Moment),
    Column("correction", Text),
    Column("corrected_by", BigInteger, ForeignKey("people.id")),
    Column("author_id", BigInteger, ForeignKey("people.id")),
    Column("approved_by", BigInteger, ForeignKey("people.id")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("released_at", Moment),
    Column("supervisors_told_at", Moment),
    one_of("status", CampaignStatus),
    # the two-person rule, for whoever would get round the services
    CheckConstraint("approved_by <> author_id", name="second_person"),
    Index(None, "status"),
)

campaign_acknowledgements = Table(
    "campaign_acknowledgements",
    metadata,
    Column("campaign_id", BigInteger, ForeignKey("campaigns.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Index(None, "person_id"),
)

campaign_replies = Table(
    "campaign_replies",
    metadata,
    Column("campaign_id", BigInteger, ForeignKey("campaigns.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Index(None, "person_id"),
)

outbox = Table(
    "outbox",
    metadata,
    identity(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Word(Kind), nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("is_bulk", Boolean, nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),
    Column("telegram_id", BigInteger),
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id")),
    Column("campaign_id", BigInteger, ForeignKey("campaigns.id")),
    Column("status", Word(DeliveryStatus), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("claimed_at", Moment),
    Column("claimed_by", Text),
    Column("settled_at", Moment),
    Column("telegram_message_id", BigInteger),
    Column("error", Text),
    one_of("status", DeliveryStatus),
    CheckConstraint("num_nonnulls(person_id, telegram_id) = 1", name="recipient"),
    CheckConstraint("status <> 'sending' OR claimed_at IS NOT NULL", name="claim"),
    # what is still to be sent is a sliver of the ledger: the claim reads this index only
    Index(
        "ix_outbox_due", "is_bulk", "due_at", "id", postgresql_where=text("status IN ('queued', 'failed', 'sending')")
    ),
    Index("ix_outbox_in_flight", "claimed_at", postgresql_where=text("status = 'sending'")),
    Index(None, "person_id"),
    Index(None, "telegram_id", postgresql_where=text("telegram_id IS NOT NULL")),
    Index(None, "enrollment_id", postgresql_where=text("enrollment_id IS NOT NULL")),
    Index(None, "campaign_id", "status", postgresql_where=text("campaign_id IS NOT NULL")),
)

audit = Table(
    "audit",
    metadata,
    identity(),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Index(None, "subject", "id"),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("worker", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Index(None, "begun_at"),
)
