"""HR sends a photo or a file from the phone while writing a campaign; it goes out by Telegram's own id of it."""

from typing import Any

import pytest

from bot.texts import campaign_extras as extras
from core.bootstrap import Services
from core.domain.attachments import FILE_LIMIT, Attachment, AttachmentKind
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.bot.desk import Desk
from tests.factories import Cast, caller, telegram_id

PDF = b"%PDF-1.7 isi"
JPEG = b"\xff\xd8\xff\xc0\x00\x0b\x08\x02\x58\x03\x20\x01" + bytes(9)


async def send(desk: Desk, content: bytes = JPEG, name: str | None = None, caption: str = "", **other: Any) -> None:
    """A photo, or the document of that name."""
    desk.running.request.contents["F1"] = content
    file = {"file_id": "F1", "file_unique_id": "u", "file_size": len(content), **other}
    parts: dict[str, Any] = (
        {"photo": [{**file, "width": 800, "height": 600}]}
        if name is None
        else {"document": {**file, "file_name": name}}
    )
    if caption:
        parts["caption"] = caption
    await desk.running.deliver(message=offline.message(desk.who, **parts))


async def test_a_photo_with_its_words_is_a_draft_at_once(desk: Desk, services: Services, rasa: FakeRasa) -> None:
    await desk.say("/kampanye")
    await desk.press("Tulis sosialisasi baru")
    await send(desk, caption="Denah *baru*")
    assert desk.campaign.text == "Denah *baru*"
    assert desk.campaign.attachment == Attachment(1, AttachmentKind.PHOTO, "foto.jpg", len(JPEG))
    assert "Lampiran: foto.jpg (1 KB)" in desk.last.text
    assert await services.attachments.content(1) == JPEG
    await desk.press("Lihat seperti penerima")
    (preview,) = desk.running.request.sent("sendPhoto")
    assert (preview.data["photo"], preview.files) == ("F1", {})
    assert preview.data["caption"] == "Pengumuman dari tim SDM\n\nDenah baru"
    assert rasa.asked == []


async def test_a_photo_without_words_is_no_draft_yet(desk: Desk) -> None:
    await desk.say("/kampanye")
    await desk.press("Tulis sosialisasi baru")
    await send(desk)
    assert desk.last.text == extras.FILE_WANTS_WORDS.replace("*", "")
    await desk.say("Denah baru")
    assert desk.campaign.attachment is None


async def test_a_file_is_added_to_a_draft_changed_and_taken_off(desk: Desk) -> None:
    await desk.write("Mohon dibaca")
    await desk.press("Tambahan isi")
    await desk.press("Lampiran")
    await desk.say("ini berkasnya")
    assert desk.last.text == extras.NOT_A_FILE
    await send(desk, PDF, "se.pdf")
    assert desk.campaign.text == "Mohon dibaca"
    assert desk.campaign.attachment == Attachment(1, AttachmentKind.DOCUMENT, "se.pdf", len(PDF))
    await desk.press("Tambahan isi")
    await desk.press("Ganti lampiran")
    await send(desk, PDF + b" baru", "se-2.pdf", "Mohon dibaca ulang")
    assert desk.campaign.text == "Mohon dibaca ulang"
    assert desk.campaign.attachment is not None
    assert desk.campaign.attachment.name == "se-2.pdf"
    await desk.press("Tambahan isi")
    await desk.press("Ganti lampiran")
    old = dict(desk.last.buttons)["Hapus lampiran"]
    await desk.press("Hapus lampiran")
    assert desk.campaign.attachment is None
    await desk.running.press(desk.who, old)
    assert "sudah berubah" in desk.last.text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "bukan jenis yang dapat dilampirkan"),
        ("se.pdf", b"MZ", "tidak sesuai"),
        ("kosong.pdf", b"", "kosong"),
    ],
)
async def test_what_does_not_do_is_said_and_still_waited_for(desk: Desk, name: str, content: bytes, words: str) -> None:
    await desk.write("Mohon dibaca")
    await desk.press("Tambahan isi")
    await desk.press("Lampiran")
    await send(desk, content, name)
    assert words in desk.last.text
    await send(desk, PDF, "se.pdf")
    assert desk.campaign.attachment is not None


async def test_a_file_too_large_to_fetch_is_not_asked_for(desk: Desk) -> None:
    await desk.write("Mohon dibaca")
    await desk.press("Tambahan isi")
    await desk.press("Lampiran")
    await send(desk, PDF, "se.pdf", file_size=FILE_LIMIT + 1)
    assert "terlalu besar" in desk.last.text
    assert desk.running.request.sent("getFile") == []


async def test_long_words_and_a_file_do_not_go_together(desk: Desk) -> None:
    await desk.write("x" * 1025)
    await desk.press("Tambahan isi")
    await desk.press("Lampiran")
    await send(desk, PDF, "se.pdf")
    assert "paling banyak 1024 karakter" in desk.last.text
    assert desk.campaign.attachment is None


@pytest.mark.parametrize("data", ["wa|1", "wf|1", "wg|1|2", "wo|1"])
async def test_staff_cannot_open_the_menu_with_forged_buttons(
    desk: Desk, running: Running, cast: Cast, data: str
) -> None:
    await desk.write()
    before = desk.campaign
    await running.press(telegram_id(cast.sari), f"1{data}")
    assert "petugas tim SDM" in desk.last.text
    assert desk.campaign == before
    assert desk.database.records.accounts[telegram_id(cast.sari)].awaits is None


async def test_a_reader_marks_a_photo_as_read_below_it(desk: Desk, services: Services, cast: Cast) -> None:
    await desk.running.deliver(
        callback_query=offline.press(
            telegram_id(cast.sari),
            offline.shown_photo(telegram_id(cast.sari), "Denah", [("Sudah baca dan paham", "1ga|1")]),
            "1ga|1",
        )
    )
    (edit,) = desk.running.request.sent("editMessageCaption")
    assert edit.data["caption"].startswith("Denah\n\n")
    assert caller(cast.sari).is_linked
