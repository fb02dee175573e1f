"""Searching the policy sections as the database holds them now."""

import asyncio
from collections.abc import Callable, Sequence

from core.domain.knowledge import Section
from core.domain.people import Employment
from core.ports import Embedder, UnitOfWork, UnitOfWorkFactory, Vectors
from core.services.search.kept import Kept
from core.services.search.section_index import Ranking, SectionIndex, embedded_text
from core.services.search.unanswerable import UNANSWERABLE
from core.services.search.vectors import LONGEST_EMBEDDED, embed, stored_vectors
from core.services.search.words import Normalize


async def section_vectors(
    unit_of_work: UnitOfWork, embedder: Embedder, sections: Sequence[Section], normalize: Normalize
) -> tuple[Vectors, Vectors]:
    """Vectors of the sections' texts and of all their questions, from the database as far as they are there."""
    texts = {f"section/{section.section_id}": embedded_text(section) for section in sections}
    questions = {
        f"question/{section.section_id}/{number}": normalize(question)
        for section in sections
        for number, question in enumerate(section.questions)
    }
    return (
        await stored_vectors(unit_of_work, embedder, "passages", texts),
        await stored_vectors(unit_of_work, embedder, "queries", questions),
    )


class SectionSearch:
    """One per process. Heavy work runs in a worker thread."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, embedder: Embedder, normalize: Normalize) -> None:
        self._embedder = embedder
        self._normalize = normalize
        self._index = Kept(unit_of_work, self._read)

    async def index(self) -> SectionIndex:
        return await self._index.get()

    async def rank(self, text: str, employment: Employment | None) -> tuple[SectionIndex, Ranking]:
        """All sections in the order in which they may answer, and the index that `Ranking.order` counts in."""
        index = await self._index.get()
        return index, await asyncio.to_thread(self._rank, index, text[:LONGEST_EMBEDDED], employment)

    def _rank(self, index: SectionIndex, text: str, employment: Employment | None) -> Ranking:
        vector = embed(self._embedder, "queries", [self._normalize(text)])[0]
        return index.rank(text, vector, employment)

    async def _read(self, unit_of_work: UnitOfWork) -> Callable[[], SectionIndex]:
        sections = await unit_of_work.knowledge.all()
        texts, questions = await section_vectors(unit_of_work, self._embedder, sections, self._normalize)
        known = {f"unanswerable/{number}": self._normalize(one) for number, one in enumerate(UNANSWERABLE)}
        unanswerable = await stored_vectors(unit_of_work, self._embedder, "queries", known)
        return lambda: SectionIndex(sections, texts, questions, self._normalize, unanswerable)
