"""No refusal without a sentence, no kind of message without a wording, no button that does not fit."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot import markup
from bot.callback_data import LIMIT, encode
from bot.texts import approvals, commands, dates, linking, refusals
from bot.texts.notices import compose
from core.domain.enrollment import Status
from core.domain.errors import BasisFault, CoreError, FileFault, QuizFault, SeriesFault, TimeFault
from core.domain.messages import Kind

START = datetime(2026, 12, 8, 1, 30, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "enrollment_id": 12,
    "session_code": "TIK-02-A",
    "title": "Analisis Data dengan Spreadsheet",
    "person": "Sari Puspita",
    "unit": "Dinas Pendidikan",
    "words": "Jam kerja baru",
    "staff": 12,
    "silent": 5,
    "starts_at": START.isoformat(),
    "ends_at": datetime(2026, 12, 9, 9, 0, tzinfo=UTC).isoformat(),
    "offer_expires_at": START.isoformat(),
    "hours": 16,
    "change": -8,
    "certificate": "RA-2026-ABCD-EFGH",
    "reason": "Hadir satu hari saja",
    "done": 8,
    "booked": 12,
    "clashes": ["Internalisasi BerAKHLAK (SOS-01-A)"],
    "asked_at": START.isoformat(),
    "decide_by": START.isoformat(),
    "supervisor": "Bambang Setiawan",
    "last_day": "2026-12-05",
    "place": "Daring (Zoom)",
    "was_starts_at": START.isoformat(),
    "was_ends_at": START.isoformat(),
    "was_place": "Ruang 3",
    "status": "confirmed",
    "year": 2026,
    "missing": 12,
    "minimum": 20,
    "trainings": [
        {
            "session_code": f"TIK-0{number}-A",
            "course_code": f"TIK-0{number}",
            "title": "Analisis Data",
            "left": number,
            "starts_at": START.isoformat(),
            "ends_at": START.isoformat(),
            "hours": 16,
        }
        for number in range(3)
    ],
    "is_early": True,
    "others": [
        {
            "session_code": f"TIK-02-{letter}",
            "left": left,
            "starts_at": START.isoformat(),
            "ends_at": START.isoformat(),
        }
        for letter, left in (("B", 4), ("C", 0))
    ],
    "calendar": "BEGIN:VCALENDAR",
    "mode": "daring",
    "campaign_id": 3,
    "text": "Halo *semua*",
    "version": 2,
    "author": "Dewi Anggraini",
    "audience": "unit=DISDIK",
    "reached": 6214,
    "unlinked": 312,
    "seconds": 249,
    "is_urgent": True,
    "asks": True,
    "links": [{"title": "Surat edaran", "url": "https://contoh.example/se"}],
    "latest_at": START.isoformat(),
    "is_approved": True,
    "by": "Agus Salim",
    "failed": 25,
    "tried": 40,
    "ticket_number": 7,
    "question": "Cuti besar berapa lama?",
    "answer": "Tiga bulan.",
    "expires": "2026-12-31",
    "is_expired": False,
    "sections": [
        {"section_id": f"L{number}", "title": "Cuti *besar*", "document": "Cuti", "checked_by": "Rina"}
        for number in range(12)
    ],
    "topic": "Cuti dan jam kerja",
    "may_reopen": True,
    "campaign": "Jam kerja baru",
    "history": [{"at": START.isoformat(), "what": "ticket_claimed", "who": "Dewi Anggraini"}],
    "is_held": True,
    "since": START.isoformat(),
    "holder": "Dewi Anggraini",
    "is_for_all": True,
    "is_yours": False,
    "questions": ["Kapan TPP cair?"],
    "basis": "Pergub 19/2020 Pasal 21",
}


def leaves(kind: type[CoreError]) -> Iterator[type[CoreError]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for child in below:
        yield from leaves(child)


def example(kind: type[CoreError]) -> CoreError:
    values: dict[Any, Any] = {
        int: 3,
        date: START.date(),
        str: "confirmed",
        datetime: START,
        TimeFault: TimeFault.START_IS_PAST,
        BasisFault: BasisFault.PLACE,
        QuizFault: QuizFault.OPTIONS,
        SeriesFault: SeriesFault.WAIT,
        FileFault: FileFault.MACROS,
        tuple[str, ...]: ("pengawas", "administrator"),
    }
    facts = fields(kind) if is_dataclass(kind) else ()
    return kind(**{fact.name: values.get(fact.type, ()) for fact in facts})


@pytest.mark.parametrize("leaf", sorted(leaves(CoreError), key=lambda kind: kind.__name__))
def test_every_refusal_has_a_sentence_of_its_own(leaf: type[CoreError]) -> None:
    assert leaf in refusals.TEXTS
    sentence = refusals.refusal_text(example(leaf))
    assert sentence.endswith((".", "?", "/pelatihan."))
    assert "{" not in sentence


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CAMPAIGN_RECALL])
def test_every_kind_of_message_has_a_wording_that_fits(kind: Kind) -> None:
    notice = compose(kind, FACTS)
    assert notice.text.strip()
    assert len(markup.split(markup.parse(notice.text))) == 1
    assert all(len(encode(press).encode()) <= LIMIT for _, press in notice.buttons)


def test_an_approval_request_can_be_decided_with_its_buttons() -> None:
    notice = compose(Kind.APPROVAL_REQUEST, FACTS)
    assert [(title, encode(press)) for title, press in notice.buttons] == [("Setujui", "1ap|12"), ("Tolak", "1de|12")]


def test_a_campaign_has_its_links_and_asks_for_a_sign_of_reading() -> None:
    notice = compose(Kind.CAMPAIGN, FACTS)
    assert notice.text == "*Pengumuman dari tim SDM*\n\nHalo *semua*"
    assert notice.links == (("Surat edaran", "https://contoh.example/se"),)
    assert [(title, encode(press)) for title, press in notice.buttons] == [("Sudah baca dan paham", "1ga|3")]
    assert compose(Kind.CAMPAIGN, {"campaign_id": 3, "text": "Halo"}).buttons == ()


def test_the_second_person_reads_text_count_and_impact_and_judges_this_version() -> None:
    notice = compose(Kind.CAMPAIGN_REVIEW, FACTS)
    for words in (
        "Halo *semua*",
        "unit=DISDIK",
        "6.214 orang, 312 belum tertaut, kira-kira 4 menit 9 detik",
        "Mendesak",
    ):
        assert words in notice.text
    assert [(title, encode(press)) for title, press in notice.buttons] == [("Setujui", "1gs|3|2"), ("Tolak", "1gt|3|2")]


def test_a_campaign_that_fills_a_message_goes_without_the_header() -> None:
    assert compose(Kind.CAMPAIGN, {**FACTS, "text": "x" * 4096}).text == "x" * 4096


def test_a_declined_request_tells_the_reason_if_there_is_one() -> None:
    assert "Alasan: bentrok rapat" in compose(Kind.REQUEST_DECLINED, {**FACTS, "reason": "bentrok rapat"}).text
    without = {name: fact for name, fact in FACTS.items() if name != "reason"}
    assert "Alasan" not in compose(Kind.REQUEST_DECLINED, without).text


def test_the_news_of_a_moved_session_brings_the_offer_along() -> None:
    notice = compose(Kind.SESSION_MOVED, {**FACTS, "status": "offered"})
    assert "ditahan sampai *Selasa, 8 Desember 2026 pukul 08.30 WIB*" in notice.text
    assert [encode(press) for _, press in notice.buttons] == ["1ac|12", "1pa|12"]
    assert "Kursi Anda tetap ada" in compose(Kind.SESSION_MOVED, FACTS).text


@pytest.mark.parametrize("kind", [Kind.SESSION_CANCELLED, Kind.LINE_ENDED])
def test_whoever_loses_a_session_sees_the_others_of_the_training(kind: Kind) -> None:
    notice = compose(kind, FACTS)
    assert "• TIK-02-B: " in notice.text
    assert "lewat daftar tunggu" in notice.text
    assert [encode(press) for _, press in notice.buttons][:2] == ["1cs|TIK-02-B", "1cs|TIK-02-C"]
    alone = compose(kind, {**FACTS, "others": []})
    assert "jadwal lain" in alone.text
    assert alone.buttons[0][0] == "Daftar pelatihan"


def test_an_offer_cut_short_says_so() -> None:
    assert "dimajukan" in compose(Kind.SEAT_OFFERED, {**FACTS, "is_shortened": True}).text


def test_a_supervisor_reads_why_an_approved_seat_was_given_back() -> None:
    told = compose(Kind.REQUEST_WITHDRAWN, {**FACTS, "was_approved": True, "reason": "Bentrok *rapat*"}).text
    assert "Sari Puspita membatalkan keikutsertaannya" in told
    assert "Alasan: Bentrok rapat" in told
    assert "menarik permohonannya" in compose(Kind.REQUEST_WITHDRAWN, {**FACTS, "was_approved": False}).text


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_words(status: Status) -> None:
    assert status in refusals.STATUS_WORDS
    assert approvals.decided_before(status)
    assert approvals.offer_answered_before(status)


def test_times_are_shown_on_the_clock_of_jakarta() -> None:
    assert dates.moment(START) == "Selasa, 8 Desember 2026 pukul 08.30 WIB"
    assert dates.period(START, datetime(2026, 12, 8, 9, 0, tzinfo=UTC)) == "Selasa, 8 Desember 2026, 08.30–16.00 WIB"
    assert dates.period(START, datetime(2026, 12, 9, 9, 0, tzinfo=UTC)) == "8–9 Desember 2026, 08.30–16.00 WIB"
    assert (
        dates.period(START, datetime(2027, 1, 2, 9, 0, tzinfo=UTC)) == "8 Desember 2026–2 Januari 2027, 08.30–16.00 WIB"
    )


def test_command_menus_are_what_telegram_takes() -> None:
    for name, description in (
        *commands.EVERYBODY,
        *commands.EMPLOYEE,
        *commands.APPROVER,
        *commands.SUPERVISOR,
        *commands.HR,
    ):
        assert name.isascii()
        assert name.islower()
        assert 1 <= len(name) <= 32
        assert 3 <= len(description) <= 256


def test_the_consent_names_the_law_the_data_and_the_way_out() -> None:
    for words in ("UU 27/2022", "nama, unit, jabatan", "/berhenti", "/profil", "hapus data saya", "menyetujui"):
        assert words in linking.WELCOME


def test_sections_with_long_titles_still_fit_into_one_message() -> None:
    long = {"section_id": "PERGUB123", "title": "x" * 300, "document": "y" * 300, "checked_by": "z" * 80}
    text = compose(Kind.KNOWLEDGE_DUE, {**FACTS, "sections": [long] * 40}).text
    assert len(text) <= 4096
    assert "dan 30 bagian lagi" in text
