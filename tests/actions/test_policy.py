"""Policy answers in conversation, open to visitors too."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from actions.follow_ups import asks_for_basis, other_status
from core.domain.knowledge import Section
from core.domain.people import Caller
from tests.factories import SPREADSHEET, add_sessions, session
from tests.fakes import FakeEmbedder, carried

LEAVE = Section(
    "G01", "cuti", "Cuti PNS", date(2026, 11, 24), "Cuti tahunan PNS", "PNS berhak atas 12 hari kerja cuti tahunan.",
    basis="PP 11/2017 Ps 312", source="https://contoh.go.id/pp11", verification="primary",
    questions=("cuti tahunan berapa hari?",),
)  # fmt: skip
BIG_LEAVE = Section(
    "G02", "cuti", "Cuti PNS", date(2026, 11, 24), "Cuti besar PNS", "Cuti besar paling lama 3 bulan.",
    verification="secondary", note="Jangan menjanjikan apa pun. Nama pejabat cepat berubah.",
    questions=("cuti besar berapa lama?",),
)  # fmt: skip
LEAVE_PPPK = Section(
    "B14", "cuti", "Cuti PNS", date(2026, 11, 24), "Cuti tahunan PPPK", "PPPK berhak atas 12 hari kerja cuti tahunan.",
    basis="PP 49/2018 Ps 78", verification="primary", questions=("cuti tahunan pppk berapa hari?",),
)  # fmt: skip


@pytest.fixture(autouse=True)
async def knowledge(database):
    async with database() as uow:
        await uow.knowledge.replace_document("cuti", [LEAVE, BIG_LEAVE, LEAVE_PPPK])
        await uow.commit()


async def test_an_answer_shows_basis_date_and_source_button(talk):
    chat = talk(None)
    chat.hear("cuti tahunan berapa hari?", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert told.custom["answered"] is True
    assert told.custom["sources"][0] == "G01"
    for fact in ("12 hari kerja", "PP 11/2017 Pasal 312", "24 November 2026"):
        assert fact in told.text
    assert '/show_source{"section": "G01"}' in told.payloads
    assert len(told.text) <= 700


async def test_what_is_not_known_is_said_and_hr_is_offered(talk):
    chat = talk(None)
    chat.hear("harga cabai di pasar senen", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert told.custom["answered"] is False
    assert told.custom["sources"] == []
    assert "/talk_to_hr" in told.payloads
    assert len([p for p in told.payloads if p.startswith("/show_section")]) <= 3


async def test_the_ask_button_invites_a_question(talk):
    chat = talk(None)
    chat.press("/ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert "tulis pertanyaan" in told.text


async def test_a_suggestion_is_told_like_an_answer(talk):
    chat = talk(None)
    chat.press('/show_section{"section": "G02"}')
    [told] = await chat.run("action_show_section")
    assert told.custom["sources"] == ["G02"]
    assert "Perlu dicek" in told.text
    assert "Nama pejabat cepat berubah." in told.text
    assert "Jangan" not in told.text


async def test_an_expired_fact_is_not_told_but_said_to_be_due_with_who_checked_it(talk, database):
    expired = replace(LEAVE, expires=date(2026, 10, 31), checked_by="Rina, BKD", checked_at=date(2025, 11, 2))
    async with database() as uow:
        await uow.knowledge.replace_document("cuti", [expired, BIG_LEAVE])
        await uow.commit()
    chat = talk(None)
    chat.hear("cuti tahunan berapa hari?", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert told.custom["answered"] is False
    assert told.custom["sources"] == []
    for fact in ("1 November 2026", "Rina, BKD", "2 November 2025", "Cuti tahunan PNS"):
        assert fact in told.text
    assert "12 hari" not in told.text
    assert {'/show_source{"section": "G01"}', "/talk_to_hr"} <= set(told.payloads)
    chat.press('/show_section{"section": "G01"}')
    [told] = await chat.run("action_show_section")
    assert "12 hari" not in told.text
    chat.press('/show_source{"section": "G01"}')
    [told] = await chat.run("action_show_source")
    assert "31 Oktober 2026" in told.text


async def test_the_source_names_document_basis_address_and_date(talk):
    chat = talk(None)
    chat.press('/show_source{"section": "G01"}')
    [told] = await chat.run("action_show_source")
    for fact in ("Cuti PNS", "Pasal 312", "https://contoh.go.id/pp11", "24 November 2026", "dicocokkan"):
        assert fact in told.text


@pytest.mark.parametrize("value", ["Z99", "../../etc/passwd", "", None, ["G01"], "G01\n", "G" * 99])
@pytest.mark.parametrize("action", ["action_show_source", "action_show_section"])
async def test_hostile_sections_end_in_a_calm_text(talk, action, value):
    chat = talk(None)
    chat.hear("/show_source{}", "show_source", section=value)
    [told] = await chat.run(action)
    assert told.text
    assert told.buttons
    assert "sources" not in told.custom


@pytest.mark.parametrize("words", ["dasarnya apa?", "dasar hukumnya", "pasal berapa tuh ya", "aturannya mana"])
async def test_the_basis_of_what_was_just_told_can_be_asked_for(talk, words):
    chat = talk(None)
    chat.hear("cuti besar berapa lama?", "ask_policy")
    await chat.run("action_answer_policy")
    chat.hear(words, "ask_policy")
    chat.latest["plain_text"] = words.replace("tuh", "itu")
    told = await chat.run("action_answer_policy")
    assert told[0].custom["sources"] == ["G02"]
    assert told[0].text.startswith("*Sumber: Cuti besar PNS*")


async def test_what_was_talked_about_in_between_does_not_hide_the_basis(talk, cast):
    chat = talk(cast.sari)
    for text, action in (
        ("cuti tahunan berapa hari?", "action_answer_policy"),
        ("harga cabai di pasar senen", "action_answer_policy"),
        ("pelatihan saya kapan", "action_my_schedule"),
    ):
        chat.hear(text, "ask_policy")
        await chat.run(action)
    chat.hear("dasarnya apa?", "ask_policy")
    told = await chat.run("action_answer_policy")
    assert [one.custom["sources"] for one in told] == [["G01"]]


@pytest.mark.parametrize("action", ["action_answer_policy", "action_clarify"])
async def test_the_same_can_be_asked_for_the_other_kind_of_civil_servant(talk, cast, action):
    chat = talk(cast.sari)
    chat.hear("cuti tahunan pns berapa hari?", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert told.custom["sources"][0] == "G01"
    chat.hear("kalo pppk gimana?", "ask_policy")
    [told] = await chat.run(action)
    assert told.custom["sources"][0] == "B14"
    chat.hear("terus kalau PNS?", "ask_policy")
    [told] = await chat.run(action)
    assert told.custom["sources"][0] == "G01"


async def test_without_an_answer_before_the_same_words_are_a_question_of_their_own(talk, cast):
    chat = talk(cast.sari)
    chat.hear("kalau pppk?", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert "Sumber:" not in told.text.splitlines()[0]


@pytest.mark.parametrize(
    "words",
    [
        "pppk itu apa",
        "aturan cuti besar itu apa saja",
        "kalau pppk cuti melahirkannya berapa bulan",
        "dasar hukum tpp pppk dki apa",
    ],
)
def test_a_question_that_names_its_subject_leans_on_nothing(words):
    assert not asks_for_basis(words)
    assert other_status(words) is None


async def test_a_fact_beyond_doubt_is_told_when_the_words_were_taken_for_a_training(talk, database):
    chat = talk(None)
    chat.hear("cuti besar berapa lama?", "training_details")
    [told] = await chat.run("action_training_details")
    assert told.custom["sources"] == ["G02"]
    chat.hear("mulainya jam berapa?", "training_details")
    [asked] = await chat.run("action_training_details")
    assert "Pelatihan mana" in asked.text


async def test_a_training_named_in_a_question_no_fact_answers_is_offered(talk, database):
    await add_sessions(database, session(SPREADSHEET))
    chat = talk(None)
    chat.hear("kelas TIK-02 dapet makan siang?", "ask_policy")
    [told] = await chat.run("action_answer_policy")
    assert told.custom["answered"] is False
    assert told.custom["course"] == "TIK-02"
    assert told.payloads[0] == '/show_course{"course": "TIK-02"}'


async def test_when_a_training_is_held_is_no_question_of_policy(talk, cast, database):
    await add_sessions(database, session())
    chat = talk(cast.sari)
    chat.hear("analisis data spreadsheet kapan aja sih", "ask_policy")
    chat.latest["plain_text"] = "analisis data spreadsheet kapan saja sih"
    [told] = await chat.run("action_answer_policy")
    assert told.custom["course"] == "TIK-02"


async def test_the_vector_that_came_with_the_message_is_searched_with(talk, services, monkeypatch):
    await services.questions.answer(Caller(), "pemanasan")
    vector = FakeEmbedder().queries(["cuti tahunan berapa hari"])[0]
    monkeypatch.setattr(FakeEmbedder, "queries", lambda *_: pytest.fail("embedded again"))
    chat = talk(None)
    chat.hear("Cuti tahunan berapa hari?", "ask_policy")
    chat.latest |= {"plain_text": "cuti tahunan berapa hari?", "vector": carried(vector)}
    [told] = await chat.run("action_answer_policy")
    assert told.custom["sources"][0] == "G01"


@pytest.mark.parametrize(
    "vector", [None, [], "x", {}, {"model": FakeEmbedder.name, "values": "?"}, {"model": FakeEmbedder.name, "values": "QUJD"},
               {"model": 1, "values": 2}, carried(np.zeros(256)), carried(np.full(256, np.nan)), carried(np.ones(1), "lain")],
)  # fmt: skip
async def test_whatever_else_comes_as_a_vector_changes_nothing(talk, vector):
    chat = talk(None)
    chat.hear("cuti tahunan berapa hari?", "ask_policy")
    chat.latest["vector"] = vector
    [told] = await chat.run("action_answer_policy")
    assert told.custom["sources"][0] == "G01"
