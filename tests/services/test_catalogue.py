"""Courses are found in people's words, and what is open is filtered by what they wish."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.courses import Course, Mode, SessionStatus
from core.domain.enrollment import Status
from core.domain.errors import UnknownCourse, UnknownSession
from core.domain.people import Caller
from core.normalizer import normalize
from core.ports import UnitOfWorkFactory
from core.services.catalogue import Catalogue
from tests.factories import NOW, SERVICE, SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock

BUDGET = Course(
    "KEU-03", "Penyusunan RKA dan DPA", "teknis", "menengah", 24, Mode.LURING, frozenset(), "Menyusun rencana kerja"
)
PROCUREMENT = Course(
    "KEU-02",
    "Pengadaan Barang dan Jasa Pemerintah",
    "teknis",
    "dasar",
    48,
    Mode.CAMPURAN,
    frozenset(),
    "Persiapan sertifikasi",
)


@pytest.fixture
async def catalogue(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Catalogue:
    async with unit_of_work() as uow:
        for course in (BUDGET, PROCUREMENT):
            await uow.courses.upsert_course(course)
        await uow.commit()
    await add_sessions(
        unit_of_work,
        session(SPREADSHEET, in_days=4),
        session(SERVICE, in_days=14),
        session(VALUES, in_days=40),
        session(BUDGET, in_days=75),
        session(PROCUREMENT, in_days=6),
    )
    return Catalogue(unit_of_work, clock, FakeEmbedder(), normalize)


async def found(catalogue: Catalogue, text: str) -> list[str]:
    return [match.course.code for match in await catalogue.find(text)]


async def listed(catalogue: Catalogue, text: str) -> list[str]:
    return [one.session.course.code for one in await catalogue.search(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TIK-02", "TIK-02"),
        ("info tik 2 dong", "TIK-02"),
        ("tik02-a masih buka?", "TIK-02"),
        ("mau ikut kelas excel", "TIK-02"),
        ("plthn analisis dta", "TIK-02"),
        ("daftarin gue barjas ye", "KEU-02"),
        ("pelatihan PBJ", "KEU-02"),
        ("nyusun RKA", "KEU-03"),
        ("pelayanan prma di loket", "PLY-01"),
        ("kelas berahlak", "SOS-01"),
    ],
)
async def test_a_course_is_found_by_what_people_call_it(catalogue: Catalogue, text: str, code: str) -> None:
    assert await found(catalogue, text) == [code]


@pytest.mark.parametrize(
    "text",
    ["", "pelatihan apa saja yang ada?", "saya mau daftar", "🙏🙏", "\x00", "abc" * 1300, "'; DELETE FROM courses; --"],
)
async def test_nothing_is_found_where_nothing_is_meant(catalogue: Catalogue, text: str) -> None:
    assert await found(catalogue, text) == []


async def test_two_codes_leave_the_choice_to_the_person(catalogue: Catalogue) -> None:
    assert set(await found(catalogue, "tik 2 atau keu 3 ya")) == {"TIK-02", "KEU-03"}


async def test_a_course_added_a_moment_ago_is_found(catalogue: Catalogue, unit_of_work: UnitOfWorkFactory) -> None:
    assert await found(catalogue, "kelas budidaya maggot") == []
    async with unit_of_work() as uow:
        new = Course("LH-01", "Budidaya Maggot", "teknis", "dasar", 8, Mode.LURING, frozenset(), "Mengolah sampah")
        await uow.courses.upsert_course(new)
        await uow.commit()
    assert await found(catalogue, "kelas budidaya maggot") == ["LH-01"]


async def test_without_a_wish_everything_open_is_listed_soonest_first(catalogue: Catalogue) -> None:
    assert await listed(catalogue, "ada pelatihan apa saja?") == ["TIK-02", "KEU-02", "PLY-01", "SOS-01", "KEU-03"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("kelas online apa aja", ["TIK-02", "SOS-01"]),
        ("yang tatap muka", ["PLY-01", "KEU-03"]),
        ("kelas hybrid", ["KEU-02"]),
        ("yang bukan zoom", ["KEU-02", "PLY-01", "KEU-03"]),
        ("pelatihan minggu ini", ["TIK-02"]),
        ("pelatihan bulan depan", ["PLY-01"]),
        ("ada kelas akhir tahun?", ["TIK-02", "KEU-02", "PLY-01"]),
        ("diklat januari", ["SOS-01"]),
        ("kelas daring bulan januari", ["SOS-01"]),
        ("kompetensi sosial kultural", ["SOS-01"]),
        ("pelatihan tentang spreadsheet", ["TIK-02"]),
        ("pelatihan tentang memasak", []),
        ("online class next month", []),
    ],
)
async def test_wishes_narrow_the_list(catalogue: Catalogue, text: str, codes: list[str]) -> None:
    assert await listed(catalogue, text) == codes


async def test_next_month_at_the_end_of_the_year_is_january(catalogue: Catalogue, clock: FixedClock) -> None:
    clock.moment = datetime(2026, 12, 30, 20, 0, tzinfo=UTC)  # already the 31st in Jakarta
    assert await listed(catalogue, "bulan depan") == ["SOS-01"]


async def test_closed_and_cancelled_sessions_are_not_listed(
    catalogue: Catalogue, unit_of_work: UnitOfWorkFactory
) -> None:
    await add_sessions(
        unit_of_work,
        session(SPREADSHEET, in_days=4, status=SessionStatus.CANCELLED),
        session(PROCUREMENT, in_days=6, closes_at=NOW - timedelta(hours=1)),
    )
    assert await listed(catalogue, "pelatihan apa saja") == ["PLY-01", "SOS-01", "KEU-03"]


async def test_details_are_given_by_course_or_session_code(catalogue: Catalogue) -> None:
    for reference in ("TIK-02", "tik-02-a"):
        details = await catalogue.details(reference)
        assert details.course == SPREADSHEET
        assert [one.session.code for one in details.sessions] == ["TIK-02-A"]
    with pytest.raises(UnknownCourse):
        await catalogue.details("XYZ-99")


async def test_a_session_is_given_by_its_code(catalogue: Catalogue) -> None:
    assert (await catalogue.session("TIK-02-A")).course == SPREADSHEET
    with pytest.raises(UnknownSession):
        await catalogue.session("TIK-02-Z")


async def test_candidates_are_for_the_level_of_the_person(catalogue: Catalogue, cast: Cast) -> None:
    codes = [one.session.course.code for one in await catalogue.candidates(caller(cast.ratna))]
    assert len(codes) == 4
    assert "PLY-01" not in codes  # for clerks and specialists; ratna is an administrator


async def test_what_the_person_takes_already_or_clashes_is_no_candidate(
    catalogue: Catalogue, cast: Cast, unit_of_work: FakeDatabase
) -> None:
    async with unit_of_work() as uow:
        await uow.enrollments.start(cast.sari.person_id, "TIK-02-A", Status.CONFIRMED, NOW)
        await uow.commit()
    clashing = session(SPREADSHEET, "B", in_days=14)
    await add_sessions(unit_of_work, clashing)
    codes = [one.session.course.code for one in await catalogue.candidates(caller(cast.sari))]
    assert "TIK-02" not in codes


async def test_words_steer_the_candidates(catalogue: Catalogue, cast: Cast) -> None:
    found_ones = await catalogue.candidates(caller(cast.sari), "rekomendasi kelas soal anggaran RKA dong")
    assert [one.session.course.code for one in found_ones] == ["KEU-03"]


async def test_for_a_visitor_all_that_is_open_is_a_candidate(catalogue: Catalogue) -> None:
    assert len(await catalogue.candidates(Caller())) == 5
