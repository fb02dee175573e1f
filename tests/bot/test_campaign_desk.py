"""/kampanye: an HR officer writes on one phone, another approves on a second, and nothing is lost when the bot restarts."""

import asyncio

import pytest

from bot import moments
from bot.context import Memory, Tools
from bot.texts import campaign_cards as texts
from core.bootstrap import Services
from core.domain.campaigns import CampaignStatus
from core.domain.messages import DeliveryStatus, Kind
from tests.bot import offline
from tests.bot.conftest import FakeRasa, Running
from tests.bot.desk import Desk
from tests.factories import NOW, Cast, caller, telegram_id
from tests.fakes import FakeDatabase, FixedClock


@pytest.fixture
def second(running: Running, database: FakeDatabase, cast: Cast) -> Desk:
    return Desk(running, database, cast, telegram_id(cast.agus))


async def test_from_the_first_word_to_the_release_with_buttons_only(
    desk: Desk, second: Desk, database: FakeDatabase, rasa: FakeRasa
) -> None:
    await desk.write()
    assert "Sosialisasi nomor 1" in desk.last.text
    assert "10 orang, 0 belum tertaut" in desk.last.text
    await desk.press("Sasaran")
    await desk.press("BKD dan di bawahnya")
    assert "unit=BKD" in desk.last.text
    await desk.press("Pilihan")
    await desk.press("Tanda baca")
    await desk.press("Mendesak")
    await desk.press("Kembali")
    assert (desk.campaign.needs_acknowledgement, desk.campaign.is_urgent) == (True, True)
    await desk.press("Lihat seperti penerima")
    assert any("Apel Senin, Dewi Anggraini" in call.text for call in desk.running.request.sent())
    await desk.press("Uji coba")
    assert sum(m.kind is Kind.CAMPAIGN_TEST for m in database.records.messages.values()) == 1
    await desk.press("Ajukan")
    assert "1 penyetuju" in desk.last.text
    assert "Setujui" not in desk.titles

    await second.say("/kampanye")
    await second.press("1 ·")
    await second.press("Setujui")
    assert "Disetujui" in second.last.text
    await desk.say("/kampanye")
    await desk.press("1 ·")
    await desk.press("Kirim sekarang")
    assert "Pengiriman dimulai" in desk.last.text
    assert "Terkirim: 0 dari 3" in desk.last.text
    await desk.press("Jeda")
    assert desk.campaign.status is CampaignStatus.PAUSED
    await desk.press("Lanjutkan")
    await desk.press("Batalkan")
    assert desk.campaign.status is CampaignStatus.RUNNING
    await desk.press("Ya")
    assert desk.campaign.status is CampaignStatus.CANCELLED
    await desk.press("Laporan")
    assert "Penerima: 3 orang" in desk.running.request.sent("sendPhoto")[-1].data["caption"]
    assert rasa.asked == []


async def test_what_was_asked_for_survives_a_restart_of_the_bot(desk: Desk, rasa: FakeRasa) -> None:
    await desk.say("/kampanye")
    await desk.press(texts.NEW_BUTTON)
    old = desk.running.app.bot_data["tools"]
    desk.running.app.bot_data["tools"] = Tools(old.services, old.rasa, Memory())
    await desk.say("Ditulis sesudah bot menyala lagi")
    assert desk.campaign.text == "Ditulis sesudah bot menyala lagi"
    assert rasa.asked == []


async def test_words_that_do_not_do_are_asked_for_again(desk: Desk) -> None:
    await desk.write("*tebal tanpa penutup")
    assert "baris 1" in desk.last.text
    await desk.say("Tanpa bintang")
    assert desk.campaign.text == "Tanpa bintang"
    await desk.press("Sasaran")
    await desk.press("Tulis sendiri")
    await desk.say("orang dinas")
    assert "tidak saya pahami" in desk.last.text
    await desk.say("unit=DINKES")
    assert desk.campaign.audience == "unit=DINKES"


@pytest.mark.parametrize("way_out", ["/batal", "/status", "later"])
async def test_other_business_and_time_end_the_asking(
    desk: Desk, services: Services, rasa: FakeRasa, way_out: str
) -> None:
    await desk.say("/kampanye")
    await desk.press(texts.NEW_BUTTON)
    if way_out == "later":
        assert isinstance(services.clock, FixedClock)
        services.clock.pass_by(minutes=30)
    else:
        await desk.say(way_out)
    asked = len(rasa.asked)
    await desk.say("Cuti besar berapa lama?")
    assert len(rasa.asked) == asked + 1
    assert desk.database.records.campaigns == {}


