"""The second opinion must itself be right: it passes good calls and finds each kind of bad one."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, MessageEntity, ReplyKeyboardMarkup

from tests.aiogram_schema import problems_of_call, problems_of_calls
from tests.running_sandbox import running_sandbox

SITI = 101


async def test_what_ptb_sends_has_no_problems() -> None:
    with running_sandbox() as sandbox:
        sandbox.write(SITI, "halo")
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya")]])
        contact = ReplyKeyboardMarkup([[KeyboardButton("Bagikan", request_contact=True)]], resize_keyboard=True)
        async with sandbox.bot() as bot:
            await send_some_of_everything(bot, keyboard, contact)
        calls = sandbox.get("calls")
    assert {call["method"] for call in calls} >= {"getMe", "sendMessage", "sendDocument", "editMessageText"}
    assert problems_of_calls(calls) == []


async def send_some_of_everything(bot: Bot, keyboard: InlineKeyboardMarkup, contact: ReplyKeyboardMarkup) -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 4)
    sent = await bot.send_message(SITI, "Halo Bu", entities=[bold], reply_markup=keyboard)
    await bot.edit_message_text("Halo", SITI, sent.message_id, entities=[bold])
    await bot.edit_message_reply_markup(SITI, sent.message_id, reply_markup=keyboard)
    await bot.send_message(SITI, "Nomor?", reply_markup=contact)
    await bot.send_document(SITI, b"BEGIN:VCALENDAR", filename="a.ics", caption="Undangan", caption_entities=[bold])
    await bot.send_chat_action(SITI, "typing")
    await bot.set_my_commands([("bantuan", "Bantuan")])
    await bot.delete_message(SITI, sent.message_id)


def call(body: dict[str, Any], method: str = "sendMessage") -> dict[str, Any]:
    return {"call_id": 1, "method": method, "body": body}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"chat_id": 1}, "sendMessage.text: Field required"),
        ({"chat_id": 1, "text": "x", "txet": "y"}, "sendMessage.txet: no such field"),
        ({"chat_id": 1, "text": "x", "reply_markup": {"inline_keybord": []}}, "inline_keybord: no such field"),
        (
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "colour": "red"}]]},
            },
            "sendMessage.reply_markup.inline_keyboard[0][0].colour: no such field",
        ),
        (
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b" * 65}]]},
            },
            "callback data of 65 bytes",
        ),
        ({"chat_id": 1, "text": "x" * 4097}, "sendMessage.text: longer than 4096 characters"),
    ],
)
def test_each_kind_of_bad_call_is_found(body: dict[str, Any], problem: str) -> None:
    assert any(problem in found for found in problems_of_call(call(body)))


def test_a_method_that_does_not_exist_is_found() -> None:
    assert problems_of_call(call({}, "sendPigeon")) == ["there is no method sendPigeon"]


def test_an_answer_to_a_press_ends_at_200_characters() -> None:
    body = {"callback_query_id": "1", "text": "x" * 201}
    assert problems_of_call(call(body, "answerCallbackQuery")) == [
        "answerCallbackQuery.text: longer than 200 characters"
    ]
