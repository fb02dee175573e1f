"""Greeting, asking back and stopping."""

import pytest

from actions.replies.dialogue import INTENT_CHOICES
from core.domain.kept_questions import KeptKind
from core.domain.ticket_knowledge import DOCUMENT, EntryStatus, KnowledgeEntry, section_of
from tests.factories import NOW, SPREADSHEET, VALUES, add_sessions, session


async def test_a_linked_person_is_greeted_by_first_name(talk, cast):
    chat = talk(cast.sari)
    chat.hear("halo", "greet")
    [told] = await chat.run("action_greet")
    assert "Sari" in told.text
    assert "Puspita" not in told.text


async def test_a_visitor_is_greeted_with_how_to_link(talk, database):
    chat = talk(None)
    chat.hear("halo", "greet")
    [told] = await chat.run("action_greet")
    assert "/start" in told.text


@pytest.mark.parametrize("sender", ["tg-", "cli-0-abc", "tg-1' or '1'='1", "", "x" * 500])
async def test_a_strange_conversation_id_is_a_visitor(talk, database, sender):
    chat = talk(None)
    chat.sender = sender
    chat.hear("data saya", "my_profile")
    [told] = await chat.run("action_my_profile")
    assert "/start" in told.text


@pytest.mark.parametrize("form", ["enroll_form", "cancel_enrollment_form", "ticket_form", "delete_data_form", None])
async def test_stopping_empties_everything_and_says_nothing_changed(talk, cast, form):
    chat = talk(cast.sari)
    chat.form = form
    chat.slots |= {"session": "TIK-02-A", "confirmed": True, "requested_slot": "confirmed"}
    chat.hear("batal", "cancel_dialogue")
    [told] = await chat.run("action_cancel_dialogue")
    assert "tidak" in told.text.lower()
    assert chat.form is None
    assert [chat.slots[s] for s in ("session", "confirmed", "requested_slot")] == [None, None, None]


def ranked(chat, text, **confidences):
    chat.hear(text, "nlu_fallback")
    ranking = [{"name": name, "confidence": share} for name, share in confidences.items()]
    chat.latest["intent_ranking"] = [{"name": "nlu_fallback", "confidence": 0.5}, *ranking]


async def test_near_intents_are_offered_back_at_most_three_and_hr(talk, database):
    chat = talk(None)
    ranked(chat, "jadwal pelatihan", my_schedule=0.3, list_trainings=0.25, enroll_training=0.2, learning_hours=0.1)
    [told] = await chat.run("action_clarify")
    assert told.payloads == ["/my_schedule", "/list_trainings", "/enroll_training", "/talk_to_hr"]
    assert told.custom["answered"] is False


@pytest.mark.parametrize(
    "intent",
    ["delete_my_data", "affirm", "deny", "cancel_dialogue", "greet", "out_of_scope", "choose_session", "nlu_fallback"],
)
async def test_some_intents_are_never_put_into_anybodys_mouth(talk, database, intent):
    assert intent not in INTENT_CHOICES
    chat = talk(None)
    ranked(chat, "anu", **{intent: 0.4})
    [told] = await chat.run("action_clarify")
    assert told.payloads == ["/capabilities", "/talk_to_hr"]


@pytest.mark.parametrize("ranking", [None, "x", [1, {"name": 3}, {"name": "my_schedule"}], [{"confidence": 1}]])
async def test_a_strange_ranking_does_not_break_asking_back(talk, database, ranking):
    chat = talk(None)
    chat.hear("anu", "nlu_fallback")
    chat.latest["intent_ranking"] = ranking
    [told] = await chat.run("action_clarify")
    assert "/talk_to_hr" in told.payloads


async def test_the_second_of_a_list_is_told_and_not_asked_back(talk, database):
    await add_sessions(database, session(SPREADSHEET, in_days=10), session(VALUES, in_days=20))
    chat = talk(None)
    chat.hear("daftar pelatihan", "list_trainings")
    await chat.run("action_list_trainings")
    ranked(chat, "yang kedua dong", affirm=0.2)
    [told] = await chat.run("action_clarify")
    assert told.custom["course"] == "SOS-01"


async def test_a_training_in_the_words_is_offered_first(talk, database):
    await add_sessions(database, session(SPREADSHEET))
    chat = talk(None)
    ranked(chat, "anu TIK-02", my_schedule=0.2)
    [told] = await chat.run("action_clarify")
    assert told.payloads[:2] == ['/show_course{"course": "TIK-02"}', "/my_schedule"]


async def test_what_is_not_understood_is_still_about_the_training_it_names(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET), session(VALUES))
    chat = talk(cast.sari)
    ranked(chat, "SOS-01 itu gimana ya", training_details=0.2)
    [told] = await chat.run("action_clarify")
    assert told.custom["course"] == "SOS-01"
    assert told.payloads[0] == '/show_course{"course": "SOS-01"}'


async def test_praise_for_a_training_is_taken_as_praise_for_that_training(talk, cast, database):
    await add_sessions(database, session(SPREADSHEET), session(VALUES))
    chat = talk(cast.sari)
    chat.hear("narasumber SOS-01 kemarin bagus", "feedback")
    [told] = await chat.run("action_record_feedback")
    assert VALUES.title in told.text
    assert told.custom["course"] == "SOS-01"


async def test_words_that_were_not_understood_are_kept_with_the_nearest_guess_and_without_names(talk, cast, database):
    chat = talk(cast.sari)
    chat.hear(f"mau anu dong, saya {cast.sari.name}", "enroll_training")
    await chat.run("action_clarify")
    (kept,) = database.records.unanswered
    assert (kept.kind, kept.intent) == (KeptKind.UNCLEAR, "enroll_training")
    assert cast.sari.name.split()[0] not in kept.text
    chat.press("/ask_policy")
    await chat.run("action_clarify")
    assert len(database.records.unanswered) == 1  # a button holds no words


async def test_a_training_that_the_classifier_does_not_know_is_still_ours(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("daftar analisis data spreadsheet dong", "out_of_scope")
    assert await chat.run("action_out_of_scope") == []
    assert chat.followup == "enroll_form"
    chat.hear("kelas analisis data spreadsheet gimana", "out_of_scope")
    [told] = await chat.run("action_out_of_scope")
    assert told.custom["course"] == "TIK-02"


@pytest.mark.parametrize("words", ["resep analisis data spreadsheet", "daftar gim daring terbaru"])
async def test_what_names_no_training_is_declined_with_ways_on(talk, cast, database, words):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear(words, "out_of_scope")
    [told] = await chat.run("action_out_of_scope")
    assert told.payloads == ["/list_trainings", "/capabilities", "/talk_to_hr"]


@pytest.mark.parametrize(
    ("intent", "action"), [("out_of_scope", "action_out_of_scope"), ("nlu_fallback", "action_clarify")]
)
async def test_what_hr_has_answered_before_is_told_whatever_the_words_were_taken_for(
    talk, cast, database, intent, action
):
    question = "AC ruangan rusak lapor ke siapa?"
    entry = KnowledgeEntry(
        7, cast.dewi.person_id, EntryStatus.APPROVED, NOW, (question,), "Ke pengurus barang.", "Pergub 7/2022 Pasal 3"
    )
    async with database() as uow:
        await uow.knowledge.replace_document(DOCUMENT, [section_of(entry, NOW.date(), cast.agus.name)])
        await uow.commit()
    chat = talk(cast.sari)
    chat.hear(question, intent)
    [told] = await chat.run(action)
    assert told.custom["sources"] == ["TIKET7"]
    assert "Ke pengurus barang." in told.text
    assert "diperiksa dua petugas" in told.text
