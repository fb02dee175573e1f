"""Declining with a reason: by button, in own words read back first, and no way into a dead end."""

import pytest

from bot.texts import approvals as texts
from core.bootstrap import Services
from core.domain.enrollment import Enrollment, Status
from core.domain.messages import Kind
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase


@pytest.fixture
async def asked(services: Services, database: FakeDatabase, cast: Cast) -> Enrollment:
    needs_approval = session(needs_approval=True)
    await add_sessions(database, needs_approval)
    return (await services.enrollments.enroll(caller(cast.sari), needs_approval.code)).enrollment


@pytest.fixture
def head(cast: Cast) -> int:
    return telegram_id(cast.bambang)


async def row(database: FakeDatabase, asked: Enrollment) -> Enrollment:
    return database.records.enrollments[asked.enrollment_id]


def keyboard(running: Running) -> list[tuple[str, str]]:
    return running.request.sent("editMessageReplyMarkup")[-1].buttons


async def test_tolak_offers_reasons_and_decides_nothing_yet(
    running: Running, database: FakeDatabase, asked: Enrollment, head: int
) -> None:
    number = asked.enrollment_id
    assert await running.press(head, f"1de|{number}") == []
    assert keyboard(running) == [
        *((reason, f"1db|{number}|{n}") for n, reason in enumerate(texts.DECLINE_REASONS, 1)),
        (texts.WRITE_REASON_BUTTON, f"1dw|{number}"),
        (texts.BACK_BUTTON, f"1dk|{number}"),
    ]
    assert (await row(database, asked)).status is Status.REQUESTED


async def test_a_reason_by_button_declines_and_the_person_is_told_it(
    running: Running, database: FakeDatabase, asked: Enrollment, head: int
) -> None:
    await running.press(head, f"1db|{asked.enrollment_id}|2")
    declined = await row(database, asked)
    assert (declined.status, declined.reason) == (Status.DECLINED, texts.DECLINE_REASONS[1])
    [told] = [m for m in database.records.messages.values() if m.kind is Kind.REQUEST_DECLINED]
    assert told.facts["reason"] == texts.DECLINE_REASONS[1]


async def test_kembali_brings_the_two_buttons_back(running: Running, asked: Enrollment, head: int) -> None:
    await running.press(head, f"1de|{asked.enrollment_id}")
    await running.press(head, f"1dk|{asked.enrollment_id}")
    assert [title for title, _ in keyboard(running)] == [texts.APPROVE_BUTTON, texts.DECLINE_BUTTON]


async def test_own_words_are_read_back_before_they_count(
    running: Running, rasa: FakeRasa, database: FakeDatabase, asked: Enrollment, head: int
) -> None:
    number = asked.enrollment_id
    (question,) = await running.press(head, f"1dw|{number}")
    assert "Sari Puspita" in question.text
    running.restart()
    (read_back,) = await running.say(head, "Pekan itu *ujian* sekolah")
    assert "“Pekan itu *ujian* sekolah”" in read_back.text
    assert [data for _, data in read_back.buttons] == [f"1dy|{number}", f"1dw|{number}", f"1dk|{number}"]
    assert (await row(database, asked)).status is Status.REQUESTED
    assert rasa.asked == []

    running.restart()
    await running.press(head, f"1dy|{number}", message_id=running.newest)

    declined = await row(database, asked)
    assert (declined.status, declined.reason) == (Status.DECLINED, "Pekan itu *ujian* sekolah")
    await running.say(head, "cuti tahunan berapa hari?")
    assert len(rasa.asked) == 1  # the dialogue has the floor again


@pytest.mark.parametrize("words", ["batal", "Tidak jadi.", "kembali"])
async def test_a_change_of_mind_while_writing_decides_nothing(
    running: Running, rasa: FakeRasa, database: FakeDatabase, asked: Enrollment, head: int, words: str
) -> None:
    await running.press(head, f"1dw|{asked.enrollment_id}")
    (answer,) = await running.say(head, words)
    assert answer.text == texts.NOT_DECLINED
    assert (await row(database, asked)).status is Status.REQUESTED
    await running.say(head, "halo")
    assert len(rasa.asked) == 1


