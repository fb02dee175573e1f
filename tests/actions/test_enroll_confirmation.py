"""Enrolling in conversation: what is said at the confirmation, and only a yes enrolls."""

import pytest

from tests.actions.enrolling import MORE, enrollments_of
from tests.factories import SPREADSHEET, VALUES, add_sessions, session


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


async def test_a_yes_that_takes_itself_back_is_a_no(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("ok batalin aja", "affirm")
    [told] = await chat.answer(confirmed=True)
    assert told.custom["stopped"] == "enroll_form"
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


async def test_a_yes_left_over_from_before_does_not_enroll(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.slots["confirmed"] = True
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form", confirmed=True)
    assert chat.slots["confirmed"] is None
    assert await enrollments_of(database, cast.sari) == []
