"""The fake database's enrollments."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.approvals import asked_at
from core.domain.enrollment import ENDED, HOLDS_SEAT, Enrollment, Status
from core.domain.errors import AlreadyDecided, UnknownEnrollment
from core.domain.messages import Kind
from core.domain.people import Person
from core.domain.waiting_list import place_in_line
from tests.fake_records import next_id
from tests.fake_repositories import Repository


class FakeEnrollments(Repository):
    def _read(self, enrollment: Enrollment) -> Enrollment:
        return replace(enrollment, session=self._records.sessions[enrollment.session.code])

    def _all(self) -> list[Enrollment]:
        return [self._read(e) for e in self._records.enrollments.values()]

    async def get(self, enrollment_id: int) -> Enrollment | None:
        enrollment = self._records.enrollments.get(enrollment_id)
        return self._read(enrollment) if enrollment else None

    async def lock(self, enrollment_id: int) -> Enrollment | None:
        return await self.get(enrollment_id)

    async def find(self, person_id: int, session_code: str) -> Enrollment | None:
        return next((e for e in self._all() if e.person_id == person_id and e.session.code == session_code), None)

    async def of_person(self, person_id: int) -> list[Enrollment]:
        rows = [e for e in self._all() if e.person_id == person_id]
        return sorted(rows, key=lambda e: e.session.starts_at, reverse=True)

    async def of_people(self, person_ids: Collection[int]) -> list[Enrollment]:
        rows = [e for e in self._all() if e.person_id in person_ids]
        return sorted(rows, key=lambda e: e.session.starts_at, reverse=True)

    async def of_session(self, session_code: str, statuses: Collection[Status]) -> list[Enrollment]:
        return [e for e in self._all() if e.session.code == session_code and e.status in statuses]

    async def participants(self, session_code: str, statuses: Collection[Status]) -> list[tuple[Enrollment, Person]]:
        rows = [(e, self._records.people[e.person_id]) for e in await self.of_session(session_code, statuses)]
        return sorted(rows, key=lambda row: (row[1].name, row[0].enrollment_id))

    async def place_in_line(self, enrollment_id: int) -> int | None:
        row = self._records.enrollments[enrollment_id]
        return place_in_line([e for e in self._all() if e.session.code == row.session.code], enrollment_id)

    async def unit_counts(self, session_code: str) -> list[tuple[str, int, int]]:
        taken: Counter[str] = Counter()
        waiting: Counter[str] = Counter()
        for row in self._all():
            if row.session.code == session_code:
                unit = self._records.people[row.person_id].unit.code
                taken[unit] += row.status in HOLDS_SEAT
                waiting[unit] += row.status is Status.WAITLISTED
        return [(unit, taken[unit], waiting[unit]) for unit in taken]

    async def waiting_units(self, session_code: str) -> dict[int, str]:
        return {
            row.enrollment_id: self._records.people[row.person_id].unit.code
            for row in await self.of_session(session_code, {Status.WAITLISTED})
        }

    async def requests_for(self, supervisor_id: int | None) -> list[tuple[Enrollment, Person]]:
        rows = [(e, self._records.people[e.person_id]) for e in self._all() if e.status is Status.REQUESTED]
        return sorted(
            (row for row in rows if row[1].supervisor_id == supervisor_id),
            key=lambda row: (row[0].requested_at, row[0].enrollment_id),
        )

    async def requests_asked_before(
        self, moment: datetime, *, without: Kind | None = None
    ) -> list[tuple[Enrollment, Person]]:
        rows = [(e, self._records.people[e.person_id]) for e in self._all() if e.status is Status.REQUESTED]
        return sorted(
            (row for row in rows if asked_at(row[0]) <= moment and not self._was_written(row[0], without)),
            key=lambda row: (asked_at(row[0]), row[0].enrollment_id),
        )

    def _was_written(self, enrollment: Enrollment, kind: Kind | None) -> bool:
        return any(
            m.kind is kind and m.enrollment_id == enrollment.enrollment_id and m.due_at >= asked_at(enrollment)
            for m in self._records.messages.values()
        )

    async def requests_closing_before(self, moment: datetime) -> list[Enrollment]:
        rows = [e for e in self._all() if e.status is Status.REQUESTED and e.session.closes_at <= moment]
        return sorted(rows, key=lambda e: (e.session.closes_at, e.enrollment_id))

    async def expired_offers(self, now: datetime) -> list[Enrollment]:
        return [
            e
            for e in self._all()
            if e.status is Status.OFFERED and e.offer_expires_at is not None and e.offer_expires_at <= now
        ]

    async def start(self, person_id: int, session_code: str, status: Status, now: datetime) -> Enrollment:
        known = await self.find(person_id, session_code)
        if known is not None and known.status not in ENDED:
            raise AlreadyDecided(known.enrollment_id, known.status)
        enrollment = Enrollment(
            enrollment_id=known.enrollment_id if known else next_id(self._records.enrollments),
            person_id=person_id,
            session=self._records.sessions[session_code],
            status=status,
            requested_at=now,
            queued_at=now if status is Status.WAITLISTED else None,
        )
        self._records.enrollments[enrollment.enrollment_id] = enrollment
        return enrollment

    async def move(
        self,
        enrollment_id: int,
        to: Status,
        now: datetime,
        *,
        reason: str | None = None,
        offer_expires_at: datetime | None = None,
    ) -> Enrollment:
        standing = self._records.enrollments.get(enrollment_id)
        if standing is None:
            raise UnknownEnrollment(str(enrollment_id))
        standing.require_step(to)
        moved = replace(
            standing,
            status=to,
            decided_at=now,
            reason=reason,
            offer_expires_at=offer_expires_at,
        )
        self._records.enrollments[enrollment_id] = moved
        return self._read(moved)

    async def move_all(self, enrollment_ids: Sequence[int], to: Status, now: datetime) -> list[Enrollment]:
        return [await self.move(enrollment_id, to, now) for enrollment_id in enrollment_ids]

    async def shorten_offer(self, enrollment_id: int, expires_at: datetime) -> Enrollment:
        standing = self._records.enrollments[enrollment_id]
        if standing.status is Status.OFFERED:
            standing = replace(standing, offer_expires_at=expires_at)
            self._records.enrollments[enrollment_id] = standing
        return self._read(standing)
