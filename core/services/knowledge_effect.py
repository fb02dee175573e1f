"""What new policy text would change in the answers, before it goes live: the same questions with it and without it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.domain.knowledge import Section
from core.domain.people import Employment
from core.ports import Embedder, UnitOfWorkFactory
from core.services.search.held_out import Material, asked_without, asker_of, index_without
from core.services.search.judging import Judged, Measures, judged, measure
from core.services.search.section_search import section_vectors
from core.services.search.unanswerable import UNANSWERABLE
from core.services.search.vectors import embed, stored_vectors
from core.services.search.weights import ANSWER_THRESHOLD
from core.services.search.words import Normalize, plain

ROUNDS = 3
"""So many questions of each stored section are asked again; all of them take minutes."""


@dataclass(frozen=True)
class KnownQuestion:
    """A question of an evaluation set and the sections that answer it; none: it must be refused."""

    text: str
    facts: frozenset[str]


@dataclass(frozen=True)
class Shown:
    """What became of a question: the sections told (none: refused), and whether that is right."""

    sections: tuple[Section, ...]
    is_right: bool


@dataclass(frozen=True)
class Change:
    question: str
    before: Shown
    after: Shown


@dataclass(frozen=True)
class Effect:
    """The measures over the same questions before and after, and every question whose answer turned right or wrong."""

    asked: int
    before: Measures
    after: Measures
    newly_right: tuple[Change, ...]
    newly_wrong: tuple[Change, ...]
    own: Measures
    """Of the new text's own questions, each asked of a search that does not know it."""
    own_asked: int


class KnowledgeEffect:
    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        embedder: Embedder,
        normalize: Normalize = plain,
        threshold: float | None = None,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._embedder = embedder
        self._normalize = normalize
        self._threshold = ANSWER_THRESHOLD if threshold is None else threshold

    async def of(self, new: Sequence[Section], known: Sequence[KnownQuestion] = ()) -> Effect:
        """Of replacing the documents of these sections by them. Nothing is saved.

        Asked are the questions `known`, some questions of every stored section, and the ones known to have no answer; the
        last two with the question itself left out, as somebody new would ask it.
        """
        async with self._unit_of_work() as uow:  # never committed
            stored = await uow.knowledge.all()
            replaced = {section.document_id for section in new}
            future = [one for one in stored if one.document_id not in replaced] + list(new)
            none = {f"unanswerable/{i}": self._normalize(text) for i, text in enumerate(UNANSWERABLE)}
            unanswerable = await stored_vectors(uow, self._embedder, "queries", none)
            materials = [
                Material(
                    sections,
                    *await section_vectors(uow, self._embedder, sections, self._normalize),
                    UNANSWERABLE,
                    unanswerable,
                )
                for sections in (stored, future)
            ]
        return await asyncio.to_thread(self._compare, materials[0], materials[1], new, known)

    def _compare(
        self, stored: Material, future: Material, new: Sequence[Section], known: Sequence[KnownQuestion]
    ) -> Effect:
        pairs = [*self._of_stored(stored, future), *self._of_set(stored, future, known)]
        own = list(self._own(future, {section.section_id for section in new}))
        changed = [
            Change(pair.question, self._shown(stored, pair.before), self._shown(future, pair.after)) for pair in pairs
        ]
        return Effect(
            len(pairs),
            measure([pair.before for pair in pairs], self._threshold),
            measure([pair.after for pair in pairs], self._threshold),
            tuple(one for one in changed if one.after.is_right and not one.before.is_right),
            tuple(one for one in changed if one.before.is_right and not one.after.is_right),
            measure(own, self._threshold),
            len(own),
        )

    def _of_stored(self, stored: Material, future: Material) -> Iterator["_Pair"]:
        later = _places(future)
        for turn in range(ROUNDS):
            asked = {i: (i + turn) % len(s.questions) for i, s in enumerate(stored.sections) if len(s.questions) > turn}
            left_out = {}
            for i, j in asked.items():
                place = later.get(stored.sections[i].section_id)
                if place is not None and stored.sections[i].questions[j] in future.sections[place].questions:
                    left_out[place] = future.sections[place].questions.index(stored.sections[i].questions[j])
            none = range(turn, len(UNANSWERABLE), ROUNDS)
            was = index_without(stored, asked, none, self._normalize)
            will = index_without(future, left_out, none, self._normalize)
            for i, j in asked.items():
                question, vector, asker = stored.sections[i].questions[j], stored.vector(i, j), asker_of(was, i)
                fact = stored.sections[i].section_id
                yield _Pair(
                    question,
                    judged(was.evidence(question, vector, asker), {i}),
                    judged(
                        will.evidence(question, vector, asker),
                        {later[fact]} if fact in later else set(),
                        is_answerable=True,
                    ),
                )
            for number in none:
                question, vector = UNANSWERABLE[number], stored.unanswerable_vectors[number]
                both = [judged(one.evidence(question, vector, Employment.PNS), ()) for one in (was, will)]
                yield _Pair(question, *both)

    def _of_set(self, stored: Material, future: Material, known: Sequence[KnownQuestion]) -> Iterator["_Pair"]:
        if not known:
            return
        vectors = embed(self._embedder, "queries", [self._normalize(one.text) for one in known])
        both = [(_places(one), index_without(one, {}, (), self._normalize)) for one in (stored, future)]
        for one, vector in zip(known, vectors, strict=True):
            was, will = (
                judged(
                    index.evidence(one.text, vector, Employment.PNS),
                    {places[fact] for fact in one.facts if fact in places},
                    is_answerable=bool(one.facts),
                )
                for places, index in both
            )
            yield _Pair(one.text, was, will)

    def _own(self, future: Material, new: set[str]) -> Iterator[Judged]:
        for turn in range(ROUNDS):
            left_out = {
                i: turn
                for i, section in enumerate(future.sections)
                if section.section_id in new and len(section.questions) > turn
            }
            if left_out:
                for one in asked_without(future, left_out, (), self._normalize):
                    yield judged(one.evidence, () if one.right is None else {one.right})

    def _shown(self, material: Material, found: Judged) -> Shown:
        told = found.order[: found.told(self._threshold)]
        return Shown(tuple(material.sections[place] for place in told), found.is_answered_right(self._threshold))


@dataclass(frozen=True)
class _Pair:
    question: str
    before: Judged
    after: Judged


def _places(material: Material) -> dict[str, int]:
    return {section.section_id: i for i, section in enumerate(material.sections)}