async def test_a_command_or_a_button_of_the_dialogue_ends_the_wait(
    running: Running, rasa: FakeRasa, asked: Enrollment, head: int
) -> None:
    for interruption in (running.say(head, "/persetujuan"), running.press(head, "1lt")):
        await running.press(head, f"1dw|{asked.enrollment_id}")
        await interruption
        rasa.asked.clear()
        await running.say(head, "berapa jp saya")
        assert len(rasa.asked) == 1


async def test_a_reason_too_long_may_be_written_again(
    running: Running, database: FakeDatabase, asked: Enrollment, head: int
) -> None:
    await running.press(head, f"1dw|{asked.enrollment_id}")
    (refusal,) = await running.say(head, "x" * 301)
    assert "300" in refusal.text
    (read_back,) = await running.say(head, "Ujian sekolah")
    assert "Ujian sekolah" in read_back.text


async def test_a_yes_to_words_nobody_wrote_decides_nothing(
    running: Running, database: FakeDatabase, asked: Enrollment, head: int
) -> None:
    await running.press(head, f"1dy|{asked.enrollment_id}")
    assert (await row(database, asked)).status is Status.REQUESTED
    assert texts.REASON_FORGOTTEN in running.request.sent("editMessageText")[-1].text


async def test_words_for_one_request_do_not_decline_another(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, asked: Enrollment, head: int
) -> None:
    other = (await services.enrollments.enroll(caller(cast.budi), asked.session.code)).enrollment
    await running.press(head, f"1dw|{asked.enrollment_id}")
    await running.say(head, "Ujian sekolah")
    await running.press(head, f"1dy|{other.enrollment_id}", message_id=running.newest)
    assert (await row(database, other)).status is Status.REQUESTED


async def test_an_earlier_yes_is_none_to_words_written_later(
    running: Running, database: FakeDatabase, asked: Enrollment, head: int
) -> None:
    for words in ("Ujian sekolah", "Bukan itu, anggaran habis"):
        await running.press(head, f"1dw|{asked.enrollment_id}")
        await running.say(head, words)
    await running.press(head, f"1dy|{asked.enrollment_id}", message_id=running.newest - 2)
    assert (await row(database, asked)).status is Status.REQUESTED
    await running.press(head, f"1dy|{asked.enrollment_id}", message_id=running.newest)
    assert (await row(database, asked)).reason == "Bukan itu, anggaran habis"
    await running.press(head, f"1dy|{asked.enrollment_id}", message_id=running.newest)
    assert "sudah ditolak" in running.request.sent("editMessageText")[-1].text


@pytest.mark.parametrize("verb", ["de", "dw", "db"])
async def test_a_stranger_declines_nothing(
    running: Running, database: FakeDatabase, cast: Cast, asked: Enrollment, verb: str
) -> None:
    data = f"1{verb}|{asked.enrollment_id}" + ("|1" if verb == "db" else "")
    await running.press(telegram_id(cast.lina), data)
    assert "atasan pegawai yang bersangkutan" in running.request.sent("editMessageText")[-1].text
    assert (await row(database, asked)).status is Status.REQUESTED


@pytest.mark.parametrize("verb", ["de", "dw"])
async def test_once_decided_the_old_buttons_say_so(
    running: Running, cast: Cast, asked: Enrollment, head: int, verb: str
) -> None:
    await running.press(head, f"1ap|{asked.enrollment_id}")
    await running.press(head, f"1{verb}|{asked.enrollment_id}", message_id=78)
    assert "sudah disetujui" in running.request.sent("editMessageText")[-1].text


async def test_decided_by_somebody_else_while_writing(
    running: Running, services: Services, cast: Cast, asked: Enrollment, head: int
) -> None:
    await running.press(head, f"1dw|{asked.enrollment_id}")
    await services.enrollments.decide_request(caller(cast.dewi), asked.enrollment_id, approve=True)
    (answer,) = await running.say(head, "Ujian sekolah")
    assert "sudah disetujui" in answer.text


async def test_reasons_under_a_message_that_cannot_be_changed_come_as_a_new_one(
    running: Running, asked: Enrollment, head: int
) -> None:
    running.request.fail("editMessageReplyMarkup", 400, "Bad Request: message can't be edited")
    (answer,) = await running.press(head, f"1de|{asked.enrollment_id}")
    assert answer.text == texts.CHOOSE_REASON
    assert len(answer.buttons) == len(texts.DECLINE_REASONS) + 2
