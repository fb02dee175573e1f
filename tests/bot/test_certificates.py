"""Certificates in chat: the document by button, the check by the QR, and the page itself."""

from dataclasses import replace

import pytest
from telegram import Bot

from bot.callback_data import Verb, VerbPress, parse_payload
from bot.certificate_files import CertificateFiles
from bot.certificate_pdf import certificate_pdf
from bot.messenger import TelegramMessenger
from bot.texts.certificates import CERTIFICATE_BUTTON
from bot.texts.notices import compose
from core.bootstrap import Services
from core.domain.messages import Kind, Message
from core.services.certificates import OwnCertificate
from tests.bot.conftest import Running
from tests.bot.offline import OfflineRequest
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


async def test_the_button_of_the_good_news_brings_the_document_again(
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


@pytest.fixture
def sender(request_: OfflineRequest, services: Services) -> TelegramMessenger:
    """As the scheduler has it: its bot has not asked Telegram for its own name yet."""
    bot = Bot("123456:offline", request=request_, get_updates_request=request_)
    return TelegramMessenger(bot, certificates=CertificateFiles(services.certificates.issued))


def good_news(database: FakeDatabase, own: OwnCertificate, kind: Kind = Kind.TRAINING_COMPLETED) -> Message:
    (row,) = [m for m in database.records.messages.values() if m.kind is kind and m.person_id == own.person.person_id]
    return replace(row, telegram_id=telegram_id(own.person))


async def test_the_good_news_brings_the_document_itself(
    sender: TelegramMessenger, request_: OfflineRequest, database: FakeDatabase, own: OwnCertificate
) -> None:
    row = good_news(database, own)
    assert row.facts["certificate"] == own.certificate.number
    for _ in range(2):
        await sender.send(row)
    first, second = request_.sent("sendDocument")
    assert "Selamat" in first.data["caption"]
    assert own.certificate.number in first.data["caption"]
    assert [title for title, _ in first.buttons] == [CERTIFICATE_BUTTON, "JP saya"]
    ((name, content, kind),) = first.files.values()
    assert (name, kind) == ("sertifikat-TIK-02-A.pdf", "application/pdf")
    assert content.startswith(b"%PDF")
    assert second.files == first.files  # sent again after a crash it is the same document
    assert request_.sent() == []
    assert [call.method for call in request_.calls].count("getMe") == 1


async def test_a_certificate_revoked_before_the_news_went_out_does_not_go_with_it(
    sender: TelegramMessenger,
    request_: OfflineRequest,
    services: Services,
    database: FakeDatabase,
    own: OwnCertificate,
) -> None:
    row = good_news(database, own)
    await services.attendance_lists.correct(None, ROOM.code, own.person.nip, 0, "Salah orang")
    await sender.send(row)
    assert request_.sent("sendDocument") == []
    assert len(request_.sent()) == 1


async def test_a_correction_brings_the_document_as_it_stands_now(
    sender: TelegramMessenger,
    request_: OfflineRequest,
    services: Services,
    database: FakeDatabase,
    own: OwnCertificate,
) -> None:
    await services.attendance_lists.correct(None, ROOM.code, own.person.nip, 8, "Hadir satu hari")
    await sender.send(good_news(database, own, Kind.HOURS_CORRECTED))
    (document,) = request_.sent("sendDocument")
    assert "8 JP" in document.data["caption"]


async def test_a_certificate_that_cannot_be_drawn_does_not_keep_the_news_back(
    request_: OfflineRequest, database: FakeDatabase, own: OwnCertificate
) -> None:
    async def broken(_: int) -> OwnCertificate:
        raise ValueError

    bot = Bot("123456:offline", request=request_, get_updates_request=request_)
    await TelegramMessenger(bot, certificates=CertificateFiles(broken)).send(good_news(database, own))
    assert len(request_.sent()) == 1


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
