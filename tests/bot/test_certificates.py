"""Certificates in chat: the document by button, the check by the QR, and the page itself."""

from dataclasses import replace

import pytest

from bot.callback_data import Verb, VerbPress, parse_payload
from bot.certificate_pdf import certificate_pdf
from bot.texts.certificates import CERTIFICATE_BUTTON
from bot.texts.notices import compose
from core.bootstrap import Services
from core.domain.messages import Kind
from core.services.certificates import OwnCertificate
from tests.bot.conftest import Running
from tests.factories import Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock

ROOM = session()


@pytest.fixture
async def own(services: Services, database: FakeDatabase, cast: Cast) -> OwnCertificate:
    """Sari completed the session, Joko did not come."""
    await add_sessions(database, ROOM)
    for someone in (cast.sari, cast.joko):
        await services.enrollments.enroll(caller(someone), ROOM.code)
    clock = services.clock
    assert isinstance(clock, FixedClock)
    clock.moment = ROOM.ends_at
    await services.attendance_lists.confirm(None, ROOM.code, absent_nips=[cast.joko.nip], everybody_came=True)
    (mine,) = await services.certificates.mine(caller(cast.sari))
    return await services.certificates.of_mine(caller(cast.sari), mine.enrollment_id)


def start_of(own: OwnCertificate) -> str:
    return f"/start cek_{own.certificate.number.replace('-', '')}"


async def test_the_button_of_the_good_news_brings_the_document(
    running: Running, own: OwnCertificate, cast: Cast
) -> None:
    notice = compose(
        Kind.TRAINING_COMPLETED,
        {
            "enrollment_id": own.enrollment.enrollment_id,
            "session_code": ROOM.code,
            "title": ROOM.course.title,
            "starts_at": ROOM.starts_at.isoformat(),
            "ends_at": ROOM.ends_at.isoformat(),
            "hours": 16,
        },
    )
    assert notice.buttons[0] == (CERTIFICATE_BUTTON, VerbPress(Verb.CERTIFICATE, own.enrollment.enrollment_id))
    await running.press(telegram_id(cast.sari), f"1sf|{own.enrollment.enrollment_id}")
    (document,) = running.request.sent("sendDocument")
    assert own.certificate.number in document.data["caption"]


async def test_somebody_elses_document_is_not_sent(running: Running, own: OwnCertificate, cast: Cast) -> None:
    (answer,) = await running.press(telegram_id(cast.budi), f"1sf|{own.enrollment.enrollment_id}")
    assert "bukan milik Anda" in answer.text
    assert running.request.sent("sendDocument") == []


async def test_who_did_not_come_is_told_why_there_is_none(
    running: Running, services: Services, own: OwnCertificate, cast: Cast
) -> None:
    (view,) = await services.enrollments.mine(caller(cast.joko))
    (answer,) = await running.press(telegram_id(cast.joko), f"1sf|{view.enrollment.enrollment_id}")
    assert "belum ada; keadaannya: tidak hadir" in answer.text


async def test_anybody_can_check_a_number_and_learns_no_more_than_needed(
    running: Running, own: OwnCertificate, cast: Cast
) -> None:
    (answer,) = await running.say(4321, start_of(own))
    assert "sah" in answer.text
    assert "Sari P••••••" in answer.text
    assert "Puspita" not in answer.text
    assert ROOM.course.title in answer.text
    (wrong,) = await running.say(4321, "/start cek_RA2026AAAABBBB")
    assert "tidak terdaftar" in wrong.text


async def test_a_certificate_taken_back_is_no_longer_valid(
    running: Running, services: Services, own: OwnCertificate, cast: Cast
) -> None:
    await services.attendance_lists.correct(None, ROOM.code, cast.sari.nip, 0, "Tanda tangan orang lain")
    (answer,) = await running.say(4321, start_of(own))
    assert "dicabut" in answer.text
    assert "Sari" not in answer.text
    await services.attendance_lists.correct(None, ROOM.code, cast.sari.nip, 16, "Bukti diterima")
    (answer,) = await running.say(4321, start_of(own))
    assert "sah" in answer.text


async def test_the_page_is_one_pdf_and_the_same_each_time(own: OwnCertificate) -> None:
    made = certificate_pdf(own, "https://t.me/RekanASNBot?start=cek_RA2026AAAABBBB")
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") == 1
    assert made == certificate_pdf(own, "https://t.me/RekanASNBot?start=cek_RA2026AAAABBBB")


async def test_long_names_and_titles_and_signs_beyond_latin_are_drawn_too(own: OwnCertificate) -> None:
    person = replace(own.person, name="Ir. H. Raden Mas Éko “Wahyu” Ḥasan – " + "Kusumawardhani " * 8)
    assert certificate_pdf(replace(own, person=person), "https://t.me/x").startswith(b"%PDF-")


@pytest.mark.parametrize(
    "payload", ["/certificate_file", '/certificate_file{"enrollment": "0"}', '/certificate_file{"session": "TIK-02-A"}']
)
def test_a_button_of_the_dialogue_for_no_row_is_none(payload: str) -> None:
    assert parse_payload(payload) is None


def test_a_button_of_the_dialogue_becomes_the_bots_own() -> None:
    assert parse_payload('/certificate_file{"enrollment": "12"}') == VerbPress(Verb.CERTIFICATE, 12)
