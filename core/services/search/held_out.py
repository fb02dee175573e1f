"""Asks the questions written with the sections of an index that does not hold them, as somebody new would ask them.

Every question is asked once with its own left out of its section; the questions of unanswerable.txt likewise of an index
that knows only the others. For fitting, for measuring and for lint, never while answering.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from core.domain.knowledge import Section
from core.domain.people import Employment
from core.ports import Vectors
from core.services.search.section_index import Evidence, SectionIndex
from core.services.search.words import Normalize

FOLDS = 5


@dataclass(frozen=True)
class Asked:
    """One held-out question: what is weighed for it, the place of the section it was written for (None: no section).

    `number` counts the questions of that section, or the unanswerable ones.
    """

    evidence: Evidence
    right: int | None
    number: int
    fold: int = 0


@dataclass(frozen=True)
class Material:
    """All that was written, with its vectors in the same order."""

    sections: Sequence[Section]
    texts: Vectors
    questions: Vectors
    unanswerable: Sequence[str]
    unanswerable_vectors: Vectors
    _first: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        first = np.cumsum([0, *[len(section.questions) for section in self.sections]])
        object.__setattr__(self, "_first", first)

    def row(self, place: int, number: int) -> int:
        """Where the vector of that section's question stands."""
        return int(self._first[place]) + number

    def vector(self, place: int, number: int) -> NDArray[np.float32]:
        return np.asarray(self.questions[self.row(place, number)])


def held_out(material: Material, normalize: Normalize, turns: int | None = None) -> Iterator[Asked]:
    """Leaves one question of every section out at a time, another kind of question (register) in each section.

    `turns`: only so many, which asks so many questions of each section and that share of the unanswerable ones.
    """
    most = max((len(section.questions) for section in material.sections), default=0)
    for turn in range(most if turns is None else min(turns, most)):
        left_out = {
            i: (i + turn) % most for i, one in enumerate(material.sections) if (i + turn) % most < len(one.questions)
        }
        asked_here = [number for number in range(len(material.unanswerable)) if number % most == turn]
        for one in asked_without(material, left_out, asked_here, normalize):
            yield replace(one, fold=turn % FOLDS)


def asked_without(
    material: Material, left_out: Mapping[int, int], none: Sequence[int], normalize: Normalize
) -> Iterator[Asked]:
    """The questions `left_out` (section's place: question's number) and the unanswerable ones `none`, asked of the rest."""
    sections = material.sections
    index = index_without(material, left_out, none, normalize)
    for i, j in left_out.items():
        found = index.evidence(sections[i].questions[j], material.vector(i, j), asker_of(index, i))
        yield Asked(found, i, j)
    for number in none:
        question, vector = material.unanswerable[number], material.unanswerable_vectors[number]
        yield Asked(index.evidence(question, vector, Employment.PNS), None, number)


def index_without(
    material: Material, left_out: Mapping[int, int], none: Sequence[int], normalize: Normalize
) -> SectionIndex:
    """Knows all but these questions."""
    kept = [
        replace(section, questions=tuple(q for j, q in enumerate(section.questions) if left_out.get(i) != j))
        for i, section in enumerate(material.sections)
    ]
    rows = np.delete(material.questions, [material.row(i, j) for i, j in left_out.items()], axis=0)
    known = np.delete(material.unanswerable_vectors, list(none), axis=0)
    return SectionIndex(kept, material.texts, rows, normalize, known)


def asker_of(index: SectionIndex, place: int) -> Employment:
    """The asker of a question about PPPK that does not say so is taken to be one."""
    return Employment.PPPK if index.status[place] is Employment.PPPK else Employment.PNS
