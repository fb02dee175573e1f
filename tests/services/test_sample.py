"""The sample data: complete, impossible to mistake for real people, and safe to bring in at every start."""

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.bootstrap import Services, wire
from core.domain.calendar import jakarta
from core.domain.enrollment import Status
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Caller, Employment
from core.ports import UnitOfWorkFactory
from core.services.delivery import Delivery
from core.services.pacing import Pace
from core.services.phones import read_phone
from core.services.sample import sandbox_people, seed
from core.settings import ROOT
from tests.fakes import FakeEmbedder, FakeTime, FixedClock, RecordingMessenger

SAMPLE = ROOT / "sample"


@pytest.fixture
def services(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Services:
    return wire(unit_of_work, clock, FakeEmbedder())


@pytest.fixture
def no_knowledge(tmp_path: Path) -> Path:
    """Most tests here do without the policy documents; the embedding of them is tested elsewhere."""
    return tmp_path


async def test_sixty_people_with_supervisors_and_two_hr_officers(services: Services, no_knowledge: Path) -> None:
    seeded = await seed(services, SAMPLE, no_knowledge)
    assert (seeded.people, seeded.courses, seeded.sessions) == (60, 24, 27)
    async with services.unit_of_work() as uow:
        hierarchy = await uow.people.hierarchy()
        officers = await uow.people.hr_officers()
        people = [await uow.people.by_nip(nip) for nip in hierarchy]
        units = await uow.people.units()
    assert sorted(officer.unit.code for officer in officers) == ["BKD", "BPSDM"]
    assert [nip for nip, supervisor in hierarchy.items() if supervisor is None] == [people[0].nip]  # type: ignore[union-attr]
    assert {p.unit.code for p in people if p} == {unit.code for unit in units}
    assert sum(p.employment is Employment.PPPK for p in people if p) >= 10


def test_no_sample_person_can_be_mistaken_for_a_real_one() -> None:
    with (SAMPLE / "people.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    for row in people:
        assert re.fullmatch(r"[0-9]{4}13[0-9]{2}[0-9]{6}[12][0-9]{3}", row["nip"])  # nobody was born in month 13
        assert row["is_sample"] == "ya"
        assert re.fullmatch(r"\+62812000000[0-9]{2}", row["phone"])
        assert read_phone(row["phone"]) == row["phone"]
    for column in ("nip", "phone", "name"):
        assert len({row[column] for row in people}) == 60


async def test_seeding_again_changes_nothing(services: Services, no_knowledge: Path, clock: FixedClock) -> None:
    await seed(services, SAMPLE, no_knowledge)
    [sari, *_] = sandbox_people(SAMPLE)
    async with services.unit_of_work() as uow:
        [person] = await uow.people.by_phone(str(sari["phone_number"]))
        hours = await uow.hours.of_person(person.person_id, 2026)
    again = await seed(services, SAMPLE, no_knowledge)
    assert (again.people, again.courses) == (0, 0)
    async with services.unit_of_work() as uow:
        assert await uow.people.by_phone(str(sari["phone_number"])) == [person]
        assert await uow.hours.of_person(person.person_id, 2026) == hours
    assert sum(entry.hours for entry in hours) == 14


async def test_a_later_start_moves_only_sessions_nobody_has_enrolled_in(
    services: Services, no_knowledge: Path, clock: FixedClock
) -> None:
    await seed(services, SAMPLE, no_knowledge)
    async with services.unit_of_work() as uow:
        [sari] = await uow.people.by_phone(str(sandbox_people(SAMPLE)[0]["phone_number"]))
        before = {code: await uow.courses.session(code) for code in ("TIK-01-A", "TIK-02-A")}
    await services.enrollments.enroll(Caller(1, sari), "TIK-01-A")
    clock.pass_by(days=3)
    await seed(services, SAMPLE, no_knowledge)
    async with services.unit_of_work() as uow:
        after = {code: await uow.courses.session(code) for code in before}
    assert after["TIK-01-A"] == before["TIK-01-A"]
    assert after["TIK-02-A"] is not None
    assert before["TIK-02-A"] is not None
    assert after["TIK-02-A"].starts_at - before["TIK-02-A"].starts_at == timedelta(days=3)


@pytest.mark.parametrize("hour", [0, 6, 8, 9, 12, 23])
async def test_at_any_hour_a_newcomer_enrolls_is_approved_and_reminded_at_once(
    services: Services, no_knowledge: Path, clock: FixedClock, time: FakeTime, hour: int
) -> None:
    clock.moment = datetime.fromisoformat(f"2026-11-24T{hour:02d}:10:00+07:00")
    await seed(services, SAMPLE, no_knowledge)
    sari, bambang, *_ = sandbox_people(SAMPLE)
    for someone in (sari, bambang):
        telegram_id = int(str(someone["id"]))
        await services.identity.link_by_contact(
            telegram_id, str(someone["phone_number"]), contact_user_id=telegram_id, forwarded=False
        )
    employee, supervisor = [await services.identity.caller(f"tg-{person['id']}") for person in (sari, bambang)]
    messenger = RecordingMessenger()
    delivery = Delivery(
        services.unit_of_work,
        clock,
        messenger,
        worker="test",
        pace=Pace(25, monotonic=time, sleep=time.sleep),
    )

    at_once = await services.enrollments.enroll(employee, "SOS-01-B")
    asked = await services.enrollments.enroll(employee, "TIK-04-B")
    await delivery.send_due()
    await services.enrollments.decide_request(supervisor, asked.enrollment.enrollment_id, approve=True)
    await delivery.send_due()

    assert at_once.enrollment.status is Status.CONFIRMED
    assert jakarta(at_once.enrollment.session.starts_at).date() - jakarta(clock.now()).date() <= timedelta(days=1)
    assert [m.kind for m in messenger.to(int(str(bambang["id"])))] == [Kind.APPROVAL_REQUEST]
    assert sorted(m.kind for m in messenger.to(int(str(sari["id"])))) == [
        Kind.REQUEST_APPROVED,
        Kind.SESSION_REMINDER,
        Kind.SESSION_REMINDER,
    ]
    assert {m.status for m in messenger.sent} == {DeliveryStatus.SENDING}


def test_the_sandbox_offers_employees_their_supervisors_and_hr() -> None:
    people = sandbox_people(SAMPLE)
    assert [person["id"] for person in people] == list(range(700000001, 700000009))
    assert [person["role"] for person in people].count("petugas HR") == 2
    assert {"pegawai", "atasan", "petugas HR"} == {person["role"] for person in people}
    assert people[0]["unit"] == people[1]["unit"] == "Dinas Pendidikan"
    assert all(person.keys() == {"id", "name", "role", "unit", "phone_number", "note"} for person in people)
