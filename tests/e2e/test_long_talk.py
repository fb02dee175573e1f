"""Who talks a lot must not wait longer for each answer."""

import sqlite3

from tests.e2e.system import Phone, System

TURNS = 16
READ_AT_MOST = 100
"""Events Rasa reads at a turn: nlu/sessions.py ends a session at 80, and the turn that crosses the line adds its own."""


def test_a_long_talk_is_read_in_short_sessions_and_keeps_its_thread(system: System) -> None:
    phone = Phone(system, 799_000_301)
    phone.send({"start": ""})
    phone.wait_for_text("Rekan ASN")
    for _ in range(TURNS):
        assert phone.say("terima kasih")["text"]
    assert _events_of_session(system, f"tg-{phone.user_id}") < READ_AT_MOST
    assert "12 hari kerja" in phone.say("cuti tahunan pns berapa hari?")["text"]


def _events_of_session(system: System, sender: str) -> int:
    with sqlite3.connect(f"file:{system.data_dir / 'rasa-tracker.db'}?mode=ro", uri=True) as tracker_store:
        started = "SELECT max(timestamp) FROM events WHERE sender_id = ?1 AND type_name = 'session_started'"
        count = f"SELECT count(*) FROM events WHERE sender_id = ?1 AND timestamp >= ({started})"
        (events,) = tracker_store.execute(count, (sender,)).fetchone()
    tracker_store.close()
    return int(events)
