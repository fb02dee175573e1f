"""“Tanya tentang ini” and Telegram's reply on phones: the message's own words, the usual search, a ticket. Restarts too."""

from typing import Any

import httpx
import pytest

from bot.callback_data import decode
from bot.texts import campaign_questions as texts
from core.bootstrap import Services
from core.domain.messages import DeliveryStatus, Kind
from core.services.campaign_desk import Changes
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.bot.desk import Desk
from tests.factories import NOW, Cast, caller, telegram_id

TEXT = "*Jam kerja baru*\nMulai 1 Desember 2026 jam kerja menjadi pukul 07.30. Sosialisasi di Blok G lantai 3."
UNANSWERED: dict[str, Any] = {
    "messages": [{"text": "Belum tahu.", "custom": {"answered": False}}],
    "trace": {"intent": "ask_policy", "actions": ["action_answer_policy"]},
}


async def send(services: Services, cast: Cast, **changes: Any) -> None:
    """Campaign 1; it reaches sari, if it does, as message 500 of her chat."""
    dewi, desk = caller(cast.dewi), services.campaign_desk
    written = await desk.draft(dewi, Changes(text=TEXT, takes_questions=True, **changes))
    await desk.submit(dewi, written.campaign_id)
    await desk.approve(caller(cast.agus), written.campaign_id, written.version)
    await desk.send_now(dewi, written.campaign_id)
    async with services.unit_of_work() as work:
        for row in await work.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me"):
            number = 500 if row.person_id == cast.sari.person_id else 900 + row.message_id
            await work.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW, telegram_message_id=number)
        await work.commit()


@pytest.fixture
async def campaign(services: Services, cast: Cast) -> None:
    await send(services, cast)


async def reply(sari: Desk, words: str, *, to: int = 500, of: dict[str, Any] | None = None) -> None:
    shown = offline.shown(sari.who, "Pengumuman", [], to)
    quoted = shown | {"from": of} if of else shown
    await sari.running.deliver(message=offline.message(sari.who, text=words, reply_to_message=quoted))


async def test_the_button_asks_for_a_question_and_the_message_answers_it(
    campaign: None, sari: Desk, rasa: FakeRasa
) -> None:
    await sari.running.press(sari.who, "1ub|1")
    assert "tentang pesan “Jam kerja baru”" in sari.last.text
    sari.running.restart()
    await sari.say("tempatnya di mana?")
    assert "Menurut pesan “Jam kerja baru”:\n\nSosialisasi di Blok G lantai 3." in sari.last.text
    assert sari.titles == [texts.HR_BUTTON]
    assert rasa.asked == []
    await sari.say("Cuti besar berapa lama?")  # a question of its own again
    assert len(rasa.asked) == 1


async def test_telegrams_reply_to_the_message_needs_no_button(campaign: None, sari: Desk, rasa: FakeRasa) -> None:
    await reply(sari, "mulai kapan?")
    assert "Mulai 1 Desember 2026" in sari.last.text
    assert sari.database.records.replies.keys() == {(1, sari.cast.sari.person_id)}
    assert rasa.asked == []


async def test_what_the_message_does_not_say_is_searched_for_and_then_offered_to_hr_with_its_title(
    campaign: None, sari: Desk, rasa: FakeRasa
) -> None:
    rasa.reply = UNANSWERED
    await reply(sari, "boleh bawa anak?")
    assert [one["message"] for one in rasa.asked] == ["boleh bawa anak?"]
    assert "Pesan “Jam kerja baru” tidak menyebutkannya" in sari.last.text
    sari.running.restart()
    data = dict(sari.last.buttons)[texts.HR_BUTTON]
    message_id = sari.running.newest
    await sari.running.press(sari.who, data, message_id=message_id)
    await sari.running.press(sari.who, data, message_id=message_id)
    assert "tiket nomor 1" in sari.last.text
    (ticket,) = sari.database.records.tickets.values()
    assert (ticket.question, ticket.campaign_id) == ("boleh bawa anak?", 1)
    told = [m.facts for m in sari.database.records.messages.values() if m.kind is Kind.TICKET_OPENED]
    assert {facts["campaign"] for facts in told} == {"Jam kerja baru"}


async def test_what_the_usual_search_answers_needs_no_hr(campaign: None, sari: Desk, rasa: FakeRasa) -> None:
    rasa.reply = {
        "messages": [{"text": "12 hari kerja.", "custom": {"answered": True}}],
        "trace": {"intent": "ask_policy", "actions": ["action_answer_policy"]},
    }
    await reply(sari, "cuti tahunan berapa lama?")
    assert sari.last.text == "12 hari kerja."


async def test_hr_is_offered_when_the_dialogue_is_down(campaign: None, sari: Desk, rasa: FakeRasa) -> None:
    rasa.answer = lambda _: httpx.Response(500)
    await reply(sari, "boleh bawa anak?")
    assert texts.HR_BUTTON in sari.titles


async def test_a_reply_to_anything_else_is_an_ordinary_message(campaign: None, sari: Desk, rasa: FakeRasa) -> None:
    await reply(sari, "mulai kapan?", to=501)
    await reply(sari, "mulai kapan?", of=offline.user(sari.who))
    assert len(rasa.asked) == 2
    assert sari.database.records.replies == {}


async def test_an_old_button_sends_no_other_question(campaign: None, sari: Desk, rasa: FakeRasa) -> None:
    rasa.reply = UNANSWERED
    await reply(sari, "boleh bawa anak?")
    data, old = dict(sari.last.buttons)[texts.HR_BUTTON], sari.running.newest
    await reply(sari, "boleh bawa kucing?")
    await sari.running.press(sari.who, data, message_id=old)
    assert texts.FORGOTTEN in sari.last.text
    assert sari.database.records.tickets == {}


@pytest.mark.parametrize("way_out", ["batal", "/status", "1lt"])
async def test_other_business_ends_the_asking(campaign: None, sari: Desk, rasa: FakeRasa, way_out: str) -> None:
    await sari.running.press(sari.who, "1ub|1")
    if way_out == "1lt":
        await sari.running.press(sari.who, way_out)
    else:
        await sari.say(way_out)
    asked = len(rasa.asked)
    await sari.say("mulai kapan?")
    assert len(rasa.asked) == asked + 1


@pytest.mark.parametrize("data", ["1ub|1", "1uc|1"])
async def test_who_never_got_it_is_refused_calmly(running: Running, services: Services, cast: Cast, data: str) -> None:
    await send(services, cast, audience="unit=DINKES")
    await running.press(telegram_id(cast.sari), data)
    assert not any("Jam kerja" in call.text for call in running.request.calls)


async def test_hr_switches_the_button_on_and_an_old_switch_changes_nothing(desk: Desk) -> None:
    await desk.write()
    await desk.press("Pilihan")
    data = dict(desk.last.buttons)["Tanya tentang ini: ganti"]
    for _ in range(2):
        await desk.running.press(desk.who, data)
    assert desk.campaign.takes_questions
    assert "sudah berubah" in desk.last.text


def test_data_no_button_carries_is_no_button() -> None:
    assert decode("1ub|0") is None
    assert decode("1uc|1|1") is None
