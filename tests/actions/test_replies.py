"""The words: dates, caveats, and an entry for every refusal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from actions.replies import dates, policy
from actions.replies.caveats import basis_words, caveat
from actions.replies.errors import refusal
from actions.replies.reply import button, shorten
from core.domain import errors
from core.domain.courses import Course, Mode, Session
from core.domain.enrollment import Status
from core.domain.knowledge import Section

MORNING = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
COURSE = Course("TIK-02", "Analisis Data", "teknis", "dasar", 16, Mode.DARING, frozenset(), "Tabel pivot")


def session(starts_at: datetime, ends_at: datetime) -> Session:
    return Session("TIK-02-A", COURSE, starts_at, ends_at, starts_at - timedelta(days=3), 40, True, True, "Zoom")


def section(**facts) -> Section:
    return Section("D01", "dok", "Dokumen", date(2026, 11, 24), "Minimal 20 JP", "Paling sedikit 20 JP.", **facts)


def leaves(error: type[errors.CoreError]) -> list[type[errors.CoreError]]:
    below = error.__subclasses__()
    return [leaf for kind in below for leaf in leaves(kind)] if below else [error]


FACTS = {
    "title": "Analisis Data",
    "unit": "Dinas Pendidikan",
    "other_title": "Internalisasi BerAKHLAK",
    "employment": ("PNS",),
    "missing_codes": ("SOS-01",),
    "missing_titles": ("Internalisasi BerAKHLAK",),
    "opens_at": MORNING,
    "closed_at": MORNING,
    "starts_at": MORNING,
    "ends_at": MORNING,
    "audience": ("pengawas",),
    "status": Status.CONFIRMED,
    "problems": (),
}


@pytest.mark.parametrize("leaf", leaves(errors.CoreError), ids=lambda leaf: leaf.__name__)
def test_every_refusal_has_words(leaf):
    names = getattr(leaf, "__dataclass_fields__", {})
    reply = refusal(leaf(**{name: FACTS.get(name, 7) for name in names}))
    assert reply.text.endswith(".")
    assert leaf.__name__ not in reply.text


def test_a_moment_is_told_on_jakartas_clock():
    assert dates.full_moment(MORNING) == "Kamis, 26 November 2026, 08.00 WIB"


def test_late_evening_in_utc_is_the_next_day_in_jakarta():
    assert dates.short_date(datetime(2026, 12, 31, 18, 0, tzinfo=UTC)) == "1 Jan 2027"


def test_a_session_of_one_day_shows_both_clocks():
    assert dates.span(session(MORNING, MORNING + timedelta(hours=8))) == "Kamis, 26 November 2026, 08.00–16.00 WIB"


def test_a_session_over_days_shows_first_and_last():
    assert (
        dates.span(session(MORNING, MORNING + timedelta(days=1)))
        == "Kamis, 26 – Jumat, 27 November 2026, mulai 08.00 WIB"
    )


def test_a_session_over_a_month_end_names_both_months():
    shown = dates.span(session(MORNING, MORNING + timedelta(days=5)))
    assert shown == "Kamis, 26 November – Selasa, 1 Desember 2026, mulai 08.00 WIB"


def test_instructions_to_the_assistant_are_not_shown():
    assert caveat("Angka lampiran rusak karena OCR: jangan sebut nominal.") is None
    assert caveat("Kemungkinan sudah diganti; jangan sebut nominal lama.") == "Kemungkinan sudah diganti."


def test_codes_of_other_facts_are_not_shown():
    assert caveat("Belum langsung berlaku, lihat F09.") == "Belum langsung berlaku."
    assert caveat("Kerangka terbaru ada di H02–H03; peran KASN sudah beralih (A60).") == "Peran KASN sudah beralih."


def test_a_basis_is_spelled_out():
    assert basis_words("UU 20/2023 Ps 49; PP 11/2017 Ps 203(4)") == "UU 20/2023 Pasal 49; PP 11/2017 Pasal 203(4)"


def test_short_forms_in_a_fact_are_spelled_out():
    told = policy.answer([replace(section(), text="Bersandar pada PP 12/2019 Ps 58.")], ())
    assert "PP 12/2019 Pasal 58." in told.text


def test_a_basis_that_only_points_elsewhere_is_none():
    assert basis_words("–; bandingkan C01–C05") is None


def test_an_answer_shows_its_basis_and_date():
    reply = policy.answer([section(basis="PP 11/2017 Ps 203(4)", verification="primary")], ())
    assert "PP 11/2017 Pasal 203(4)" in reply.text
    assert "24 November 2026" in reply.text
    assert "erlu dicek" not in reply.text


@pytest.mark.parametrize("verification", ["secondary", "policy-document", "rumor"])
def test_what_was_not_checked_is_said(verification):
    assert "Perlu dicek" in policy.answer([section(verification=verification)], ()).text


def test_the_source_shows_only_web_addresses():
    assert "000_c793" not in policy.source(section(source="000_c793d65b3d0dc412.txt")).text
    assert "https://contoh.go.id/pp" in policy.source(section(source="https://contoh.go.id/pp")).text


def test_a_long_title_is_cut_between_words():
    assert shorten("Kepemimpinan Tim untuk Pengawas", 20) == "Kepemimpinan Tim…"


def test_a_button_carries_a_rasa_payload():
    assert button("Daftar", "choose_session", session="TIK-02-A").payload == '/choose_session{"session": "TIK-02-A"}'
