"""What can be learned: finding a course in a person's words, and listing what is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.courses import Availability, Course, Session
from core.domain.people import Caller
from core.ports import Clock, Embedder, UnitOfWorkFactory


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

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, embedder: Embedder) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._embedder = embedder

    async def find(self, text: str, *, limit: int = 3) -> list[Match]:
        """Courses meant by these words, best first: codes (`TIK-02`, `tik 2`), titles, everyday names, typos.

        Empty when nothing is meant. When the first is clear, it is alone in the list; several = the person must choose.
        """
        raise NotImplementedError

    async def search(self, text: str) -> list[Availability]:
        """Open sessions for a question like "kelas daring bulan depan tentang data"; all open ones if it names no wish.

        Understands topic, mode and period (Indonesian month names, "bulan depan", "minggu ini", "akhir tahun") in the text.
        """
        raise NotImplementedError

    async def details(self, reference: str) -> CourseDetails:
        """By course or session code. Raises UnknownCourse."""
        raise NotImplementedError

    async def session(self, session_code: str) -> Session:
        """Raises UnknownSession."""
        raise NotImplementedError

    async def recommend(self, caller: Caller, text: str = "") -> Sequence[Availability]:
        """Up to three open sessions that fit the person's level, words and position, not yet taken; soonest first."""
        raise NotImplementedError
