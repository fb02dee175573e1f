"""Opening a session in chat, and leaving it: a question in between, the reason, and who reads it; through every process."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.calendar import jakarta
from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System


@pytest.fixture(scope="module")
def staff(system: System, sample_people: list[SamplePerson]) -> Phone:
    return linked(system, next(p for p in sample_people if p.role == "pegawai"))


@pytest.fixture(scope="module")
def officer(system: System, sample_people: list[SamplePerson]) -> Phone:
    return linked(system, next(p for p in sample_people if p.role == "petugas HR"))


def linked(system: System, person: SamplePerson) -> Phone:
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    return phone


def typed(days: int, clock: str) -> str:
    return f"{jakarta(datetime.now(UTC) + timedelta(days=days)):%d-%m-%Y} {clock}"  # noqa: TID251


def code_in(text: str) -> str:
    return text.split("(")[1].split(")")[0]


def test_an_officer_opens_a_session_and_staff_leave_it_with_a_reason(
    system: System, staff: Phone, officer: Phone
) -> None:
    officer.say("/kelas")
    officer.press("Buka kelas baru")
    officer.say("SOS-01")
    officer.say(f"{typed(40, '08.00')} sampai {typed(40, '15.00')}")
    officer.say("BPSDM, Aula 3")
    officer.press("20 kursi")
    officer.press("Sehari sebelumnya")
    whole = officer.press("Tidak perlu")
    code = code_in(whole["text"])
    assert "Belum ada yang dibuka" in whole["text"]
    assert f"Kelas {code} dibuka" in officer.press("Ya, buka")["text"]

    assert "Aula 3" in staff.say(f"daftarkan saya ke {code}")["text"]
    assert "terdaftar" in staff.press("Ya, daftarkan")["text"]

    assert "alasannya" in staff.say(f"tolong batalkan pendaftaran saya di {code}")["text"]
    before = staff.newest_id()
    staff.say("cuti tahunan PNS berapa hari ya?")
    staff.wait_for_text("Kembali ke pembatalan", after=before)
    assert "tetap seperti semula" in staff.say("batal")["text"]
    assert code in staff.say("jadwal saya")["text"]

    assert "alasannya" in staff.say(f"saya mau membatalkan pendaftaran {code}")["text"]
    assert "Alasan: ada rapat mendadak di kantor walikota" in staff.say("ada rapat mendadak di kantor walikota")["text"]
    assert "sudah dibatalkan" in staff.press("Ya, batalkan")["text"]
    officer.say(f"/kelas {code}")
    people = officer.press("Daftar peserta")
    assert "ada rapat mendadak di kantor walikota" in people["text"]
    report = system.rekan("report", "enrollments", "--session", code, "--json")
    assert "ada rapat mendadak di kantor walikota" in report.stdout
