"""Policy facts, the vectors of what can be searched, and the counter that tells readers something changed."""

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, Date, Index, Integer, LargeBinary, Table, Text, text

from core.storage.tables.base import Moment, identity, metadata

knowledge_sections = Table(
    "knowledge_sections",
    metadata,
    Column("section_id", Text, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("document_title", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("place", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("basis", Text),
    Column("source", Text),
    Column("verification", Text, nullable=False),
    Column("note", Text),
    Column("questions", ARRAY(Text), nullable=False),
    Column("expires", Date),
    Column("checked_by", Text),
    Column("checked_at", Date),
    Index(None, "document_id", "place"),
)

catalogue_version = Table(
    "catalogue_version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, server_default=text("1")),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="single"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("embedder", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("text_hash", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

question_topics = Table(
    "question_topics",
    metadata,
    Column("hour", Moment, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

unanswered_questions = Table(
    "unanswered_questions",
    metadata,
    identity(),
    Column("text", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default=text("'refused'")),
    Column("asked_at", Moment, nullable=False),
    Index(None, "asked_at"),
)
