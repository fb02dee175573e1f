"""HR writes a series on the phone: step by step, with the days between, files too."""

from typing import Any

import pytest

from core.domain.attachments import Attachment, AttachmentKind
from core.domain.series import MOST_STEPS, Step
from tests.bot import offline
from tests.bot.conftest import FakeRasa
from tests.bot.desk import Desk

PDF = b"%PDF-1.7 isi"


async def send_letter(desk: Desk, **parts: Any) -> None:
    desk.running.request.contents["F1"] = PDF
    file = {"file_id": "F1", "file_unique_id": "u", "file_size": len(PDF), "file_name": "se.pdf"}
    await desk.running.deliver(message=offline.message(desk.who, document=file, **parts))


async def test_steps_are_written_and_given_their_days(desk: Desk, rasa: FakeRasa) -> None:
    await desk.write("Mulai")
    await desk.press("Tambahan isi")
    await desk.press("Langkah lanjutan")
    assert "hanya satu pesan" in desk.last.text
    await desk.press("Tambah langkah")
    await desk.say("Kedua, {nama}")
    assert "langkah 2 dikirim? Sekarang: 3 hari" in desk.last.text
    old = dict(desk.last.buttons)
    await desk.press("7 hari")
    assert desk.campaign.steps == (Step("Kedua, {nama}", 7),)
    await desk.press("Tambah langkah")
    await send_letter(desk)
    assert "Kirim sekali lagi bersama keterangannya" in desk.last.text
    await send_letter(desk, caption="Surat edaran")
    await desk.press("Kembali")
    assert "Langkah 3, 3 hari sesudahnya: Surat edaran" in desk.last.text
    letter = Attachment(1, AttachmentKind.DOCUMENT, "se.pdf", len(PDF))
    assert desk.campaign.steps[1] == Step("Surat edaran", 3, attachment=letter)

    await desk.running.press(desk.who, old["1 hari"])  # under the question about step 2
    assert "sudah berubah" in desk.last.text
    assert desk.campaign.steps[1].after_days == 3
    assert "Langkah lanjutan: 2, berjeda 7, 3 hari" in desk.last.text
    assert rasa.asked == []


async def test_the_preview_shows_every_step_with_its_file(desk: Desk) -> None:
    await desk.write("Mulai")
    for title in ("Tambahan isi", "Langkah lanjutan", "Tambah langkah"):
        await desk.press(title)
    await send_letter(desk, caption="Untuk {nama}")
    await desk.say("/kampanye")
    await desk.press("1 ·")
    await desk.press("Lihat seperti penerima")
    (letter,) = desk.running.request.sent("sendDocument")
    assert letter.data["caption"] == "Pengumuman dari tim SDM\n\nUntuk Dewi Anggraini"
    assert any(call.text == "Langkah 2, 3 hari sesudahnya" for call in desk.running.request.sent())


async def test_the_last_step_is_removed_and_what_is_wrong_is_asked_for_again(desk: Desk) -> None:
    await desk.write("Mulai")
    for title in ("Tambahan isi", "Langkah lanjutan", "Tambah langkah"):
        await desk.press(title)
    await desk.say("Gaji {gaji}")
    assert "tidak saya kenal" in desk.last.text
    await desk.say("Kedua")
    await desk.press("Kembali")
    old = dict(desk.last.buttons)["Hapus langkah terakhir"]
    await desk.press("Hapus langkah terakhir")
    assert desk.campaign.steps == ()
    await desk.running.press(desk.who, old)
    assert "sudah berubah" in desk.last.text


async def test_a_full_series_offers_no_further_step(desk: Desk) -> None:
    await desk.write("Mulai")
    for title in ("Tambahan isi", "Langkah lanjutan"):
        await desk.press(title)
    for number in range(MOST_STEPS):
        await desk.press("Tambah langkah")
        await desk.say(f"Langkah {number}")
        await desk.press("Kembali")
    assert "Tambah langkah" not in desk.titles


@pytest.mark.parametrize("data", ["wt|1", "wn|1", "wi|1", "wj|1|203", "wd|1|2"])
async def test_staff_cannot_write_steps_with_forged_buttons(desk: Desk, sari: Desk, data: str) -> None:
    await desk.write()
    before = desk.campaign
    await sari.running.press(sari.who, f"1{data}")
    assert "petugas tim SDM" in sari.last.text
    assert desk.campaign == before
    assert desk.database.records.accounts[sari.who].awaits is None
