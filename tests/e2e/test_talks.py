"""Enrolling as people really talk: interrupted, corrected, undecided, and with every process killed in between."""

import os
import signal
from datetime import UTC, date, datetime, timedelta

import pytest

from core.domain.calendar import MONTHS, jakarta
from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System, wait_for

COURSE = "Sosialisasi Arsip Vital Kepulauan"
CODE = "ARV-01"
SOON, LATER = f"{CODE}-A", f"{CODE}-B"
CLASS = ("BTK-01", "Membatik Seragam Kantor")


@pytest.fixture(scope="module")
def days() -> dict[str, date]:
    """One session this month or the next, one in the month after: told apart by the month, whenever the test runs."""
    first = jakarta(datetime.now(UTC)).date() + timedelta(days=15)  # noqa: TID251
    later = (first.replace(day=1) + timedelta(days=32)).replace(day=10)
    return {SOON: first, LATER: later, f"{CLASS[0]}-A": later + timedelta(days=5)}


@pytest.fixture(scope="module")
def catalogue(system: System, days: dict[str, date]) -> None:
    """Two trainings of this module's own, so that nobody else's tests take their seats."""
    courses, sessions = system.data_dir / "talks-courses.csv", system.data_dir / "talks-sessions.csv"
    courses.write_text(
        "code,title,competency,level,hours,mode,audience,summary\n"
        f'{CODE},{COURSE},teknis,dasar,3,daring,semua,"Menyelamatkan arsip vital di kepulauan"\n'
        f'{CLASS[0]},{CLASS[1]},teknis,dasar,3,luring,semua,"Membatik seragam dengan canting dan malam"\n',
        encoding="utf-8",
    )
    rows = [
        f"{code},{code.rpartition('-')[0]},{day} 09:00,{day} 12:00,{day - timedelta(days=1)} 23:59,9,yes,yes,Aula 7\n"
        for code, day in days.items()
    ]
    heading = "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"
    sessions.write_text(heading + "".join(rows), encoding="utf-8")
    for path in (courses, sessions):
        imported = system.rekan("courses", "import", str(path))
        assert imported.returncode == 0, imported.stdout + imported.stderr


@pytest.fixture(scope="module")
def staff(system: System, sample_people: list[SamplePerson], catalogue: None) -> Phone:
    person = [p for p in sample_people if p.role == "pegawai"][1]
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    phone.say("batal")
    return phone


def month(day: date) -> str:
    return MONTHS[day.month - 1]


def test_two_sessions_of_one_training_are_asked_and_the_second_is_taken(staff: Phone) -> None:
    asked = staff.say("min mau ikut arsip vital dong")["text"]
    assert "2 sesi" in asked
    assert "pilih dulu" in staff.say("iya")["text"] or "2 sesi" in staff.from_bot()[-1]["text"]
    assert LATER in staff.say("yg kedua aja")["text"]


def test_questions_in_the_middle_are_answered_and_the_form_comes_back(staff: Phone) -> None:
    for question, answer in (
        ("cuti melahirkan berapa bulan sih?", "Dasar:"),
        ("sisa kursinya brp ya", f"Sesi {LATER}"),
        ("siapa atasan saya?", "Atasan: "),
        ("jp sy udh berapa", "JP"),
    ):
        before = staff.newest_id()
        again = staff.say(question)
        staff.wait_for_text(answer, after=before)
        again = staff.wait_for_text("Kembali ke pendaftaran", LATER, after=before)
        assert [key["text"] for row in again["buttons"] for key in row] == ["Ya, daftarkan", "Tidak jadi"]
    assert "suara" in staff.send({"voice": True})["text"]


def test_corrections_change_the_session_or_the_training(staff: Phone, days: dict[str, date]) -> None:
    assert SOON in staff.say("eh bukan, yang satunya aja")["text"]
    assert LATER in staff.say(f"bukan, yg {month(days[LATER])}")["text"]
    assert SOON in staff.say(f"eh salah yg tanggal {days[SOON].day} maksudnya")["text"]
    assert CLASS[0] in staff.say("ganti deh, membatik aja")["text"]
    assert "2 sesi" in staff.say("eh gajadi yg itu, arsip vital aja")["text"]
    assert SOON in staff.say("yang pertama")["text"]


def test_a_changed_mind_leaves_and_comes_back_to_the_same_session(staff: Phone) -> None:
    assert "tidak dilanjutkan" in staff.say("gajadi deh")["text"]
    assert SOON in staff.say("eh jadi deh")["text"]
    assert "tidak dilanjutkan" in staff.say("tar dulu deh mau tanya bos")["text"]
    assert SOON in staff.say("ok jadi")["text"]
    assert "sudah dikirim" in staff.say("iya lanjut")["text"]
    assert SOON in staff.say("status pendaftaran saya")["text"]


def test_every_process_dies_in_the_middle_of_one_talk_and_it_goes_on(system: System, staff: Phone) -> None:
    """Each is killed between two turns, and its turn comes once it is back."""

    def killed(*modules: str) -> None:
        for module in modules:
            os.kill(system.pid_of(module), signal.SIGKILL)

    begun = staff.newest_id()
    assert CLASS[0] in staff.say("daftar membatik dong")["text"]
    killed("bot", "scheduler")
    before = staff.newest_id()
    staff.post({"text": "jp nya brp?"})  # while nobody listens
    staff.wait_for_text("3 JP", after=before, seconds=60)
    staff.wait_for_text("Kembali ke pendaftaran", after=before)

    killed("actions", "sandbox")
    wait_for(system.sandbox_answers, "the sandbox to be back", seconds=60)

    def answered(words: str, part: str) -> bool:
        return any(part in (m["text"] or "") for m in (staff.say(words), staff.from_bot()[-1]))

    wait_for(lambda: answered("siapa atasan saya", "Kembali ke pendaftaran"), "the form to come back", seconds=60)
    killed("rasa")
    assert staff.say("ya")["text"]  # one calm sentence

    def sent() -> list[str]:
        fresh = [m["text"] or "" for m in staff.from_bot() if m["message_id"] > begun]
        return [text for text in fresh if "sudah dikirim" in text]

    wait_for(lambda: sent() or (staff.say("ya") and sent()), "the yes to count once Rasa is back", seconds=60)
    assert len(sent()) == 1
    assert CLASS[1] in sent()[0]
    status = "SELECT status FROM enrollments WHERE session_code = %s"
    assert system.rows(status, f"{CLASS[0]}-A") == [("requested",)]
