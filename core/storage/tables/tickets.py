"""Questions handed to HR, and which officers answer what, and what becomes of the answers."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from core.domain.ticket_knowledge import EntryStatus
from core.domain.tickets import TicketStatus
from core.storage.tables.base import Moment, Word, identity, metadata, one_of

tickets = Table(
    "tickets",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("topic", Text, nullable=False, server_default=text("'lainnya'")),
    Column("status", Word(TicketStatus), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("answer", Text),
    Column("answered_at", Moment),
    Column("claimed_by", BigInteger, ForeignKey("people.id")),
    Column("stands_since", Moment),
    Column("reminders", Integer, nullable=False, server_default=text("0")),
    Column("reopened_at", Moment),
    Column("campaign_id", BigInteger, ForeignKey("campaigns.id")),
    # its person asked for their data to be deleted: the number stays, the texts are gone, nobody is shown it
    Column("erased_at", Moment),
    one_of("status", TicketStatus),
    CheckConstraint("erased_at IS NULL OR (question = '' AND answer IS NULL)", name="erased"),
    Index(None, "person_id"),
    Index("ix_tickets_open", "number", postgresql_where=text("status = 'open' AND erased_at IS NULL")),
)

knowledge_entries = Table(
    "knowledge_entries",
    metadata,
    Column("ticket_number", BigInteger, ForeignKey("tickets.number"), primary_key=True, autoincrement=False),
    Column("author_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("status", Word(EntryStatus), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("questions", ARRAY(Text), nullable=False),
    Column("text", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved_by", BigInteger, ForeignKey("people.id")),
    Column("approved_at", Moment),
    Column("reason", Text),
    one_of("status", EntryStatus),
    # the two-person rule, for whoever would get round the services
    CheckConstraint("approved_by <> author_id", name="second_person"),
    CheckConstraint("status <> 'approved' OR approved_by IS NOT NULL", name="approved"),
    CheckConstraint("status <> 'approved' OR basis <> ''", name="basis"),
)

ticket_duties = Table(
    "ticket_duties",
    metadata,
    identity(),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    # NULL: whatever it is about; whoever asks
    Column("topic", Text),
    Column("unit_code", Text, ForeignKey("units.code")),
    Index(None, "person_id"),
)
