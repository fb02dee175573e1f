"""Courses, their sessions, who is enrolled in them, and the hours people earned."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from core.domain.courses import Mode, SessionStatus
from core.domain.enrollment import Status
from core.storage.tables.base import Moment, Word, identity, metadata, one_of

courses = Table(
    "courses",
    metadata,
    Column("code", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("competency", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("hours", Integer, nullable=False),
    Column("mode", Word(Mode), nullable=False),
    Column("audience", ARRAY(Text), nullable=False),
    Column("summary", Text, nullable=False),
    Column("employment", ARRAY(Text), nullable=False, server_default="{}"),
    Column("requires", ARRAY(Text), nullable=False, server_default="{}"),
    Column("is_repeatable", Boolean, nullable=False, server_default=false()),
    one_of("mode", Mode),
    CheckConstraint("hours > 0", name="hours"),
    CheckConstraint("employment <@ ARRAY['PNS', 'PPPK']", name="employment"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("code", Text, primary_key=True),
    Column("course_code", Text, ForeignKey("courses.code"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("has_waiting_list", Boolean, nullable=False),
    Column("needs_approval", Boolean, nullable=False),
    Column("place", Text, nullable=False),
    Column("status", Word(SessionStatus), nullable=False),
    Column("sequence", Integer, nullable=False, server_default=text("0")),
    Column("unit_quotas", JSONB, nullable=False, server_default="{}"),
    one_of("status", SessionStatus),
    CheckConstraint("seats >= 0", name="seats"),
    CheckConstraint("starts_at < ends_at", name="times"),
    Index(None, "course_code", "starts_at"),
    Index(None, "closes_at", postgresql_where=text("status = 'open'")),
)

enrollments = Table(
    "enrollments",
    metadata,
    identity(),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("session_code", Text, ForeignKey("sessions.code"), nullable=False),
    Column("status", Word(Status), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("queued_at", Moment),
    Column("offer_expires_at", Moment),
    Column("reason", Text),
    one_of("status", Status),
    UniqueConstraint("person_id", "session_code"),
    CheckConstraint("(status = 'offered') = (offer_expires_at IS NOT NULL)", name="offer"),
    CheckConstraint("status <> 'waitlisted' OR queued_at IS NOT NULL", name="queue"),
    Index(None, "session_code", "status"),
    Index("ix_enrollments_offers", "offer_expires_at", postgresql_where=text("status = 'offered'")),
)

learning_hours = Table(
    "learning_hours",
    metadata,
    identity(),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("hours", Integer, nullable=False),
    Column("earned_on", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("reason", Text),
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id")),
    # a row is never edited; taking hours back is a new row that says why
    CheckConstraint("hours > 0 OR reason IS NOT NULL", name="reason"),
    Index(None, "person_id", "earned_on"),
    Index(None, "enrollment_id", postgresql_where=text("enrollment_id IS NOT NULL")),
    # a completed session earns its hours once; what comes later is a correction
    Index(
        "uq_learning_hours_earned",
        "enrollment_id",
        unique=True,
        postgresql_where=text("enrollment_id IS NOT NULL AND reason IS NULL"),
    ),
)
