"""A tiny bot for the browser test: repeats what it hears, and shows each kind of message a phone must draw."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.running_sandbox import RunningSandbox

POLL_SECONDS = 1
INVITATION = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "UID:1@contoh",
        "DTSTART:20261201T010000Z",
        "DTEND:20261201T083000Z",
        "SUMMARY:Pelatihan Analisis Data\\, angkatan 2",
        "LOCATION:Aula BPSDM\\, lantai 3",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


@contextmanager
def echo_bot(sandbox: RunningSandbox) -> Iterator[None]:
    """Answers everybody until the block is left."""
    stopping = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_run(sandbox, stopping)), name="echo bot")
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(timeout=POLL_SECONDS + 10)
        assert not thread.is_alive(), "the echo bot did not stop"


async def _run(sandbox: RunningSandbox, stopping: threading.Event) -> None:
    async with sandbox.bot() as bot:
        await bot.set_my_description("Asisten kepegawaian Anda. Tanyakan aturan, cari pelatihan, dan pantau JP Anda.")
        await bot.set_my_commands(
            [("bantuan", "Apa saja yang bisa saya bantu"), ("pelatihan", "Pelatihan yang dibuka")]
        )
        offset = 0
        while not stopping.is_set():
            for update in await bot.get_updates(offset, timeout=POLL_SECONDS):
                offset = update.update_id + 1
                if update.callback_query:
                    await _answer_press(bot, update.callback_query)
                elif update.message:
                    await _answer_message(bot, update.message)


async def _answer_press(bot: Bot, query: CallbackQuery) -> None:
    assert isinstance(query.message, Message)
    await query.answer("Tercatat")
    await bot.edit_message_text("Pengajuan Anda tercatat. ✅", query.message.chat.id, query.message.message_id)


async def _answer_message(bot: Bot, message: Message) -> None:
    chat = message.chat.id
    text = message.text or ""
    if text.startswith("/start"):
        contact = KeyboardButton("Bagikan nomor saya", request_contact=True)
        markup = ReplyKeyboardMarkup([[contact], ["Nanti saja"]], resize_keyboard=True)
        await bot.send_message(chat, "Selamat datang. Bagikan nomor agar saya mengenali Anda.", reply_markup=markup)
    elif message.contact:
        said = f"Nomor {message.contact.phone_number} sudah tertaut."
        await bot.send_message(chat, said, reply_markup=ReplyKeyboardRemove())
    elif "pelatihan" in text:
        await _offer_training(bot, chat)
    elif "undangan" in text:
        await bot.send_document(chat, INVITATION.encode(), filename="undangan.ics", caption="Simpan ke kalender Anda.")
    else:
        await bot.send_chat_action(chat, "typing")
        bold = MessageEntity(
            MessageEntity.BOLD, offset=len("Anda menulis: "), length=len(text.encode("utf-16-le")) // 2
        )
        await bot.send_message(chat, f"Anda menulis: {text}", entities=[bold] if text else None)


async def _offer_training(bot: Bot, chat: int) -> None:
    title = "Analisis Data untuk Kebijakan"
    rows = [
        [InlineKeyboardButton("Ajukan pendaftaran", callback_data="enroll:TIK-02-A")],
        [
            InlineKeyboardButton("Rincian", callback_data="course:TIK-02"),
            InlineKeyboardButton("Sumber", url="https://example.org/katalog"),
        ],
    ]
    text = f"{title}\n1–3 Desember 2026, 20 JP, luring\nSisa kursi: 7. Ketik /bantuan bila perlu."
    bold = MessageEntity(MessageEntity.BOLD, 0, len(title))
    await bot.send_message(chat, text, entities=[bold], reply_markup=InlineKeyboardMarkup(rows))
