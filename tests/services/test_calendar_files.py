"""The calendar file, read back with the library a phone's makers could use."""

from datetime import timedelta

from icalendar import Calendar

from core.services.calendar_files import session_calendar
from tests.factories import SERVICE, session


def test_the_file_holds_one_event_with_an_alarm_a_day_before() -> None:
    room = session(SERVICE, place="BPSDM Jakarta; Gedung B, lantai 2")
    [event] = Calendar.from_ical(session_calendar(room)).walk("VEVENT")
    [alarm] = event.walk("VALARM")
    assert event.decoded("dtstart") == room.starts_at
    assert event.decoded("dtend") == room.ends_at
    assert str(event["summary"]) == "Pelayanan Prima di Loket dan Daring"
    assert str(event["location"]) == "BPSDM Jakarta; Gedung B, lantai 2"
    assert str(event["uid"]) == "ply-01-a@rekan-asn"
    assert alarm.decoded("trigger") == timedelta(days=-1)


def test_the_same_session_gives_the_same_bytes_and_lines_are_folded() -> None:
    content = session_calendar(session())
    assert content == session_calendar(session())
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode("utf-8")
