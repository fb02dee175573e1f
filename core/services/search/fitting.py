"""Fits the weights of the search to held-out questions.

Each is there with its section and without it: the second stands for the questions nobody wrote an answer to. So do the
unanswerable ones. Used by `python -m cli.fit_search`, never while answering.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.services.search.held_out import Asked
from core.services.search.section_index import evidence_of_none

GONE_SHARE = 0.05
"""How much the questions whose section is gone weigh against the others; little, as a neighbor often answers them too."""
UNANSWERABLE_SHARE = 0.15
"""The same for the unanswerable ones; about their share in the evaluation sets."""
_SHRINK = 1e-3
_STEPS = 400

Weights = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Of the sections' features, and of the evidence of none."""


def fit(asked: Sequence[Asked]) -> Weights:
    """The weights that make the held-out answers most likely; gradient descent with momentum."""
    written = [one for one in asked if one.right is not None]
    right = np.array([one.right for one in written])
    there = [one.evidence for one in written]
    gone = [one.evidence.without(place) for one, place in zip(written, right, strict=True)]
    none = [one.evidence for one in asked if one.right is None]
    features = np.stack([one.features for one in there])
    nobody = np.stack([one.features for one in none])
    evidence = [np.stack([evidence_of_none(one) for one in some]) for some in (there, gone, none)]
    width = features.shape[2]
    scale = np.concatenate([features.std(axis=(0, 1)), np.maximum(evidence[0].std(axis=0), 1e-2)])
    scale[width] = 1.0
    row = np.arange(len(written))
    groups = [
        _Group(features, evidence[0], scale, 1.0, (row, right), None),
        _Group(features, evidence[1], scale, GONE_SHARE, None, (row, right)),
        _Group(nobody, evidence[2], scale, UNANSWERABLE_SHARE, None, None),
    ]
    weights = np.zeros(len(scale))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        gradient = 2 * _SHRINK * np.append(weights[:width], np.zeros(len(scale) - width))
        gradient += sum(group.gradient(weights) for group in groups)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.1 * (1 - step / (_STEPS + 1))
        weights -= rate * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    weights /= scale
    return weights[:width], weights[width:]


class _Group:
    """Questions of one kind: where their right answer is (None: in "none"), and which section is gone for each."""

    def __init__(
        self,
        features: NDArray[np.float64],
        evidence: NDArray[np.float64],
        scale: NDArray[np.float64],
        share: float,
        right: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
        gone: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
    ) -> None:
        width = features.shape[2]
        self._features = (features / scale[:width]).reshape(-1, width)
        self._evidence = evidence / scale[width:]
        self._shape, self._share, self._right, self._gone = features.shape, share, right, gone

    def gradient(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        count, sections, width = self._shape
        scores = (self._features @ weights[:width]).reshape(count, sections)
        if self._gone is not None:
            scores[self._gone] = -np.inf
        logits = np.column_stack([scores, self._evidence @ weights[width:]])
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        miss = odds / odds.sum(axis=1, keepdims=True)
        if self._right is None:
            miss[:, -1] -= 1
        else:
            miss[self._right] -= 1
        of_sections = miss[:, :-1].reshape(-1) @ self._features
        of_none = miss[:, -1] @ self._evidence
        return np.asarray(self._share / count * np.concatenate([of_sections, of_none]))
