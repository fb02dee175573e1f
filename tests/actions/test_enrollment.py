"""Enrolling in conversation: the straight way, and what became of it."""

import pytest

from actions import services as holder
from tests.actions.enrolling import enrollments_of
from tests.factories import COURSES, SERVICE, SPREADSHEET, VALUES, add_sessions, caller, session


async def test_a_course_with_one_session_goes_straight_to_the_confirmation(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("mau daftar TIK-02", "enroll_training")
    [asked] = await chat.start("enroll_form")
    for fact in ("Analisis Data dengan Spreadsheet", "4", "Desember 2026", "Daring (Zoom)", "16 JP"):
        assert fact in asked.text
    assert asked.payloads == ["/affirm", "/deny"]
    assert asked.custom == {
        "course": "TIK-02",
        "session": "TIK-02-A",
        "at_hand": "TIK-02-A",
        "becomes": "confirmed",
    }
    assert chat.slots["requested_slot"] == "confirmed"


async def test_a_yes_enrolls_and_empties_the_slots(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    [told] = await chat.yes()
    assert told.custom["status"] == "confirmed"
    assert '/calendar_file{"session": "TIK-02-A"}' in told.payloads
    assert (chat.slots["session"], chat.slots["confirmed"]) == (None, None)
    assert [e.status for e in await enrollments_of(database, cast.sari)] == ["confirmed"]


async def test_a_no_changes_nothing(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    [told] = await chat.no()
    assert "Tidak ada yang berubah" in told.text
    assert await enrollments_of(database, cast.sari) == []


async def test_approval_is_told_before_and_after(talk, cast, database):
    await add_sessions(database, session(needs_approval=True))
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert "persetujuan atasan" in asked.text
    [told] = await chat.yes()
    assert told.custom["status"] == "requested"
    assert "atasan" in told.text


async def test_without_a_supervisor_the_request_goes_to_hr(talk, cast, database):
    await add_sessions(database, session(needs_approval=True))
    chat = talk(cast.yatim)
    chat.hear("daftar TIK-02", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert "tim SDM" in asked.text


async def test_a_full_session_tells_the_place_in_line(talk, cast, database, services):
    await add_sessions(database, session(seats=1))
    await services.enrollments.enroll(caller(cast.budi), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert "daftar tunggu, urutan ke-1" in asked.text
    [told] = await chat.yes()
    assert told.custom["status"] == "waitlisted"
    assert "urutan ke-1" in told.text


async def test_what_cannot_be_is_said_before_the_confirmation(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET, "A", in_days=10), session(VALUES, "A", in_days=10))
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("daftar SOS-01", "enroll_training")
    [refused] = await chat.start("enroll_form")
    assert "bertabrakan" in refused.text
    assert chat.form is None
    assert chat.followup == "action_listen"


async def test_a_training_for_others_is_declined_with_advice(talk, cast, database):
    await add_sessions(database, session(SERVICE))
    chat = talk(cast.ratna)
    chat.hear("daftar PLY-01", "enroll_training")
    [refused] = await chat.start("enroll_form")
    assert "pelaksana" in refused.text
    assert "/recommend_training" in refused.payloads


async def test_somebody_already_enrolled_is_told_so_at_once(talk, cast, database, services):
    await add_sessions(database, session())
    result = await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    [told] = await chat.start("enroll_form")
    assert "sudah tercatat" in told.text
    assert f'/cancel_enrollment{{"enrollment": "{result.enrollment.enrollment_id}"}}' in told.payloads
    assert chat.form is None


async def test_a_double_tap_gives_the_same_answer(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    for _ in range(2):
        chat.slots |= {"session": "TIK-02-A", "confirmed": True}
        chat.press("/affirm")
        [told] = await chat.run("action_enroll")
        assert told.custom["status"] == "confirmed"
    assert len(await enrollments_of(database, cast.sari)) == 1


async def test_a_closed_session_is_refused_with_its_deadline(talk, cast, database):
    await add_sessions(database, session(in_days=1))
    chat = talk(cast.sari)
    chat.press('/choose_session{"session": "TIK-02-A"}')
    [refused] = await chat.start("enroll_form", session="TIK-02-A")
    assert "ditutup" in refused.text
    assert chat.form is None


async def test_a_visitor_is_told_how_to_link_and_not_kept_in_the_form(talk, database):
    await add_sessions(database, session())
    chat = talk(None)
    chat.hear("daftar TIK-02", "enroll_training")
    [told] = await chat.start("enroll_form")
    assert "/start" in told.text
    assert chat.form is None
    assert chat.followup == "action_listen"


@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", "TIK-02-A\x00", "../x", "", {"a": 1}, ["TIK-02-A"], 7, "A" * 300, None]
)
async def test_hostile_session_values_end_in_a_calm_text(talk, cast, database, value):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("/choose_session{}", "choose_session", session=value)
    [told] = await chat.start("enroll_form", session=value)
    assert told.text
    assert chat.form is None
    assert await enrollments_of(database, cast.sari) == []


async def test_a_session_slot_of_another_kind_never_enrolls(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    for slots in ({"session": {"code": 1}, "confirmed": True}, {"session": "TIK-02-A", "confirmed": "true"}):
        chat.slots |= slots
        await chat.run("action_enroll")
    assert await enrollments_of(database, cast.sari) == []


async def test_an_unexpected_error_is_calm_logged_and_leaves_the_form(
    talk, cast, database, services, monkeypatch, caplog
):
    await add_sessions(database, session())

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the network is on fire")

    monkeypatch.setattr(holder.services().catalogue, "details", broken)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    [told] = await chat.start("enroll_form")
    assert "gangguan" in told.text
    assert "fire" not in told.text
    assert chat.form is None


def test_the_cast_fits_the_catalogue():
    assert {course.code for course in COURSES} == {"TIK-02", "PLY-01", "SOS-01"}


async def test_a_refusal_says_which_training_it_is_about_and_the_conversation_remembers_it(talk, cast, database):
    await add_sessions(database, session(SERVICE))
    chat = talk(cast.bambang)
    chat.hear("daftar PLY-01", "enroll_training")
    [told] = await chat.start("enroll_form")
    assert "diperuntukkan bagi jabatan" in told.text
    assert told.custom["course"] == chat.slots["course"] == "PLY-01"
    assert chat.form is None
