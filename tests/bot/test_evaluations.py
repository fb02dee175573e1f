"""The evaluation in chat: one number, then words or none, and nothing said twice."""

import pytest

from bot.render import Button, render
from bot.texts import evaluations as texts
from bot.texts.notices import compose
from core.bootstrap import Services
from core.domain.enrollment import Enrollment
from core.domain.evaluations import SessionEvaluations
from core.domain.messages import Kind
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock

ROOM = session()


@pytest.fixture
async def completed(services: Services, database: FakeDatabase, cast: Cast) -> Enrollment:
    """Sari completed the session, Joko did not come."""
    await add_sessions(database, ROOM)
    row = (await services.enrollments.enroll(caller(cast.sari), ROOM.code)).enrollment
    await services.enrollments.enroll(caller(cast.joko), ROOM.code)
    clock_of(services).moment = ROOM.ends_at
    await services.attendance_lists.confirm(None, ROOM.code, absent_nips=[cast.joko.nip], everybody_came=True)
    return row


def clock_of(services: Services) -> FixedClock:
    assert isinstance(services.clock, FixedClock)
    return services.clock


def outcome(running: Running) -> tuple[str, list[tuple[str, str]]]:
    edit = running.request.sent("editMessageText")[-1]
    return edit.text, edit.buttons


async def report(services: Services) -> SessionEvaluations:
    (row,) = await services.evaluations.by_session()
    return row


def test_the_five_numbers_stand_side_by_side() -> None:
    notice = compose(
        Kind.EVALUATION_REQUEST, {"enrollment_id": 1, "session_code": ROOM.code, "title": ROOM.course.title}
    )
    (outgoing,) = render(notice.text, [Button(title, press) for title, press in notice.buttons])
    assert outgoing.keyboard is not None
    assert [[key.text for key in row] for row in outgoing.keyboard.inline_keyboard] == [["1", "2", "3", "4", "5"]]


async def test_a_number_then_a_comment(
    running: Running, services: Services, rasa: FakeRasa, cast: Cast, completed: Enrollment
) -> None:
    sari, number = telegram_id(cast.sari), completed.enrollment_id
    await running.press(sari, f"1ra|{number}|4")
    text, buttons = outcome(running)
    assert "4 dari 5" in text
    assert buttons == [(texts.COMMENT_BUTTON, f"1km|{number}")]
    (asked,) = await running.press(sari, f"1km|{number}")
    assert asked.text == texts.WRITE_COMMENT
    running.restart()
    (thanks,) = await running.say(sari, "Ruangannya dingin, materinya bagus.")
    assert thanks.text == texts.COMMENTED
    assert rasa.asked == []
    found = await report(services)
    assert (found.completed, found.answers, found.average) == (1, 1, 4.0)
    assert found.comments == ("Ruangannya dingin, materinya bagus.",)


async def test_once_only(running: Running, services: Services, cast: Cast, completed: Enrollment) -> None:
    sari, number = telegram_id(cast.sari), completed.enrollment_id
    await running.press(sari, f"1ra|{number}|4")
    await running.press(sari, f"1ra|{number}|4")
    assert "✓ Nilai Anda: 4" in outcome(running)[0]
    await running.press(sari, f"1ra|{number}|1")
    assert "sudah tersimpan: 4" in outcome(running)[0]
    for words in ("Bagus sekali", "Sekali lagi"):
        await running.press(sari, f"1km|{number}")
        (last,) = await running.say(sari, words)
    assert last.text == texts.COMMENTED_BEFORE
    assert (await report(services)).comments == ("Bagus sekali",)


@pytest.mark.parametrize("words", ["batal", "Tidak jadi."])
async def test_a_changed_mind_keeps_the_number(
    running: Running, services: Services, cast: Cast, completed: Enrollment, words: str
) -> None:
    sari, number = telegram_id(cast.sari), completed.enrollment_id
    await running.press(sari, f"1ra|{number}|5")
    await running.press(sari, f"1km|{number}")
    assert [c.text for c in await running.say(sari, words)] == [texts.NO_COMMENT]
    assert (await report(services)).comments == ()


async def test_what_is_typed_much_later_or_after_a_command_is_no_comment(
    running: Running, services: Services, rasa: FakeRasa, cast: Cast, completed: Enrollment
) -> None:
    sari, number = telegram_id(cast.sari), completed.enrollment_id
    await running.press(sari, f"1ra|{number}|5")
    await running.press(sari, f"1km|{number}")
    clock_of(services).pass_by(minutes=30)
    await running.say(sari, "cuti besar berapa lama?")
    await running.press(sari, f"1km|{number}")
    await running.say(sari, "/bantuan")
    await running.say(sari, "jp saya berapa")
    assert len(rasa.asked) == 2
    assert (await report(services)).comments == ()


@pytest.mark.parametrize(
    ("who", "choice", "words"),
    [("joko", 4, "mencatat Anda tidak hadir"), ("budi", 4, "bukan milik Anda"), ("sari", 9, "1 sampai 5")],
)
async def test_only_those_who_completed_it_are_asked(
    running: Running, services: Services, cast: Cast, completed: Enrollment, who: str, choice: int, words: str
) -> None:
    number = completed.enrollment_id + (1 if who == "joko" else 0)
    await running.press(telegram_id(getattr(cast, who)), f"1ra|{number}|{choice}")
    assert words in outcome(running)[0]
    assert (await report(services)).answers == 0
