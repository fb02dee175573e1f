"""The room in chat: an officer shows the code, staff sign in by link or by typing."""

from datetime import timedelta

import pytest

from bot.texts import attendance as texts
from bot.texts.attendance_lists import LIST_BUTTON
from core.bootstrap import Services
from core.domain.enrollment import Status
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock

ROOM = session()
CODE_BUTTONS = [(texts.REFRESH_BUTTON, f"1sk|{ROOM.code}"), (LIST_BUTTON, f"1dh|{ROOM.code}")]


@pytest.fixture(autouse=True)
async def first_morning(services: Services, database: FakeDatabase, cast: Cast) -> None:
    """Sari has a seat, and the session begins."""
    await add_sessions(database, ROOM)
    await services.enrollments.enroll(caller(cast.sari), ROOM.code)
    clock_of(services).moment = ROOM.starts_at


def clock_of(services: Services) -> FixedClock:
    assert isinstance(services.clock, FixedClock)
    return services.clock


async def code_now(services: Services, cast: Cast) -> str:
    return (await services.attendances.code(caller(cast.dewi), ROOM.code)).code


async def status_of_sari(services: Services, cast: Cast) -> Status:
    (view,) = await services.enrollments.mine(caller(cast.sari))
    return view.enrollment.status


async def test_an_officer_shows_code_and_link_and_staff_sign_in_with_the_link(
    running: Running, services: Services, rasa: FakeRasa, cast: Cast
) -> None:
    (shown,) = await running.say(telegram_id(cast.dewi), f"/kehadiran {ROOM.code.lower()}")
    code = await code_now(services, cast)
    link = f"https://t.me/RekanASNBot?start=hadir_{code}"
    assert code in shown.text
    assert link in shown.text
    assert shown.buttons == CODE_BUTTONS
    (answer,) = await running.say(telegram_id(cast.sari), f"/start {link.partition('start=')[2]}")
    assert "Kehadiran Anda tercatat" in answer.text
    assert "4 Desember 2026" in answer.text
    assert await status_of_sari(services, cast) is Status.ATTENDED
    assert rasa.asked == []


async def test_typing_the_code_twice_gives_the_same_answer(running: Running, services: Services, cast: Cast) -> None:
    code = await code_now(services, cast)
    (first,) = await running.say(telegram_id(cast.sari), f"/hadir {code[:3].lower()} {code[3:].lower()}")
    (again,) = await running.say(telegram_id(cast.sari), f"/hadir {code}")
    assert "tercatat di" in first.text
    assert "sudah tercatat sebelumnya di" in again.text


async def test_the_button_puts_the_next_code_into_the_same_message(
    running: Running, services: Services, cast: Cast
) -> None:
    old = await code_now(services, cast)
    clock_of(services).pass_by(minutes=5)
    assert await running.press(telegram_id(cast.dewi), f"1sk|{ROOM.code}") == []
    edit = running.request.sent("editMessageText")[-1]
    assert old not in edit.text
    assert await code_now(services, cast) in edit.text
    assert edit.buttons == CODE_BUTTONS


@pytest.mark.parametrize("text", ["/kehadiran", "/kehadiran TIK-02-A"])
async def test_nobody_but_officers_is_shown_a_code(running: Running, cast: Cast, text: str) -> None:
    (answer,) = await running.say(telegram_id(cast.bambang), text)
    assert "hanya untuk petugas tim SDM" in answer.text


async def test_a_forged_button_shows_no_code(running: Running, services: Services, cast: Cast) -> None:
    code = await code_now(services, cast)
    await running.press(telegram_id(cast.sari), f"1sk|{ROOM.code}")
    edit = running.request.sent("editMessageText")[-1]
    assert "hanya untuk petugas tim SDM" in edit.text
    assert code not in edit.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/hadir", "/hadir K7M2QX"),
        ("/hadir 222222", "masih ada 4 kesempatan"),
        ("/start hadir_", "tidak cocok"),
        ("/kehadiran", "hanya untuk petugas"),
    ],
)
async def test_what_misses_something_is_told_what(running: Running, cast: Cast, text: str, words: str) -> None:
    (answer,) = await running.say(telegram_id(cast.sari), text)
    assert words in answer.text


async def test_an_officer_who_names_no_session_is_told_how(running: Running, cast: Cast) -> None:
    (answer,) = await running.say(telegram_id(cast.dewi), "/kehadiran")
    assert answer.text == texts.SESSION_WANTED


async def test_somebody_without_a_seat_is_told_so_calmly(running: Running, services: Services, cast: Cast) -> None:
    (answer,) = await running.say(telegram_id(cast.budi), f"/hadir {await code_now(services, cast)}")
    assert "Anda belum terdaftar di" in answer.text
    assert "belum saya catat" in answer.text


async def test_an_old_code_is_told_to_have_changed(running: Running, services: Services, cast: Cast) -> None:
    code = await code_now(services, cast)
    clock_of(services).moment += timedelta(minutes=11)
    (answer,) = await running.say(telegram_id(cast.sari), f"/hadir {code}")
    assert "sudah berganti" in answer.text


async def test_a_visitor_with_the_link_is_asked_to_link_the_account(
    running: Running, services: Services, cast: Cast
) -> None:
    (answer,) = await running.say(4321, f"/start hadir_{await code_now(services, cast)}")
    assert "Hubungkan akun" in answer.text
