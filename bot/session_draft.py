"""A session as far as an officer has described it in chat: what is asked next, what an answer makes of it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot import typed_times
from core.domain.campaign_content import check_text
from core.domain.courses import Course, Session
from core.domain.errors import BadSessionTimes, TimeFault
from core.services.sessions import PLACE_LIMIT

SEATS = (20, 30, 40, 60)
"""Offered by button."""
DAYS_BEFORE = (1, 3, 7)
"""How long before the start enrolling may close, by button."""
_SEATS = re.compile(r"([1-9][0-9]{0,4})(?: (?:kursi|orang|peserta))?")
_APPROVAL = re.compile(
    r"(?P<no>tidak|tdk|nggak|gak|ga|tanpa)? ?(?:ya|iya)?,? ?(?:perlu)? ?(?:persetujuan)?(?: atasan)?"
)
_TIMES = frozenset({"starts_at", "ends_at", "closes_at"})


class Part(StrEnum):
    COURSE = "course"
    TIMES = "times"
    PLACE = "place"
    SEATS = "seats"
    DEADLINE = "deadline"
    APPROVAL = "approval"
    SUMMARY = "summary"


_ORDER = tuple(Part)


@dataclass(frozen=True)
class Draft:
    """`asks`: what the officer is being asked; `place` may be a link."""

    asks: Part = Part.COURSE
    course: str = ""
    code: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    seats: int = 0
    closes_at: datetime | None = None
    needs_approval: bool | None = None
    has_waiting_list: bool = True

    def as_facts(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(self).items()
        }

    def asking(self, part: Part) -> "Draft":
        return replace(self, asks=part)

    def onward(self) -> "Draft":
        """Asks what is still missing; nothing: shows the whole."""
        return self.asking(next((part for part in _ORDER if not self._has(part)), Part.SUMMARY))

    def back(self) -> "Draft":
        """Asks what came before; the first question has nothing before it."""
        return self.asking(_ORDER[max(0, _ORDER.index(self.asks) - 1)])

    def with_course(self, course: Course, code: str) -> "Draft":
        return replace(self, course=course.code, code=code).onward()

    def with_times(self, starts_at: datetime, ends_at: datetime, now: datetime) -> "Draft":
        """Raises BadSessionTimes. A deadline that no longer fits is asked for anew."""
        after = replace(self, starts_at=starts_at, ends_at=ends_at)
        if self.closes_at is not None and self.closes_at > starts_at:
            after = replace(after, closes_at=None)
        if starts_at <= now:
            raise BadSessionTimes(TimeFault.START_IS_PAST)
        if ends_at <= starts_at:
            raise BadSessionTimes(TimeFault.ENDS_BEFORE_START)
        return after.onward()

    def with_deadline(self, closes_at: datetime, now: datetime) -> "Draft | None":
        """None for one that has passed. Raises BadSessionTimes for one after the start."""
        if self.starts_at is not None and closes_at > self.starts_at:
            raise BadSessionTimes(TimeFault.CLOSES_AFTER_START)
        return replace(self, closes_at=closes_at).onward() if closes_at > now else None

    def deadlines(self, now: datetime) -> list[tuple[int, datetime]]:
        """(days before the start, moment) of those offered by button."""
        if self.starts_at is None:
            return []
        moments = [(days, self.starts_at - timedelta(days=days)) for days in DAYS_BEFORE]
        return [(days, moment) for days, moment in moments if moment > now]

    def answered(self, words: str, now: datetime) -> "Draft | None":
        """What the typed words make of it; None: they do not answer what is asked. The course is not answered here.

        Raises BadSessionTimes, TextTooLong.
        """
        if self.asks is Part.TIMES:
            typed = typed_times.read(words)
            return self.with_times(typed.starts_at, typed.ends_at, now) if typed and typed.ends_at else None
        if self.asks is Part.DEADLINE:
            typed = typed_times.read(words)
            return self.with_deadline(typed.starts_at, now) if typed and typed.ends_at is None else None
        if self.asks is Part.PLACE:
            return replace(self, place=check_text(words, PLACE_LIMIT)).onward()
        if self.asks is Part.SEATS:
            number = _SEATS.fullmatch(words.lower().strip("."))
            return replace(self, seats=int(number[1])).onward() if number else None
        if self.asks is Part.APPROVAL:
            says = _APPROVAL.fullmatch(words.lower().strip(".!"))
            return replace(self, needs_approval=not says["no"]).onward() if says else None
        return None

    def session(self, course: Course) -> Session:
        """Of a whole draft."""
        assert self.starts_at is not None  # a whole one has all of them
        assert self.ends_at is not None
        assert self.closes_at is not None
        return Session(
            code=self.code,
            course=course,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            closes_at=self.closes_at,
            seats=self.seats,
            has_waiting_list=self.has_waiting_list,
            needs_approval=bool(self.needs_approval),
            place=self.place,
        )

    def _has(self, part: Part) -> bool:
        return {
            Part.COURSE: bool(self.course),
            Part.TIMES: self.starts_at is not None,
            Part.PLACE: bool(self.place),
            Part.SEATS: bool(self.seats),
            Part.DEADLINE: self.closes_at is not None,
            Part.APPROVAL: self.needs_approval is not None,
            Part.SUMMARY: False,
        }[part]


def read(facts: Mapping[str, Any]) -> Draft:
    """What `as_facts` wrote."""
    values: dict[str, Any] = dict(facts) | {"asks": Part(facts["asks"])}
    for name in _TIMES:
        values[name] = datetime.fromisoformat(facts[name]) if facts.get(name) else None
    return Draft(**values)


def is_moment(words: str) -> bool:
    return typed_times.read(words) is not None
