"""The list of a session in an officer's chat, from the room to the hours on record."""

import pytest

from core.bootstrap import Services
from core.domain.enrollment import Status
from tests.bot.conftest import Running
from tests.bot.offline import Call
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock

ROOM = session()


@pytest.fixture(autouse=True)
async def last_evening(services: Services, database: FakeDatabase, cast: Cast) -> None:
    """Sari, Joko and Budi had seats, Sari signed in, and the session is over."""
    await add_sessions(database, ROOM)
    for someone in (cast.sari, cast.joko, cast.budi):
        await services.enrollments.enroll(caller(someone), ROOM.code)
    clock = services.clock
    assert isinstance(clock, FixedClock)
    clock.moment = ROOM.starts_at
    shown = await services.attendances.code(caller(cast.dewi), ROOM.code)
    await services.attendances.sign_in(caller(cast.sari), shown.code)
    clock.pass_by(days=4)


def edited(running: Running) -> Call:
    return running.request.sent("editMessageText")[-1]


async def status_of(services: Services, cast: Cast, name: str) -> Status:
    (view,) = await services.enrollments.mine(caller(getattr(cast, name)))
    return view.enrollment.status


async def test_afterwards_the_command_shows_the_list(running: Running, cast: Cast) -> None:
    (listed,) = await running.say(telegram_id(cast.dewi), f"/kehadiran {ROOM.code}")
    assert "Hadir: 1" in listed.text
    assert "Belum tercatat: 2" in listed.text
    assert cast.sari.nip not in listed.text
    assert listed.buttons == [
        ("Hadir: Budi Hartono", "1hd|3"),
        ("Hadir: Joko Prasetyo", "1hd|2"),
        ("Semuanya hadir (2 orang)", f"1ha|{ROOM.code}"),
        ("Sahkan: 1 selesai, 2 tidak hadir", f"1sd|{ROOM.code}"),
    ]


async def test_marking_and_confirming_happen_in_the_same_message(
    running: Running, services: Services, cast: Cast
) -> None:
    dewi = telegram_id(cast.dewi)
    assert await running.press(dewi, "1hd|2") == []
    assert edited(running).buttons == [
        ("Hadir: Budi Hartono", "1hd|3"),
        ("Sahkan: 2 selesai, 1 tidak hadir", f"1sd|{ROOM.code}"),
    ]
    for _ in range(2):
        await running.press(dewi, f"1sd|{ROOM.code}")
        assert "Selesai, JP sudah dicatat: 2" in edited(running).text
        assert "Tidak hadir: 1" in edited(running).text
        assert edited(running).buttons == []
    assert await status_of(services, cast, "joko") is Status.COMPLETED
    assert await status_of(services, cast, "budi") is Status.NO_SHOW
    assert (await services.learning_hours.summary(caller(cast.joko))).done == 16


async def test_all_can_be_marked_present_at_once(running: Running, services: Services, cast: Cast) -> None:
    await running.press(telegram_id(cast.dewi), f"1ha|{ROOM.code}")
    assert edited(running).buttons == [("Sahkan: 3 selesai, 0 tidak hadir", f"1sd|{ROOM.code}")]


async def test_the_list_opens_by_button_beside_the_code(running: Running, cast: Cast) -> None:
    (listed,) = await running.press(telegram_id(cast.dewi), f"1dh|{ROOM.code}")
    assert "Daftar hadir" in listed.text


@pytest.mark.parametrize("data", [f"1dh|{ROOM.code}", "1hd|2", f"1ha|{ROOM.code}", f"1sd|{ROOM.code}"])
async def test_a_forged_press_changes_nothing(running: Running, services: Services, cast: Cast, data: str) -> None:
    await running.press(telegram_id(cast.joko), data)
    assert "hanya untuk petugas tim SDM" in edited(running).text
    assert await status_of(services, cast, "joko") is Status.CONFIRMED


async def test_before_the_first_day_there_is_neither_code_nor_list(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    later = session(letter="B", in_days=60)
    await add_sessions(database, later)
    (answer,) = await running.say(telegram_id(cast.dewi), f"/kehadiran {later.code}")
    assert "baru bisa ditampilkan mulai" in answer.text
