"""The pulse question on the phone: five faces, words if the person likes, and HR's side of it."""

import pytest

from bot.context import Memory, Tools
from bot.texts import campaign_pulse as texts
from core.domain.pulses import PulseAnswer
from tests.bot.conftest import FakeRasa, Release, Running
from tests.bot.desk import Desk

ASKED = "Bagaimana perasaan Anda tentang perubahan ini?"


async def test_hr_takes_the_usual_question_or_writes_another(desk: Desk, rasa: FakeRasa) -> None:
    await desk.write()
    await desk.press("Tambahan isi")
    await desk.press("Pertanyaan pendapat")
    await desk.press("Pakai yang biasa")
    assert desk.campaign.pulse == texts.USUAL
    await desk.press("Tulis sendiri")
    await desk.say("x" * 301)
    assert "paling banyak 300" in desk.last.text
    await desk.say("Siapkah Anda?")
    assert desk.campaign.pulse == "Siapkah Anda?"
    old = dict(desk.last.buttons)["Hapus pertanyaan ini"]
    await desk.press("Hapus pertanyaan ini")
    assert desk.campaign.pulse is None
    await desk.running.press(desk.who, old)
    assert "sudah berubah" in desk.last.text
    assert rasa.asked == []


async def test_an_employee_chooses_a_face_and_adds_words_after_a_restart(
    sari: Desk,
    released: Release,
    rasa: FakeRasa,
) -> None:
    await released(pulse=ASKED)
    await sari.running.press(sari.who, "1wu|1")
    assert sari.titles == list(texts.FACES)
    assert "tanpa nama" in sari.last.text
    await sari.press("🙂")
    assert "Jawaban Anda: 🙂 nyaman" in sari.last.text
    await sari.press("Tambah komentar")
    old = sari.running.app.bot_data["tools"]
    sari.running.app.bot_data["tools"] = Tools(old.services, old.rasa, Memory())
    await sari.say("x" * 501)
    assert "paling banyak 500" in sari.last.text
    await sari.say("Cukup jelas")
    assert sari.last.text == texts.COMMENTED
    assert sari.database.records.pulses == {(1, sari.cast.sari.person_id): PulseAnswer(4, "Cukup jelas")}
    assert rasa.asked == []


async def test_old_buttons_show_what_stands(sari: Desk, released: Release) -> None:
    await released(pulse=ASKED)
    for data in ("1wv|1|2", "1wv|1|5", "1wu|1"):
        await sari.running.press(sari.who, data)
        assert "Jawaban Anda: 🙁 kurang nyaman" in sari.last.text
    await sari.running.press(sari.who, "1wc|1")
    await sari.say("Bingung")
    await sari.running.press(sari.who, "1wc|1")
    assert sari.last.text == texts.COMMENTED_BEFORE


async def test_a_command_ends_the_wait_for_words(sari: Desk, released: Release, rasa: FakeRasa) -> None:
    await released(pulse=ASKED)
    await sari.running.press(sari.who, "1wv|1|2")
    await sari.press("Tambah komentar")
    await sari.say("/batal")
    await sari.say("Cuti besar berapa lama?")
    assert sari.database.records.pulses[1, sari.cast.sari.person_id].comment is None
    assert rasa.asked


async def test_quiz_and_pulse_follow_the_sign_of_reading(sari: Desk, released: Release) -> None:
    await released(pulse=ASKED, needs_acknowledgement=True)
    await sari.running.press(sari.who, "1ga|1")
    assert sari.titles == ["Mulai kuis", "Beri pendapat"]


@pytest.mark.parametrize("data", ["1wu|1", "1wv|1|3", "1wc|1", "1wv|1|9", "1wu|8"])
async def test_whoever_never_got_it_is_told_so_calmly(sari: Desk, released: Release, data: str) -> None:
    await released(pulse=ASKED, audience="unit=DINKES")
    await sari.running.press(sari.who, data)
    assert "tidak menunggu jawaban dari Anda" in sari.last.text
    assert sari.database.records.pulses == {}


@pytest.mark.parametrize("data", ["wp|1", "wx|1", "wy|1", "wz|1|2"])
async def test_staff_cannot_write_questions_with_forged_buttons(
    desk: Desk,
    sari: Desk,
    running: Running,
    data: str,
) -> None:
    await desk.write()
    before = desk.campaign
    await running.press(sari.who, f"1{data}")
    assert "petugas tim SDM" in sari.last.text
    assert desk.campaign == before
