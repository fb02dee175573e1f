"""Ranks sections for a question: features of words, meaning and status, weighed into probabilities.

Pure computation: texts and vectors come in, probabilities go out. One of the options is always "none of them".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.knowledge import Section
from core.domain.people import Employment
from core.ports import Vectors
from core.services.search.meaning import MeaningSpace
from core.services.search.overviews import parts_of_overviews
from core.services.search.status import status_named, status_of
from core.services.search.weights import NONE_WEIGHTS, SECTION_WEIGHTS
from core.services.search.word_index import WordIndex
from core.services.search.words import Normalize

Features = NDArray[np.float64]
"""One row a section: text, best question, second question, words, other status named, other status than asker's."""
_BACKGROUND = slice(1, 20)
"""Ranks whose mean says how high this question scores without being answered."""


def embedded_text(section: Section) -> str:
    """What is embedded of a section; the basis is in it because people name regulations."""
    return f"{section.title}. {section.text} {section.basis or ''}".strip()


@dataclass(frozen=True)
class Evidence:
    """All that is weighed for one question. `unanswerable`: closeness to questions known to have no answer here."""

    features: Features
    unanswerable: tuple[float, float]

    def without(self, place: int) -> "Evidence":
        """As if that section had never been written."""
        return replace(self, features=np.delete(self.features, place, axis=0))


@dataclass(frozen=True)
class Ranking:
    """`order` numbers the sections, best first; `probabilities` stand in the same order. They add up to less than 1."""

    order: NDArray[np.int64]
    probabilities: NDArray[np.float64]


class SectionIndex:
    """Immutable: a change of knowledge makes a new one."""

    def __init__(
        self,
        sections: Sequence[Section],
        texts: Vectors,
        questions: Vectors,
        normalize: Normalize,
        unanswerable: Vectors | None = None,
    ) -> None:
        """`questions` are the vectors of all sections' questions in their order, `unanswerable` of questions of no section."""
        self.sections = tuple(sections)
        self._normalize = normalize
        owners = [i for i, section in enumerate(self.sections) for _ in section.questions]
        self._meaning = MeaningSpace(texts, questions, owners)
        self._unanswerable = self._meaning.among(questions[:0] if unanswerable is None else unanswerable)
        self._words = WordIndex(self._document(section) for section in self.sections)
        status = [
            status_of(normalize(f"{section.title} {section.text}"), normalize(section.document_title))
            for section in self.sections
        ]
        self.status = tuple(status)
        self._status_of = dict(zip((section.section_id for section in self.sections), status, strict=True))
        self.parts = parts_of_overviews(self.sections, normalize)
        self._is_pns = np.array([one is Employment.PNS for one in status], dtype=bool)
        self._is_pppk = np.array([one is Employment.PPPK for one in status], dtype=bool)

    def closeness_between(self, questions: Vectors) -> NDArray[np.float32]:
        """How near questions are to each other in the space of the search, 1 for the same; plain cosine before it is fitted."""
        placed = self._meaning.among(questions) if self._meaning.is_fitted else questions
        return np.asarray(placed @ placed.T, dtype=np.float32)

    def about(self, section_id: str) -> Employment | None:
        """The one kind of civil servant the section is about, or None."""
        return self._status_of[section_id]

    def evidence(self, text: str, vector: NDArray[np.float32], employment: Employment | None) -> Evidence:
        normalized = self._normalize(text)
        named, is_named = status_named(normalized)
        columns = [*self._meaning.similarities(vector), self._words.scores(normalized)]
        columns.append(self._other_than(named))
        columns.append(self._other_than(None if is_named else employment))
        return Evidence(np.stack(columns, axis=1), self._meaning.closeness(vector, self._unanswerable))

    def rank(self, text: str, vector: NDArray[np.float32], employment: Employment | None) -> Ranking:
        probabilities = probabilities_of(self.evidence(text, vector, employment), SECTION_WEIGHTS, NONE_WEIGHTS)[:-1]
        order = np.argsort(-probabilities, kind="stable")
        return Ranking(order, probabilities[order])

    def _document(self, section: Section) -> str:
        parts = [section.title, section.title, section.text, section.basis or "", *section.questions]
        return " . ".join(self._normalize(part) for part in parts)

    def _other_than(self, status: Employment | None) -> NDArray[Any]:
        if status is None:
            return np.zeros(len(self.sections))
        return -(self._is_pppk if status is Employment.PNS else self._is_pns).astype(np.float64)


def evidence_of_none(evidence: Evidence) -> NDArray[np.float64]:
    """What "none of them" is weighed by.

    A constant, the best text, words and question, the usual text and words, and the closest unanswerable questions.
    """
    ranked = -np.sort(-evidence.features[:, [0, 3, 1]], axis=0)
    best = ranked[0] if len(ranked) else np.zeros(3)
    background = ranked[_BACKGROUND, :2].mean(axis=0) if len(ranked) > 1 else np.zeros(2)
    return np.array([1.0, *best, *background, *evidence.unanswerable])


def probabilities_of(
    evidence: Evidence, section_weights: Sequence[float], none_weights: Sequence[float]
) -> NDArray[np.float64]:
    """One probability a section and, last, that of none. They add up to 1."""
    none = evidence_of_none(evidence) @ np.asarray(none_weights)
    logits = np.append(evidence.features @ np.asarray(section_weights), none)
    odds = np.exp(logits - logits.max())
    return np.asarray(odds / odds.sum(), dtype=np.float64)
