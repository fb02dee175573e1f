"""The staff registry, the Telegram accounts linked to it, and the codes and tries of linking."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from core.domain.people import Awaiting, Employment, HrRole, PositionLevel
from core.storage.tables.base import Moment, Word, identity, metadata, one_of

units = Table(
    "units",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    # deferred: a file may name a unit before its parent
    Column("parent", Text, ForeignKey("units.code", deferrable=True, initially="DEFERRED")),
)

people = Table(
    "people",
    metadata,
    identity(),
    Column("nip", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("unit_code", Text, ForeignKey("units.code"), nullable=False),
    Column("position", Text, nullable=False),
    Column("level", Word(PositionLevel), nullable=False),
    Column("employment", Word(Employment), nullable=False),
    Column("phone", Text),
    Column("supervisor_id", BigInteger, ForeignKey("people.id")),
    Column("is_hr", Boolean, nullable=False, server_default=false()),
    Column("is_sample", Boolean, nullable=False, server_default=false()),
    Column("hr_role", Word(HrRole), nullable=False, server_default=text("'approver'")),
    one_of("hr_role", HrRole),
    one_of("level", PositionLevel),
    one_of("employment", Employment),
    CheckConstraint("supervisor_id <> id", name="supervisor"),
    CheckConstraint("length(trim(name)) > 0", name="name"),
    Index(None, "phone", postgresql_where=text("phone IS NOT NULL")),  # not unique: a shared number is asked about
    Index(None, "supervisor_id"),
    Index(None, "unit_code"),
    Index(None, "position"),
    Index("ix_people_words_of_name", text("string_to_array(lower(name), ' ')"), postgresql_using="gin"),
    Index("ix_people_hr", "id", postgresql_where=text("is_hr")),
)

telegram_accounts = Table(
    "telegram_accounts",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False, unique=True),
    Column("linked_at", Moment, nullable=False),
    Column("opted_out_at", Moment),
    Column("unreachable_since", Moment),
    # what the person was asked to type next
    Column("awaited", Word(Awaiting)),
    Column("awaited_since", Moment),
    Column("awaited_campaign_id", BigInteger),
    Column("awaited_session_code", Text),
    Column("awaited_words", Text),
    Column("awaited_message_id", BigInteger),
    Column("awaited_ticket_number", BigInteger),
    Column("awaited_enrollment_id", BigInteger),
    Column("awaited_draft", JSONB(none_as_null=True)),
    one_of("awaited", Awaiting),
    CheckConstraint("(awaited IS NULL) = (awaited_since IS NULL)", name="awaited_since"),
)

delegations = Table(
    "delegations",
    metadata,
    identity(),
    Column("supervisor_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("delegate_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("ended_at", Moment),
    CheckConstraint("supervisor_id <> delegate_id", name="people"),
    CheckConstraint("starts_at < ends_at", name="times"),
    Index(None, "supervisor_id", postgresql_where=text("ended_at IS NULL")),
    Index(None, "delegate_id", postgresql_where=text("ended_at IS NULL")),
)

linking_codes = Table(
    "linking_codes",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("code_hash", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    UniqueConstraint("code_hash"),
)

wrong_code_tries = Table(
    "wrong_code_tries",
    metadata,
    identity(),
    Column("telegram_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "telegram_id", "at"),
)
