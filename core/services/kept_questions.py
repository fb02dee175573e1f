"""Learning from use: what was not understood or answered, put together by likeness, as suggestions for a person to accept.

Nothing here trains or answers anything. A suggestion becomes an example only when a person takes it over.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from core.domain.kept_questions import KeptKind, KeptQuestion
from core.domain.knowledge import Section
from core.ports import Clock, Embedder, UnitOfWorkFactory
from core.services.search.section_index import SectionIndex
from core.services.search.section_search import SectionSearch
from core.services.search.vectors import embed
from core.services.search.words import Normalize, plain, words

KEPT_FOR = timedelta(days=180)
MOST = 3000
"""So many different texts at most; the newest."""
ALIKE = 0.3
"""Mean closeness to a group from which a question joins it. On held-out sections: 82 % of the pairs put together belong together,
and 43 % of those that belong together are found (0.25: 72 and 49 %, 0.4: 92 and 26 %)."""
_WORTH_NAMING = 0.05
"""The probability under which the nearest section is no suggestion: probably nobody has written it yet."""


@dataclass(frozen=True)
class Group:
    """`texts`: the different wordings, most frequent first. `count`: how often they were asked.

    `section`: the one they come nearest to, None if none is near. `intent`: what they were mostly taken for; may be empty.
    """

    kind: KeptKind
    texts: tuple[str, ...]
    count: int
    intent: str
    section: Section | None
    question_ids: tuple[int, ...]


class KeptQuestions:
    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder, normalize: Normalize = plain
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder
        self._normalize = normalize
        self._search = SectionSearch(unit_of_work, embedder, normalize)

    async def groups(self, within: timedelta = KEPT_FOR, least: int = 1) -> list[Group]:
        """Asked at least so often, the most frequent first."""
        async with self._unit_of_work() as uow:
            kept = await uow.knowledge.unanswered_since(self._clock.now() - within, MOST)
        kept = [one for one in kept if words(one.text)]
        if not kept:
            return []
        index = await self._search.index()
        found = await asyncio.to_thread(self._grouped, index, kept)
        return sorted((one for one in found if one.count >= least), key=lambda one: (-one.count, one.texts))

    async def forget_texts(self, texts: Sequence[str]) -> None:
        """Somebody has dealt with what was asked in these words."""
        dealt_with = {self._normalize(text) for text in texts}
        async with self._unit_of_work() as uow:
            kept = await uow.knowledge.unanswered_since(self._clock.now() - KEPT_FOR, MOST)
            gone = [one.question_id for one in kept if self._normalize(one.text) in dealt_with]
            await uow.knowledge.forget_unanswered(gone)
            await uow.commit()

    async def forget_old(self) -> int:
        """Returns how many were kept longer than needed."""
        async with self._unit_of_work() as uow:
            gone = await uow.knowledge.forget_unanswered_before(self._clock.now() - KEPT_FOR)
            await uow.commit()
        return gone

    def _grouped(self, index: SectionIndex, kept: Sequence[KeptQuestion]) -> list[Group]:
        groups = []
        for kind in KeptKind:
            by_text: dict[str, list[KeptQuestion]] = {}
            for one in kept:
                if one.kind is kind:
                    by_text.setdefault(self._normalize(one.text), []).append(one)
            if by_text:
                vectors = embed(self._embedder, "queries", list(by_text))
                wordings = list(by_text.values())
                for members in together(index.closeness_between(vectors)):
                    groups.append(_group(kind, index, [wordings[i] for i in members], vectors[members]))
        return groups


def together(closeness: NDArray[np.float32]) -> list[list[int]]:
    """Each joins the group it is closest to on average, if close enough, or begins one; in their order."""
    groups: list[list[int]] = []
    for i in range(len(closeness)):
        means = [float(closeness[i, members].mean()) for members in groups]
        best = int(np.argmax(means)) if means else -1
        if best >= 0 and means[best] >= ALIKE:
            groups[best].append(i)
        else:
            groups.append([i])
    return groups


def _group(
    kind: KeptKind, index: SectionIndex, wordings: list[list[KeptQuestion]], vectors: NDArray[np.float32]
) -> Group:
    order = sorted(range(len(wordings)), key=lambda i: -len(wordings[i]))
    everything = [one for some in wordings for one in some]
    guesses = Counter(one.intent for one in everything if one.intent)
    return Group(
        kind,
        tuple(wordings[i][0].text for i in order),
        len(everything),
        guesses.most_common(1)[0][0] if guesses else "",
        _nearest(index, [some[0].text for some in wordings], vectors),
        tuple(one.question_id for one in everything),
    )


def _nearest(index: SectionIndex, texts: Sequence[str], vectors: NDArray[np.float32]) -> Section | None:
    if not index.sections:
        return None
    shares = np.zeros(len(index.sections))
    for text, vector in zip(texts, vectors, strict=True):
        ranking = index.rank(text, vector, None)
        shares[ranking.order] += ranking.probabilities / len(texts)
    best = int(np.argmax(shares))
    return index.sections[best] if shares[best] >= _WORTH_NAMING else None
