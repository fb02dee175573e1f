"""Answering policy questions from the knowledge base, or saying that it cannot."""

from dataclasses import dataclass

from core.domain.knowledge import Section
from core.domain.people import Caller
from core.ports import Clock, Embedder, UnitOfWorkFactory


@dataclass(frozen=True)
class Found:
    section: Section
    confidence: float
    """0 to 1, calibrated on questions of other writers as far as we have them."""


@dataclass(frozen=True)
class Answer:
    """`sections` answer the question, best first; empty: not known well enough, offer `suggestions` and HR."""

    sections: tuple[Found, ...]
    suggestions: tuple[Found, ...]
    """At most three others that may be meant."""

    @property
    def is_answered(self) -> bool:
        return bool(self.sections)


class Questions:
    """Never guesses: below the threshold there are suggestions only, and the question is kept without its asker."""

    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder, threshold: float | None = None
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder
        self._threshold = threshold

    async def answer(self, caller: Caller, text: str) -> Answer:
        """Searches all sections (embeddings and words combined), with the asker's status (PNS/PPPK) as a signal."""
        raise NotImplementedError

    async def section(self, section_id: str) -> Section:
        """Raises UnknownSection."""
        raise NotImplementedError

    async def suggestions(self, text: str, limit: int = 3) -> list[Found]:
        """Sections near these words, for "Maksud Anda …?"."""
        raise NotImplementedError
