"""Answering policy questions from the knowledge base, or saying that it cannot."""

from dataclasses import dataclass
from datetime import date

from core.domain import question_topics as topics
from core.domain.calendar import jakarta
from core.domain.errors import UnknownSection
from core.domain.kept_questions import LONGEST, KeptKind, without_identity, words_of
from core.domain.knowledge import Section
from core.domain.people import Caller, Employment
from core.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory
from core.services.search.section_index import Ranking, SectionIndex
from core.services.search.section_search import SectionSearch
from core.services.search.weights import ANSWER_THRESHOLD
from core.services.search.words import Normalize, plain, words

MOST_TOGETHER = 2
"""So many sections may share an answer when one alone is not likely enough."""
SUGGESTED = 3
SURE = 0.7
_WORTH_SUGGESTING = 0.002
_OTHER_STATUS_ODDS = 1 / 8
_MOST, _NEARLY_ALL, _SOMETHING = 0.5, 0.8, 0.05
"""A document holds most of what is likely at all, or nearly all of it where next to nothing is."""


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
    due: tuple[Found, ...] = ()
    """Sections that would have answered, but whose validity has run out: somebody must check them first."""

    @property
    def is_answered(self) -> bool:
        return bool(self.sections)


class Questions:
    """Never guesses: below the threshold there are suggestions only, and the question is kept without its asker."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        embedder: Embedder,
        threshold: float | None = None,
        normalize: Normalize = plain,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._threshold = ANSWER_THRESHOLD if threshold is None else threshold
        self._search = SectionSearch(unit_of_work, embedder, normalize)

    async def answer(self, caller: Caller, text: str) -> Answer:
        """Searches all sections (embeddings and words combined), with the asker's status (PNS/PPPK) as a signal.

        Sections that belong together are answered together: an overview with its parts, two that are only likely enough
        as a pair, and the rule for the other status when the asker's is not known.
        """
        answer = await self._answer(caller, text)
        if caller.telegram_id is not None:
            await self._keep(caller, answer, text)
        return answer

    async def keep_unclear(self, caller: Caller, text: str, guess: str) -> None:
        """Words that were not understood, to learn from; `guess` is the intent they came nearest to."""
        if caller.telegram_id is None or not words(text):
            return
        async with self._unit_of_work() as unit_of_work:
            kept = await _nameless(unit_of_work, caller, text)
            await unit_of_work.knowledge.record_unanswered(KeptKind.UNCLEAR, kept, guess, self._clock.now())
            await unit_of_work.commit()

    async def sure_answer(self, caller: Caller, text: str) -> Answer | None:
        """The answer if one section is beyond doubt, for words that were taken for something else. Nothing is kept."""
        answer = await self._answer(caller, text)
        return answer if answer.is_answered and answer.sections[0].confidence >= SURE else None

    async def _answer(self, caller: Caller, text: str) -> Answer:
        employment = caller.person.employment if caller.person else None
        answered: list[Found] = []
        others: list[Found] = []
        if words(text):
            index, ranking = await self._search.rank(text, employment)
            found = _found(index, ranking)
            together = likely_enough(ranking, self._threshold)
            if together:
                answered = _with_companions(index, found, together, employment)
            others = _worth_suggesting([one for one in found if one not in answered])
        return _with_valid_only(answered, others, jakarta(self._clock.now()).date())

    async def section(self, section_id: str) -> Section:
        """Raises UnknownSection."""
        async with self._unit_of_work() as unit_of_work:
            section = await unit_of_work.knowledge.get(section_id)
        if section is None:
            raise UnknownSection(section_id)
        return section

    async def suggestions(self, text: str, limit: int = SUGGESTED) -> list[Found]:
        """Sections near these words, for "Maksud Anda …?"."""
        if not words(text):
            return []
        return _worth_suggesting(_found(*await self._search.rank(text, None)))[:limit]

    async def document_about(self, text: str) -> str | None:
        """The document that a question is about, answered or not; None if it fits none of them."""
        if not words(text):
            return None
        index, ranking = await self._search.rank(text, None)
        shares: dict[str, float] = {}
        for place, probability in zip(ranking.order, ranking.probabilities, strict=True):
            document_id = index.sections[place].document_id
            shares[document_id] = shares.get(document_id, 0.0) + float(probability)
        if not shares:
            return None
        total = sum(shares.values())
        document_id, share = max(shares.items(), key=lambda item: item[1])
        is_about = share >= _MOST * total if total >= _SOMETHING else share >= _NEARLY_ALL * total
        return document_id if is_about else None

    async def _keep(self, caller: Caller, answer: Answer, text: str) -> None:
        """Its topic is counted; words without an answer are kept to learn from, without what could tell who asked.

        Only from Telegram: what is asked in a terminal or by an evaluation shows no need of staff.
        """
        now, best = self._clock.now(), (*answer.sections, *answer.due)
        topic = topics.about_section(best[0].section.section_id) if best else topics.UNANSWERED
        async with self._unit_of_work() as unit_of_work:
            await unit_of_work.knowledge.count_topic(topic, topics.hour_of(now))
            if not answer.is_answered:
                kept = await _nameless(unit_of_work, caller, text)
                await unit_of_work.knowledge.record_unanswered(KeptKind.REFUSED, kept, "ask_policy", now)
            await unit_of_work.commit()


async def _nameless(unit_of_work: UnitOfWork, caller: Caller, text: str) -> str:
    shared = await unit_of_work.people.names_sharing({word for word in words_of(text[:LONGEST]) if len(word) > 2})
    return without_identity(text, caller.person.name if caller.person else None, shared)


def _with_valid_only(answered: list[Found], others: list[Found], today: date) -> Answer:
    """What has expired is no answer. If it is the best one, what would have stood beside it is only suggested."""
    due = [one for one in answered if one.section.is_expired(today)]
    valid = [one for one in answered if one not in due]
    if due and answered[0] in due:
        valid, others = [], [*valid, *others]
    return Answer(tuple(valid), tuple(others[:SUGGESTED]), tuple(due))


def likely_enough(ranking: Ranking, threshold: float) -> int:
    """How many of the first sections answer: the fewest that are together as likely as the threshold, 0 if too many."""
    for count in range(1, MOST_TOGETHER + 1):
        if len(ranking.order) >= count and ranking.probabilities[:count].sum() >= threshold:
            return count
    return 0


def _found(index: SectionIndex, ranking: Ranking) -> list[Found]:
    return [
        Found(index.sections[place], float(probability))
        for place, probability in zip(ranking.order, ranking.probabilities, strict=True)
    ]


def _with_companions(
    index: SectionIndex, found: list[Found], together: int, employment: Employment | None
) -> list[Found]:
    answered = found[:together]
    first = answered[0]
    parts = index.parts.get(first.section.section_id, ())
    answered += [one for one in found if one.section.section_id in parts and one not in answered]
    if employment is None and together == 1:
        about = index.about(first.section.section_id)
        for one in found[together : together + SUGGESTED]:
            other = index.about(one.section.section_id)
            is_near = one.confidence >= first.confidence * _OTHER_STATUS_ODDS
            if about and other and other is not about and is_near:
                return [*answered, one]
    return answered


def _worth_suggesting(found: list[Found]) -> list[Found]:
    return [one for one in found if one.confidence >= _WORTH_SUGGESTING]
