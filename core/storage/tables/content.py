"""What goes along with campaigns, and what people answered to them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from core.domain.attachments import AttachmentKind
from core.storage.tables.base import Moment, Word, identity, metadata, one_of

attachments = Table(
    "attachments",
    metadata,
    identity(),
    Column("digest", LargeBinary, nullable=False),
    Column("kind", Word(AttachmentKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("telegram_file_id", Text),
    Column("created_at", Moment, nullable=False),
    one_of("kind", AttachmentKind),
    UniqueConstraint("digest", "kind", "name"),
)

quiz_answers = Table(
    "quiz_answers",
    metadata,
    Column("campaign_id", BigInteger, ForeignKey("campaigns.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("choice", Integer, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "person_id"),
)

pulse_answers = Table(
    "pulse_answers",
    metadata,
    Column("campaign_id", BigInteger, ForeignKey("campaigns.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("value", Integer, nullable=False),
    Column("comment", Text),
    Column("at", Moment, nullable=False),
    CheckConstraint("value BETWEEN 1 AND 5", name="value"),
    Index(None, "person_id"),
)
