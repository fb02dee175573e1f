"""What a newcomer does in the first ten minutes, with every process running for real."""

import time

import pytest

from tests.e2e.conftest import SamplePerson, add_session_with_reminder_due, share_own_contact
from tests.e2e.system import Phone, System


@pytest.fixture(scope="module")
def supervisor(sample_people: list[SamplePerson]) -> SamplePerson:
    return next(p for p in sample_people if p.role == "atasan")


@pytest.fixture(scope="module")
def employee(sample_people: list[SamplePerson], supervisor: SamplePerson) -> SamplePerson:
    return next(p for p in sample_people if p.role == "pegawai" and p.unit == supervisor.unit)


def test_a_stranger_is_told_the_rule_with_its_legal_basis_and_source(system: System) -> None:
    phone = Phone(system, 799_000_001)
    phone.send({"start": ""})
    phone.wait_for_text("Rekan ASN")
    answer = phone.say("cuti tahunan pns itu berapa hari ya?")
    assert "12 hari kerja" in answer["text"]
    assert "PP 11/2017 Pasal 311" in answer["text"]
    source = phone.press("Sumber")
    assert "PP 11/2017" in source["text"]


def test_a_stranger_sees_the_catalogue_but_is_asked_to_link_before_enrolling(system: System) -> None:
    phone = Phone(system, 799_000_002)
    phone.send({"start": ""})
    phone.wait_for_text("Rekan ASN")
    catalogue = phone.say("pelatihan apa saja yang dibuka?")
    assert catalogue["buttons"]
    answer = phone.say("daftarkan saya ke pelatihan literasi digital")
    assert "/start" in answer["text"]


def test_a_civil_servant_is_linked_enrolled_approved_and_reminded(
    system: System, employee: SamplePerson, supervisor: SamplePerson
) -> None:
    staff, boss = Phone(system, employee.user_id), Phone(system, supervisor.user_id)
    for phone, person in ((boss, supervisor), (staff, employee)):
        phone.send({"start": ""})
        linked = share_own_contact(phone, person)
        assert person.name.split()[0] in " ".join(m["text"] or "" for m in phone.from_bot()), linked

    add_session_with_reminder_due(system, "TIK-03-B", needs_approval=True)
    asked = staff.say("saya mau daftar TIK-03-B")
    assert "Visualisasi Data" in asked["text"]
    before, started = boss.newest_id(), time.monotonic()
    staff.press("Ya")
    request = boss.wait_for_text("Visualisasi Data", after=before)
    assert time.monotonic() - started < 3.0, "the approval request took too long to reach the supervisor"
    assert employee.name.split()[0] in request["text"]

    before = staff.newest_id()
    boss.press("Setujui")
    staff.wait_for_text("disetujui", "Visualisasi Data", after=before)
    reminder = staff.wait_for_text("Pengingat pelatihan", "Visualisasi Data", after=before)
    assert reminder["buttons"]

    status = staff.say("/status")
    assert "Visualisasi Data" in status["text"]


def test_a_received_calendar_file_opens(system: System, employee: SamplePerson) -> None:
    staff = Phone(system, employee.user_id)
    message = staff.press("Simpan ke kalender")
    assert message["document"]["file_name"].endswith(".ics")
    url = message["document"]["url"]
    body = system.http.get(system.sandbox_url + url).text
    assert "BEGIN:VEVENT" in body
    assert "Visualisasi Data" in body


def test_a_broadcast_reaches_every_linked_phone_once(
    system: System, employee: SamplePerson, supervisor: SamplePerson
) -> None:
    text = "Sosialisasi penataan ASN: Senin pukul 09.00 di aula."
    sent = system.rekan("campaign", "send", "--to", "all", "--yes", "--urgent", text)
    assert sent.returncode == 0, sent.stdout + sent.stderr
    for person in (employee, supervisor):
        phone = Phone(system, person.user_id)
        phone.wait_for_text(text)
        assert sum(text in (m["text"] or "") for m in phone.from_bot()) == 1
    assert "selesai" in system.rekan("campaign", "status").stdout
