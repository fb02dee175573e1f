"""Policy sections whose validity runs out: HR officers hear of it beforehand, and again when it has."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from core.domain.calendar import at_jakarta, jakarta
from core.domain.knowledge import Section
from core.domain.messages import Kind, NewMessage
from core.domain.people import Person
from core.domain.working_days import Holidays, is_office_time
from core.ports import Clock, UnitOfWorkFactory

NOTICE_DAYS = {"month": 30, "week": 7}
"""So many days before the last valid day HR is told, under these names."""
EXPIRED = "expired"
_LASTS = timedelta(days=14)


class KnowledgeChecks:
    """Called by a tick; a second call, or one after a crash, finds the rows there and writes none."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock, holidays: Holidays = frozenset()) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._holidays = holidays

    async def remind(self) -> int:
        """Returns how many messages are new: one for each officer, day of expiry and stage, in office hours only."""
        now = self._clock.now()
        if not is_office_time(now, self._holidays):
            return 0
        today = jakarta(now).date()
        async with self._unit_of_work() as uow:
            by_day: dict[date, list[Section]] = defaultdict(list)
            for section in await uow.knowledge.expiring(today + timedelta(days=max(NOTICE_DAYS.values()))):
                assert section.expires is not None  # that is what was asked for
                by_day[section.expires].append(section)
            officers = await uow.people.hr_officers() if by_day else []
            new = await uow.outbox.add(
                _row(officer, day, sections, today, now) for day, sections in by_day.items() for officer in officers
            )
            await uow.commit()
        return new


def stage(expires: date, today: date) -> str:
    """How near the end is; of a day within 30 days of `today`, or past."""
    if expires < today:
        return EXPIRED
    return "week" if expires - today <= timedelta(days=NOTICE_DAYS["week"]) else "month"


def _row(officer: Person, expires: date, sections: list[Section], today: date, now: datetime) -> NewMessage:
    at = stage(expires, today)
    return NewMessage(
        key=f"knowledge_due:{expires}:{at}:{officer.person_id}",
        kind=Kind.KNOWLEDGE_DUE,
        facts={
            "expires": expires.isoformat(),
            "is_expired": at == EXPIRED,
            "sections": [
                {
                    "section_id": section.section_id,
                    "title": section.title,
                    "document": section.document_title,
                    "checked_by": section.checked_by,
                }
                for section in sections
            ],
        },
        due_at=now,
        expires_at=now + _LASTS if at == EXPIRED else at_jakarta(expires + timedelta(days=1), time(0)),
        person_id=officer.person_id,
    )
