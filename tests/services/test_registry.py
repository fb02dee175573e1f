"""Imports: what office files look like, every way a row can be wrong, and nothing half-imported."""

import pytest

from core.domain.errors import BadImport
from core.domain.people import Employment, PositionLevel
from core.domain.row_problems import FILE, ROW, Fault
from core.ports import UnitOfWorkFactory
from core.services.registry import Imported, Registry
from tests.fakes import FixedClock

HEADER = "nip,name,phone,unit_code,position,level,employment,supervisor_nip,is_hr"
UNITS = "code,name,short_name,parent\nDISDIK,Dinas Pendidikan,Disdik,PEMPROV\nPEMPROV,Pemprov Jakarta,Pemprov,\n"
ANI = "199013012019031001"
BUDI = "199013022019031002"
CICI = "199013032023211003"


def people(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def row(nip: str, name: str = "Ani", supervisor: str = "", **other: str) -> str:
    cells = {
        "nip": nip,
        "name": name,
        "phone": "0812 0009 0001",
        "unit_code": "DISDIK",
        "position": "Guru",
        "level": "fungsional",
        "employment": "PNS",
        "supervisor_nip": supervisor,
        "is_hr": "tidak",
    } | other
    return ",".join(cells.values())


@pytest.fixture
async def registry(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Registry:
    registry = Registry(unit_of_work, clock)
    await registry.import_units(UNITS)
    return registry


async def _nips(unit_of_work: UnitOfWorkFactory) -> dict[str, str | None]:
    async with unit_of_work() as uow:
        return await uow.people.hierarchy()


def problems(refusal: pytest.ExceptionInfo[BadImport]) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in refusal.value.problems]


async def test_people_are_imported_with_supervisors_anywhere_in_the_file(
    unit_of_work: UnitOfWorkFactory, registry: Registry
) -> None:
    csv = people(
        row(ANI, "Ani Rahma", BUDI),
        row(BUDI, "Budi", CICI, is_hr="ya"),
        row(CICI, "Cici", phone="", employment="pppk", level="Pengawas"),
    )
    assert await registry.import_people(csv) == Imported(3)
    assert await _nips(unit_of_work) == {ANI: BUDI, BUDI: CICI, CICI: None}
    async with unit_of_work() as uow:
        ani, budi, cici = [await uow.people.by_nip(nip) for nip in (ANI, BUDI, CICI)]
    assert ani is not None
    assert budi is not None
    assert cici is not None
    assert (ani.name, ani.phone, ani.unit.name, ani.is_hr) == ("Ani Rahma", "+6281200090001", "Dinas Pendidikan", False)
    assert budi.is_hr
    assert (cici.phone, cici.employment, cici.level) == (None, Employment.PPPK, PositionLevel.PENGAWAS)


async def test_importing_again_changes_rows_and_keeps_ids(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    await registry.import_people(people(row(ANI, "Ani", BUDI), row(BUDI, "Budi")))
    async with unit_of_work() as uow:
        before = await uow.people.by_nip(ANI)
    await registry.import_people(people(row(ANI, "Ani Rahma")))  # no supervisor any more
    async with unit_of_work() as uow:
        after = await uow.people.by_nip(ANI)
    assert before is not None
    assert after is not None
    assert after.person_id == before.person_id
    assert (after.name, after.supervisor_id) == ("Ani Rahma", None)


async def test_a_supervisor_may_be_in_the_registry_already(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    await registry.import_people(people(row(BUDI, "Budi")))
    await registry.import_people(people(row(ANI, "Ani", BUDI)))
    assert await _nips(unit_of_work) == {BUDI: None, ANI: BUDI}


async def test_a_dry_run_checks_everything_and_changes_nothing(
    unit_of_work: UnitOfWorkFactory, registry: Registry
) -> None:
    assert await registry.import_people(people(row(ANI)), dry_run=True) == Imported(1)
    assert await _nips(unit_of_work) == {}
    with pytest.raises(BadImport):
        await registry.import_people(people(row("12")), dry_run=True)


@pytest.mark.parametrize(
    "csv",
    [
        "\ufeff" + people(row(ANI, "Ani")),
        people(row(ANI, "Ani")).replace("\n", "\r\n"),
        people(row(ANI, "Ani")).replace(",", ";"),
        people(row(ANI, "Ani")).replace(",", "\t"),
        people(row(ANI, "Ani") + ",,,", header=HEADER + ",,,"),
        "\n\n" + people(row(ANI, "Ani")) + "\n,,,,,,,,\n",
        people(row(f"'{ANI}", "Ani"), header=HEADER.upper()),
        people(row(f"{ANI[:8]} {ANI[8:14]} {ANI[14]} {ANI[15:]}", "Ani")),
        people(row(ANI, "Ani").rstrip("\n") + ",catatan", header=HEADER + ",keterangan").rstrip("\n"),
    ],
    ids=[
        "bom",
        "windows",
        "semicolon",
        "tab",
        "empty cells",
        "blank lines",
        "apostrophe",
        "spaced nip",
        "extra column",
    ],
)
async def test_files_as_offices_write_them_are_read(
    unit_of_work: UnitOfWorkFactory, registry: Registry, csv: str
) -> None:
    await registry.import_people(csv)
    assert await _nips(unit_of_work) == {ANI: None}


async def test_every_bad_row_is_named_and_nothing_is_imported(
    unit_of_work: UnitOfWorkFactory, registry: Registry
) -> None:
    csv = people(
        row(ANI, "Ani"),  # line 2, good
        row("19901301201903100", "Pendek"),
        row("1.99013E+17", "Excel"),
        row(ANI, "Kembar"),
        row(BUDI, ""),
        row(CICI, "Cici", unit_code="NASA", level="bos", employment="honorer", phone="12", is_hr="mungkin"),
        row("199013042019031004", "Tanpa Atasan", "199013052019031005"),
        row("199013062019031006", "Atasan Pendek", "123"),
    )
    with pytest.raises(BadImport) as refusal:
        await registry.import_people(csv)

    assert problems(refusal) == [
        (3, "nip"),
        (4, "nip"),
        (5, "nip"),
        (6, "name"),
        (7, "unit_code"),
        (7, "phone"),
        (7, "level"),
        (7, "employment"),
        (7, "is_hr"),
        (8, "supervisor_nip"),
        (9, "supervisor_nip"),
    ]
    faults = {(p.line, p.column): (p.fault, p.facts) for p in refusal.value.problems}
    assert faults[3, "nip"] == (Fault.NIP_LENGTH, {"length": 17})
    assert faults[4, "nip"] == (Fault.NIP_MANGLED, {})
    assert faults[5, "nip"] == (Fault.SAME_AS_LINE, {"line": 2})
    assert faults[6, "name"] == (Fault.REQUIRED, {})
    assert faults[7, "unit_code"] == (Fault.UNKNOWN_UNIT, {"code": "NASA"})
    assert faults[8, "supervisor_nip"][0] is Fault.UNKNOWN_SUPERVISOR
    assert await _nips(unit_of_work) == {}


async def test_lines_are_counted_as_an_editor_counts_them(registry: Registry) -> None:
    csv = people(row(ANI, '"Ani\nRahma\nPutri"'), "", row("12", "Baris enam"))
    with pytest.raises(BadImport) as refusal:
        await registry.import_people(csv)
    assert csv.splitlines()[5].startswith("12,Baris enam")
    assert problems(refusal) == [(6, "nip")]


async def test_circles_of_supervisors_are_refused_also_through_the_registry(
    unit_of_work: UnitOfWorkFactory, registry: Registry
) -> None:
    with pytest.raises(BadImport) as refusal:
        await registry.import_people(people(row(ANI, "Ani", BUDI), row(BUDI, "Budi", ANI), row(CICI, "Cici", ANI)))
    assert problems(refusal) == [(2, "supervisor_nip"), (3, "supervisor_nip")]
    with pytest.raises(BadImport):
        await registry.import_people(people(row(ANI, "Ani", ANI)))

    await registry.import_people(people(row(ANI, "Ani", BUDI), row(BUDI, "Budi")))
    with pytest.raises(BadImport) as refusal:
        await registry.import_people(people(row(BUDI, "Budi", ANI)))
    assert problems(refusal) == [(2, "supervisor_nip")]
    # turned round within one file it is no circle
    await registry.import_people(people(row(BUDI, "Budi", ANI), row(ANI, "Ani")))
    assert await _nips(unit_of_work) == {ANI: None, BUDI: ANI}


@pytest.mark.parametrize(
    ("csv", "line", "column"),
    [
        ("", 1, FILE),
        (" \r\n\n", 1, FILE),
        ("\ufeff", 1, FILE),
        (HEADER, 2, FILE),
        ("PK\x03\x04\x00\x00 xlsx", 1, FILE),
        ("nip,name\nab\ufffdc,d", 2, FILE),
        (people(row(ANI, '"Ani')), 2, FILE),
        (people(row(ANI, "Ani Rahma, S.Pd.")), 2, ROW),
        (people(f"{ANI},Ani"), 2, ROW),
        (HEADER + ",nip\n" + row(ANI), 1, "nip"),
    ],
    ids=["empty", "blank", "bom only", "header only", "binary", "no utf-8", "open quote", "comma", "short", "twice"],
)
async def test_what_is_no_table_is_said_to_be_none(registry: Registry, csv: str, line: int, column: str) -> None:
    with pytest.raises(BadImport) as refusal:
        await registry.import_people(csv)
    assert (line, column) in problems(refusal)


async def test_missing_columns_are_named(registry: Registry) -> None:
    with pytest.raises(BadImport) as refusal:
        await registry.import_people("nip,nama,unit_code\n1,2,3\n")
    assert problems(refusal) == [
        (1, name) for name in ("name", "phone", "position", "level", "employment", "supervisor_nip", "is_hr")
    ]


async def test_units_know_their_parents(unit_of_work: UnitOfWorkFactory, registry: Registry) -> None:
    head = "code,name,short_name,parent\n"
    for csv, line in (
        (head + "KEL,Kelurahan,Kel.,KEC\n", 2),
        (head + "A,A,A,B\nB,B,B,A\n", 2),
        (head + "A,A,A,\na,A,A,\n", 3),
        (head + "A B,A,A,\n", 2),
    ):
        with pytest.raises(BadImport) as refusal:
            await registry.import_units(csv)
        assert refusal.value.problems[0].line == line
    await registry.import_units(head + "KEL,Kelurahan,Kel.,KEC\nKEC,Kecamatan,Kec.,PEMPROV\n")
    async with unit_of_work() as uow:
        assert {u.code: u.parent for u in await uow.people.units()} == {
            "PEMPROV": None,
            "DISDIK": "PEMPROV",
            "KEC": "PEMPROV",
            "KEL": "KEC",
        }
