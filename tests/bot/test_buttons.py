"""Presses: decided once, harmless when doubled, old or forged, and never left spinning."""

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.callback_data import Verb
from bot.handlers.buttons import VERBS
from bot.texts import approvals as texts
from bot.texts import general
from bot.texts.refusals import refusal_text
from core.bootstrap import Services
from core.domain.enrollment import Enrollment, Status
from core.domain.errors import UnknownEnrollment
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase

QUESTION = {
    "text": "Daftar?",
    "buttons": [{"title": "Ya", "payload": "/affirm"}, {"title": "Tidak", "payload": "/deny"}],
}


def edits(running: Running) -> list[offline.Call]:
    return running.request.sent("editMessageText")


def acknowledged(running: Running) -> int:
    return len(running.request.sent("answerCallbackQuery"))


def test_every_verb_has_a_handler() -> None:
    assert set(VERBS) == set(Verb)


async def test_a_button_of_the_dialogue_is_passed_on_as_payload(running: Running, rasa: FakeRasa) -> None:
    (answer,) = await running.press(700, "1cs|TIK-01-A")
    assert rasa.asked == [
        {"sender": "tg-700", "payload": {"intent": "choose_session", "entities": {"session": "TIK-01-A"}}}
    ]
    assert answer.text == "Baik."
    assert acknowledged(running) == 1
    assert edits(running) == []


async def test_a_final_choice_is_answered_first_and_then_written_under_its_question(
    running: Running, rasa: FakeRasa
) -> None:
    await running.press(700, "1ya")
    methods = [call.method for call in running.request.calls]
    assert methods.index("sendMessage") < methods.index("editMessageText")
    (edit,) = edits(running)
    assert edit.text == "Pertanyaan\n\n› Pilih ini"
    assert edit.buttons == []


async def test_a_double_press_is_taken_once(running: Running, rasa: FakeRasa) -> None:
    await running.press(700, "1ya")
    assert await running.press(700, "1ya") == []
    assert len(rasa.asked) == 1
    assert acknowledged(running) == 2


async def test_yes_to_an_older_question_is_not_taken_as_yes_to_the_newest(running: Running, rasa: FakeRasa) -> None:
    rasa.reply["messages"] = [QUESTION]
    await running.say(700, "daftar TIK-01")
    await running.say(700, "daftar TIK-02")
    newest = max(running.request._result("sendMessage", {"chat_id": 700})["message_id"] - 1, 0)
    rasa.asked.clear()
    await running.press(700, "1ya", message_id=newest - 1)
    assert rasa.asked == []
    assert general.OLD_BUTTON in edits(running)[-1].text
    await running.press(700, "1ya", message_id=newest)
    assert len(rasa.asked) == 1


async def test_a_choice_that_did_not_get_through_can_be_made_again(running: Running, rasa: FakeRasa) -> None:
    rasa.answer = lambda _: httpx.Response(500)
    (calm,) = await running.press(700, "1ya")
    assert calm.text == general.NOT_READY
    assert edits(running) == []
    rasa.answer = None
    (answer,) = await running.press(700, "1ya")
    assert answer.text == "Baik."


@pytest.mark.parametrize("data", ["", "0ap|1", "1zz", "1ap|x", "/restart", '/affirm{"x":1}', "🙂" * 16])
async def test_a_button_nobody_made_gets_a_calm_text(running: Running, rasa: FakeRasa, data: str) -> None:
    (answer,) = await running.press(700, data)
    assert answer.text == general.OLD_BUTTON
    assert rasa.asked == []
    assert acknowledged(running) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.one_of(st.text(max_size=64), st.from_regex(r"1[a-z]{2}(\|.{0,20}){0,3}", fullmatch=True)))
async def test_hostile_data_never_ends_in_trouble(running: Running, data: str) -> None:
    before = acknowledged(running)
    answers = await running.press(700, data)
    assert general.TROUBLE not in [call.text for call in answers]
    assert acknowledged(running) == before + 1


async def test_a_press_under_a_message_telegram_no_longer_shows_still_works(running: Running, rasa: FakeRasa) -> None:
    chat = {"id": 700, "type": "private", "first_name": "X"}
    gone = {"message_id": 5, "date": 0, "chat": chat}
    (answer,) = await running.deliver(callback_query=offline.press(700, gone, "1ya"))
    assert answer.text == "Baik."
    assert edits(running) == []


