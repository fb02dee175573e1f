"""HR's sessions on a phone: looking, changing by one typed line and a yes, calling off; and what is refused."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot.callback_data import DialoguePress, Verb, VerbPress, encode
from bot.context import Memory
from bot.texts import sessions as texts
from core.bootstrap import Services
from core.domain.courses import SessionStatus
from core.domain.enrollment import Status
from core.domain.messages import Kind
from tests.bot.conftest import FakeRasa, Running
from tests.bot.offline import Call
from tests.factories import VALUES, Cast, add_sessions, caller, session, telegram_id
from tests.fakes import FakeDatabase, FixedClock


@pytest.fixture
async def room(services: Services, database: FakeDatabase, cast: Cast) -> str:
    """Sari and Joko hold the seats of TIK-02-A, Budi waits."""
    await add_sessions(database, session(seats=2), session(VALUES, in_days=30))
    for someone in (cast.sari, cast.joko, cast.budi):
        await services.enrollments.enroll(caller(someone), "TIK-02-A")
    return "TIK-02-A"


def about(verb: Verb, code: str = "TIK-02-A") -> str:
    return encode(VerbPress(verb, session_code=code))


def shown(running: Running) -> Call:
    """What the pressed message became, or what was said instead."""
    return [call for call in running.request.calls if call.method in ("editMessageText", "sendMessage")][-1]


def data_of(call: Call, title: str) -> str:
    return dict(call.buttons)[title]


async def test_the_list_leads_to_a_session_and_its_people_without_a_full_nip(
    running: Running, cast: Cast, room: str
) -> None:
    dewi = telegram_id(cast.dewi)
    (listed,) = await running.say(dewi, "/kelas")
    assert "2 dari 2 kursi terisi, 1 antre" in listed.text
    await running.press(dewi, data_of(listed, "TIK-02-A · 2/2"))
    details = shown(running)
    assert "Pendaftaran dibuka sampai Rabu, 2 Desember 2026 pukul 10.00 WIB" in details.text
    assert [title for title, _ in details.buttons] == [
        "Daftar peserta",
        "Ubah waktu",
        "Ubah tempat",
        "Ubah kursi",
        "Ubah batas pendaftaran",
        "Tutup pendaftaran",
        "Batalkan kelas",
        "‹ Semua kelas",
    ]
    (people,) = await running.press(dewi, data_of(details, "Daftar peserta"))
    assert "Sari Puspita" in people.text
    assert "Dalam daftar tunggu: 1" in people.text
    assert not re.search(r"\d{4,}", people.text.replace(room, ""))
    await running.press(dewi, data_of(people, "Unduh sebagai Excel"))
    (sent,) = running.request.sent("sendDocument")
    ((name, content, _),) = sent.files.values()
    cells = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
    assert name == "peserta-TIK-02-A.xlsx"
    assert [row[0] for row in cells] == ["Nama", "Budi Hartono", "Joko Prasetyo", "Sari Puspita"]
    assert cells[3][1] == "•" * 15 + cast.sari.nip[-3:]
    await running.press(dewi, data_of(people, "‹ Kelas ini"))
    await running.press(dewi, data_of(shown(running), "‹ Semua kelas"))
    assert "Kelas yang akan datang" in shown(running).text


async def test_a_session_can_be_named_at_once_and_an_unknown_one_is_said_so(
    running: Running, cast: Cast, room: str
) -> None:
    (details,) = await running.say(telegram_id(cast.dewi), "/kelas tik-02-a")
    assert "Analisis Data dengan Spreadsheet" in details.text
    (answer,) = await running.say(telegram_id(cast.dewi), "/kelas XXX-01-A")
    assert "Jadwal itu sudah tidak ada" in answer.text


async def test_a_new_time_is_typed_shown_back_and_counts_after_the_yes(
    running: Running, services: Services, cast: Cast, room: str, rasa: FakeRasa
) -> None:
    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CHANGE_TIME))
    assert "satu baris" in shown(running).text
    (again,) = await running.say(dewi, "minggu depan saja")
    assert again.text == texts.NOT_A_TIME
    (asked,) = await running.say(dewi, "Senin, 14 Desember 2026 pukul 08.00 sampai 15 Des 2026 16.00")
    assert "14–15 Desember 2026, 08.00–16.00 WIB" in asked.text
    assert "Semula: 4–5 Desember 2026" in asked.text
    assert "3 orang akan dikabari" in asked.text
    assert (await services.catalogue.session(room)).sequence == 0
    await running.press(dewi, data_of(asked, "Ya, ubah"), message_id=newest(running))
    assert "3 orang saya kabari" in shown(running).text
    assert (await services.catalogue.session(room)).sequence == 1
    assert rasa.asked == []  # none of it was talk


def newest(running: Running) -> int:
    """The id that Telegram gave to the message sent last."""
    return 1000 + len([c for c in running.request.calls if c.method in ("sendMessage", "sendDocument")]) - 1


async def test_a_new_place_is_shown_back_and_can_be_dropped(
    running: Running, services: Services, cast: Cast, room: str, rasa: FakeRasa
) -> None:
    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CHANGE_PLACE))
    (asked,) = await running.say(dewi, "Aula lantai 2, BPSDM")
    assert "Tempat: Aula lantai 2, BPSDM" in asked.text
    await running.press(dewi, data_of(asked, "Jangan"))
    assert "Daring (Zoom)" in shown(running).text
    await running.say(dewi, "halo")
    assert len(rasa.asked) == 1  # nothing is waited for any more
    await running.press(dewi, about(Verb.CHANGE_PLACE))
    (stopped,) = await running.say(dewi, "Batal.")
    assert stopped.text == texts.NOTHING_CHANGED
    assert (await services.catalogue.session(room)).place == "Daring (Zoom)"


async def test_calling_off_wants_a_reason_and_a_yes_and_tells_everybody(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, room: str
) -> None:
    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CANCEL_SESSION))
    assert "3 orang akan dikabari" in shown(running).text
    (asked,) = await running.say(dewi, "Pengajar berhalangan")
    assert "Alasan yang mereka baca: Pengajar berhalangan" in asked.text
    for _ in range(2):  # a double tap
        await running.press(dewi, data_of(asked, "Ya, batalkan kelas"), message_id=newest(running))
    assert "dibatalkan" in shown(running).text
    told = [m for m in database.records.messages.values() if m.kind is Kind.SESSION_CANCELLED]
    assert len(told) == 3
    assert {e.status for e in database.records.enrollments.values()} == {Status.CANCELLED}
    (details,) = await running.say(dewi, "/kelas TIK-02-A")
    assert [title for title, _ in details.buttons] == ["Daftar peserta", "‹ Semua kelas"]


async def test_enrolling_is_closed_after_a_yes(running: Running, services: Services, cast: Cast, room: str) -> None:
    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CLOSE_ENROLLING))
    assert (await services.catalogue.session(room)).status is SessionStatus.OPEN
    await running.press(dewi, data_of(shown(running), "Ya, tutup"))
    assert (await services.catalogue.session(room)).status is SessionStatus.CLOSED


async def test_a_restart_between_question_line_and_yes_loses_nothing(
    running: Running, services: Services, cast: Cast, room: str
) -> None:
    def restart() -> None:
        running.app.bot_data["tools"] = replace(running.app.bot_data["tools"], memory=Memory())

    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CHANGE_PLACE))
    restart()
    (asked,) = await running.say(dewi, "Aula 3")
    restart()
    await running.press(dewi, data_of(asked, "Ya, ubah"), message_id=newest(running))
    assert (await services.catalogue.session(room)).place == "Aula 3"


async def test_seats_and_the_deadline_are_changed_in_the_same_way(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, room: str
) -> None:
    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CLOSE_ENROLLING_NOW))
    for verb, unreadable, typed, shown_back in (
        (Verb.CHANGE_SEATS, "banyak", "3 kursi", "Kursi: 3"),
        (
            Verb.CHANGE_DEADLINE,
            "besok",
            "03-12-2026 12.00",
            "Pendaftaran sampai Kamis, 3 Desember 2026 pukul 12.00 WIB",
        ),
    ):
        await running.press(dewi, about(verb))
        (again,) = await running.say(dewi, unreadable)
        assert "belum bisa saya baca" in again.text
        (asked,) = await running.say(dewi, typed)
        assert shown_back in asked.text
        assert "Peserta tidak perlu dikabari" in asked.text
        await running.press(dewi, data_of(asked, "Ya, ubah"), message_id=newest(running))
    session_now = await services.catalogue.session(room)
    assert (session_now.seats, session_now.sequence, session_now.status) == (3, 0, SessionStatus.OPEN)
    # who waited was told so when it was closed, and enrolls anew
    assert Status.LAPSED in {e.status for e in database.records.enrollments.values()}
    await running.press(dewi, about(Verb.CHANGE_SEATS))
    (refused,) = await running.say(dewi, "1")
    assert "sudah terisi 2 kursi" in refused.text


async def test_another_button_ends_the_wait_for_a_line(running: Running, cast: Cast, room: str, rasa: FakeRasa) -> None:
    dewi = telegram_id(cast.dewi)
    for elsewhere in (encode(DialoguePress("list_trainings")), about(Verb.LIST_PEOPLE)):
        await running.press(dewi, about(Verb.CHANGE_PLACE))
        await running.press(dewi, elsewhere)
        rasa.asked.clear()
        await running.say(dewi, "yang excel")
        assert len(rasa.asked) == 1
    await running.press(dewi, about(Verb.CHANGE_PLACE))
    await running.say(dewi, "/kelas")
    rasa.asked.clear()
    await running.say(dewi, "yang excel")
    assert len(rasa.asked) == 1


async def test_a_yes_to_nothing_is_answered_kindly_and_begins_anew(
    running: Running, services: Services, cast: Cast, room: str
) -> None:
    await running.press(telegram_id(cast.dewi), about(Verb.DO_AS_WRITTEN))
    assert "sudah tidak saya pegang" in shown(running).text
    assert "Ubah tempat" in [title for title, _ in shown(running).buttons]
    assert (await services.catalogue.session(room)).sequence == 0


async def test_an_earlier_yes_does_not_stand_for_what_was_written_later(
    running: Running, services: Services, cast: Cast, room: str
) -> None:
    dewi = telegram_id(cast.dewi)
    await running.press(dewi, about(Verb.CHANGE_PLACE))
    (first,) = await running.say(dewi, "Aula 1")
    earlier = newest(running)
    await running.press(dewi, about(Verb.CHANGE_PLACE))
    await running.say(dewi, "Aula 2")
    await running.press(dewi, data_of(first, "Ya, ubah"), message_id=earlier)
    assert (await services.catalogue.session(room)).place == "Daring (Zoom)"


@pytest.mark.parametrize("who", ["sari", "bambang"])
@pytest.mark.parametrize(
    "verb",
    [
        Verb.SHOW_SESSION,
        Verb.LIST_PEOPLE,
        Verb.DOWNLOAD_PEOPLE,
        Verb.CHANGE_TIME,
        Verb.CHANGE_PLACE,
        Verb.CANCEL_SESSION,
        Verb.CLOSE_ENROLLING,
        Verb.CLOSE_ENROLLING_NOW,
        Verb.DO_AS_WRITTEN,
    ],
)
async def test_a_forged_button_of_somebody_else_shows_and_changes_nothing(
    running: Running, database: FakeDatabase, cast: Cast, room: str, who: str, verb: Verb
) -> None:
    before = dict(database.records.sessions)
    await running.press(telegram_id(getattr(cast, who)), about(verb))
    assert "hanya untuk petugas tim SDM" in shown(running).text
    assert "Puspita" not in shown(running).text
    assert database.records.sessions == before
    (answer,) = await running.say(telegram_id(getattr(cast, who)), "/kelas")
    assert "hanya untuk petugas tim SDM" in answer.text


async def test_an_old_button_of_a_session_that_has_begun_is_harmless(
    running: Running, services: Services, database: FakeDatabase, cast: Cast, room: str
) -> None:
    dewi = telegram_id(cast.dewi)
    assert isinstance(services.clock, FixedClock)
    services.clock.moment = session().starts_at - timedelta(minutes=5)
    await running.press(dewi, about(Verb.CHANGE_TIME))
    services.clock.moment = session().starts_at
    (answer,) = await running.say(dewi, "20-12-2026 08.00")
    assert "sudah mulai" in answer.text
    await running.press(dewi, about(Verb.CLOSE_ENROLLING_NOW))
    assert "sudah mulai" in shown(running).text
    assert database.records.sessions[room] == session(seats=2)


async def test_many_sessions_come_in_pages(running: Running, database: FakeDatabase, cast: Cast) -> None:
    await add_sessions(database, *[session(letter=letter, in_days=10 + ord(letter)) for letter in "ABCDEFGHIJKL"])
    dewi = telegram_id(cast.dewi)
    (first,) = await running.say(dewi, "/kelas")
    assert "halaman 1 dari 3" in first.text
    await running.press(dewi, data_of(first, "Berikutnya ›"))
    await running.press(dewi, data_of(shown(running), "Berikutnya ›"))
    assert [title for title, _ in shown(running).buttons] == [
        "TIK-02-K · 0/7",
        "TIK-02-L · 0/7",
        "‹ Sebelumnya",
        "Buka kelas baru",
    ]


async def test_without_sessions_the_officer_hears_how_to_open_one(running: Running, cast: Cast) -> None:
    assert [c.text for c in await running.say(telegram_id(cast.dewi), "/kelas")] == [texts.NO_SESSIONS]
