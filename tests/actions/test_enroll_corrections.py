"""Enrolling in conversation: taking back, the other one, changing one's mind, and taking it up again."""

import pytest

from actions.history import Choices, History
from tests.actions.enrolling import MORE, enrollments_of
from tests.factories import SERVICE, SPREADSHEET, VALUES, add_sessions, caller, session


async def at_confirmation(talk, cast, code="TIK-02-A"):
    chat = talk(cast.sari)
    chat.press(f'/choose_session{{"session": "{code}"}}')
    await chat.start("enroll_form", session=code)
    return chat


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("eh bukan, yang januari", "deny"),
        ("yang satunya saja", "deny"),
        ("ok yang januari saja", "affirm"),
        ("salah, yang kedua", "deny"),
        ("tidak jadi yang itu, yang tanggal 3 saja", "cancel_dialogue"),
        ("ada yang lebih lama tidak", "list_trainings"),
    ],
)
async def test_a_correction_changes_the_session_and_asks_anew(talk, cast, database, words, intent):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear(words, intent)
    [asked] = await chat.answer(**({"confirmed": False} if intent == "deny" else {}))
    assert asked.custom["session"] == "TIK-02-B"
    assert asked.payloads[0] == "/affirm"
    assert await enrollments_of(database, cast.sari) == []


async def test_not_the_one_of_january_said_of_januarys_means_the_other(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast, "TIK-02-B")
    chat.hear("bukan yang januari", "deny")
    [asked] = await chat.answer(confirmed=False)
    assert asked.custom["session"] == "TIK-02-A"


