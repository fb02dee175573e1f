"""Policy sections, stored vectors, and the counter by which a reader sees that its copy is old."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.errors import BadImport
from core.domain.kept_questions import KeptKind, KeptQuestion
from core.domain.knowledge import Section
from core.domain.row_problems import Fault, RowProblem
from core.storage.repositories.question_topics import Topics
from core.storage.tables import catalogue_version, knowledge_sections, unanswered_questions
from core.storage.tables import vectors as stored_vectors


class SqlKnowledge(Topics):
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Section]:
        """In the order of the documents and of the sections in them."""
        sections = knowledge_sections.c
        query = select(knowledge_sections).order_by(sections.document_id, sections.place)
        return [_section(row) for row in await self._connection.execute(query)]

    async def get(self, section_id: str) -> Section | None:
        query = select(knowledge_sections).where(knowledge_sections.c.section_id == section_id)
        row = (await self._connection.execute(query)).one_or_none()
        return _section(row) if row else None

    async def replace_document(self, document_id: str, sections: Sequence[Section]) -> None:
        await bump_version(self._connection)  # first: two imports at once queue up here
        await self._refuse_foreign(document_id, [section.section_id for section in sections])
        await self._connection.execute(
            delete(knowledge_sections).where(knowledge_sections.c.document_id == document_id)
        )
        if sections:
            rows = [_values(document_id, place, section) for place, section in enumerate(sections, 1)]
            await self._connection.execute(plain_insert(knowledge_sections), rows)

    async def mark_checked(self, section_ids: Sequence[str], by: str, on: date, expires: date | None) -> set[str]:
        await bump_version(self._connection)
        statement = (
            update(knowledge_sections)
            .where(knowledge_sections.c.section_id.in_(section_ids))
            .values(checked_by=by, checked_at=on, expires=expires)
            .returning(knowledge_sections.c.section_id)
        )
        return set((await self._connection.execute(statement)).scalars())

    async def expiring(self, until: date) -> list[Section]:
        sections = knowledge_sections.c
        query = select(knowledge_sections).where(sections.expires <= until)
        query = query.order_by(sections.expires, sections.document_id, sections.place)
        return [_section(row) for row in await self._connection.execute(query)]

    async def version(self) -> str:
        return str(await self._connection.scalar(select(catalogue_version.c.version)) or 0)

    async def vectors(self, embedder_name: str, prefix: str = "") -> dict[str, tuple[str, bytes]]:
        stored = stored_vectors.c
        query = select(stored.key, stored.text_hash, stored.vector).where(stored.embedder == embedder_name)
        if prefix:
            query = query.where(stored.key.startswith(prefix, autoescape=True))
        return {key: (text_hash, vector) for key, text_hash, vector in await self._connection.execute(query)}

    async def save_vectors(self, embedder_name: str, vectors: dict[str, tuple[str, bytes]]) -> None:
        if not vectors:
            return
        # sorted: two processes that save the same vectors then lock them in the same order
        rows = [
            {"embedder": embedder_name, "key": key, "text_hash": text_hash, "vector": vector}
            for key, (text_hash, vector) in sorted(vectors.items())
        ]
        statement = insert(stored_vectors)
        statement = statement.on_conflict_do_update(
            index_elements=[stored_vectors.c.embedder, stored_vectors.c.key],
            set_={"text_hash": statement.excluded.text_hash, "vector": statement.excluded.vector},
        )
        await self._connection.execute(statement, rows)

    async def record_unanswered(self, kind: KeptKind, text: str, intent: str, now: datetime) -> None:
        await self._connection.execute(
            plain_insert(unanswered_questions).values(kind=kind.value, text=text, intent=intent, asked_at=now)
        )

    async def unanswered_since(self, moment: datetime, limit: int) -> list[KeptQuestion]:
        kept = unanswered_questions.c
        newest = select(unanswered_questions).where(kept.asked_at >= moment).order_by(kept.id.desc()).limit(limit)
        rows = (await self._connection.execute(newest)).all()
        return [KeptQuestion(row.id, KeptKind(row.kind), row.text, row.intent, row.asked_at) for row in reversed(rows)]

    async def forget_unanswered(self, question_ids: Sequence[int]) -> None:
        kept = unanswered_questions.c.id
        await self._connection.execute(delete(unanswered_questions).where(kept.in_(question_ids)))

    async def forget_unanswered_before(self, moment: datetime) -> int:
        statement = delete(unanswered_questions).where(unanswered_questions.c.asked_at < moment)
        return (await self._connection.execute(statement)).rowcount

    async def _refuse_foreign(self, document_id: str, section_ids: list[str]) -> None:
        held = knowledge_sections.c
        query = (
            select(held.section_id, held.document_id)
            .where(held.section_id.in_(section_ids), held.document_id != document_id)
            .order_by(held.section_id)
        )
        problems = tuple(
            RowProblem(1, section_id, Fault.ID_HELD, {"holder": other})
            for section_id, other in await self._connection.execute(query)
        )
        if problems:
            raise BadImport(problems)


async def bump_version(connection: AsyncConnection) -> None:
    """Tells readers, at commit, that knowledge or catalogue changed. Holds the counter's row until then."""
    counter = catalogue_version.c.version
    await connection.execute(
        insert(catalogue_version)
        .values(id=1, version=1)
        .on_conflict_do_update(index_elements=[catalogue_version.c.id], set_={"version": counter + 1})
    )


def _values(document_id: str, place: int, section: Section) -> dict[str, Any]:
    return {
        "section_id": section.section_id,
        "document_id": document_id,
        "document_title": section.document_title,
        "as_of": section.as_of,
        "place": place,
        "title": section.title,
        "text": section.text,
        "basis": section.basis,
        "source": section.source,
        "verification": section.verification,
        "note": section.note,
        "questions": list(section.questions),
        "expires": section.expires,
        "checked_by": section.checked_by,
        "checked_at": section.checked_at,
    }


def _section(row: Row[*tuple[Any, ...]]) -> Section:
    return Section(
        section_id=row.section_id,
        document_id=row.document_id,
        document_title=row.document_title,
        as_of=row.as_of,
        title=row.title,
        text=row.text,
        basis=row.basis,
        source=row.source,
        verification=row.verification,
        note=row.note,
        questions=tuple(row.questions),
        expires=row.expires,
        checked_by=row.checked_by,
        checked_at=row.checked_at,
    )
