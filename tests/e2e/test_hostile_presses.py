"""Forged, foreign, late and repeated presses about enrollments: refused calmly, kept in the audit trail, nothing changed."""

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.calendar import jakarta
from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System

CODE = "PRS-01-A"
TITLE = "Menata Prasarana Pulau"


@pytest.fixture(scope="module")
def phones(system: System, sample_people: list[SamplePerson]) -> dict[str, Phone]:
    """Joko who enrolls, Bambang who decides about him, and three who have nothing to do with it."""
    found = {}
    for person in sample_people:
        name = person.name.split()[0]
        if name in {"Joko", "Bambang", "Sari", "Rizky", "Rudi"}:
            found[name] = phone = Phone(system, person.user_id)
            phone.send({"start": ""})
            share_own_contact(phone, person)
    return found


@pytest.fixture(scope="module")
def requested(system: System, phones: dict[str, Phone]) -> int:
    """Joko's request, which waits for Bambang; the number of its row."""
    day = jakarta(datetime.now(UTC)).date() + timedelta(days=20)  # noqa: TID251
    course, session = system.data_dir / "hostile-course.csv", system.data_dir / "hostile-session.csv"
    course.write_text(  # few hours: a PPPK may take 24 a year
        "code,title,competency,level,hours,mode,audience,summary\n"
        f"{CODE[:-2]},{TITLE},teknis,dasar,3,daring,semua,Menata prasarana\n",
        encoding="utf-8",
    )
    session.write_text(
        "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"
        f"{CODE},{CODE[:-2]},{day} 09:00,{day} 12:00,{day - timedelta(days=2)} 23:59,5,yes,yes,Zoom\n",
        encoding="utf-8",
    )
    for path in (course, session):
        imported = system.rekan("courses", "import", str(path))
        assert imported.returncode == 0, imported.stdout + imported.stderr
    joko = phones["Joko"]
    joko.say("batal")
    joko.say(f"saya mau daftar {CODE}")
    before = phones["Bambang"].newest_id()
    joko.press("Ya, daftarkan")
    phones["Bambang"].wait_for_text("Joko", TITLE, after=before)
    [(row_id,)] = system.rows("SELECT id FROM enrollments WHERE session_code = %s", CODE)
    return int(row_id)


def refused(system: System, phone: Phone, data: str) -> str:
    """Presses forged data below the phone's newest message; returns what is said to it."""
    message = phone.from_bot()[-1]["message_id"]
    before = {m["message_id"]: m["text"] for m in phone.from_bot()}
    phone.press_raw(message, data)
    changed = phone.wait_for_change(before)
    assert "gangguan" not in changed["text"], "no trouble of ours"
    return str(changed["text"])


def about(phone: Phone) -> list[tuple[int, str]]:
    """What the bot has said of the training; other messages of other tests may come in between."""
    return [(m["message_id"], m["text"]) for m in phone.from_bot() if TITLE in (m["text"] or "")]


def kept(system: System, tried: str) -> list[tuple[str, int]]:
    """Who tried it, by name, and which row."""
    return system.rows(
        "SELECT split_part(people.name, ' ', 1), (facts ->> 'enrollment_id')::bigint FROM audit"
        " JOIN people ON 'person:' || people.id = audit.actor WHERE action = %s ORDER BY audit.id",
        f"{tried}_refused",
    )


def trail(system: System, row_id: int) -> tuple[object, ...]:
    """The row as it stands, with its steps and the messages about it."""
    return (
        system.rows("SELECT status, decided_at, reason FROM enrollments WHERE id = %s", row_id),
        system.rows("SELECT action, actor FROM audit WHERE subject = %s ORDER BY id", f"enrollment:{row_id}"),
        system.rows("SELECT count(*) FROM enrollments WHERE session_code = %s", CODE),
    )


@pytest.mark.parametrize(
    ("name", "data", "tried", "says"),
    [
        ("Sari", "1xe|{row}", "see_enrollment", "tidak saya temukan"),
        ("Rizky", "1ce|{row}", "see_enrollment", "tidak saya temukan"),
        ("Rizky", "1ic|{row}", "see_enrollment", "tidak"),
        ("Sari", "1ac|{row}", "answer_offer", "bukan milik Anda"),
        ("Rizky", "1pa|{row}", "answer_offer", "bukan milik Anda"),
        ("Sari", "1sf|{row}", "see_certificate", "bukan milik Anda"),
        ("Rudi", "1ap|{row}", "decide_request", "atasan"),
        ("Rudi", "1de|{row}", "see_request", "atasan"),
        ("Joko", "1ap|{row}", "decide_request", "atasan"),
    ],
    ids=["withdraw", "choose", "calendar", "accept", "pass", "certificate", "approve", "decline", "approve-own"],
)
def test_what_is_somebody_elses_is_refused_kept_and_untouched(
    system: System, phones: dict[str, Phone], requested: int, name: str, data: str, tried: str, says: str
) -> None:
    before, times = trail(system, requested), kept(system, tried).count((name, requested))
    assert says in refused(system, phones[name], data.format(row=requested))
    assert kept(system, tried).count((name, requested)) == times + 1
    assert trail(system, requested) == before


def test_a_repeated_update_decides_once_and_says_nothing_twice(
    system: System, phones: dict[str, Phone], requested: int
) -> None:
    boss, staff = phones["Bambang"], phones["Joko"]
    message, button = boss.find_button("Setujui")
    before, tries = staff.newest_id(), kept(system, "decide_request")
    pressed = boss._post("clicks", {"message_id": message["message_id"], "data": button["data"]})
    staff.wait_for_text("disetujui", TITLE, after=before)
    boss.wait_for_text("disetujui", TITLE, after=message["message_id"] - 1)  # the pressed message keeps the outcome
    after, said = trail(system, requested), about(boss) + about(staff)
    system.http.post(
        f"{system.sandbox_url}/sandbox/updates/replay", json={"update_id": pressed["update_id"]}
    ).raise_for_status()
    boss.say("halo")  # in order after the replay
    assert about(boss) + about(staff) == said
    assert trail(system, requested) == after
    assert kept(system, "decide_request") == tries


@pytest.mark.parametrize("verb", ["ap", "dy"], ids=["approve", "decline"])
def test_an_old_button_of_the_supervisor_says_where_it_stands(
    system: System, phones: dict[str, Phone], requested: int, verb: str
) -> None:
    before = trail(system, requested)
    assert refused(system, phones["Bambang"], f"1{verb}|{requested}")
    assert trail(system, requested) == before
    assert ("Bambang", requested) in kept(system, "decide_request")


def test_an_old_button_of_the_employee_after_withdrawing_changes_nothing(
    system: System, phones: dict[str, Phone], requested: int
) -> None:
    staff = phones["Joko"]
    staff.say(f"batalkan {CODE}")
    staff.press("Lewati")
    assert "sudah dibatalkan" in staff.press("Ya, batalkan")["text"]
    before = trail(system, requested)
    assert refused(system, staff, f"1xe|{requested}")
    assert refused(system, staff, f"1ac|{requested}")
    assert {("Joko", requested)} <= set(kept(system, "cancel")) & set(kept(system, "answer_offer"))
    assert trail(system, requested) == before
