"""What is advised and why, and how competencies come in from files."""

import pytest

from core.domain.competencies import Basis, required_by
from core.domain.courses import Course, Mode
from core.domain.enrollment import Status
from core.domain.errors import BadImport
from core.domain.learning import HoursEntry
from core.domain.people import Caller, Person
from core.domain.row_problems import Fault
from core.normalizer import normalize
from core.ports import UnitOfWorkFactory
from core.services.attendance_lists import AttendanceLists
from core.services.catalogue import Catalogue
from core.services.competency_import import CompetencyFile, CompetencyImport
from core.services.enrollment import Enrollments
from core.services.recommendations import Recommendations
from tests.factories import NOW, SERVICE, SPREADSHEET, VALUES, Cast, add_crowd, add_sessions, caller, session
from tests.fakes import FakeEmbedder, FixedClock

ARCHIVES = Course(
    "ADM-01", "Tata Naskah Dinas", "teknis", "dasar", 24, Mode.DARING, frozenset(), "Menata surat dan arsip"
)
POSITIONS = "position,competency\nPetugas*,Pelayanan publik\nPetugas Loket,Analisis data\nGuru,Literasi digital\n"
TAUGHT = "course_code,competency\nPLY-01,Pelayanan publik\nTIK-02,Analisis data\n"


