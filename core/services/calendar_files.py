"""A session as a calendar file (RFC 5545) that a phone can open."""

from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from core.domain.courses import Session, SessionStatus


def session_calendar(session: Session) -> bytes:
    """UTF-8 `.ics` with one event, stable UID, alarm a day before. Written with the icalendar library.

    The same session gives the same bytes, so a file fetched again replaces the event instead of adding one. A moved session
    has a higher SEQUENCE, a cancelled one says CANCEL: either makes a calendar put the file in place of what it holds.
    """
    is_cancelled = session.status is SessionStatus.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Rekan ASN//Pelatihan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{session.code.lower()}@rekan-asn")
    # DTSTAMP is required and says when the file was made; the start keeps the file the same from day to day
    event.add("dtstamp", session.starts_at)
    event.add("sequence", session.sequence)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", session.course.title)
    event.add("location", session.place)
    event.add("description", f"{session.course.summary}\n{session.course.hours} JP · {session.code}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Besok: {session.course.title}")
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
