"""Enrolling in conversation: which training and which session is meant."""

import pytest

from tests.actions.enrolling import MORE
from tests.factories import SERVICE, add_sessions, caller, session


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
