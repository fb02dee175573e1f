"""Being there: the secrets of the codes, who was there on which day, wrong codes; then certificates and evaluations."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from core.storage.tables.base import Moment, identity, metadata

attendance_secrets = Table(
    "attendance_secrets",
    metadata,
    Column("session_code", Text, ForeignKey("sessions.code"), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)

attendance = Table(
    "attendance",
    metadata,
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("noted_by", Text, nullable=False),
)

wrong_attendance_tries = Table(
    "wrong_attendance_tries",
    metadata,
    identity(),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "person_id", "at"),
)

certificates = Table(
    "certificates",
    metadata,
    Column("number", Text, primary_key=True),
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id"), nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("enrollment_id", BigInteger, ForeignKey("enrollments.id"), primary_key=True, autoincrement=False),
    Column("rating", Integer, nullable=False),
    Column("rated_at", Moment, nullable=False),
    # empty once its person asked for their data to be deleted
    Column("comment", Text),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
)
