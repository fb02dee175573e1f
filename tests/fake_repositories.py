"""The fake database's people, accounts and courses."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.domain.courses import Availability, Course, Session
from core.domain.people import Awaited, HrRole, Person, TelegramAccount, Unit
from tests.fake_reach import FakeOutOfReach
from tests.fake_records import Records, next_id


class Repository:
    def __init__(self, records: Records) -> None:
        self._records = records


class FakePeople(FakeOutOfReach, Repository):
    async def get(self, person_id: int) -> Person | None:
        return self._records.people.get(person_id)

    async def lock(self, person_id: int) -> Person | None:
        return self._records.people.get(person_id)

    async def by_nip(self, nip: str) -> Person | None:
        return next((p for p in self._records.people.values() if p.nip == nip), None)

    async def known_nips(self, nips: Collection[str]) -> set[str]:
        return {person.nip for person in self._records.people.values()} & set(nips)

    async def named(self, words: str, limit: int) -> list[Person]:
        wanted = words.lower().split()
        found = [p for p in self._records.people.values() if all(word in p.name.lower() for word in wanted)]
        return sorted(found, key=lambda p: (p.name, p.person_id))[:limit]

    async def by_phone(self, phone: str) -> list[Person]:
        return [p for p in self._records.people.values() if p.phone == phone]

    async def staff_of(self, supervisor_id: int) -> list[Person]:
        return [p for p in self._records.people.values() if p.supervisor_id == supervisor_id]

    async def hr_officers(self) -> list[Person]:
        return [p for p in self._records.people.values() if p.is_hr]

    async def all_ids(self) -> list[int]:
        return list(self._records.people)

    async def names_sharing(self, words: Collection[str]) -> list[str]:
        return [p.name for p in self._records.people.values() if set(p.name.lower().split()) & set(words)]

    async def hierarchy(self) -> dict[str, str | None]:
        people = self._records.people
        return {p.nip: people[p.supervisor_id].nip if p.supervisor_id else None for p in people.values()}

    async def units(self) -> list[Unit]:
        return list(self._records.units.values())

    async def upsert_unit(self, unit: Unit) -> None:
        if unit.parent is not None and unit.parent not in self._records.units:
            raise AssertionError("foreign key: the parent unit must be there before")
        self._records.units[unit.code] = unit
        for person_id, person in self._records.people.items():
            if person.unit.code == unit.code:
                self._records.people[person_id] = replace(person, unit=unit)

    async def upsert(self, person: Person) -> int:
        if person.supervisor_id is not None and person.supervisor_id not in self._records.people:
            raise AssertionError("foreign key: the supervisor must be there before")
        known = await self.by_nip(person.nip)
        person_id = known.person_id if known else next_id(self._records.people)
        self._records.people[person_id] = replace(
            person,
            person_id=person_id,
            unit=self._records.units[person.unit.code],
            hr_role=known.hr_role if known else HrRole.APPROVER,
        )
        return person_id

    async def upsert_all(self, persons: Sequence[Person]) -> dict[str, int]:
        return {person.nip: await self.upsert(person) for person in persons}

    async def set_supervisor(self, person_id: int, supervisor_id: int | None) -> None:
        self._records.people[person_id] = replace(self._records.people[person_id], supervisor_id=supervisor_id)

    async def set_hr_role(self, person_id: int, role: HrRole) -> None:
        self._records.people[person_id] = replace(self._records.people[person_id], hr_role=role)


class FakeAccounts(Repository):
    async def get(self, telegram_id: int) -> TelegramAccount | None:
        return self._records.accounts.get(telegram_id)

    async def of_person(self, person_id: int) -> TelegramAccount | None:
        return next((a for a in self._records.accounts.values() if a.person_id == person_id), None)

    async def link(self, telegram_id: int, person_id: int, now: datetime) -> TelegramAccount | None:
        former = await self.of_person(person_id)
        if former is not None and former.telegram_id == telegram_id:
            await self.set_unreachable(telegram_id, None)
            return None
        self._records.accounts.pop(telegram_id, None)
        if former is not None:
            del self._records.accounts[former.telegram_id]
        opted_out_at = former.opted_out_at if former else None
        self._records.accounts[telegram_id] = TelegramAccount(telegram_id, person_id, now, opted_out_at)
        return former

    async def unlink(self, telegram_id: int) -> None:
        self._records.accounts.pop(telegram_id, None)

    async def set_opted_out(self, telegram_id: int, at: datetime | None) -> None:
        if account := self._records.accounts.get(telegram_id):
            self._records.accounts[telegram_id] = replace(account, opted_out_at=at)

    async def set_awaited(self, telegram_id: int, awaited: Awaited | None) -> None:
        if account := self._records.accounts.get(telegram_id):
            self._records.accounts[telegram_id] = replace(account, awaits=awaited)

    async def set_unreachable(self, telegram_id: int, since: datetime | None) -> None:
        if account := self._records.accounts.get(telegram_id):
            self._records.accounts[telegram_id] = replace(account, unreachable_since=since)

    async def save_code(self, person_id: int, code_hash: str, expires_at: datetime) -> None:
        self._records.codes[person_id] = (code_hash, expires_at)

    async def take_code(self, code_hash: str) -> tuple[int, datetime] | None:
        for person_id, (stored, expires_at) in self._records.codes.items():
            if stored == code_hash:
                del self._records.codes[person_id]
                return person_id, expires_at
        return None

    async def wrong_tries(self, telegram_id: int, since: datetime) -> list[datetime]:
        return sorted(at for account, at in self._records.wrong_tries if account == telegram_id and at >= since)

    async def record_wrong_try(self, telegram_id: int, at: datetime) -> None:
        self._records.wrong_tries.append((telegram_id, at))

    async def clear_wrong_tries(self, telegram_id: int) -> None:
        self._records.wrong_tries[:] = [row for row in self._records.wrong_tries if row[0] != telegram_id]


class FakeCourses(Repository):
    async def get(self, course_code: str) -> Course | None:
        return self._records.courses.get(course_code)

    async def all(self) -> list[Course]:
        return sorted(self._records.courses.values(), key=lambda c: c.code)

    async def session(self, session_code: str) -> Session | None:
        return self._records.sessions.get(session_code)

    async def sessions_of(self, course_code: str) -> list[Session]:
        rows = [s for s in self._records.sessions.values() if s.course.code == course_code]
        return sorted(rows, key=lambda s: (s.starts_at, s.code))

    async def availability(self, now: datetime) -> list[Availability]:
        rows = [self._records.count_seats(s) for s in self._records.sessions.values() if s.is_open(now)]
        return sorted(rows, key=lambda a: (a.session.starts_at, a.session.code))

    async def coming(self, now: datetime) -> list[Availability]:
        rows = [self._records.count_seats(s) for s in self._records.sessions.values() if s.ends_at > now]
        return sorted(rows, key=lambda a: (a.session.starts_at, a.session.code))

    async def availability_of(self, session_code: str) -> Availability | None:
        session = self._records.sessions.get(session_code)
        return self._records.count_seats(session) if session else None

    async def lock_session(self, session_code: str) -> Availability | None:
        return await self.availability_of(session_code)

    async def share_session(self, session_code: str) -> None:
        """Transactions of the fake run one after the other anyway."""

    async def upsert_course(self, course: Course) -> None:
        self._records.courses[course.code] = course
        for session in await self.sessions_of(course.code):
            self._records.sessions[session.code] = replace(session, course=course)
        self._records.changed()

    async def upsert_session(self, session: Session) -> None:
        self._records.sessions[session.code] = replace(session, course=self._records.courses[session.course.code])
        self._records.changed()
