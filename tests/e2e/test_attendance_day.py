"""A day of training with every process running: the code in the room, the list, the hours and the certificate."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.calendar import jakarta
from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System

SESSION = "SOS-01-E"
"""Not of the sample, which a restart may move."""


@pytest.fixture(scope="module")
def staff(system: System, sample_people: list[SamplePerson]) -> Phone:
    person = [p for p in sample_people if p.role == "pegawai"][-1]
    return linked(system, person)


@pytest.fixture(scope="module")
def officer(system: System, sample_people: list[SamplePerson]) -> Phone:
    return linked(system, next(p for p in sample_people if p.role == "petugas HR"))


def linked(system: System, person: SamplePerson) -> Phone:
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    return phone


def add_session_of_today(system: System) -> None:
    """It begins in half an hour, when its code is shown already, and ends soon enough to be confirmed at once."""
    now = datetime.now(UTC)  # noqa: TID251
    starts, ends, closes = (f"{jakarta(now + timedelta(minutes=minutes)):%Y-%m-%d %H:%M}" for minutes in (30, 50, 20))
    path = system.data_dir / "today.csv"
    path.write_text(
        "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"
        f"{SESSION},SOS-01,{starts},{ends},{closes},5,yes,no,BPSDM Jakarta\n",
        encoding="utf-8",
    )
    imported = system.rekan("courses", "import", str(path))
    assert imported.returncode == 0, imported.stdout + imported.stderr


def test_from_the_code_in_the_room_to_the_certificate(system: System, staff: Phone, officer: Phone) -> None:
    add_session_of_today(system)
    asked = staff.say(f"saya mau daftar {SESSION}")
    assert "BerAKHLAK" in asked["text"]
    staff.press("Ya")

    shown = officer.say(f"/kehadiran {SESSION}")
    code = re.search(r"start=hadir_([A-Z0-9]{6})", shown["text"])
    assert code is not None, shown["text"]
    assert "0 dari 1" in shown["text"]
    answer = staff.send({"start": f"hadir_{code[1]}"})
    assert "Kehadiran Anda tercatat" in answer["text"]
    assert "sudah tercatat sebelumnya" in staff.say(f"/hadir {code[1]}")["text"]
    assert "1 dari 1" in officer.press("Tampilkan kode")["text"]

    before = staff.newest_id()
    assert "Hadir: 1" in officer.press("Daftar hadir")["text"]
    assert "Selesai, JP sudah dicatat: 1" in officer.press("Sahkan: 1 selesai")["text"]
    good_news = staff.wait_for_text("pelatihan selesai", "8 JP", after=before)
    assert good_news["buttons"]

    document = staff.press("Unduh sertifikat")
    assert document["document"]["file_name"] == f"sertifikat-{SESSION}.pdf"
    number = re.search(r"RA-\d{4}-\w{4}-\w{4}", str(document))
    assert number is not None, document
    checked = system.rekan("certificate", "verify", number[0])
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "SAH" in checked.stdout
    stranger = Phone(system, 799_000_009)
    assert "sah" in stranger.send({"start": f"cek_{number[0].replace('-', '')}"})["text"]


def test_what_was_earned_is_told_in_chat(staff: Phone) -> None:
    hours = staff.say("jp saya berapa")
    assert "Internalisasi BerAKHLAK, 8 JP" in hours["text"]
    assert SESSION in staff.say("sertifikat saya mana")["text"]
    assert "document" in staff.press(f"Sertifikat {SESSION}")
    assert "Mengapa:" in staff.say("saya cocoknya ikut pelatihan apa ya")["text"]
