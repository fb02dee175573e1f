"""HR's commands, groups, and people who block the bot."""

from typing import Any

import pytest

from bot.texts import tickets as texts
from core.bootstrap import Services
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.factories import Cast, caller, telegram_id

GROUP = {"id": -100, "type": "supergroup", "title": "Grup kantor"}


async def test_an_officer_sees_and_answers_the_open_tickets(running: Running, services: Services, cast: Cast) -> None:
    ticket = await services.tickets.open(caller(cast.sari), "Cuti besar berapa lama?")
    (listed,) = await running.say(telegram_id(cast.dewi), "/tiket")
    assert "Cuti besar berapa lama?" in listed.text
    assert "Sari" not in listed.text
    (done,) = await running.say(telegram_id(cast.dewi), f"/jawab {ticket.number} Tiga bulan.\nLewat atasan.")
    assert f"tiket {ticket.number}" in done.text
    (mine,) = await services.tickets.mine(caller(cast.sari))
    assert mine.answer == "Tiga bulan.\nLewat atasan."
    assert [c.text for c in await running.say(telegram_id(cast.dewi), "/tiket")] == [texts.QUEUE_EMPTY]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/jawab", "/jawab 12"),
        ("/jawab dua halo", "/jawab 12"),
        ("/jawab 999 halo", "Tiket nomor 999 tidak ada"),
    ],
)
async def test_a_jawab_that_misses_something_is_told_what(running: Running, cast: Cast, text: str, words: str) -> None:
    (answer,) = await running.say(telegram_id(cast.dewi), text)
    assert words in answer.text


async def test_a_jawab_without_words_is_told_so(running: Running, services: Services, cast: Cast) -> None:
    ticket = await services.tickets.open(caller(cast.sari), "Cuti besar berapa lama?")
    (answer,) = await running.say(telegram_id(cast.dewi), f"/jawab {ticket.number}")
    assert "masih kosong" in answer.text


@pytest.mark.parametrize("command", ["/jawab", "/jawab 1 halo"])
async def test_only_officers_answer_tickets(running: Running, cast: Cast, command: str) -> None:
    (answer,) = await running.say(telegram_id(cast.sari), command)
    assert "hanya untuk petugas tim SDM" in answer.text


@pytest.mark.parametrize("command", ["/start", "/profil@RekanASNBot", "/persetujuan", "/tiket"])
async def test_a_command_in_a_group_is_sent_to_the_private_chat(
    running: Running, rasa: FakeRasa, cast: Cast, command: str
) -> None:
    (answer,) = await running.deliver(message=offline.message(telegram_id(cast.bambang), chat=GROUP, text=command))
    assert "percakapan pribadi" in answer.text
    assert "@RekanASNBot" in answer.text
    assert answer.data["chat_id"] == GROUP["id"]
    assert rasa.asked == []


@pytest.mark.parametrize("parts", [{"text": "halo semua"}, {"text": "/start@BotLain"}, {"text": "/lainnya"}])
async def test_other_talk_in_a_group_is_not_ours(running: Running, rasa: FakeRasa, parts: dict[str, Any]) -> None:
    assert await running.deliver(message=offline.message(700, chat=GROUP, **parts)) == []
    assert rasa.asked == []


async def test_an_error_in_a_group_is_not_talked_about_there(running: Running) -> None:
    running.request.fail("sendMessage", 400, "Bad Request: not enough rights to send text messages to the chat")
    sent = await running.deliver(message=offline.message(700, chat=GROUP, text="/start"))
    assert len(sent) == 1


async def test_blocking_and_unblocking_are_noted(running: Running, services: Services, cast: Cast) -> None:
    account = telegram_id(cast.sari)

    async def unreachable() -> bool:
        async with services.unit_of_work() as work:
            row = await work.accounts.get(account)
        assert row is not None
        return row.unreachable_since is not None

    await running.deliver(my_chat_member=offline.membership(account, "member", "kicked", chat=GROUP))
    assert not await unreachable()
    await running.deliver(my_chat_member=offline.membership(account, "member", "kicked"))
    assert await unreachable()
    await running.deliver(my_chat_member=offline.membership(account, "kicked", "member"))
    assert not await unreachable()
