"""The policy knowledge in memory: sections, their vectors, entries from tickets and what was asked in vain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.domain.errors import BadImport
from core.domain.kept_questions import KeptKind, KeptQuestion
from core.domain.knowledge import Section
from core.domain.row_problems import Fault, RowProblem
from tests.fake_repositories import Repository
from tests.fake_topics import FakeTopics


class FakeKnowledge(FakeTopics, Repository):
    async def all(self) -> list[Section]:
        return list(self._records.sections.values())

    async def get(self, section_id: str) -> Section | None:
        return self._records.sections.get(section_id)

    async def replace_document(self, document_id: str, sections: Sequence[Section]) -> None:
        kept = {i: s for i, s in self._records.sections.items() if s.document_id != document_id}
        if taken := [s.section_id for s in sections if s.section_id in kept]:
            raise BadImport(
                tuple(RowProblem(1, one, Fault.ID_HELD, {"holder": kept[one].document_id}) for one in taken)
            )
        self._records.sections.clear()
        self._records.sections.update(kept | {s.section_id: s for s in sections})
        self._records.changed()

    async def mark_checked(self, section_ids: Sequence[str], by: str, on: date, expires: date | None) -> set[str]:
        found = {one: self._records.sections[one] for one in section_ids if one in self._records.sections}
        self._records.sections.update(
            {i: replace(s, checked_by=by, checked_at=on, expires=expires) for i, s in found.items()}
        )
        self._records.changed()
        return set(found)

    async def expiring(self, until: date) -> list[Section]:
        dated = [(s.expires, s) for s in self._records.sections.values() if s.expires is not None]
        return [s for expires, s in sorted(dated, key=lambda one: one[0]) if expires <= until]

    async def version(self) -> str:
        return str(self._records.version[0])

    async def vectors(self, embedder_name: str, prefix: str = "") -> dict[str, tuple[str, bytes]]:
        rows = self._records.vectors.items()
        return {key: row for (name, key), row in rows if name == embedder_name and key.startswith(prefix)}

    async def save_vectors(self, embedder_name: str, vectors: dict[str, tuple[str, bytes]]) -> None:
        self._records.vectors.update({(embedder_name, key): row for key, row in vectors.items()})

    async def record_unanswered(self, kind: KeptKind, text: str, intent: str, now: datetime) -> None:
        rows = self._records.unanswered
        rows.append(KeptQuestion(rows[-1].question_id + 1 if rows else 1, kind, text, intent, now))

    async def unanswered_since(self, moment: datetime, limit: int) -> list[KeptQuestion]:
        return [row for row in self._records.unanswered if row.asked_at >= moment][-limit:]

    async def forget_unanswered(self, question_ids: Sequence[int]) -> None:
        rows = self._records.unanswered
        rows[:] = [row for row in rows if row.question_id not in question_ids]

    async def forget_unanswered_before(self, moment: datetime) -> int:
        rows = self._records.unanswered
        gone = [row for row in rows if row.asked_at < moment]
        rows[:] = [row for row in rows if row.asked_at >= moment]
        return len(gone)
