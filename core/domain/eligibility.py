"""Who may enroll in what: the rules of the course against the person and their record. One sentence a rule at every edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.courses import Session
from core.domain.errors import (
    AlreadyCompleted,
    HoursCeilingReached,
    NotInAudience,
    NotThisEmployment,
    PrerequisiteMissing,
)
from core.domain.learning import PPPK_CEILING
from core.domain.people import Employment, Person, PositionLevel


@dataclass(frozen=True)
class Record:
    """What of a person's past a new enrollment depends on.

    `completed`: codes of the courses they went to. `done` and `booked`: JP of the year in which the session ends, without that
    session. `titles`: those of the required courses that are in the catalogue.
    """

    completed: frozenset[str] = frozenset()
    year: int = 0
    done: int = 0
    booked: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)


def has_ceiling(person: Person) -> bool:
    """Facts B06 and B07: PPPK may take so many JP a year; those in the highest positions are exempt."""
    return person.employment is Employment.PPPK and person.level is not PositionLevel.JPT


def require_eligible(person: Person, session: Session, record: Record) -> None:
    """Raises the EnrollmentRefused that applies, in the order a person would want to hear them."""
    course = session.course
    if not course.is_for(person.level):
        raise NotInAudience(course.code, tuple(sorted(course.audience)))
    if course.employment and person.employment not in course.employment:
        raise NotThisEmployment(course.code, tuple(sorted(course.employment)))
    if course.code in record.completed and not course.is_repeatable:
        raise AlreadyCompleted(course.code, course.title)
    missing = tuple(code for code in course.requires if code not in record.completed)
    if missing:
        raise PrerequisiteMissing(course.code, missing, tuple(record.titles.get(code, code) for code in missing))
    require_within_ceiling(person, session, record)


def require_within_ceiling(person: Person, session: Session, record: Record) -> None:
    """Raises HoursCeilingReached when the session would take the person past what their employment allows in its year."""
    hours = session.course.hours
    if has_ceiling(person) and record.done + record.booked + hours > PPPK_CEILING:
        raise HoursCeilingReached(session.code, hours, record.done, record.booked, PPPK_CEILING, record.year)
