"""Bringing policy documents into the knowledge base."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.ports import Clock, Embedder, UnitOfWorkFactory


@dataclass(frozen=True)
class ImportedDocument:
    document_id: str
    sections: int


class Knowledge:
    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder

    async def import_markdown(self, documents: Sequence[tuple[str, str]]) -> list[ImportedDocument]:
        """(name, Markdown) pairs, live at once, nothing retrained. All or nothing: BadImport names every bad line."""
        raise NotImplementedError
