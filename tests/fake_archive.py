"""The fake database's attendance, certificates, learning hours, knowledge, audit, updates and erasing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.domain.attendance import Presence
from core.domain.certificates import Certificate
from core.domain.courses import Session
from core.domain.delegation import Delegation
from core.domain.enrollment import HOLDS_SEAT, Status
from core.domain.evaluations import Evaluation, SessionEvaluations
from core.domain.learning import HoursEntry
from core.domain.people import Person
from core.domain.ticket_knowledge import EntryStatus
from tests.fake_records import next_id
from tests.fake_repositories import Repository


class FakeAttendance(Repository):
    async def secret_of(self, session_code: str, fresh: bytes, now: datetime) -> bytes:
        return self._records.attendance_secrets.setdefault(session_code, fresh)

    async def running(self, starts_before: datetime, ends_after: datetime) -> list[tuple[Session, bytes]]:
        rows = [(self._records.sessions[code], secret) for code, secret in self._records.attendance_secrets.items()]
        rows = [row for row in rows if row[0].starts_at <= starts_before and row[0].ends_at >= ends_after]
        return sorted(rows, key=lambda row: (row[0].starts_at, row[0].code))

    async def note(self, presence: Presence) -> bool:
        key = (presence.enrollment_id, presence.day)
        return self._records.presences.setdefault(key, presence) is presence

    async def note_all(self, presences: Sequence[Presence]) -> None:
        for presence in presences:
            await self.note(presence)

    async def of_session(self, session_code: str) -> list[Presence]:
        enrollments = self._records.enrollments
        rows = [
            p for p in self._records.presences.values() if enrollments[p.enrollment_id].session.code == session_code
        ]
        return sorted(rows, key=lambda p: (p.day, p.at, p.enrollment_id))

    async def wrong_tries(self, person_id: int, since: datetime) -> list[datetime]:
        return sorted(at for person, at in self._records.wrong_attendance_tries if person == person_id and at >= since)

    async def record_wrong_try(self, person_id: int, at: datetime) -> None:
        self._records.wrong_attendance_tries.append((person_id, at))

    async def clear_wrong_tries(self, person_id: int) -> None:
        tries = self._records.wrong_attendance_tries
        tries[:] = [row for row in tries if row[0] != person_id]


class FakeCertificates(Repository):
    async def issue(self, enrollment_id: int, number: str, now: datetime) -> Certificate:
        known = self._records.certificates.get(enrollment_id) or Certificate(number, enrollment_id, now)
        self._records.certificates[enrollment_id] = replace(known, revoked_at=None)
        return self._records.certificates[enrollment_id]

    async def issue_all(self, numbers: Mapping[int, str], now: datetime) -> dict[int, Certificate]:
        return {number: await self.issue(number, text, now) for number, text in numbers.items()}

    async def revoke(self, enrollment_id: int, now: datetime) -> None:
        known = self._records.certificates.get(enrollment_id)
        if known is not None and known.is_valid:
            self._records.certificates[enrollment_id] = replace(known, revoked_at=now)

    async def get(self, number: str) -> Certificate | None:
        return next((c for c in self._records.certificates.values() if c.number == number), None)

    async def of_enrollment(self, enrollment_id: int) -> Certificate | None:
        return self._records.certificates.get(enrollment_id)

    async def of_person(self, person_id: int) -> list[Certificate]:
        enrollments = self._records.enrollments
        rows = [c for c in self._records.certificates.values() if enrollments[c.enrollment_id].person_id == person_id]
        return sorted(rows, key=lambda c: (c.issued_at, c.number))


class FakeEvaluations(Repository):
    async def add(self, evaluation: Evaluation) -> bool:
        return self._records.evaluations.setdefault(evaluation.enrollment_id, evaluation) is evaluation

    async def get(self, enrollment_id: int) -> Evaluation | None:
        return self._records.evaluations.get(enrollment_id)

    async def set_comment(self, enrollment_id: int, comment: str) -> bool:
        known = self._records.evaluations.get(enrollment_id)
        if known is None or known.comment is not None:
            return False
        self._records.evaluations[enrollment_id] = replace(known, comment=comment)
        return True

    async def by_session(self) -> list[SessionEvaluations]:
        completed: dict[str, list[int]] = {}
        for row in self._records.enrollments.values():
            if row.status is Status.COMPLETED:
                completed.setdefault(row.session.code, []).append(row.enrollment_id)
        sessions = sorted(completed, key=lambda code: self._records.sessions[code].ends_at, reverse=True)
        return [self._counted(code, completed[code]) for code in sessions]

    def _counted(self, session_code: str, completed: list[int]) -> SessionEvaluations:
        given = [self._records.evaluations[row] for row in completed if row in self._records.evaluations]
        return SessionEvaluations(
            session_code,
            self._records.sessions[session_code].course.title,
            len(completed),
            len(given),
            round(sum(one.rating for one in given) / len(given), 2) if given else None,
            tuple(sorted(one.comment for one in given if one.comment)),
        )


class FakeCompetencies(Repository):
    async def requirements(self) -> dict[str, set[str]]:
        return self._records.requirements

    async def taught(self) -> dict[str, set[str]]:
        return self._records.taught

    async def of_person(self, person_id: int) -> set[str]:
        return self._records.person_competencies.get(person_id, set())

    async def colleagues(self, person: Person) -> dict[str, int]:
        took: dict[str, set[int]] = {}
        for row in self._records.enrollments.values():
            other = self._records.people[row.person_id]
            has_seat = row.status in HOLDS_SEAT - {Status.NO_SHOW, Status.OFFERED}
            if has_seat and other.position == person.position and other.person_id != person.person_id:
                took.setdefault(row.session.course.code, set()).add(other.person_id)
        return {code: len(ids) for code, ids in took.items()}

    async def replace_requirements(self, lists: Mapping[str, Collection[str]]) -> None:
        self._records.requirements.update({name: set(listed) for name, listed in lists.items()})

    async def replace_taught(self, lists: Mapping[str, Collection[str]]) -> None:
        self._records.taught.update({name: set(listed) for name, listed in lists.items()})

    async def replace_of_people(self, lists: Mapping[int, Collection[str]]) -> None:
        self._records.person_competencies.update({person_id: set(listed) for person_id, listed in lists.items()})


class FakeHours(Repository):
    async def of_person(self, person_id: int, year: int) -> list[HoursEntry]:
        rows = [h for h in self._records.hours if h.person_id == person_id and h.earned_on.year == year]
        return sorted(rows, key=lambda h: h.earned_on)

    async def by_year(self, person_id: int) -> dict[int, int]:
        years: dict[int, int] = {}
        for entry in self._records.hours:
            if entry.person_id == person_id:
                years[entry.earned_on.year] = years.get(entry.earned_on.year, 0) + entry.hours
        return years

    async def short_of(
        self, hours: int, year: int, *, key_prefix: str, linked_before: datetime, after: int, limit: int
    ) -> list[tuple[Person, int]]:
        told = {message.key for message in self._records.messages.values()}
        found = []
        for account in self._records.accounts.values():
            person = self._records.people[account.person_id]
            earned = (await self.by_year(person.person_id)).get(year, 0)
            if (
                person.person_id > after
                and account.linked_at < linked_before
                and account.opted_out_at is None
                and account.unreachable_since is None
                and earned < hours
                and f"{key_prefix}{person.person_id}" not in told
            ):
                found.append((person, earned))
        return sorted(found, key=lambda row: row[0].person_id)[:limit]

    async def titles(self, person_id: int) -> set[str]:
        own = [entry for entry in self._records.hours if entry.person_id == person_id]
        return {e.title for e in own if sum(other.hours for other in own if other.title == e.title) > 0}

    async def of_enrollment(self, enrollment_id: int) -> list[HoursEntry]:
        return [h for h in self._records.hours if h.enrollment_id == enrollment_id]

    async def add(self, entry: HoursEntry) -> None:
        if entry.enrollment_id is not None and entry.reason is None:
            assert not [h for h in await self.of_enrollment(entry.enrollment_id) if h.reason is None], "unique index"
        self._records.hours.append(entry)

    async def add_all(self, entries: Sequence[HoursEntry]) -> None:
        for entry in entries:
            await self.add(entry)


class FakeDelegations(Repository):
    async def add(self, supervisor_id: int, delegate_id: int, starts_at: datetime, ends_at: datetime) -> Delegation:
        made = Delegation(next_id(self._records.delegations), supervisor_id, delegate_id, starts_at, ends_at)
        self._records.delegations[made.delegation_id] = made
        return made

    async def active_of(self, supervisor_id: int, now: datetime) -> Delegation | None:
        rows = [d for d in self._records.delegations.values() if d.supervisor_id == supervisor_id and d.is_active(now)]
        return rows[-1] if rows else None

    async def held_by(self, delegate_id: int, now: datetime) -> list[Delegation]:
        rows = [d for d in self._records.delegations.values() if d.delegate_id == delegate_id and d.is_active(now)]
        return rows[::-1]

    async def end(self, delegation_id: int, now: datetime) -> None:
        self._records.delegations[delegation_id] = replace(self._records.delegations[delegation_id], ended_at=now)


class FakeAudit(Repository):
    async def record(
        self, action: str, now: datetime, *, actor: str, subject: str, facts: dict[str, Any] | None = None
    ) -> None:
        self._records.audit.append((action, actor, subject, facts or {}))
        self._records.audited_at.append(now)

    async def of_subject(self, subject: str) -> list[tuple[str, str]]:
        return [(action, actor) for action, actor, about, _ in self._records.audit if about == subject]

    async def record_all(
        self, action: str, now: datetime, *, actor: str, subjects: Mapping[str, dict[str, Any]]
    ) -> None:
        for subject, facts in subjects.items():
            await self.record(action, now, actor=actor, subject=subject, facts=facts)

    async def counts(self, subjects: Collection[str]) -> dict[str, int]:
        return {subject: len(await self.of_subject(subject)) for subject in subjects}

    async def trail(self, subject: str) -> list[tuple[datetime, str, str]]:
        rows = zip(self._records.audited_at, self._records.audit, strict=True)
        return [(at, action, actor) for at, (action, actor, about, _) in rows if about == subject]


class FakeUpdates(Repository):
    async def begin(self, update_id: int, worker: str, now: datetime) -> bool:
        known = self._records.updates.get(update_id)
        if known is not None and (known[2] is not None or known[0] == worker):
            return False
        self._records.updates[update_id] = (worker, now, None)
        return True

    async def finish(self, update_id: int, now: datetime) -> None:
        worker, begun_at, _ = self._records.updates[update_id]
        self._records.updates[update_id] = (worker, begun_at, now)

    async def forget_before(self, moment: datetime) -> int:
        old = [i for i, (_, begun_at, _done) in self._records.updates.items() if begun_at < moment]
        for update_id in old:
            del self._records.updates[update_id]
        return len(old)


class FakePersonalData(Repository):
    async def erase(self, person_id: int, telegram_id: int, now: datetime) -> None:
        records = self._records
        records.accounts.pop(telegram_id, None)
        records.codes.pop(person_id, None)
        records.wrong_tries[:] = [row for row in records.wrong_tries if row[0] != telegram_id]
        for key in [key for key in records.pulses if key[1] == person_id]:
            del records.pulses[key]
        tries = records.wrong_attendance_tries
        tries[:] = [row for row in tries if row[0] != person_id]
        for number, enrollment in records.enrollments.items():
            if enrollment.person_id == person_id:
                records.enrollments[number] = replace(enrollment, reason=None)
        for row, evaluation in records.evaluations.items():
            if records.enrollments[row].person_id == person_id:
                records.evaluations[row] = replace(evaluation, comment="")
        for message_id, message in list(records.messages.items()):
            if message.person_id == person_id or message.telegram_id == telegram_id:
                del records.messages[message_id]
        for number, ticket in records.tickets.items():
            if ticket.person_id == person_id:
                records.tickets[number] = replace(ticket, question="", answer=None)
                entry = records.entries.get(number)
                if entry is not None and entry.status in (EntryStatus.DRAFT, EntryStatus.IN_REVIEW):
                    del records.entries[number]
