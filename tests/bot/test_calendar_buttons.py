"""The calendar button of the dialogue: the file of a session, for everybody who may see the catalogue."""

import pytest

from bot.callback_data import parse_payload
from core.domain.courses import SessionStatus
from tests.bot.conftest import FakeRasa, Running
from tests.factories import add_sessions, session
from tests.fakes import FakeDatabase

STRANGER = 4_242
PAYLOAD = '/calendar_file{"session": "TIK-02-A"}'


async def test_the_calendar_button_of_the_dialogue_brings_the_session_to_anybody(
    running: Running, database: FakeDatabase, rasa: FakeRasa
) -> None:
    await add_sessions(database, session())
    rasa.reply = {
        "messages": [{"text": "Rincian", "buttons": [{"title": "Kalender", "payload": PAYLOAD}]}],
        "trace": {"intent": "training_details", "actions": []},
    }
    (shown,) = await running.say(STRANGER, "rincian TIK-02")
    assert shown.buttons == [("Kalender", "1il|TIK-02-A")]
    await running.press(STRANGER, "1il|TIK-02-A")
    (document,) = running.request.sent("sendDocument")
    ((name, content, _),) = document.files.values()
    assert name == "TIK-02-A.ics"
    assert b"SUMMARY:Analisis Data" in content


async def test_the_calendar_of_a_cancelled_session_is_not_handed_out(running: Running, database: FakeDatabase) -> None:
    await add_sessions(database, session(status=SessionStatus.CANCELLED))
    await running.press(STRANGER, "1il|TIK-02-A")
    assert running.request.sent("sendDocument") == []
    assert "dibatalkan" in running.request.sent("editMessageText")[-1].text


async def test_the_calendar_of_a_session_that_never_was_is_refused_calmly(running: Running) -> None:
    await running.press(STRANGER, "1il|XXX-99-Z")
    assert running.request.sent("sendDocument") == []


@pytest.mark.parametrize(
    "entities", ["", '{"session": ""}', '{"session": "a|b"}', '{"session": "A", "enrollment": "1"}']
)
def test_a_calendar_button_of_another_form_is_left_out(entities: str) -> None:
    assert parse_payload(f"/calendar_file{entities}") is None
