"""Yes and no to what a form asks."""

import pytest

from actions.confirmation import repeats_wish, says_yes
from tests.factories import add_sessions, session


@pytest.mark.parametrize(
    ("text", "verb"), [("ya", "daftar"), ("Iya daftarin", "daftar"), ("ok lanjut", "kirim"), ("iya batalin", "batal")]
)
def test_a_yes_in_other_words_is_a_yes(text, verb):
    assert says_yes(text, verb)


@pytest.mark.parametrize(
    "text",
    [
        "tidak",
        "ya tapi jangan dulu",
        "mau tanya cuti tahunan berapa hari",
        "",
        "yakin?",
        "iya batal",
        "ok batalin aja",
        "ya nanti",
    ],
)
def test_what_is_no_clear_yes_is_none(text):
    assert not says_yes(text, "daftar")


def test_the_bare_wish_again_is_told_from_a_yes():
    assert repeats_wish("daftarkan saya dong", "daftar")
    assert not says_yes("daftarkan saya dong", "daftar")
    assert not repeats_wish("daftarkan saya di TIK-03", "daftar")


@pytest.mark.parametrize(("text", "verb"), [("batalin aja", "daftar"), ("batalkan", "kirim"), ("batal", "batal")])
def test_calling_it_off_never_repeats_the_wish(text, verb):
    assert not repeats_wish(text, verb)


FORMS = {
    "enroll_form": ("daftar TIK-02", "enroll_training"),
    "ticket_form": ("tolong tanyakan ke HR apakah guru PPPK boleh pindah ke unit lain tahun depan", "talk_to_hr"),
    "delete_data_form": ("hapus data saya", "delete_my_data"),
}


@pytest.fixture
async def asked(talk, cast, database):
    """A conversation that stands before the question of the form, and that question."""
    await add_sessions(database, session())

    async def stand_before(form):
        chat = talk(cast.sari)
        chat.hear(*FORMS[form])
        return chat, (await chat.start(form))[-1]

    return stand_before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text", ["😀😀", "a" * 4096, "yang kedua", "?!", "ya kalau begitu saya mau tanya dulu soal cuti besar"]
)
async def test_what_only_looked_like_a_yes_is_asked_again(asked, form, text):
    chat, question = await asked(form)
    chat.hear(text, "affirm")
    again = await chat.answer(confirmed=True)
    assert chat.form == form
    assert again[-1].payloads == question.payloads


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["👍", "tancap", "iyaaa", "oke siap"])
async def test_a_short_yes_ends_the_form(asked, form, text):
    chat, _ = await asked(form)
    chat.hear(text, "affirm")
    await chat.answer(confirmed=True)
    assert chat.form is None
    assert chat.slots["confirmed"] is None


@pytest.mark.parametrize("form", FORMS)
async def test_a_pressed_no_counts_whatever_stands_in_the_text(asked, form):
    chat, _ = await asked(form)
    await chat.no()
    assert chat.form is None
