"""Repositories of trainings: catalogue, enrollments, attendance, hours and what follows from them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.attendance import Presence
from core.domain.certificates import Certificate
from core.domain.courses import Availability, Course, Session
from core.domain.enrollment import Enrollment, Status
from core.domain.evaluations import Evaluation, SessionEvaluations
from core.domain.learning import HoursEntry
from core.domain.messages import Kind
from core.domain.people import Person


class CourseRepository(Protocol):
    async def get(self, course_code: str) -> Course | None: ...
    async def all(self) -> list[Course]: ...
    async def session(self, session_code: str) -> Session | None: ...
    async def sessions_of(self, course_code: str) -> list[Session]: ...

    async def availability(self, now: datetime) -> list[Availability]:
        """Sessions one can still enroll in at `now`, soonest first, counted in one query."""

    async def coming(self, now: datetime) -> list[Availability]:
        """Sessions that have not ended at `now`, closed and cancelled ones too, soonest first, counted in one query."""

    async def availability_of(self, session_code: str) -> Availability | None: ...

    async def lock_session(self, session_code: str) -> Availability | None:
        """Locks the session row until commit, then counts its seats. Enrolling starts with this call."""

    async def share_session(self, session_code: str) -> None:
        """Keeps `lock_session` of others waiting until commit, but not one another: for what changes no seat."""

    async def upsert_course(self, course: Course) -> None: ...
    async def upsert_session(self, session: Session) -> None: ...


class EnrollmentRepository(Protocol):
    async def get(self, enrollment_id: int) -> Enrollment | None: ...

    async def lock(self, enrollment_id: int) -> Enrollment | None:
        """Locks the *session* of the enrollment (the one lock of all enrollment work), then reads the row afresh."""

    async def find(self, person_id: int, session_code: str) -> Enrollment | None: ...
    async def of_person(self, person_id: int) -> list[Enrollment]:
        """All of them, newest session first."""

    async def of_people(self, person_ids: Collection[int]) -> list[Enrollment]:
        """All of all of them, in one query, newest session first."""

    async def of_session(self, session_code: str, statuses: Collection[Status]) -> list[Enrollment]: ...
    async def participants(self, session_code: str, statuses: Collection[Status]) -> list[tuple[Enrollment, Person]]:
        """The session's enrollments in these states with their people, by name."""

    async def place_in_line(self, enrollment_id: int) -> int | None:
        """As `core.domain.waiting_list.place_in_line`, counted where the rows are; None for one who does not wait."""

    async def unit_counts(self, session_code: str) -> list[tuple[str, int, int]]:
        """(unit code, seats held, waiting) by the unit the people of the session work in."""

    async def waiting_units(self, session_code: str) -> dict[int, str]:
        """The unit code of everybody who waits, by enrollment id."""

    async def requests_for(self, supervisor_id: int | None) -> list[tuple[Enrollment, Person]]:
        """`requested` enrollments of the supervisor's staff, oldest first; None: of those who have no supervisor."""

    async def requests_asked_before(
        self, moment: datetime, *, without: Kind | None = None
    ) -> list[tuple[Enrollment, Person]]:
        """`requested` enrollments whose approval was asked for at `moment` or before, oldest first.

        With `without`: only those about which no message of that kind was written since.
        """

    async def requests_closing_before(self, moment: datetime) -> list[Enrollment]:
        """`requested` enrollments of sessions whose enrolling closes at `moment` or before."""

    async def expired_offers(self, now: datetime) -> list[Enrollment]: ...

    async def start(self, person_id: int, session_code: str, status: Status, now: datetime) -> Enrollment:
        """Inserts the row, or brings the ended row of the same person and session back to life; sets queued_at if waitlisted."""

    async def move(
        self,
        enrollment_id: int,
        to: Status,
        now: datetime,
        *,
        reason: str | None = None,
        offer_expires_at: datetime | None = None,
    ) -> Enrollment: ...

    async def move_all(self, enrollment_ids: Sequence[int], to: Status, now: datetime) -> list[Enrollment]:
        """As `move`, for many at once without reason or offer; in the order given."""

    async def shorten_offer(self, enrollment_id: int, expires_at: datetime) -> Enrollment:
        """Of an `offered` row."""


