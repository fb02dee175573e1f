"""Sending, editing and deleting, and the refusals of each in Telegram's words."""

import time

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.running_sandbox import TOKEN, RunningSandbox

SITI = 101


@pytest.fixture(autouse=True)
def started(sandbox: RunningSandbox) -> None:
    sandbox.post(f"users/{SITI}/messages", {"start": True})


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=one) for one in data]])


async def test_a_message_arrives_with_its_buttons_and_entities(sandbox: RunningSandbox, bot: Bot) -> None:
    bold = MessageEntity(MessageEntity.BOLD, offset=3, length=4)
    sent = await bot.send_message(SITI, "👍 Siap, Bu.", entities=[bold], reply_markup=keyboard("ya", "tidak"))
    assert sent.message_id == 2
    assert abs(sent.date.timestamp() - time.time()) < 5
    assert sent.parse_entities() == {bold: "Siap"}
    shown = sandbox.phone(SITI, after=1)[0]
    assert (shown["from"], shown["text"], shown["edited"]) == ("bot", "👍 Siap, Bu.", False)
    assert shown["entities"] == [{"type": "bold", "offset": 3, "length": 4}]
    assert shown["buttons"] == [[{"text": "ya", "data": "ya"}, {"text": "tidak", "data": "tidak"}]]


async def test_message_ids_count_per_chat(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(202, "halo")
    ids = [(await bot.send_message(chat, "halo")).message_id for chat in (SITI, 202, SITI)]
    assert ids == [2, 2, 3]


async def test_blanks_around_the_text_go_and_entities_move_along(bot: Bot) -> None:
    bold = MessageEntity(MessageEntity.BOLD, offset=2, length=4)
    sent = await bot.send_message(SITI, "\n halo ", entities=[bold])
    assert sent.text == "halo"
    assert [(e.offset, e.length) for e in sent.entities] == [(0, 4)]


async def test_an_entity_that_cuts_a_character_in_two_is_refused(bot: Bot) -> None:
    cut = MessageEntity(MessageEntity.BOLD, offset=0, length=1)
    with pytest.raises(BadRequest, match="middle of a utf-16 symbol"):
        await bot.send_message(SITI, "👍", entities=[cut])


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", "Message text is empty"), (" \n", "Message text is empty"), ("x" * 4097, "Message is too long")],
)
async def test_texts_out_of_bounds_are_refused(bot: Bot, text: str, refusal: str) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(SITI, text)


async def test_a_text_of_4096_characters_is_sent(bot: Bot) -> None:
    assert len((await bot.send_message(SITI, "x" * 4096)).text) == 4096


async def test_button_data_may_have_64_bytes_and_not_one_more(bot: Bot) -> None:
    await bot.send_message(SITI, "pilih", reply_markup=keyboard("é" * 32))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(SITI, "pilih", reply_markup=keyboard("é" * 32 + "x"))


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ({"inline_keyboard": [[{"text": "ya"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [{"text": "ya", "callback_data": "ya"}]}, "Array of Arrays"),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "ya"}]]}, "must not be empty"),
        ({"inline_keyboard": [[{"text": "x", "url": "javascript:alert(1)"}]]}, "is invalid"),
        ({"buttons": []}, "can't parse reply keyboard markup"),
        ("[]", "object expected as reply markup"),
        ("{", "can't parse reply markup JSON object"),
    ],
)
def test_bad_keyboards_are_refused(sandbox: RunningSandbox, markup: object, refusal: str) -> None:
    answer = sandbox.client.post(
        f"/bot{TOKEN}/sendMessage", json={"chat_id": SITI, "text": "pilih", "reply_markup": markup}
    )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == 400
    assert refusal in answer.json()["description"]


