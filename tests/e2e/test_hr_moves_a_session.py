"""HR moves a session and calls it off from the phone; its staff hear of both, with a calendar file that replaces the old."""

from datetime import UTC, datetime, timedelta

from core.domain.calendar import jakarta
from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System

CODE = "TIK-03-H"


def add_session(system: System) -> None:
    """So near that what becomes of it is told at once, also at night."""
    starts_at = datetime.now(UTC) + timedelta(minutes=90)  # noqa: TID251
    starts, ends = (f"{jakarta(at):%Y-%m-%d %H:%M}" for at in (starts_at, starts_at + timedelta(hours=2)))
    path = system.data_dir / f"{CODE}.csv"
    path.write_text(
        "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"
        f"{CODE},TIK-03,{starts},{ends},{starts},5,yes,no,BPSDM Jakarta\n",
        encoding="utf-8",
    )
    imported = system.rekan("courses", "import", str(path))
    assert imported.returncode == 0, imported.stdout + imported.stderr


def test_a_moved_and_then_cancelled_session_reaches_the_phone_of_its_staff(
    system: System, sample_people: list[SamplePerson]
) -> None:
    employee, officer = (next(p for p in sample_people if p.role == role) for role in ("pegawai", "petugas HR"))
    staff, hr = Phone(system, employee.user_id), Phone(system, officer.user_id)
    for phone, person in ((hr, officer), (staff, employee)):
        phone.send({"start": ""})
        share_own_contact(phone, person)
    add_session(system)
    staff.say(f"saya mau daftar {CODE}")
    staff.press("Ya")

    hr.say(f"/kelas {CODE}")
    hr.press("Ubah tempat")
    assert "satu baris" in hr.from_bot()[-1]["text"]
    assert "Aula 2" in hr.say("Aula 2, lantai 3")["text"]
    before = staff.newest_id()
    assert "1 orang saya kabari" in hr.press("Ya, ubah")["text"]
    moved = staff.wait_for_text("Perubahan jadwal", "Aula 2, lantai 3", after=before)
    assert moved["document"]["file_name"] == f"{CODE}.ics"
    body = system.http.get(system.sandbox_url + moved["document"]["url"]).text
    assert "SEQUENCE:1" in body

    hr.say(f"/kelas {CODE}")
    hr.press("Batalkan kelas")
    assert "Pengajar berhalangan" in hr.say("Pengajar berhalangan")["text"]
    before = staff.newest_id()
    hr.press("Ya, batalkan kelas")
    cancelled = staff.wait_for_text("Kelas dibatalkan", "Pengajar berhalangan", after=before)
    body = system.http.get(system.sandbox_url + cancelled["document"]["url"]).text
    assert "METHOD:CANCEL" in body
    assert "SEQUENCE:2" in body