async def test_a_time_is_typed_as_people_write_it(desk: Desk, second: Desk) -> None:
    await desk.write()
    await desk.press("Ajukan")
    await second.say("/kampanye")
    await second.press("1 ·")
    await second.press("Setujui")
    await desk.say("/kampanye")
    await desk.press("1 ·")
    await desk.press("Jadwalkan")
    assert "Rabu, 25 November 2026 pukul 08.00 WIB" in desk.titles[0]
    await desk.press("Tulis waktu")
    await desk.say("besok pagi")
    assert desk.last.text == texts.TIME_NOT_READ
    await desk.say("1-12-2026 09.00")
    assert "Selasa, 1 Desember 2026 pukul 09.00 WIB" in desk.last.text
    assert desk.campaign.status is CampaignStatus.SCHEDULED


async def test_a_refusal_keeps_the_card_and_its_buttons(desk: Desk, second: Desk) -> None:
    await desk.write()
    card = dict(desk.last.buttons)
    await desk.press("Ajukan")
    await desk.running.press(desk.who, card["Ajukan persetujuan"])
    assert "langkah itu tidak bisa" in desk.last.text
    assert desk.titles
    await desk.running.press(desk.who, "1gs|1|2")
    assert "orang kedua" in desk.last.text


async def test_a_switch_of_an_old_card_changes_nothing(desk: Desk) -> None:
    await desk.write()
    await desk.press("Pilihan")
    data = dict(desk.last.buttons)["Mendesak: ganti"]
    for _ in range(2):
        await desk.running.press(desk.who, data)
    assert desk.campaign.is_urgent
    assert texts.ALREADY_OTHERWISE in desk.last.text


@pytest.mark.parametrize(
    "data", ["go|1", "gp|1", "gw|1", "gu|1", "gx|1|6", "gd|1", "ge|1|2", "gq|1", "gc|1|2", "gl|1|2", "gn|1", "gg", "gf"]
)
async def test_staff_cannot_open_the_desk_with_forged_buttons(
    desk: Desk, running: Running, cast: Cast, data: str
) -> None:
    await desk.write()
    before = desk.campaign
    await running.press(telegram_id(cast.sari), f"1{data}")
    assert "petugas tim SDM" in desk.last.text
    assert desk.campaign == before
    assert desk.database.records.accounts[telegram_id(cast.sari)].awaits is None


async def test_a_campaign_is_opened_by_its_number(desk: Desk) -> None:
    await desk.write()
    await desk.say("/kampanye 1")
    assert "Sosialisasi nomor 1" in desk.last.text
    for wrong in ("4711", "9" * 30, "satu"):
        await desk.say(f"/kampanye {wrong}")
        assert desk.last.text


async def test_the_command_is_for_hr_only(running: Running, cast: Cast) -> None:
    (answer,) = await running.say(telegram_id(cast.sari), "/kampanye")
    assert "petugas tim SDM" in answer.text


@pytest.mark.parametrize(
    "text", ["1-12-2026 09.00", "1/12/2026 pukul 9:00 WIB", "2026-12-01 09:00", "01.12.2026, 09.00"]
)
def test_times_people_type(text: str) -> None:
    moment = moments.read(text)
    assert moment is not None
    assert moment.isoformat() == "2026-12-01T09:00:00+07:00"


@pytest.mark.parametrize("text", ["", "besok", "31-2-2026 09.00", "1-12-2026", "1-12-2026 25.00"])
def test_what_is_no_time(text: str) -> None:
    assert moments.read(text) is None


async def test_one_message_follows_the_delivery_until_all_is_sent(
    desk: Desk, second: Desk, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.campaign_cards.FOLLOW_SECONDS", 0)
    await desk.write()
    await desk.press("Ajukan")
    await services.campaign_desk.approve(caller(desk.cast.agus), 1, desk.campaign.version)
    await services.campaign_desk.send_now(caller(desk.cast.dewi), 1)
    app = desk.running.app
    monkeypatch.setattr(app, "_running", True)
    await desk.running.press(desk.who, "1go|1", message_id=5)
    async with services.unit_of_work() as work:
        for row in await work.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me"):
            await work.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
        await work.commit()
    async with asyncio.timeout(10):
        while "Terkirim: 10 dari 10" not in desk.last.text:  # noqa: ASYNC110 - the card is changed by a task of its own
            await asyncio.sleep(0)
    monkeypatch.setattr(app, "_running", False)
    edits = desk.running.request.sent("editMessageText")
    assert {edit.data["message_id"] for edit in edits if "Terkirim" in edit.text} == {5}


async def test_bold_as_the_phone_writes_it_is_bold(desk: Desk) -> None:
    await desk.say("/kampanye")
    await desk.press(texts.NEW_BUTTON)
    message = offline.message(desk.who, text="Apel Senin pagi")
    message["entities"] = [{"type": "bold", "offset": 5, "length": 5}, {"type": "italic", "offset": 11, "length": 4}]
    await desk.running.deliver(message=message)
    assert desk.campaign.text == "Apel *Senin* pagi"
