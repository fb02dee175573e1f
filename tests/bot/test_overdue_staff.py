"""/belumbaca and the word to supervisors: their own staff by name, and nothing of anybody else's."""

import pytest

from bot.texts import overdue_staff as texts
from bot.texts.notices import compose
from core.bootstrap import Services
from core.domain.messages import Kind
from tests.bot.conftest import Running
from tests.bot.test_reports import Office, released
from tests.factories import Cast, telegram_id


@pytest.fixture
def boss(running: Running, cast: Cast) -> Office:
    return Office(running, telegram_id(cast.bambang))


async def test_the_list_leads_to_the_names(boss: Office, services: Services, cast: Cast) -> None:
    await released(services, cast, needs_acknowledgement=True)
    await boss.say("/belumbaca")
    assert "2 dari 3 staf Anda belum" in boss.words
    await boss.press("2 belum")
    assert "2 dari 3 staf Anda belum" in boss.words
    assert "Joko" in boss.words
    assert "Budi" in boss.words
    assert "Sari" not in boss.words
    await boss.press(texts.BACK_BUTTON)
    assert "2 dari 3 staf Anda belum" in boss.words


async def test_who_was_not_reached_is_named_without_the_reason(
    running: Running, services: Services, cast: Cast
) -> None:
    await released(services, cast, needs_acknowledgement=True)
    boss = Office(running, telegram_id(cast.lina))
    await boss.say("/belumbaca")
    await boss.press("1 belum")
    assert "belum terjangkau lewat bot" in boss.words
    assert "blokir" not in boss.words


async def test_the_button_of_the_word_opens_the_names_as_they_are_now(
    boss: Office, services: Services, cast: Cast
) -> None:
    await released(services, cast, needs_acknowledgement=True)
    notice = compose(Kind.STAFF_OVERDUE, {"campaign_id": 1, "words": "Jam kerja", "staff": 3, "silent": 2})
    assert "2 dari 3 staf Anda belum" in notice.text
    from bot.callback_data import encode

    await boss.running.press(boss.who, encode(notice.buttons[0][1]))
    assert "Joko" in boss.words


async def test_who_has_no_staff_is_told_so(running: Running, services: Services, cast: Cast) -> None:
    await released(services, cast, needs_acknowledgement=True)
    employee = Office(running, telegram_id(cast.sari))
    await employee.say("/belumbaca")
    assert employee.words == texts.NO_STAFF
    await employee.running.press(employee.who, "1qb|1|1")
    assert "Joko" not in employee.words
    visitor = Office(running, 4711)
    await visitor.say("/belumbaca")
    assert "Joko" not in visitor.words


async def test_a_supervisor_without_campaigns_is_told_so(boss: Office) -> None:
    await boss.say("/belumbaca")
    assert boss.words == texts.NOTHING_ASKED