class AttendanceRepository(Protocol):
    async def secret_of(self, session_code: str, fresh: bytes, now: datetime) -> bytes:
        """The secret the session's codes are made from; `fresh` becomes it if there is none yet."""

    async def running(self, starts_before: datetime, ends_after: datetime) -> list[tuple[Session, bytes]]:
        """Sessions with a secret that have started by the first moment and end after the second."""

    async def note(self, presence: Presence) -> bool:
        """False if the person's presence on that day was noted before, which then stays as it was."""

    async def note_all(self, presences: Sequence[Presence]) -> None: ...

    async def of_session(self, session_code: str) -> list[Presence]:
        """By day, earliest first."""

    async def wrong_tries(self, person_id: int, since: datetime) -> list[datetime]:
        """Times of the person's wrong codes since then, oldest first. Locks the person's tries until commit."""

    async def record_wrong_try(self, person_id: int, at: datetime) -> None: ...
    async def clear_wrong_tries(self, person_id: int) -> None: ...


class HoursRepository(Protocol):
    async def of_person(self, person_id: int, year: int) -> list[HoursEntry]: ...
    async def by_year(self, person_id: int) -> dict[int, int]:
        """The person's hours of each year they earned some in."""

    async def titles(self, person_id: int) -> set[str]:
        """Of the trainings whose hours still count, here or elsewhere."""

    async def of_enrollment(self, enrollment_id: int) -> list[HoursEntry]:
        """What a session earned and its corrections, oldest first."""

    async def add(self, entry: HoursEntry) -> None: ...
    async def add_all(self, entries: Sequence[HoursEntry]) -> None: ...

    async def short_of(
        self, hours: int, year: int, *, key_prefix: str, linked_before: datetime, after: int, limit: int
    ) -> list[tuple[Person, int]]:
        """People who earned fewer in the year, and how many they did, by id from the one after `after`; in one query.

        Only those with a reachable account linked before that moment, who take news, and who have no row `key_prefix<id>` in the
        ledger.
        """


class CertificateRepository(Protocol):
    async def issue(self, enrollment_id: int, number: str, now: datetime) -> Certificate:
        """The enrollment's certificate: a new one of this number, or the one it has, which is then valid again."""

    async def issue_all(self, numbers: Mapping[int, str], now: datetime) -> dict[int, Certificate]:
        """As `issue`, for many; `numbers` and the answer by enrollment id."""

    async def revoke(self, enrollment_id: int, now: datetime) -> None: ...
    async def get(self, number: str) -> Certificate | None: ...
    async def of_enrollment(self, enrollment_id: int) -> Certificate | None: ...
    async def of_person(self, person_id: int) -> list[Certificate]: ...


class EvaluationRepository(Protocol):
    async def add(self, evaluation: Evaluation) -> bool:
        """False if the enrollment was evaluated before, which then stays as it was."""

    async def get(self, enrollment_id: int) -> Evaluation | None: ...

    async def set_comment(self, enrollment_id: int, comment: str) -> bool:
        """False if there is a comment already, or no evaluation."""

    async def by_session(self) -> list[SessionEvaluations]:
        """Sessions that somebody completed, newest first, counted in one query; comments in no order of people."""


class CompetencyRepository(Protocol):
    async def requirements(self) -> dict[str, set[str]]:
        """Competencies by the pattern of positions that ask for them."""

    async def taught(self) -> dict[str, set[str]]:
        """Competencies by the course that teaches them."""

    async def of_person(self, person_id: int) -> set[str]:
        """What the person has beside what they learned in sessions."""

    async def colleagues(self, person: Person) -> dict[str, int]:
        """How many others in exactly this position hold or held a seat, by course."""

    async def replace_requirements(self, lists: Mapping[str, Collection[str]]) -> None:
        """The whole list of each key; keys not given stay as they are."""

    async def replace_taught(self, lists: Mapping[str, Collection[str]]) -> None: ...
    async def replace_of_people(self, lists: Mapping[int, Collection[str]]) -> None: ...
