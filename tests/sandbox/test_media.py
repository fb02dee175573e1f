"""Documents and photos: upload, round trip, sending again by file id."""

import base64
import struct

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest

from tests.running_sandbox import RunningSandbox

SITI = 101
INVITATION = "BEGIN:VCALENDAR\r\nSUMMARY:Pelatihan ✓\r\nEND:VCALENDAR\r\n".encode()


@pytest.fixture(autouse=True)
def started(sandbox: RunningSandbox) -> None:
    sandbox.write(SITI, "halo")


async def test_a_document_reaches_the_phone_byte_for_byte(sandbox: RunningSandbox, bot: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Hadir", callback_data="hadir")]])
    sent = await bot.send_document(
        SITI, INVITATION, filename="undangan.ics", caption="Simpan ke kalender.", reply_markup=markup
    )
    shown = sandbox.phone(SITI)[-1]
    assert shown["text"] == "Simpan ke kalender."
    assert shown["document"]["file_name"] == "undangan.ics"
    assert shown["document"]["mime_type"] == "text/calendar"
    assert shown["document"]["size"] == len(INVITATION)
    assert shown["buttons"] == [[{"text": "Hadir", "data": "hadir"}]]
    got = sandbox.client.get(shown["document"]["url"])
    assert got.content == INVITATION
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''undangan.ics"
    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == INVITATION


async def test_a_file_can_be_sent_again_by_its_id_to_somebody_else(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(202, "halo")
    first = await bot.send_document(SITI, INVITATION, filename="undangan.ics")
    assert first.document is not None
    second = await bot.send_document(202, first.document.file_id)
    assert second.document == first.document
    shown = sandbox.phone(202)[-1]["document"]
    assert shown["file_name"] == "undangan.ics"
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(SITI, first.document.file_id)


async def test_a_photo_is_shown_in_the_page(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post(f"users/{SITI}/messages", {"photo": True})
    photo = (await bot.get_updates())[-1].message.photo[0]
    content = bytes(await (await bot.get_file(photo.file_id)).download_as_bytearray())
    sent = await bot.send_photo(SITI, content, filename="peta.png", caption="Peta")
    assert (sent.photo[0].width, sent.photo[0].height) == (240, 160)
    got = sandbox.client.get(sandbox.phone(SITI)[-1]["photo"]["url"])
    assert got.headers["content-disposition"].startswith("inline")
    assert got.headers["content-type"] == "image/png"


async def test_captions_end_at_1024_characters(bot: Bot) -> None:
    await bot.send_document(SITI, INVITATION, filename="a.ics", caption="x" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(SITI, INVITATION, filename="a.ics", caption="x" * 1025)


async def test_an_unknown_file_id_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(SITI, "tidak-ada")
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("tidak-ada")


async def test_a_page_sent_as_a_document_only_leaves_as_a_download(sandbox: RunningSandbox, bot: Bot) -> None:
    await bot.send_document(SITI, b"<script>alert(1)</script>", filename="jahat.html")
    got = sandbox.client.get(sandbox.phone(SITI)[-1]["document"]["url"])
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_the_words_below_a_file_can_be_changed_and_taken_away(sandbox: RunningSandbox, bot: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Hadir", callback_data="hadir")]])
    sent = await bot.send_document(SITI, INVITATION, filename="a.ics", caption="Keliru")
    bold = MessageEntity(MessageEntity.BOLD, 0, 5)
    await bot.edit_message_caption(SITI, sent.message_id, caption="Benar", caption_entities=[bold], reply_markup=markup)
    shown = sandbox.phone(SITI)[-1]
    assert (shown["text"], shown["edited"], shown["document"]["file_name"]) == ("Benar", True, "a.ics")
    assert shown["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert shown["buttons"] == [[{"text": "Hadir", "data": "hadir"}]]
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(
            SITI, sent.message_id, caption="Benar", caption_entities=[bold], reply_markup=markup
        )
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.edit_message_caption(SITI, sent.message_id, caption="x" * 1025)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("Lain", SITI, sent.message_id)
    await bot.edit_message_caption(SITI, sent.message_id)
    assert sandbox.phone(SITI)[-1]["text"] == ""


async def test_a_text_has_no_caption_to_change(bot: Bot) -> None:
    sent = await bot.send_message(SITI, "halo")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(SITI, sent.message_id, caption="Lain")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"bukan gambar", "Image_process_failed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 9000, 1001) + bytes(8), "Photo_invalid_dimensions"),
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 2100, 100) + bytes(8), "Photo_invalid_dimensions"),
    ],
)
async def test_what_is_no_picture_or_too_long_a_one_is_refused_as_a_photo(
    bot: Bot, content: bytes, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_photo(SITI, content, filename="peta.png")


async def test_a_person_sends_a_file_with_words_below_it(sandbox: RunningSandbox, bot: Bot) -> None:
    file = {"file_name": "../surat.pdf", "content": base64.b64encode(b"%PDF-1.7 isi").decode()}
    sandbox.post(f"users/{SITI}/messages", {"document": file, "caption": "Surat edaran"})
    message = (await bot.get_updates())[-1].message
    assert (message.caption, message.document.file_name, message.document.mime_type) == (
        "Surat edaran",
        "surat.pdf",
        "application/pdf",
    )
    content = await (await bot.get_file(message.document.file_id)).download_as_bytearray()
    assert bytes(content) == b"%PDF-1.7 isi"
    assert (sandbox.phone(SITI)[-1]["text"], sandbox.phone(SITI)[-1]["kind"]) == ("Surat edaran", "document")


@pytest.mark.parametrize("document", ["surat.pdf", {"file_name": "a.pdf", "content": "bukan base64!"}, {"content": ""}])
def test_a_person_cannot_send_what_is_no_file(sandbox: RunningSandbox, document: object) -> None:
    answer = sandbox.client.post(f"/sandbox/users/{SITI}/messages", json={"document": document})
    assert answer.status_code == 400
