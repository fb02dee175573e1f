"""What the columns of the registry's files mean: rows into people, units, courses and sessions.

Each reader notes problems on its row; the value it returns is good only if the row is.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from core.domain.calendar import at_jakarta
from core.domain.courses import Course, Mode, Session, UnitQuota
from core.domain.people import Employment, Person, PositionLevel, Unit
from core.domain.row_problems import Fault
from core.services.csv_rows import Row
from core.services.phones import read_phone

PEOPLE = ("nip", "name", "phone", "unit_code", "position", "level", "employment", "supervisor_nip", "is_hr")
UNITS = ("code", "name", "short_name", "parent")
COURSES = ("code", "title", "competency", "level", "hours", "mode", "audience", "summary")
SESSIONS = ("session_code", "course_code", "seats", "waiting_list", "needs_approval", "place")
FIXED = ("starts_at", "ends_at", "closes_at")
RELATIVE = ("starts_in_days", "duration_days", "enrolment_closes_days_before")

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_QUOTA = re.compile(r"(?P<unit>[A-Za-z0-9-]+)\s*[:=]\s*(?P<seats>[0-9]{1,6})")
_CODE_LIMIT = 24
"""Codes travel in 64 bytes of button data."""
_OPENS = time(8, 0)
_ENDS = time(16, 0)
_CLOSES = time(23, 59)


def plain_nip(written: str) -> str:
    """Without blanks, and without the apostrophe that marks a text in spreadsheets."""
    return "".join(written.lstrip("'").split())


def nip_of(row: Row, column: str) -> str:
    """18 digits: facts J01 (PNS) and J06 (PPPK). Spreadsheets like to turn them into 1,99E+17."""
    value = plain_nip(row.optional(column))
    if value and not re.fullmatch(r"[0-9]{18}", value):
        if re.fullmatch(r"[0-9][.,][0-9]+[eE]\+[0-9]+", value):
            row.fail(column, Fault.NIP_MANGLED)
        else:
            row.fail(column, Fault.NIP_LENGTH, length=len(value))
    return value


def read_person(row: Row, units: Mapping[str, Unit]) -> Person:
    """Without id and supervisor, which need the other rows."""
    nip = nip_of(row, "nip")
    if not nip:
        row.fail("nip", Fault.REQUIRED)
    nip_of(row, "supervisor_nip")
    code = row.text("unit_code").upper()
    unit = units.get(code)
    if unit is None:
        if code:
            row.fail("unit_code", Fault.UNKNOWN_UNIT, code=code)
        unit = Unit(code, code, code)
    written = row.optional("phone")
    phone = read_phone(written) if written else None
    if written and phone is None:
        row.fail("phone", Fault.NOT_A_PHONE)
    return Person(
        person_id=0,
        nip=nip,
        name=row.text("name", 200),
        unit=unit,
        position=row.text("position", 200),
        level=row.choice("level", {level.value: level for level in PositionLevel}),
        employment=row.choice("employment", {kind.value.lower(): kind for kind in Employment}),
        phone=phone,
        is_hr=row.yes_no("is_hr"),
        is_sample=row.yes_no("is_sample"),
    )


def read_unit(row: Row) -> Unit:
    return Unit(
        code=code_of(row, "code"),
        name=row.text("name"),
        short_name=row.text("short_name"),
        parent=row.optional("parent").upper() or None,
    )


def read_course(row: Row) -> Course:
    audience = [word.strip().lower() for word in re.split(r"[;,|/]", row.text("audience"))]
    levels = {level.value: level for level in PositionLevel}
    unknown = [word for word in audience if word not in levels and word != "semua"]
    if unknown and any(audience):
        row.fail("audience", Fault.NOT_AN_OPTION, value=", ".join(unknown), options=("semua", *levels))
    return Course(
        code=code_of(row, "code"),
        employment=_employment(row),
        requires=_codes(row, "requires"),
        is_repeatable=row.yes_no("repeatable"),
        title=row.text("title"),
        competency=row.text("competency"),
        level=row.text("level"),
        hours=row.number("hours", 1, 1000),
        mode=row.choice("mode", {mode.value: mode for mode in Mode}),
        audience=frozenset() if "semua" in audience else frozenset(levels[w] for w in audience if w in levels),
        summary=row.text("summary", 1000),
    )


def _employment(row: Row) -> frozenset[Employment]:
    """Empty, `semua`, or the kinds of civil servant the course is for."""
    kinds = {kind.value.lower(): kind for kind in Employment}
    words = [word.lower() for word in _split(row.optional("employment"))]
    unknown = [word for word in words if word not in kinds and word != "semua"]
    if unknown:
        row.fail("employment", Fault.NOT_AN_OPTION, value=", ".join(unknown), options=("semua", "PNS", "PPPK"))
    return frozenset() if "semua" in words else frozenset(kinds[word] for word in words if word in kinds)


def _codes(row: Row, column: str) -> tuple[str, ...]:
    codes = tuple(word.upper() for word in _split(row.optional(column)))
    for code in codes:
        if not _CODE.fullmatch(code):
            row.fail(column, Fault.NOT_A_CODE, value=code)
    return codes


def _split(cell: str) -> list[str]:
    return [word.strip() for word in re.split(r"[;,|/]", cell) if word.strip()]


def read_session(row: Row, courses: Mapping[str, Course], today: date) -> Session:
    """Times are Jakarta's. Relative rows count days from `today`, from 08:00 to 16:00 or `starts_clock` to `ends_clock`."""
    course = courses.get(row.text("course_code").upper())
    if course is None:
        if row.optional("course_code"):
            row.fail("course_code", Fault.UNKNOWN_COURSE, code=row.optional("course_code"))
        course = Course("", "", "", "", 0, Mode.DARING, frozenset(), "")
    starts_at, ends_at, closes_at = _relative_times(row, today) if "starts_in_days" in row.cells else _times(row)
    return Session(
        code=code_of(row, "session_code"),
        course=course,
        starts_at=starts_at,
        ends_at=ends_at,
        closes_at=closes_at,
        seats=row.number("seats", 1),
        has_waiting_list=row.yes_no("waiting_list"),
        needs_approval=row.yes_no("needs_approval"),
        place=row.text("place"),
        quotas=_quotas(row),
    )


