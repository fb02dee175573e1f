"""Documents and photos: upload, round trip, sending again by file id."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
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
