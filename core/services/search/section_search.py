"""The index of the policy sections as this process holds it, remade when the knowledge base says it has changed."""

import asyncio
from collections.abc import Sequence

from core.domain.knowledge import Section
from core.domain.people import Employment
from core.ports import Embedder, UnitOfWork, UnitOfWorkFactory, Vectors
from core.services.search.section_index import Ranking, SectionIndex, embedded_text
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
    """One per process. Heavy work runs in a worker thread, and only one caller remakes the index."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, embedder: Embedder, normalize: Normalize) -> None:
        self._unit_of_work = unit_of_work
        self._embedder = embedder
        self._normalize = normalize
        self._remaking = asyncio.Lock()
        self._held: tuple[str, SectionIndex] | None = None

    async def rank(self, text: str, employment: Employment | None) -> tuple[SectionIndex, Ranking]:
        """All sections in the order in which they may answer, and the index that `Ranking.order` counts in."""
        index = await self._index()
        return index, await asyncio.to_thread(self._rank, index, text[:LONGEST_EMBEDDED], employment)

    def _rank(self, index: SectionIndex, text: str, employment: Employment | None) -> Ranking:
        vector = embed(self._embedder, "queries", [self._normalize(text)])[0]
        return index.rank(text, vector, employment)

    async def _index(self) -> SectionIndex:
        async with self._unit_of_work() as unit_of_work:
            version = await unit_of_work.knowledge.version()
        if self._held is None or self._held[0] != version:
            async with self._remaking:
                if self._held is None or self._held[0] != version:
                    self._held = await self._remake()
        return self._held[1]

    async def _remake(self) -> tuple[str, SectionIndex]:
        async with self._unit_of_work() as unit_of_work:
            # The version is read first: a change in between only means one remake too many.
            version = await unit_of_work.knowledge.version()
            sections = await unit_of_work.knowledge.all()
            texts, questions = await section_vectors(unit_of_work, self._embedder, sections, self._normalize)
            await unit_of_work.commit()
        return version, await asyncio.to_thread(SectionIndex, sections, texts, questions, self._normalize)
