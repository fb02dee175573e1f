"""What goes along with campaigns."""

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, UniqueConstraint

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
