"""The people of a session as HR reads them in chat: who withdrew, and why."""

from bot.callback_data import Verb, VerbPress, encode
from core.bootstrap import Services
from tests.bot.conftest import Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase


async def test_officers_read_who_withdrew_and_why(
    running: Running, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    await add_sessions(database, session())
    for someone, reason in ((cast.sari, "Bentrok *rapat*"), (cast.joko, None)):
        row = await services.enrollments.enroll(caller(someone), "TIK-02-A")
        await services.enrollments.cancel(caller(someone), row.enrollment.enrollment_id, reason)
    await services.enrollments.enroll(caller(cast.budi), "TIK-02-A")
    press = encode(VerbPress(Verb.LIST_PEOPLE, session_code="TIK-02-A"))
    (people,) = await running.press(telegram_id(cast.dewi), press)
    seated, gone = people.text.split("Sudah dibatalkan: 2")
    assert "Budi Hartono" in seated
    assert "1. Joko Prasetyo (NIP …004), Disdik\n" in gone
    assert gone.endswith("2. Sari Puspita (NIP …003), Disdik: Bentrok rapat")
    await running.press(telegram_id(cast.sari), press)
    assert "Bentrok" not in running.request.sent("editMessageText")[-1].text
    who = f"person:{cast.sari.person_id}"
    assert database.records.audit[-1] == ("press_refused", who, who, {"button": press})
