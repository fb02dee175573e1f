"""Why somebody withdraws: asked once, never demanded, told from a question in between, and kept with the withdrawal."""

import pytest

from core.domain.enrollment import Status
from tests.factories import SPREADSHEET, VALUES, add_sessions, caller, session


@pytest.fixture
async def asked(talk, cast, database, services):
    """Sari, in two sessions, has been asked why she leaves the first."""
    await add_sessions(database, session(SPREADSHEET, in_days=10), session(VALUES, in_days=20))
    rows = [await services.enrollments.enroll(caller(cast.sari), code) for code in ("TIK-02-A", "SOS-01-A")]
    chat = talk(cast.sari)
    chat.number = str(rows[0].enrollment.enrollment_id)
    chat.press(f'/cancel_enrollment{{"enrollment": "{chat.number}"}}')
    await chat.start("cancel_enrollment_form", enrollment=chat.number)
    return chat


async def kept(database, chat):
    async with database() as uow:
        row = await uow.enrollments.get(int(chat.number))
    return row.status, row.reason


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("ada rapat dinas mendadak", "nlu_fallback"),
        ("jadwalnya bentrok sama tugas lapangan", "my_schedule"),
        ("anak saya sakit kak", "ask_policy"),
        ("ga bisa ikut, lagi cuti", "deny"),
        ("pindah unit", "out_of_scope"),
        ("ya ada tugas luar", "affirm"),
        ("ok saya sakit", "affirm"),
    ],
)
async def test_words_of_ones_own_are_the_reason_whatever_they_look_like(asked, database, words, intent):
    asked.hear(words, intent)
    [confirm] = await asked.answer()
    assert f"Alasan: {words}" in confirm.text
    await asked.yes()
    assert await kept(database, asked) == (Status.CANCELLED, words)


@pytest.mark.parametrize(
    "words",
    [
        "jadi batal",
        "oke batalin aja",
        "lewati",
        "Lewati aja",
        "nggak ada",
        "ga usah",
        "tidak ada alasannya",
        "ya batalkan saja",
        "iya",
    ],
)
async def test_whoever_gives_none_is_asked_only_whether_to_go_on(asked, database, words):
    asked.hear(words, "deny")
    [confirm] = await asked.answer()
    assert "Alasan" not in confirm.text
    await asked.yes()
    assert await kept(database, asked) == (Status.CANCELLED, None)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [("mind", "Berubah pikiran"), ("other", "Lainnya"), ("skip", None), ("gone", None)],
)
async def test_each_button_leads_on_and_an_unknown_one_is_no_reason(asked, database, payload, reason):
    asked.press(f'/choose_reason{{"reason": "{payload}"}}')
    await asked.answer()
    await asked.yes()
    assert await kept(database, asked) == (Status.CANCELLED, reason)


async def test_the_number_of_a_reason_will_do(asked):
    asked.hear("yang ketiga", "nlu_fallback")
    [confirm] = await asked.answer()
    assert "Alasan: Berubah pikiran" in confirm.text


@pytest.mark.parametrize("words", ["batal", "Ga jadi deh", "tetap ikut aja", "jangan dibatalkan", "tidak jadi batal"])
async def test_staying_after_all_leaves_calmly(asked, database, words):
    asked.hear(words, "cancel_enrollment")
    [told] = await asked.answer()
    assert "tetap seperti semula" in told.text
    assert asked.form is None
    assert await kept(database, asked) == (Status.CONFIRMED, None)


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("cuti besar berapa lama", "ask_policy"),
        ("lihat pelatihan lain", "list_trainings"),
        ("hubungkan ke HR", "talk_to_hr"),
        ("kenapa ditanya?", "nlu_fallback"),
        ("sudahlah, tidak usah diteruskan", "cancel_dialogue"),
    ],
)
async def test_a_question_in_between_is_no_reason(asked, words, intent):
    """No slot is set, so Rasa follows the rule of the intent and comes back."""
    asked.hear(words, intent)
    [again] = await asked.answer()
    assert asked.slots["cancel_reason"] is None
    assert "Kembali ke pembatalan" in again.text


async def test_another_training_named_instead_is_the_one_meant(asked):
    asked.hear("eh bukan, yang berakhlak", "cancel_enrollment")
    [again] = await asked.answer()
    assert again.custom["session"] == "SOS-01-A"


async def test_a_reason_that_comes_with_the_wish_is_not_asked_again(talk, cast, database, services):
    await add_sessions(database, session(SPREADSHEET))
    await services.enrollments.enroll(caller(cast.sari), "TIK-02-A")
    chat = talk(cast.sari)
    chat.hear("batalin kelas excel soalnya ada rapat pimpinan", "cancel_enrollment")
    [confirm] = await chat.start("cancel_enrollment_form")
    assert "Alasan: ada rapat pimpinan" in confirm.text


@pytest.mark.parametrize("words", ["iya soalnya anak sakit", "karena anak sakit.", "ga bisa gara-gara anak sakit"])
async def test_what_follows_a_because_is_the_reason(asked, words):
    asked.hear(words, "affirm")
    [confirm] = await asked.answer()
    assert "Alasan: anak sakit\n" in confirm.text


async def test_a_reason_that_is_too_long_is_asked_for_again(asked, database):
    asked.hear("rapat " * 60, "nlu_fallback")
    long, again = await asked.answer()
    assert "paling banyak 300" in long.text
    assert asked.slots["cancel_reason"] is None
    assert "alasannya" in again.text


@pytest.mark.parametrize("value", ["{}", '{"reason": "' + "x" * 99 + '"}', '{"reason": "A1"}', '{"reason": 3}'])
async def test_hostile_reasons_end_in_a_calm_text(asked, database, value):
    asked.press(f"/choose_reason{value}")
    said = await asked.answer()
    assert all(one.text for one in said)
    assert (await kept(database, asked))[0] is Status.CONFIRMED
