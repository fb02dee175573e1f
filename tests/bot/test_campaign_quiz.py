"""The quiz on the phone: HR writes it question by question, staff answer by button, old buttons stay calm."""

import pytest

from bot.context import Memory, Tools
from tests.bot.conftest import FakeRasa, Release
from tests.bot.desk import Desk


async def test_hr_writes_a_quiz_question_by_question(desk: Desk, rasa: FakeRasa) -> None:
    await desk.write()
    await desk.press("Tambahan isi")
    await desk.press("Kuis")
    assert "Belum ada pertanyaan" in desk.last.text
    await desk.press("Tambah pertanyaan")
    await desk.say("Berlaku kapan?\n- 1 Desember\n- 1 Januari")
    assert "tepat satu pilihan yang benar" in desk.last.text
    await desk.say("Berlaku kapan?\n- 1 Desember\n+ 1 Januari\nPenjelasan: Pasal 12.")
    assert "✓ 1 Januari" in desk.last.text
    await desk.press("Tambah pertanyaan")
    await desk.say("Bagi siapa?\n- PNS\n+ Semua")
    assert [asked.text for asked in desk.campaign.quiz] == ["Berlaku kapan?", "Bagi siapa?"]
    old = dict(desk.last.buttons)["Hapus pertanyaan terakhir"]
    await desk.press("Hapus pertanyaan terakhir")
    assert len(desk.campaign.quiz) == 1
    await desk.running.press(desk.who, old)
    assert len(desk.campaign.quiz) == 1
    assert "sudah berubah" in desk.last.text
    assert "Kuis: 1 pertanyaan" in desk.last.text
    assert rasa.asked == []


async def test_an_employee_answers_is_told_what_was_right_and_goes_on(
    sari: Desk, released: Release, rasa: FakeRasa
) -> None:
    await released()
    await sari.running.press(sari.who, "1wk|1")
    assert sari.last.text == "Kuis · pertanyaan 1 dari 2\n\nBerlaku kapan?\n\nA. 1 Desember\nB. 1 Januari"
    assert sari.titles == ["A", "B"]
    await sari.press("A")
    assert "Anda memilih A; yang tepat B." in sari.last.text
    assert "Pasal 12." in sari.last.text
    await sari.press("Lanjut: pertanyaan 2 dari 2")
    assert sari.titles == ["A", "B", "C"]
    await sari.press("C")
    assert "Benar. Anda memilih C." in sari.last.text
    assert "Kuis selesai: 1 dari 2 benar." in sari.last.text
    assert sari.titles == []
    assert rasa.asked == []


async def test_the_quiz_goes_on_after_a_restart_where_it_stopped(sari: Desk, released: Release) -> None:
    await released()
    await sari.running.press(sari.who, "1wl|1|12")
    old = sari.running.app.bot_data["tools"]
    sari.running.app.bot_data["tools"] = Tools(old.services, old.rasa, Memory())
    await sari.running.press(sari.who, "1wk|1")
    assert "pertanyaan 2 dari 2" in sari.last.text


async def test_old_buttons_tell_what_stands(sari: Desk, released: Release) -> None:
    await released()
    for data in ("1wl|1|12", "1wl|1|11"):
        await sari.running.press(sari.who, data)
        assert "Benar. Anda memilih B." in sari.last.text
    await sari.running.press(sari.who, "1wl|1|21")
    await sari.running.press(sari.who, "1wk|1")
    assert sari.last.text.startswith("Anda sudah menjawab kuis ini: 1 dari 2 benar.")


async def test_the_quiz_follows_the_sign_of_reading(sari: Desk, released: Release) -> None:
    await released(needs_acknowledgement=True)
    await sari.running.press(sari.who, "1ga|1")
    assert "sudah baca dan paham" in sari.last.text
    assert sari.titles == ["Mulai kuis"]


@pytest.mark.parametrize("data", ["1wk|1", "1wm|1", "1wl|1|11", "1wl|1|19", "1wl|1|99", "1wk|7"])
async def test_whoever_never_got_it_is_told_so_calmly_and_it_is_kept(sari: Desk, released: Release, data: str) -> None:
    await released(audience="unit=DINKES")
    await sari.running.press(sari.who, data)
    assert "tidak menunggu jawaban dari Anda" in sari.last.text
    assert sari.database.records.choices == {}
    assert sum("campaign_answer_refused" in row for row in sari.database.records.audit) == 1


@pytest.mark.parametrize("data", ["wq|1", "wr|1", "ws|1|2"])
async def test_staff_cannot_write_quizzes_with_forged_buttons(desk: Desk, sari: Desk, data: str) -> None:
    await desk.write()
    before = desk.campaign
    await sari.running.press(sari.who, f"1{data}")
    assert "petugas tim SDM" in sari.last.text
    assert desk.campaign == before
    assert desk.database.records.accounts[sari.who].awaits is None