async def test_a_press_too_old_to_acknowledge_is_worked_on(running: Running) -> None:
    running.request.fail("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    (answer,) = await running.press(700, "1lt")
    assert answer.text == "Baik."


async def test_an_unexpected_error_leaves_no_button_spinning(
    running: Running, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explode(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(type(services.enrollments), "decide_request", explode)
    (answer,) = await running.press(700, "1ap|1")
    assert answer.text == general.TROUBLE
    assert acknowledged(running) == 1


# --- the bot's own verbs ---


@pytest.fixture
async def request_of_sari(services: Services, database: FakeDatabase, cast: Cast) -> Enrollment:
    needs_approval = session(needs_approval=True)
    await add_sessions(database, needs_approval)
    return (await services.enrollments.enroll(caller(cast.sari), needs_approval.code)).enrollment


async def status_of(services: Services, enrollment: Enrollment) -> Status:
    async with services.unit_of_work() as work:
        row = await work.enrollments.get(enrollment.enrollment_id)
    assert row is not None
    return row.status


@pytest.mark.parametrize(
    ("verb", "status", "word"), [("ap", Status.CONFIRMED, "Disetujui"), ("db", Status.DECLINED, "Ditolak")]
)
async def test_the_supervisor_decides_and_the_message_keeps_the_outcome(
    running: Running,
    services: Services,
    cast: Cast,
    request_of_sari: Enrollment,
    verb: str,
    status: Status,
    word: str,
) -> None:
    data = f"1{verb}|{request_of_sari.enrollment_id}" + ("|1" if verb == "db" else "")
    answers = await running.press(telegram_id(cast.bambang), data)
    assert await status_of(services, request_of_sari) is status
    (edit,) = edits(running)
    assert word in edit.text
    assert "24 November 2026 pukul 10.00 WIB" in edit.text
    assert edit.text.startswith("Pertanyaan")
    assert edit.buttons == []
    assert answers == []


async def test_deciding_again_states_how_it_stands(
    running: Running, services: Services, cast: Cast, request_of_sari: Enrollment
) -> None:
    await running.press(telegram_id(cast.bambang), f"1ap|{request_of_sari.enrollment_id}")
    await running.press(telegram_id(cast.bambang), f"1de|{request_of_sari.enrollment_id}", message_id=78)
    assert "sudah disetujui" in edits(running)[-1].text
    assert await status_of(services, request_of_sari) is Status.CONFIRMED


async def test_another_supervisor_decides_nothing(
    running: Running, services: Services, cast: Cast, request_of_sari: Enrollment
) -> None:
    await running.press(telegram_id(cast.lina), f"1ap|{request_of_sari.enrollment_id}")
    assert await status_of(services, request_of_sari) is Status.REQUESTED
    assert "atasan pegawai yang bersangkutan" in edits(running)[-1].text


async def test_a_visitor_decides_nothing(running: Running, services: Services, request_of_sari: Enrollment) -> None:
    (answer,) = await running.press(700, f"1ap|{request_of_sari.enrollment_id}")
    assert "/start" in answer.text
    assert await status_of(services, request_of_sari) is Status.REQUESTED


async def test_an_outcome_that_cannot_be_written_under_the_message_is_said(
    running: Running, cast: Cast, request_of_sari: Enrollment
) -> None:
    running.request.fail("editMessageText", 400, "Bad Request: message can't be edited")
    (answer,) = await running.press(telegram_id(cast.bambang), f"1ap|{request_of_sari.enrollment_id}")
    assert "Disetujui" in answer.text


async def test_persetujuan_lists_each_request_with_its_buttons(
    running: Running, cast: Cast, request_of_sari: Enrollment
) -> None:
    (request,) = await running.say(telegram_id(cast.bambang), "/persetujuan")
    assert "Sari Puspita" in request.text
    assert request.buttons == [
        ("Setujui", f"1ap|{request_of_sari.enrollment_id}"),
        ("Tolak", f"1de|{request_of_sari.enrollment_id}"),
    ]


async def test_persetujuan_without_requests_says_so(running: Running, cast: Cast) -> None:
    assert [call.text for call in await running.say(telegram_id(cast.lina), "/persetujuan")] == [texts.NO_REQUESTS]


async def test_the_calendar_file_of_an_own_seat_is_sent(
    running: Running, cast: Cast, request_of_sari: Enrollment
) -> None:
    await running.press(telegram_id(cast.sari), f"1ic|{request_of_sari.enrollment_id}")
    (document,) = running.request.sent("sendDocument")
    ((name, content, kind),) = document.files.values()
    assert name == f"{request_of_sari.session.code}.ics"
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert kind == "text/calendar"


async def test_the_calendar_of_somebody_elses_seat_is_not_sent(
    running: Running, cast: Cast, request_of_sari: Enrollment
) -> None:
    await running.press(telegram_id(cast.joko), f"1ic|{request_of_sari.enrollment_id}")
    (changed,) = edits(running)
    assert refusal_text(UnknownEnrollment(str(request_of_sari.enrollment_id))) in changed.text
    assert running.request.sent("sendDocument") == []
