"""Fits and cross-validates the weights of the search on the questions written with the sections.

Every question is asked once of an index that does not hold it, with its section there and with its section gone: the
second stands for the questions nobody wrote an answer to. Used by `python -m cli.fit_search`, never while answering.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.domain.knowledge import Section
from core.domain.people import Employment
from core.ports import Vectors
from core.services.search.section_index import Features, SectionIndex, evidence_of_none
from core.services.search.words import Normalize

UNANSWERABLE_SHARE = 0.15
"""How much the questions without an answer weigh against the others; about their share in the evaluation sets."""
_SHRINK = 1e-3
_STEPS = 600


@dataclass(frozen=True)
class Asked:
    """One held-out question: the features of all sections, and which section it was written for."""

    features: Features
    right: int


def held_out(
    sections: Sequence[Section], texts: Vectors, questions: Vectors, normalize: Normalize, folds: int = 5
) -> Iterator[Asked]:
    """Leaves one question of every section out at a time, another kind of question (register) in each section."""
    first = np.cumsum([0, *[len(section.questions) for section in sections]])
    for fold in range(folds):
        left_out = {
            i: (i + fold) % folds for i, section in enumerate(sections) if (i + fold) % folds < len(section.questions)
        }
        kept = [
            replace(section, questions=tuple(q for j, q in enumerate(section.questions) if left_out.get(i) != j))
            for i, section in enumerate(sections)
        ]
        rows = [
            first[i] + j
            for i, section in enumerate(sections)
            for j in range(len(section.questions))
            if left_out.get(i) != j
        ]
        index = SectionIndex(kept, texts, questions[rows], normalize)
        for i, j in left_out.items():
            # The asker of a question about PPPK that does not say so is taken to be one.
            asker = Employment.PPPK if index.status[i] is Employment.PPPK else Employment.PNS
            yield Asked(index.features(sections[i].questions[j], questions[first[i] + j], asker), i)


def fit(asked: Sequence[Asked]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(section weights, weights of none) that make the held-out answers most likely; gradient descent with momentum."""
    features = np.stack([one.features for one in asked])
    right = np.array([one.right for one in asked])
    row = np.arange(len(asked))
    width = features.shape[2]
    there = np.stack([evidence_of_none(one.features) for one in asked])
    gone = np.stack([evidence_of_none(np.delete(one.features, one.right, axis=0)) for one in asked])
    scale = np.concatenate([features.std(axis=(0, 1)), np.maximum(there.std(axis=0), 1e-2)])
    scale[width] = 1.0
    features = features / scale[:width]
    there, gone = there / scale[width:], gone / scale[width:]

    weights = np.zeros(len(scale))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        gradient = 2 * _SHRINK * np.append(weights[:width], np.zeros(len(scale) - width))
        scores = features @ weights[:width]
        for evidence, is_there, share in ((there, True, 1.0), (gone, False, UNANSWERABLE_SHARE)):
            logits = np.column_stack([scores, evidence @ weights[width:]])
            if not is_there:
                logits[row, right] = -np.inf
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            miss = odds / odds.sum(axis=1, keepdims=True)
            miss[row, right if is_there else -1] -= 1
            gradient[:width] += share * np.einsum("ij,ijk->k", miss[:, :-1], features) / len(row)
            gradient[width:] += share * miss[:, -1] @ evidence / len(row)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        weights -= (
            0.1 * (1 - step / (_STEPS + 1)) * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
        )
    weights /= scale
    return weights[:width], weights[width:]
