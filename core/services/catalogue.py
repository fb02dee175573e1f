"""What can be learned: finding a course in a person's words, and listing what is open."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.calendar import jakarta
from core.domain.courses import Availability, Course, Session
from core.domain.enrollment import HOLDS_SEAT, LIVE
from core.domain.errors import UnknownCourse, UnknownSession
from core.domain.people import Caller, Person
from core.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory
from core.services.search.course_index import CourseIndex, embedded_course
from core.services.search.kept import Kept
from core.services.search.vectors import LONGEST_EMBEDDED, embed, stored_vectors
from core.services.search.wishes import Wishes
from core.services.search.words import Normalize, plain

_MEANT = 0.3
"""Below it a course is not meant. Measured on own phrases (docs/decisions/0006), as are the next two."""
_CLEAR = 0.06
"""By so much the first must lead to stand alone."""
_ON_TOPIC = 0.3
_POSITION_SHARE = 0.3


@dataclass(frozen=True)
class Match:
    course: Course
    score: float
    """0 to 1."""


@dataclass(frozen=True)
class CourseDetails:
    course: Course
    sessions: tuple[Availability, ...]
    """Sessions that have not begun, soonest first."""


class Catalogue:
    """Reads only. A course imported a moment ago is found without restart or retraining."""

    def __init__(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder, normalize: Normalize = plain
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder
        self._normalize = normalize
        self._index = Kept(unit_of_work, self._read)

    async def find(self, text: str, *, limit: int = 3) -> list[Match]:
        """Courses meant by these words, best first: codes (`TIK-02`, `tik 2`), titles, everyday names, typos.

        Empty when nothing is meant. When the first is clear, it is alone in the list; several = the person must choose.
        """
        index = await self._index.get()
        text = text[:LONGEST_EMBEDDED]
        if named := index.named(text):
            return [Match(course, 1.0) for course in named[:limit]]
        if not index.courses or not index.content(text):
            return []
        scores = await asyncio.to_thread(self._scores, index, text)
        order = np.argsort(-scores, kind="stable")
        best = float(scores[order[0]])
        near = [place for place in order if scores[place] > best - _CLEAR]
        if best < _MEANT:
            return []
        return [Match(index.courses[place], float(scores[place])) for place in near[:limit]]

    async def search(self, text: str) -> list[Availability]:
        """Open sessions for a question like "kelas daring bulan depan tentang data"; all open ones if it names no wish.

        Understands topic, mode, period (Indonesian month names, "bulan depan", "minggu ini", "akhir tahun"), hours ("maksimal 16
        JP") and "yang masih ada kursi" in the text.
        A topic that follows "tentang" and that no course is about gives an empty list.
        """
        now = self._clock.now()
        index = await self._index.get()
        text = text[:LONGEST_EMBEDDED]
        wishes = Wishes.read(self._normalize(text), jakarta(now).date())
        codes = {course.code for course in index.named(text)}
        topic = wishes.topic or wishes.rest
        if not codes and index.courses and index.content(topic):
            scores = await asyncio.to_thread(self._scores, index, topic)
            codes = {course.code for course, score in zip(index.courses, scores, strict=True) if score >= _ON_TOPIC}
            if not codes and wishes.topic:
                return []
        async with self._unit_of_work() as unit_of_work:
            open_now = await unit_of_work.courses.availability(now)
        return wishes.of_length(
            [one for one in open_now if wishes.allow(one) and (not codes or one.session.course.code in codes)]
        )

    async def details(self, reference: str) -> CourseDetails:
        """By course or session code. Raises UnknownCourse."""
        code = reference.strip().upper()
        now = self._clock.now()
        async with self._unit_of_work() as unit_of_work:
            course = await unit_of_work.courses.get(code)
            if course is None:
                session = await unit_of_work.courses.session(code)
                if session is None:
                    raise UnknownCourse(reference)
                course = session.course
            sessions = await unit_of_work.courses.sessions_of(course.code)
            upcoming = sorted((one for one in sessions if one.starts_at > now), key=lambda one: one.starts_at)
            counted = [await unit_of_work.courses.availability_of(one.code) for one in upcoming]
        return CourseDetails(course, tuple(one for one in counted if one is not None))

    async def session(self, session_code: str) -> Session:
        """Raises UnknownSession."""
        async with self._unit_of_work() as unit_of_work:
            session = await unit_of_work.courses.session(session_code.strip().upper())
        if session is None:
            raise UnknownSession(session_code)
        return session

    async def candidates(self, caller: Caller, text: str = "") -> list[Availability]:
        """Open sessions the person could take, not yet taken: those that fit their words and position best first."""
        fitting = await self.search(text)
        person = caller.person
        held: list[Session] = []
        done: set[str] = set()
        if person:
            held, done = await self._taken(person)
        fitting = [one for one in fitting if _is_possible(one, person, held, done)]
        index = await self._index.get()
        suits = await asyncio.to_thread(self._suitability, index, person, text[:LONGEST_EMBEDDED])
        return sorted(fitting, key=lambda one: -suits.get(one.session.course.code, 0.0))

    async def _taken(self, person: Person) -> tuple[list[Session], set[str]]:
        """Sessions the person holds or waits for, and the codes of all courses they need no second seat in."""
        async with self._unit_of_work() as unit_of_work:
            enrollments = await unit_of_work.enrollments.of_person(person.person_id)
        taken = [one for one in enrollments if one.status in HOLDS_SEAT | LIVE]
        return [one.session for one in taken], {one.session.course.code for one in taken}

    def _suitability(self, index: CourseIndex, person: Person | None, text: str) -> dict[str, float]:
        suits = self._scores(index, text) if index.content(text) else np.zeros(len(index.courses))
        if person and index.courses:
            work = f"{person.position} {person.unit.name}"
            suits = suits + _POSITION_SHARE * index.meaning_scores(embed(self._embedder, "queries", [work])[0])
            suits = suits + np.array([0.1 if course.audience else 0.0 for course in index.courses])
        return {course.code: float(score) for course, score in zip(index.courses, suits, strict=True)}

    def _scores(self, index: CourseIndex, text: str) -> NDArray[np.float64]:
        content = " ".join(index.content(text))
        return index.scores(text, embed(self._embedder, "queries", [content])[0])

    async def _read(self, unit_of_work: UnitOfWork) -> Callable[[], CourseIndex]:
        courses = await unit_of_work.courses.all()
        texts = {f"course/{course.code}": embedded_course(course) for course in courses}
        vectors = await stored_vectors(unit_of_work, self._embedder, "passages", texts)
        return lambda: CourseIndex(courses, vectors, self._normalize)


def _is_meant_for(course: Course, person: Person, done: Collection[str]) -> bool:
    return (
        course.is_for(person.level)
        and (not course.employment or person.employment in course.employment)
        and all(code in done for code in course.requires)
    )


def _is_possible(one: Availability, person: Person | None, held: Sequence[Session], done: Collection[str]) -> bool:
    """Whether enrolling can work out: for this level, a seat or a waiting list, no second seat and no clash."""
    session = one.session
    return (
        (person is None or _is_meant_for(session.course, person, done))
        and (one.left > 0 or session.has_waiting_list)
        and session.course.code not in done
        and not any(session.overlaps(other) for other in held)
    )
