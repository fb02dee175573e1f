"""The catalogue in conversation, open to visitors too."""

from dataclasses import replace

import pytest

from actions.choices import compact
from tests.factories import SERVICE, SPREADSHEET, VALUES, add_sessions, caller, session

TWELVE = [session(SPREADSHEET, letter, in_days=10 + n) for n, letter in enumerate("ABCDEFGHIJKL")]


async def test_pages_hold_five_and_lead_to_the_next(talk, database):
    await add_sessions(database, *TWELVE)
    chat = talk(None)
    chat.hear("ada pelatihan apa aja?", "list_trainings")
    [first] = await chat.run("action_list_trainings")
    assert "12 kelas" in first.text
    assert "5. " in first.text
    assert "6. " not in first.text
    assert '/more_trainings{"page": "2"}' in first.payloads
    chat.press('/more_trainings{"page": "3"}')
    [last] = await chat.run("action_list_trainings")
    assert "12. " in last.text
    assert [p for p in last.payloads if "more_trainings" in p] == ['/more_trainings{"page": "2"}']


async def test_the_wish_travels_with_the_page_button(talk, database):
    await add_sessions(database, *TWELVE, session(VALUES))
    chat = talk(None)
    chat.hear("pelatihan spreadsheet dong", "list_trainings")
    [first] = await chat.run("action_list_trainings")
    assert '/more_trainings{"page": "2", "filter": "spreadsheet"}' in first.payloads


async def test_the_page_button_carries_plain_words_only(talk, database):
    await add_sessions(database, *TWELVE)
    chat = talk(None)
    chat.hear("lg ada pltihan spreadsheet apa", "list_trainings")
    chat.latest["plain_text"] = "lagi ada pelatihan spreadsheet apa"
    [first] = await chat.run("action_list_trainings")
    assert '/more_trainings{"page": "2", "filter": "spreadsheet"}' in first.payloads


async def test_nothing_found_leads_on(talk, database):
    await add_sessions(database, *TWELVE)
    chat = talk(None)
    chat.hear("pelatihan bulan agustus", "list_trainings")
    [told] = await chat.run("action_list_trainings")
    assert "/list_trainings" in told.payloads


@pytest.mark.parametrize("page", ["0", "-1", "99999", "dua", None, "9999"])
async def test_hostile_pages_end_in_a_calm_text(talk, database, page):
    await add_sessions(database, *TWELVE)
    chat = talk(None)
    chat.hear("/more_trainings{}", "more_trainings", page=page)
    [told] = await chat.run("action_list_trainings")
    assert told.text
    assert told.buttons


@pytest.mark.parametrize(
    ("text", "wish"),
    [("ada pelatihan apa aja?", ""), ("kelas daring bulan depan", "daring bulan depan"), ("“data” <b>", "data b")],
)
def test_the_telling_words_fit_a_button(text, wish):
    assert compact(text) == wish


def test_a_long_question_is_cut_between_words():
    assert len(compact("pengelolaan keuangan " * 9)) <= 40


async def test_details_show_what_decides(talk, database, cast, services):
    row = session(needs_approval=True)
    await add_sessions(database, row, session(SPREADSHEET, "B", in_days=40))
    await services.enrollments.enroll(caller(cast.budi), row.code)
    chat = talk(None)
    chat.hear("info TIK-02 dong", "training_details")
    [told] = await chat.run("action_training_details")
    for fact in (
        "16 JP",
        "daring",
        "semua pegawai",
        "sisa 6 dari 7",
        "paling lambat",
        "persetujuan atasan",
        "Sesi lain",
    ):
        assert fact in told.text
    assert told.payloads == [
        '/choose_session{"session": "TIK-02-A"}',
        '/calendar_file{"session": "TIK-02-A"}',
        '/enroll_training{"course": "TIK-02"}',
    ]
    assert told.custom == {"course": "TIK-02"}
    assert chat.slots["course"] == "TIK-02"
    assert len(told.text) <= 700


async def test_a_session_named_is_told_in_full(talk, database):
    await add_sessions(database, session(), session(SPREADSHEET, "B", in_days=40))
    chat = talk(None)
    chat.hear("kapan TIK-02-B", "training_details")
    [told] = await chat.run("action_training_details")
    assert told.payloads[0] == '/choose_session{"session": "TIK-02-B"}'


async def test_a_full_session_offers_the_waiting_list(talk, database, cast, services):
    row = replace(session(), seats=1)
    await add_sessions(database, row)
    await services.enrollments.enroll(caller(cast.budi), row.code)
    chat = talk(None)
    chat.hear("info TIK-02", "training_details")
    [told] = await chat.run("action_training_details")
    assert "0 orang di daftar tunggu" in told.text
    assert "Masuk daftar tunggu" in told.titles


async def test_a_closed_session_cannot_be_enrolled_in(talk, database):
    await add_sessions(database, session(in_days=1))
    chat = talk(None)
    chat.hear("info TIK-02", "training_details")
    [told] = await chat.run("action_training_details")
    assert "ditutup" in told.text
    assert not any("choose_session" in p for p in told.payloads)
    assert told.buttons


async def test_the_second_of_the_list_is_described(talk, database):
    await add_sessions(database, session(SPREADSHEET, in_days=10), session(VALUES, in_days=20))
    chat = talk(None)
    chat.hear("daftar pelatihan", "list_trainings")
    await chat.run("action_list_trainings")
    chat.hear("yang kedua", "training_details")
    [told] = await chat.run("action_training_details")
    assert told.custom["course"] == "SOS-01"


async def test_an_unnamed_training_is_asked_for(talk, database):
    await add_sessions(database, session())
    chat = talk(None)
    chat.hear("kuotanya masih ada?", "training_details")
    [told] = await chat.run("action_training_details")
    assert "Pelatihan mana" in told.text
    assert told.buttons


async def test_advice_says_why(talk, cast, database):
    await add_sessions(database, session(), session(SERVICE), session(VALUES))
    async with database() as uow:
        await uow.competencies.replace_requirements({"Petugas Loket": {"Pelayanan publik"}})
        await uow.competencies.replace_taught({"PLY-01": {"Pelayanan publik"}})
        await uow.commit()
    chat = talk(cast.budi)
    chat.hear("saya cocoknya ikut apa?", "recommend_training")
    [told] = await chat.run("action_recommend_training")
    assert told.text.index("PLY-01") < told.text.index("Mengapa: jabatan Anda mensyaratkan Pelayanan publik")
    assert told.payloads[0] == '/show_course{"course": "PLY-01-A"}'
    assert "Mengapa: terbuka bagi jenjang Anda" in told.text


async def test_advice_is_open_to_visitors(talk, database):
    await add_sessions(database, session(), session(SERVICE))
    chat = talk(None)
    chat.hear("saya cocoknya ikut apa?", "recommend_training")
    [told] = await chat.run("action_recommend_training")
    assert '/show_course{"course": "TIK-02-A"}' in told.payloads