async def test_not_this_one_and_nothing_else_asks_which(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear("bukan yang itu", "deny")
    [asked] = await chat.answer(confirmed=False)
    assert asked.custom["choices"] == ["TIK-02-A", "TIK-02-B"]


async def test_another_training_after_all_replaces_the_first(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear("eh salah, berakhlak aja", "out_of_scope")
    [asked] = await chat.answer()
    assert asked.custom["session"] == "SOS-01-A"


async def test_a_time_without_a_session_is_said_and_the_real_ones_are_offered(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear("eh bukan, yang maret", "deny")
    sorry, asked = await chat.answer(confirmed=False)
    assert "Tidak ada sesi" in sorry.text
    assert asked.custom["choices"] == ["TIK-02-A", "TIK-02-B"]


@pytest.mark.parametrize("words", ["tidak", "gak jadi deh", "batal"])
async def test_a_plain_no_still_ends_it(talk, cast, database, words):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear(words, "deny")
    [told] = await chat.answer(confirmed=False)
    assert told.custom["stopped"] == "enroll_form"
    assert await enrollments_of(database, cast.sari) == []


@pytest.mark.parametrize(
    ("words", "intent"), [("eh jadi deh", "affirm"), ("iya lanjut", "affirm"), ("yang januari aja", "deny")]
)
async def test_what_was_called_off_can_be_taken_up_again(talk, cast, database, words, intent):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    await chat.no()
    chat.hear(words, intent)
    assert await chat.run("action_nothing_to_confirm") == []
    assert chat.followup == "enroll_form"
    [asked] = await chat.start("enroll_form")
    assert asked.custom["session"] == ("TIK-02-B" if "januari" in words else "TIK-02-A")


async def test_the_second_of_a_list_shown_since_is_looked_at_first(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    await chat.no()
    chat.hear("ada apa lagi", "list_trainings")
    await chat.run("action_list_trainings")
    chat.hear("yang kedua", "nlu_fallback")
    [told] = await chat.run("action_clarify")
    assert "Sesi SOS-01-A" in told.text


@pytest.mark.parametrize(
    ("words", "begins"), [("eh batalin yang barusan", True), ("batal", False), ("tidak jadi batal deh", False)]
)
async def test_calling_off_what_was_done_begins_withdrawing(talk, cast, database, words, begins):
    chat = talk(cast.sari)
    chat.hear(words, "cancel_dialogue")
    await chat.run("action_cancel_dialogue")
    assert (chat.followup == "cancel_enrollment_form") is begins


async def test_calling_off_a_training_by_its_name_begins_withdrawing(talk, cast, database, services):
    await add_sessions(database, *MORE)
    await services.enrollments.enroll(caller(cast.sari), "SOS-01-A")
    for words, action, begins in (
        ("batalin berakhlak", "action_cancel_dialogue", True),
        ("batalin SOS-01-A", "action_out_of_scope", True),
        ("batalin spreadsheet", "action_cancel_dialogue", False),
    ):
        chat = talk(cast.sari)
        chat.hear(words)
        await chat.run(action)
        assert (chat.followup == "cancel_enrollment_form") is begins


async def test_yes_after_a_training_was_told_begins_enrolling_but_asks_first(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("info TIK-02", "training_details")
    await chat.run("action_training_details")
    chat.hear("ya mau", "affirm")
    await chat.run("action_nothing_to_confirm")
    assert chat.followup == "enroll_form"
    [asked] = await chat.start("enroll_form")
    assert asked.custom["session"] == "TIK-02-A"
    assert await enrollments_of(database, cast.sari) == []


async def test_yes_out_of_the_blue_begins_nothing(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("eh jadi deh", "affirm")
    await chat.run("action_nothing_to_confirm")
    assert chat.followup is None


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("berapa jp?", "ask_policy"),
        ("sisa kursi berapa ya", "training_details"),
        ("pppk boleh ikut tidak?", "ask_policy"),
    ],
)
async def test_a_short_question_is_answered_of_the_session_asked_about(talk, cast, database, words, intent):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast, "TIK-02-B")
    chat.hear(words, intent)
    told, asked = await chat.answer()
    assert "Sesi TIK-02-B" in told.text
    assert asked.text.startswith("Kembali ke pendaftaran")


async def test_asking_whether_one_can_cancel_later_cancels_nothing(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear("kalau sudah daftar bisa batal tidak?", "cancel_enrollment")
    told, asked = await chat.answer()
    assert told.text.startswith("Bisa")
    assert asked.custom["session"] == "TIK-02-A"


async def test_later_leaves_the_form_and_says_how_to_come_back(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear("nanti dulu deh mau tanya atasan", "affirm")
    [told] = await chat.answer(confirmed=True)
    assert "*jadi*" in told.text
    assert chat.form is None


async def test_yes_to_a_choice_is_no_choice(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("iya", "affirm")
    told, asked = await chat.answer()
    assert "pilih dulu" in told.text
    assert asked.custom["choices"] == ["TIK-02-A", "TIK-02-B"]


async def test_the_second_of_a_list_is_the_session_that_stands_there(talk, cast, database):
    await add_sessions(
        database,
        session(SPREADSHEET, "A", in_days=5),
        session(VALUES, in_days=8),
        session(SPREADSHEET, "B", in_days=12),
    )
    chat = talk(cast.sari)
    chat.hear("pelatihan apa saja?", "list_trainings")
    await chat.run("action_list_trainings")
    chat.hear("yang ketiga", "nlu_fallback")
    [told] = await chat.run("action_clarify")
    assert "Sesi TIK-02-B" in told.text
    chat.hear("yang kedua", "nlu_fallback")  # the list still counts after one of it was told
    [told] = await chat.run("action_clarify")
    assert "Sesi SOS-01-A" in told.text
    chat.hear("yang ketiga", "training_details")
    await chat.run("action_training_details")
    chat.hear("daftar", "enroll_training")
    [asked] = await chat.start("enroll_form")
    assert asked.custom["session"] == "TIK-02-B"


async def test_a_list_counts_by_the_numbers_it_shows(talk, cast, database):
    sessions = [session(SPREADSHEET, letter, in_days=10 + n) for n, letter in enumerate("ABCDEFGH")]
    await add_sessions(database, *sessions, session(SERVICE, in_days=40))
    chat = talk(cast.sari)
    chat.press('/more_trainings{"page": "2"}')
    await chat.run("action_list_trainings")
    for words, code in (("nomor 7", "TIK-02-G"), ("yang kedua", "TIK-02-G"), ("9", "PLY-01-A")):
        chat.hear(words, "training_details")
        [told] = await chat.run("action_training_details")
        assert f"Sesi {code}" in told.text


def test_a_list_long_past_counts_no_more():
    listed = {"event": "bot", "data": {"custom": {"choices": ["TIK-02-A"]}}}
    turns = [{"event": "user", "text": "halo"}]
    assert History([listed, *turns]).last_choices() == Choices(("TIK-02-A",))
    assert History([listed, *turns * 9]).last_choices() is None


@pytest.mark.parametrize("choices", ["TIK-02-A", [1], [None], ["x" * 40], [{}]])
def test_choices_of_another_form_are_no_choices(choices):
    assert History([{"event": "bot", "data": {"custom": {"choices": choices}}}]).last_choices() is None


@pytest.mark.parametrize(
    ("words", "intent"), [("bentrok rapat data", "out_of_scope"), ("lagi analisis nih", "nlu_fallback")]
)
async def test_a_faint_likeness_to_another_training_changes_nothing(talk, cast, database, words, intent):
    await add_sessions(database, *MORE, session(SERVICE))
    chat = await at_confirmation(talk, cast)
    chat.hear(words, intent)
    said = await chat.answer()
    assert said[-1].custom["session"] == "TIK-02-A"


async def test_dropping_it_by_name_leaves_the_form(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    chat.hear("yang spreadsheet gak jadi ya", "training_details")
    chat.latest["plain_text"] = "yang spreadsheet tidak jadi ya"
    [told] = await chat.answer()
    assert told.custom["stopped"] == "enroll_form"


@pytest.mark.parametrize("words", ["daftar juga berakhlak", "eh daftarkan lagi berakhlak deh", "ikutan berakhlak dong"])
async def test_a_wish_to_join_begins_enrolling_whatever_it_was_taken_for(talk, cast, database, words):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear(words, "training_details")
    await chat.run("action_training_details")
    assert chat.followup == "enroll_form"


async def test_what_was_looked_at_a_moment_ago_can_still_be_joined_and_asked_about(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("rincian TIK-02-B", "training_details")
    await chat.run("action_training_details")
    chat.hear("halo", "greet")
    await chat.run("action_greet")
    chat.hear("bisa daring tidak?", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert "Sesi TIK-02-B" in told.text
    chat.hear("gabung", "nlu_fallback")
    await chat.run("action_clarify")
    assert chat.followup == "enroll_form"
    [asked] = await chat.start("enroll_form")
    assert asked.custom["session"] == "TIK-02-B"


async def test_another_time_of_the_training_just_told_is_told_and_no_list(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("rincian TIK-02", "training_details")
    await chat.run("action_training_details")
    chat.hear("yang januari", "list_trainings")
    [told] = await chat.run("action_list_trainings")
    assert "Sesi TIK-02-B" in told.text


async def test_dropping_it_while_the_session_is_asked_leaves_the_form(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = talk(cast.sari)
    chat.hear("daftar TIK-02", "enroll_training")
    await chat.start("enroll_form")
    chat.hear("batalin yang spreadsheet", "cancel_enrollment")
    [told] = await chat.answer()
    assert told.custom["stopped"] == "enroll_form"


async def test_another_training_after_a_stop_is_taken_up_whatever_it_looked_like(talk, cast, database):
    await add_sessions(database, *MORE)
    chat = await at_confirmation(talk, cast)
    await chat.no()
    chat.hear("salah, maksudnya yang berakhlak", "ask_policy")
    await chat.run("action_answer_policy")
    assert chat.followup == "enroll_form"
    [asked] = await chat.start("enroll_form")
    assert asked.custom["session"] == "SOS-01-A"