async def test_a_chat_nobody_has_is_not_found(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(987654, "halo")


async def test_a_person_who_never_pressed_start_cannot_be_written_to(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("users", {"id": 303, "first_name": "Agus"})
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(303, "halo")


async def test_a_wrong_token_is_unauthorized(sandbox: RunningSandbox) -> None:
    with pytest.raises(InvalidToken):
        async with sandbox.bot("424242:wrong"):
            pass
    answer = sandbox.client.get("/bot424242:wrong/getMe")
    assert (answer.status_code, answer.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


def test_an_unknown_method_is_not_found(sandbox: RunningSandbox) -> None:
    answer = sandbox.client.post(f"/bot{TOKEN}/sendPigeon")
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found: method not found")


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
def test_a_method_takes_its_parameters_in_every_form(sandbox: RunningSandbox, how: str) -> None:
    url, values = f"/bot{TOKEN}/SENDMESSAGE", {"chat_id": str(SITI), "text": "halo & apa kabar"}
    answer: httpx.Response = {
        "query": lambda: sandbox.client.get(url, params=values),
        "form": lambda: sandbox.client.post(url, data=values),
        "json": lambda: sandbox.client.post(url, json=values),
        "multipart": lambda: sandbox.client.post(url, files={k: (None, v) for k, v in values.items()}),
    }[how]()
    assert answer.json()["result"]["text"] == "halo & apa kabar"


async def test_an_edit_changes_text_and_buttons_in_place(sandbox: RunningSandbox, bot: Bot) -> None:
    sent = await bot.send_message(SITI, "Daftar?", reply_markup=keyboard("ya"))
    edited = await bot.edit_message_text("Anda terdaftar.", SITI, sent.message_id)
    assert edited.edit_date is not None
    shown = sandbox.phone(SITI)[-1]
    assert (shown["text"], shown["buttons"], shown["edited"]) == ("Anda terdaftar.", [], True)
    await bot.edit_message_reply_markup(SITI, sent.message_id, reply_markup=keyboard("batal"))
    assert sandbox.phone(SITI)[-1]["buttons"] == [[{"text": "batal", "data": "batal"}]]


async def test_an_edit_without_change_is_refused(bot: Bot) -> None:
    sent = await bot.send_message(SITI, "Daftar?", reply_markup=keyboard("ya"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("Daftar?", SITI, sent.message_id, reply_markup=keyboard("ya"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(SITI, sent.message_id, reply_markup=keyboard("ya"))


async def test_only_the_bots_own_messages_can_be_edited(sandbox: RunningSandbox, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", SITI, 1)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", SITI, 99)
    asked = await bot.send_message(
        SITI, "Nomor?", reply_markup=ReplyKeyboardMarkup([[KeyboardButton("Bagikan", request_contact=True)]])
    )
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", SITI, asked.message_id)


async def test_a_reply_keyboard_stays_until_it_is_removed(sandbox: RunningSandbox, bot: Bot) -> None:
    markup = ReplyKeyboardMarkup([[KeyboardButton("Bagikan nomor", request_contact=True)], ["Nanti"]])
    await bot.send_message(SITI, "Nomor?", reply_markup=markup)
    await bot.send_message(SITI, "Silakan.")
    shown = [[{"text": "Bagikan nomor", "request_contact": True}], [{"text": "Nanti"}]]
    assert sandbox.get(f"users/{SITI}")["reply_keyboard"] == shown
    assert sandbox.phone(SITI)[-2]["buttons"] == shown
    await bot.send_message(SITI, "Terima kasih.", reply_markup=ReplyKeyboardRemove())
    assert sandbox.get(f"users/{SITI}")["reply_keyboard"] is None


async def test_messages_can_be_deleted_for_48_hours(sandbox: RunningSandbox, bot: Bot) -> None:
    young = await bot.send_message(SITI, "muda")
    old = await bot.send_message(SITI, "tua")
    assert await bot.delete_message(SITI, young.message_id)
    assert sandbox.phone(SITI, after=1)[0]["deleted"] is True
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(SITI, young.message_id)
    sandbox.world.now = lambda: time.time() + 48 * 3600 + 1
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(SITI, old.message_id)


async def test_a_reply_quotes_the_message_it_answers(bot: Bot) -> None:
    sent = await bot.send_message(SITI, "Baik.", reply_parameters=ReplyParameters(1))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(SITI, "Baik.", reply_parameters=ReplyParameters(99))


async def test_a_group_hears_the_bot_and_the_bot_only_its_commands(sandbox: RunningSandbox, bot: Bot) -> None:
    group = {"chat_id": -500}
    assert sandbox.post(f"users/{SITI}/messages", {"text": "pagi semua", **group})["update_id"] is None
    assert sandbox.post(f"users/{SITI}/messages", {"text": "/bantuan", **group})["update_id"] is not None
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.chat.type == "supergroup"
    await bot.send_message(-500, "Silakan tulis ke saya langsung.")
    assert sandbox.get(f"users/{SITI}/messages", chat_id=-500)[-1]["from"] == "bot"
