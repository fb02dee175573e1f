"""Enrolling in conversation: which session, the confirmation, and what became of it."""

import pytest

from actions import services as holder
from tests.factories import COURSES, SERVICE, SPREADSHEET, VALUES, add_sessions, caller, session

MORE = [session(SPREADSHEET, "A", in_days=10), session(SPREADSHEET, "B", in_days=40), session(VALUES, "A", in_days=20)]


async def enrollments_of(database, person):
    async with database() as uow:
        return await uow.enrollments.of_person(person.person_id)


async def test_a_course_with_one_session_goes_straight_to_the_confirmation(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("mau daftar TIK-02", "enroll_training")
    [asked] = await chat.start("enroll_form")
    for fact in ("Analisis Data dengan Spreadsheet", "4", "Desember 2026", "Daring (Zoom)", "16 JP"):
        assert fact in asked.text
    assert asked.payloads == ["/affirm", "/deny"]
    assert asked.custom == {"course": "TIK-02", "session": "TIK-02-A", "becomes": "confirmed"}
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


async def test_several_sessions_are_asked_with_buttons(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert asked.payloads == [
        '/choose_session{"session": "TIK-02-A"}',
        '/choose_session{"session": "TIK-02-B"}',
        "/cancel_dialogue",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("yang kedua", "TIK-02-B"),
        ("yang bulan depan", "TIK-02-A"),
        ("januari aja", "TIK-02-B"),
        ("TIK 02 b", "TIK-02-B"),
    ],
)
async def test_words_answer_which_session(talk, cast, database, words, code):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear(words, "nlu_fallback")
    [asked] = await chat.answer(session=words)
    assert asked.custom["session"] == code


async def test_an_ordinal_answers_whatever_intent_it_looked_like(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("yang kedua", "ask_policy")
    [asked] = await chat.answer()
    assert asked.custom["session"] == "TIK-02-B"


async def test_an_interruption_sets_no_slot_so_that_rasa_answers_it(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    before = len(chat.events)
    chat.hear("cuti besar berapa lama?", "ask_policy")
    assert await chat.run("validate_enroll_form") == []
    assert [e for e in chat.events[before:] if e["event"] == "slot"] == []


async def test_after_an_interruption_the_question_is_short(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    [first] = await chat.start("enroll_form")
    chat.hear("jp saya berapa", "learning_hours")
    await chat.run("action_learning_hours")
    [again] = await chat.answer()
    assert len(again.text) < len(first.text)
    assert "TIK-02-A" in again.text
    assert again.payloads == ["/affirm", "/deny"]


async def test_a_room_that_filled_up_meanwhile_is_told_in_full_again(talk, cast, database, services):
    await add_sessions(database, session(seats=1))
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    await services.enrollments.enroll(caller(cast.budi), "TIK-02-A")
    chat.hear("jp saya berapa", "learning_hours")
    [again] = await chat.answer()
    assert "daftar tunggu, urutan ke-1" in again.text


async def test_a_topic_nobody_teaches_is_not_exchanged_for_the_last_one(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("info TIK-02", "training_details")
    await chat.run("action_training_details")
    chat.hear("mau ikut pelatihan xylofon", "enroll_training")
    sorry, asked = await chat.start("enroll_form")
    assert "belum saya temukan" in sorry.text
    assert "/cancel_dialogue" in asked.payloads


async def test_the_chosen_button_wins(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.press('/choose_session{"session": "TIK-02-B"}')
    [asked] = await chat.start("enroll_form", session="TIK-02-B")
    assert asked.custom["session"] == "TIK-02-B"
    assert '/enroll_training{"course": "TIK-02"}' in asked.payloads


async def test_several_courses_are_asked_and_remembered(talk, cast, database):
    await add_sessions(database, *MORE, session(SERVICE))
    chat = talk(cast.sari)
    chat.hear("daftar spreadsheet atau berakhlak", "enroll_training")
    [asked] = await chat.start("enroll_form")
    offered = asked.payloads[:2]
    assert set(offered) == {'/enroll_training{"course": "TIK-02"}', '/enroll_training{"course": "SOS-01"}'}
    chat.hear("yang kedua", "nlu_fallback")
    said = await chat.answer(session="yang kedua")
    assert said[-1].custom["course"] in offered[1]


async def test_without_a_course_the_nearest_ones_are_offered(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar dong", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert "/cancel_dialogue" in asked.payloads
    assert '/enroll_training{"course": "SOS-01"}' in asked.payloads


async def test_daftar_after_details_means_that_course(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("rincian TIK-02", "training_details")
    await chat.run("action_training_details")
    chat.hear("daftar", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert asked.custom["session"] == "TIK-02-A"


async def test_an_answer_that_fits_nothing_is_asked_again(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("yang rasanya enak", "nlu_fallback")
    sorry, asked = await chat.answer(session="yang rasanya enak")
    assert "belum saya temukan" in sorry.text
    assert asked.payloads[0] == '/choose_session{"session": "TIK-02-A"}'


async def test_another_session_at_the_confirmation_replaces_the_first(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.press('/choose_session{"session": "TIK-02-A"}')
    await chat.start("enroll_form", session="TIK-02-A")
    chat.hear("eh daftar TIK-02-B aja", "enroll_training")
    [asked] = await chat.answer(session="eh daftar TIK-02-B aja")
    assert asked.custom["session"] == "TIK-02-B"


async def test_a_yes_that_looked_like_enrolling_is_a_yes(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("iya daftarin", "enroll_training")
    [told] = await chat.answer(session="iya daftarin")
    assert told.custom["status"] == "confirmed"


async def test_pointing_at_another_date_at_the_confirmation_changes_the_session(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.press('/choose_session{"session": "TIK-02-A"}')
    await chat.start("enroll_form", session="TIK-02-A")
    chat.hear("yang januari aja", "list_trainings")
    [asked] = await chat.answer()
    assert asked.custom["session"] == "TIK-02-B"


@pytest.mark.parametrize("words", ["batalin aja", "iya batalin", "ga jadi daftar"])
async def test_calling_it_off_at_the_confirmation_never_enrolls(talk, cast, database, words):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear(words, "enroll_training")
    await chat.answer(session=words)
    assert await enrollments_of(database, cast.sari) == []


async def test_a_yes_that_takes_itself_back_is_asked_again(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("ok batalin aja", "affirm")
    [asked] = await chat.answer(confirmed=True)
    assert asked.payloads == ["/affirm", "/deny"]
    assert await enrollments_of(database, cast.sari) == []


async def test_the_bare_wish_again_is_a_yes(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("daftarkan", "enroll_training")
    [told] = await chat.answer(session="daftarkan")
    assert told.custom["status"] == "confirmed"


async def test_the_bare_wish_after_looking_at_another_training_means_the_other(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET), session(VALUES, in_days=20))
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("info SOS-01", "training_details")
    await chat.run("action_training_details")
    chat.hear("daftar", "enroll_training")
    [asked] = await chat.answer(session="daftar")
    assert asked.custom["session"] == "SOS-01-A"
    assert await enrollments_of(database, cast.sari) == []


async def test_words_that_name_nothing_at_the_confirmation_keep_the_session(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("pengen ikut semuanya sih", "enroll_training")
    [asked] = await chat.answer(session="pengen ikut semuanya sih")
    assert asked.custom["session"] == "TIK-02-A"


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


async def test_a_yes_left_over_from_before_does_not_enroll(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.slots["confirmed"] = True
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form", confirmed=True)
    assert chat.slots["confirmed"] is None
    assert await enrollments_of(database, cast.sari) == []


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
