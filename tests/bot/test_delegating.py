"""/delegasi in chat: chosen with buttons or in one line, ended with a button, and nobody is tricked."""

from datetime import date

import pytest

from bot.texts import delegations as texts
from core.bootstrap import Services
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, caller, telegram_id


@pytest.fixture
def head(cast: Cast) -> int:
    return telegram_id(cast.bambang)


async def current(services: Services, cast: Cast) -> tuple[str, date] | None:
    view = await services.delegations.current(caller(cast.bambang))
    return (view.delegate.name, view.delegation.last_day) if view is not None else None


async def test_whom_and_until_when_are_chosen_with_buttons(
    running: Running, services: Services, cast: Cast, head: int
) -> None:
    (who,) = await running.say(head, "/delegasi")
    assert who.text.startswith("Siapa yang memutuskan")
    assert ("Budi Hartono, Petugas Loket", f"1dt|{cast.budi.person_id}") in who.buttons
    await running.press(head, f"1dt|{cast.budi.person_id}")
    edit = running.request.sent("editMessageText")[-1]
    assert [data for _, data in edit.buttons] == [
        f"1du|{cast.budi.person_id}|{day}" for day in (20261124, 20261127, 20261201, 20261208)
    ]
    assert await current(services, cast) is None
    await running.press(head, f"1du|{cast.budi.person_id}|20261127", message_id=78)
    assert await current(services, cast) == ("Budi Hartono", date(2026, 11, 27))
    edit = running.request.sent("editMessageText")[-1]
    assert "Jumat, 27 November 2026" in edit.text
    assert edit.buttons == [(texts.END_BUTTON, "1dx")]


@pytest.mark.parametrize(
    "words",
    [
        "/delegasi budi 5 Desember",
        "/delegasi Budi Hartono sampai tanggal 5 desember",
        "delegasikan ke budi sampai 5 desember 2026",
        "Delegasi kepada budi hingga tgl 5 des",
    ],
)
async def test_one_line_is_enough(
    running: Running, services: Services, rasa: FakeRasa, cast: Cast, head: int, words: str
) -> None:
    (answer,) = await running.say(head, words)
    assert await current(services, cast) == ("Budi Hartono", date(2026, 12, 5))
    assert answer.buttons == [(texts.END_BUTTON, "1dx")]
    assert rasa.asked == []


async def test_a_date_without_a_name_goes_along_with_the_buttons(running: Running, cast: Cast, head: int) -> None:
    (who,) = await running.say(head, "delegasi sampai tanggal 5 desember")
    assert f"1du|{cast.sari.person_id}|20261205" in [data for _, data in who.buttons]


async def test_what_runs_is_shown_and_ended(running: Running, services: Services, cast: Cast, head: int) -> None:
    await running.say(head, "/delegasi budi 5 Desember")
    (shown,) = await running.say(head, "/delegasi")
    assert "Budi Hartono" in shown.text
    await running.press(head, "1dx")
    assert await current(services, cast) is None
    await running.press(head, "1dx", message_id=78)
    assert texts.NOTHING_TO_END in running.request.sent("editMessageText")[-1].text


async def test_a_name_that_is_not_there_a_day_that_is_over_and_people_without_staff(
    running: Running, cast: Cast, head: int
) -> None:
    (answer,) = await running.say(head, "/delegasi lina 5 Desember")
    assert answer.text == texts.NOT_FOUND
    (answer,) = await running.say(head, "/delegasi budi 5 Desember 2025")
    assert "paling lama 90 hari" in answer.text
    (answer,) = await running.say(telegram_id(cast.sari), "/delegasi joko 5 Desember")
    assert "Belum ada pegawai" in answer.text


async def test_a_question_about_delegating_belongs_to_the_dialogue(
    running: Running, rasa: FakeRasa, cast: Cast, head: int
) -> None:
    await running.say(head, "delegasi wewenang itu apa ya")
    await running.say(telegram_id(cast.sari), "delegasi sampai kapan boleh?")
    assert len(rasa.asked) == 2


async def test_forged_people_are_refused(running: Running, services: Services, cast: Cast, head: int) -> None:
    await running.press(head, f"1du|{cast.lina.person_id}|20261127")
    assert "staf Anda sendiri" in running.request.sent("editMessageText")[-1].text
    await running.press(head, f"1dt|{cast.lina.person_id}", message_id=78)
    await running.press(telegram_id(cast.lina), f"1du|{cast.budi.person_id}|20261127", message_id=79)
    assert await current(services, cast) is None