def _quotas(row: Row) -> tuple[UnitQuota, ...]:
    """`DISDIK:15; DINKES:5`."""
    quotas: dict[str, UnitQuota] = {}
    for part in _split(row.optional("unit_quotas")):
        match = _QUOTA.fullmatch(part)
        if match is None:
            row.fail("unit_quotas", Fault.NOT_A_QUOTA, value=part)
        else:
            quotas[match["unit"].upper()] = UnitQuota(match["unit"].upper(), int(match["seats"]))
    return tuple(quotas[unit] for unit in sorted(quotas))


def code_of(row: Row, column: str) -> str:
    code = row.text(column, _CODE_LIMIT).upper()
    if code and not _CODE.fullmatch(code):
        row.fail(column, Fault.NOT_A_CODE, value=code)
    return code


def _times(row: Row) -> tuple[datetime, datetime, datetime]:
    starts_at, ends_at, closes_at = (row.moment(column) for column in FIXED)
    if row.is_good and ends_at <= starts_at:
        row.fail("ends_at", Fault.ENDS_BEFORE_START)
    if row.is_good and closes_at > starts_at:
        row.fail("closes_at", Fault.CLOSES_AFTER_START)
    return starts_at, ends_at, closes_at


def _relative_times(row: Row, today: date) -> tuple[datetime, datetime, datetime]:
    first = today + timedelta(days=row.number("starts_in_days", 0, 3650))
    last = first + timedelta(days=row.number("duration_days", 1, 365) - 1)
    closing = first - timedelta(days=row.number("enrolment_closes_days_before", 0, 365))
    starts_at = at_jakarta(first, _clock(row, "starts_clock", _OPENS))
    ends_at = at_jakarta(last, _clock(row, "ends_clock", _ENDS))
    if row.is_good and ends_at <= starts_at:
        row.fail("ends_clock", Fault.ENDS_BEFORE_START)
    return starts_at, ends_at, min(at_jakarta(closing, _CLOSES), starts_at)


def _clock(row: Row, column: str, otherwise: time) -> time:
    written = row.optional(column)
    if not written:
        return otherwise
    try:
        return time.fromisoformat(written)
    except ValueError:
        row.fail(column, Fault.NOT_A_CLOCK, value=written)
        return otherwise
