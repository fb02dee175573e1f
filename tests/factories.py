"""One fixed cast of people with fixed roles, a small catalogue, and how to put them into a database.

Everything goes through the ports, so the same cast lives in the fake and in PostgreSQL. `NOW` is a Tuesday, 10:00 in Jakarta.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from core.domain.courses import Course, Mode, Session
from core.domain.people import Caller, Employment, Person, PositionLevel, Unit
from core.ports import UnitOfWorkFactory

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

PEMPROV = Unit("PEMPROV", "Pemerintah Provinsi Daerah Khusus Jakarta", "Pemprov Jakarta")
BKD = Unit("BKD", "Badan Kepegawaian Daerah", "BKD", "PEMPROV")
DISDIK = Unit("DISDIK", "Dinas Pendidikan", "Disdik", "PEMPROV")
DINKES = Unit("DINKES", "Dinas Kesehatan", "Dinkes", "PEMPROV")
UNITS = (PEMPROV, BKD, DISDIK, DINKES)

TELEGRAM_IDS = 900_000_000
"""Somebody's Telegram id is this plus their place in the cast."""


@dataclass(frozen=True)
class Cast:
    """Roles, not just names: tests rely on them.

    ratna heads Disdik and supervises bambang; bambang supervises sari (PNS teacher), joko (PPPK teacher) and budi (counter
    clerk); lina supervises nobody of Disdik but tono at Dinkes; dewi and agus are HR officers; yatim has no supervisor.
    """

    ratna: Person
    bambang: Person
    sari: Person
    joko: Person
    budi: Person
    lina: Person
    tono: Person
    dewi: Person
    agus: Person
    yatim: Person

    @property
    def everybody(self) -> tuple[Person, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def nip(number: int, employment: Employment = Employment.PNS) -> str:
    """Valid in shape and impossible in fact: nobody was born in month 13."""
    return f"199013{number % 28 + 1:02d}" + ("201903" if employment is Employment.PNS else "202321") + f"1{number:03d}"


def person(number: int, name: str, unit: Unit = DISDIK, **other: object) -> Person:
    row = Person(
        person_id=0,
        nip=nip(number),
        name=name,
        unit=unit,
        position="Pengadministrasi Umum",
        level=PositionLevel.PELAKSANA,
        employment=Employment.PNS,
        phone=phone(number),
        is_sample=True,
    )
    return replace(row, **other)  # type: ignore[arg-type]


def phone(number: int) -> str:
    return f"+62812000{90000 + number:05d}"


def telegram_id(someone: Person) -> int:
    return TELEGRAM_IDS + int(someone.nip[-3:])


def caller(someone: Person) -> Caller:
    return Caller(telegram_id(someone), someone)


async def add_people(unit_of_work: UnitOfWorkFactory, *, linked: bool = True) -> Cast:
    """Units and cast; with `linked`, everybody has a Telegram account (see `telegram_id`)."""
    level, kind = PositionLevel, Employment
    async with unit_of_work() as uow:
        for unit in UNITS:
            await uow.people.upsert_unit(unit)

        async def add(row: Person, supervisor: Person | None = None) -> Person:
            person_id = await uow.people.upsert(
                replace(row, supervisor_id=supervisor.person_id if supervisor else None)
            )
            if linked:
                await uow.accounts.link(telegram_id(row), person_id, NOW)
            found = await uow.people.get(person_id)
            assert found is not None
            return found

        ratna = await add(person(1, "Ratna Wulandari", position="Kepala Bidang", level=level.ADMINISTRATOR))
        bambang = await add(person(2, "Bambang Setiawan", position="Kepala Seksi", level=level.PENGAWAS), ratna)
        lina = await add(person(6, "Lina Marpaung", DINKES, position="Kepala Seksi", level=level.PENGAWAS))
        cast = Cast(
            ratna=ratna,
            bambang=bambang,
            sari=await add(person(3, "Sari Puspita", position="Guru", level=level.FUNGSIONAL), bambang),
            joko=await add(
                person(
                    4,
                    "Joko Prasetyo",
                    position="Guru",
                    level=level.FUNGSIONAL,
                    employment=kind.PPPK,
                    nip=nip(4, kind.PPPK),
                ),
                bambang,
            ),
            budi=await add(person(5, "Budi Hartono", position="Petugas Loket"), bambang),
            lina=lina,
            tono=await add(person(7, "Tono Siregar", DINKES, position="Perawat", level=level.FUNGSIONAL), lina),
            dewi=await add(
                person(8, "Dewi Anggraini", BKD, position="Analis SDM", level=level.FUNGSIONAL, is_hr=True), ratna
            ),
            agus=await add(
                person(9, "Agus Salim", BKD, position="Analis SDM", level=level.FUNGSIONAL, is_hr=True), ratna
            ),
            yatim=await add(person(10, "Yatim Nugroho", BKD)),
        )
        await uow.commit()
    return cast


async def add_crowd(unit_of_work: UnitOfWorkFactory, size: int) -> list[Person]:
    """That many more clerks of Disdik without supervisor or account."""
    crowd: list[Person] = []
    async with unit_of_work() as uow:
        for number in range(100, 100 + size):
            person_id = await uow.people.upsert(person(number, f"Pegawai {number}"))
            found = await uow.people.get(person_id)
            assert found is not None
            crowd.append(found)
        await uow.commit()
    return crowd


SPREADSHEET = Course(
    "TIK-02",
    "Analisis Data dengan Spreadsheet",
    "teknis",
    "dasar",
    16,
    Mode.DARING,
    frozenset(),
    "Rumus dan tabel pivot",
)
SERVICE = Course(
    "PLY-01",
    "Pelayanan Prima di Loket dan Daring",
    "teknis",
    "dasar",
    16,
    Mode.LURING,
    frozenset({PositionLevel.PELAKSANA, PositionLevel.FUNGSIONAL}),
    "Standar pelayanan",
)
VALUES = Course(
    "SOS-01", "Internalisasi BerAKHLAK", "sosial kultural", "dasar", 8, Mode.DARING, frozenset(), "Tujuh nilai dasar"
)
COURSES = (SPREADSHEET, SERVICE, VALUES)


def session(course: Course = SPREADSHEET, letter: str = "A", *, in_days: float = 10, **other: object) -> Session:
    """Two days long, open until two days before, 7 seats, with a waiting list and without approval."""
    starts_at = NOW + timedelta(days=in_days)
    row = Session(
        code=f"{course.code}-{letter}",
        course=course,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=1, hours=8),
        closes_at=starts_at - timedelta(days=2),
        seats=7,
        has_waiting_list=True,
        needs_approval=False,
        place="Daring (Zoom)",
    )
    return replace(row, **other)  # type: ignore[arg-type]


async def add_sessions(unit_of_work: UnitOfWorkFactory, *sessions: Session) -> None:
    async with unit_of_work() as uow:
        for course in COURSES:
            await uow.courses.upsert_course(course)
        for row in sessions:
            await uow.courses.upsert_session(row)
        await uow.commit()