@pytest.fixture
def imports(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> CompetencyImport:
    return CompetencyImport(unit_of_work, clock)


@pytest.fixture
async def recommendations(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Recommendations:
    """Four courses, each open once."""
    async with unit_of_work() as uow:
        await uow.courses.upsert_course(ARCHIVES)
        await uow.commit()
    rooms = [
        session(course, in_days=10 + 5 * place) for place, course in enumerate((VALUES, SPREADSHEET, SERVICE, ARCHIVES))
    ]
    await add_sessions(unit_of_work, *rooms)
    return Recommendations(unit_of_work, Catalogue(unit_of_work, clock, FakeEmbedder(), normalize))


async def advised(recommendations: Recommendations, person: Person) -> list[tuple[str, Basis]]:
    found = await recommendations.of(caller(person))
    return [(one.availability.session.course.code, one.basis) for one in found]


def test_positions_are_named_in_full_or_by_their_beginning() -> None:
    requirements = {"Guru*": {"a"}, "guru ahli muda": {"b"}, "Guru": {"c"}, "*": {"d"}}
    assert required_by("Guru Ahli Muda", requirements) == {"a", "b", "d"}
    assert required_by("Guru", requirements) == {"a", "c", "d"}
    assert required_by("Perawat", requirements) == {"d"}


async def test_what_the_position_asks_for_and_the_person_lacks_comes_first(
    recommendations: Recommendations, imports: CompetencyImport, cast: Cast
) -> None:
    await imports.take_in(POSITIONS, CompetencyFile.POSITIONS)
    await imports.take_in(TAUGHT, CompetencyFile.COURSES)
    found = await recommendations.of(caller(cast.budi))
    assert {one.availability.session.course.code: one.competencies for one in found if one.basis is Basis.GAP} == {
        "PLY-01": ("Pelayanan publik",),
        "TIK-02": ("Analisis data",),
    }
    assert [one.basis for one in found] == [Basis.GAP, Basis.GAP, Basis.OPEN]


async def test_what_the_person_has_or_has_learned_is_no_gap(
    unit_of_work: UnitOfWorkFactory,
    recommendations: Recommendations,
    imports: CompetencyImport,
    enrollments: Enrollments,
    cast: Cast,
    clock: FixedClock,
) -> None:
    await imports.take_in(POSITIONS, CompetencyFile.POSITIONS)
    await imports.take_in(TAUGHT, CompetencyFile.COURSES)
    await imports.take_in(f"nip,competency\n{cast.budi.nip},Analisis data\n", CompetencyFile.PEOPLE)
    assert ("TIK-02", Basis.GAP) not in await advised(recommendations, cast.budi)
    room = session(SERVICE, "Z", in_days=3)
    await add_sessions(unit_of_work, room)
    await enrollments.enroll(caller(cast.budi), room.code)
    clock.moment = room.ends_at
    await AttendanceLists(unit_of_work, clock).confirm(None, room.code, everybody_came=True)
    assert {basis for _, basis in await advised(recommendations, cast.budi)} == {Basis.OPEN}


async def test_what_was_learned_elsewhere_under_the_same_title_is_neither_a_gap_nor_advised(
    unit_of_work: UnitOfWorkFactory, recommendations: Recommendations, imports: CompetencyImport, cast: Cast
) -> None:
    await imports.take_in(POSITIONS, CompetencyFile.POSITIONS)
    await imports.take_in(TAUGHT, CompetencyFile.COURSES)
    day = NOW.date()
    async with unit_of_work() as uow:
        await uow.hours.add(HoursEntry(cast.budi.person_id, 16, day, SPREADSHEET.title.upper()))
        await uow.hours.add(HoursEntry(cast.budi.person_id, 16, day, SERVICE.title))
        await uow.hours.add(HoursEntry(cast.budi.person_id, -16, day, SERVICE.title, "tidak hadir"))
        await uow.commit()
    found = await advised(recommendations, cast.budi)
    assert found[0] == ("PLY-01", Basis.GAP)
    assert "TIK-02" not in dict(found)


async def test_what_several_colleagues_took_comes_next_and_one_colleague_is_not_pointed_at(
    unit_of_work: UnitOfWorkFactory, recommendations: Recommendations, enrollments: Enrollments, cast: Cast
) -> None:
    yatim, crowd = cast.yatim, await add_crowd(unit_of_work, 4)
    assert {one.position for one in crowd} == {yatim.position}
    for colleague in crowd[:3]:
        await enrollments.enroll(caller(colleague), "ADM-01-A")
    for colleague in crowd[:2]:
        await enrollments.enroll(caller(colleague), "SOS-01-A")
    found = await recommendations.of(caller(yatim))
    assert (found[0].availability.session.course.code, found[0].basis, found[0].colleagues) == (
        "ADM-01",
        Basis.COLLEAGUES,
        3,
    )
    assert [one.basis for one in found[1:]] == [Basis.OPEN, Basis.OPEN]


async def test_a_visitor_and_narrow_wishes_are_served_too(recommendations: Recommendations, cast: Cast) -> None:
    assert [one.basis for one in await recommendations.of(Caller())] == [Basis.OPEN] * 3
    short = await recommendations.of(caller(cast.budi), longest_hours=8)
    assert [one.availability.session.course.code for one in short] == ["SOS-01"]


async def test_a_file_holds_the_whole_list_of_what_it_names(
    unit_of_work: UnitOfWorkFactory, imports: CompetencyImport, cast: Cast
) -> None:
    await imports.take_in(POSITIONS, CompetencyFile.POSITIONS)
    assert await imports.take_in("position;competency\nGuru;Kepekaan gender\n", CompetencyFile.POSITIONS) == 1
    async with unit_of_work() as uow:
        assert (await uow.competencies.requirements()) == {
            "Petugas*": {"Pelayanan publik"},
            "Petugas Loket": {"Analisis data"},
            "Guru": {"Kepekaan gender"},
        }


async def test_a_dry_run_and_a_bad_file_change_nothing(
    unit_of_work: UnitOfWorkFactory, imports: CompetencyImport, recommendations: Recommendations, cast: Cast
) -> None:
    assert await imports.take_in(TAUGHT, CompetencyFile.COURSES, dry_run=True) == 2
    with pytest.raises(BadImport) as refused:
        await imports.take_in(TAUGHT + "XXX-99,Terbang\nTIK-02,\n", CompetencyFile.COURSES)
    assert [(p.line, p.fault) for p in refused.value.problems] == [(4, Fault.UNKNOWN_COURSE), (5, Fault.REQUIRED)]
    with pytest.raises(BadImport) as refused:
        await imports.take_in("nip,competency\n199013072014032034,Terbang\n123,Terbang\n,x\n", CompetencyFile.PEOPLE)
    assert [p.fault for p in refused.value.problems] == [Fault.UNKNOWN_PERSON, Fault.NIP_LENGTH, Fault.REQUIRED]
    async with unit_of_work() as uow:
        assert await uow.competencies.taught() == {}


async def test_an_offer_or_an_absence_is_no_example(
    unit_of_work: UnitOfWorkFactory, recommendations: Recommendations, cast: Cast
) -> None:
    crowd = await add_crowd(unit_of_work, 3)
    async with unit_of_work() as uow:
        for colleague in crowd:
            row = await uow.enrollments.start(colleague.person_id, "ADM-01-A", Status.CONFIRMED, NOW)
            await uow.enrollments.move(row.enrollment_id, Status.NO_SHOW, NOW)
        await uow.commit()
        assert await uow.competencies.colleagues(cast.yatim) == {}
