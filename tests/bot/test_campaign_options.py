"""/kampanye's options: links, a last moment, reminders, trials to people named, corrections, and what each role is shown."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.context import Memory, Tools
from bot.texts import campaign_cards as cards
from bot.texts import campaign_options as texts
from bot.texts.notices import compose
from core.bootstrap import Services
from core.domain.calendar import jakarta
from core.domain.campaigns import CampaignStatus
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import HrRole
from tests.bot.conftest import FakeRasa, Running
from tests.bot.test_campaign_desk import Desk
from tests.factories import NOW, Cast, caller, telegram_id
from tests.fakes import FakeDatabase, FixedClock


@pytest.fixture
def desk(running: Running, database: FakeDatabase, cast: Cast) -> Desk:
    return Desk(running, database, cast, telegram_id(cast.dewi))


@pytest.fixture
def second(running: Running, database: FakeDatabase, cast: Cast) -> Desk:
    return Desk(running, database, cast, telegram_id(cast.agus))


async def approved(desk: Desk, services: Services) -> None:
    await desk.write()
    await desk.press("Ajukan")
    await services.campaign_desk.approve(caller(desk.cast.agus), 1, desk.campaign.version)
    await desk.say("/kampanye")
    await desk.press("1 ·")


async def test_links_are_typed_one_a_line_and_taken_off_again(desk: Desk, rasa: FakeRasa) -> None:
    await desk.write()
    await desk.press("Tambahan isi")
    await desk.press(texts.LINKS_BUTTON)
    await desk.say("Surat edaran tanpa alamat")
    assert "belum benar" in desk.last.text
    await desk.say("Surat edaran | https://contoh.example/se-12\nTanya jawab https://contoh.example/tj")
    assert [(link.title, link.url) for link in desk.campaign.links] == [
        ("Surat edaran", "https://contoh.example/se-12"),
        ("Tanya jawab", "https://contoh.example/tj"),
    ]
    assert "Surat edaran → https://contoh.example/se-12" in desk.last.text
    await desk.press("Tambahan isi")
    await desk.press("Hapus tombol tautan")
    assert desk.campaign.links == ()
    assert rasa.asked == []


async def test_nothing_goes_out_after_a_last_moment_chosen_or_typed(desk: Desk) -> None:
    await desk.write()
    await desk.press("Pilihan")
    await desk.press(texts.LATEST_BUTTON)
    await desk.press("Rabu, 25 November 2026 pukul 17.00")
    assert desk.campaign.latest_at is not None
    assert jakarta(desk.campaign.latest_at) - jakarta(NOW) == timedelta(days=1, hours=7)
    await desk.press(texts.LATEST_BUTTON)
    await desk.press("Tulis waktu lain")
    await desk.say("kapan-kapan")
    assert desk.last.text == texts.LATEST_NOT_READ
    await desk.say("1-1-2020 09.00")
    assert desk.campaign.latest_at.year == 2026
    await desk.say("4-12-2026 17.00")
    assert "Batas akhir: Jumat, 4 Desember 2026 pukul 17.00 WIB" in desk.last.text
    await desk.press("Pilihan")
    await desk.press(texts.LATEST_BUTTON)
    await desk.press("Tanpa batas sendiri")
    assert desk.campaign.latest_at is None


async def test_the_time_is_set_before_anybody_approves(desk: Desk, second: Desk, database: FakeDatabase) -> None:
    await desk.write()
    await desk.press("Pilihan")
    await desk.press(texts.TIME_BUTTON)
    await desk.press("Tulis waktu")
    await desk.say("1-12-2026 09.00")
    assert "Waktu kirim: Selasa, 1 Desember 2026 pukul 09.00 WIB" in desk.last.text
    assert desk.campaign.status is CampaignStatus.DRAFT
    await desk.press("Ajukan")
    (review,) = [m for m in database.records.messages.values() if m.kind is Kind.CAMPAIGN_REVIEW]
    assert "Waktu kirim: Selasa, 1 Desember 2026" in compose(review.kind, review.facts).text


async def test_a_last_moment_gone_by_meanwhile_is_refused(desk: Desk, services: Services) -> None:
    await desk.write()
    await desk.press("Pilihan")
    await desk.press(texts.LATEST_BUTTON)
    assert isinstance(services.clock, FixedClock)
    services.clock.pass_by(hours=9)
    await desk.press("Selasa, 24 November 2026 pukul 17.00")
    assert desk.campaign.latest_at is None
    assert desk.titles


async def test_reminders_are_set_in_two_presses_and_ask_for_an_answer(desk: Desk) -> None:
    await desk.write()
    await desk.press("Pilihan")
    await desk.press(texts.CHASE_BUTTON)
    await desk.press("Sesudah 3 hari")
    await desk.press("Paling banyak 2 kali")
    campaign = desk.campaign
    assert (campaign.chase_after_days, campaign.chase_times, campaign.needs_acknowledgement) == (3, 2, True)
    assert "Pengingat: yang diam 3 hari, paling banyak 2 kali" in desk.last.text
    await desk.press(texts.CHASE_BUTTON)
    await desk.press("Jangan ingatkan")
    assert desk.campaign.chase_times == 0
    assert "Pengingat: tidak" in desk.last.text


@pytest.mark.parametrize("data", ["1zs|1|15", "1zs|1|319", "1zs|1|5", "1zs|1|99999999", "1zn|1|77", "1zr|1|400"])
async def test_numbers_no_button_offers_do_no_harm(desk: Desk, data: str) -> None:
    await desk.write()
    await desk.running.press(desk.who, data)
    campaign = desk.campaign
    assert (campaign.chase_after_days or 0) <= 30
    assert campaign.chase_times <= 5
    assert desk.titles


async def test_a_trial_goes_to_people_named_by_name_or_number(desk: Desk, database: FakeDatabase, cast: Cast) -> None:
    await desk.write()
    await desk.press("Pilihan")
    await desk.press(texts.TRIAL_TO_BUTTON)
    await desk.say("Sari Puspita, Zaenab")
    assert "“Zaenab” tidak ada di data kepegawaian" in desk.last.text
    assert not [m for m in database.records.messages.values() if m.kind is Kind.CAMPAIGN_TEST]
    await desk.say("a")
    assert "bisa berarti" in desk.last.text
    assert cast.sari.nip not in desk.last.text
    await desk.say(f"sari puspita\n{cast.joko.nip}")
    assert "Uji coba saya kirim kepada" in desk.last.text
    sent = {m.person_id for m in database.records.messages.values() if m.kind is Kind.CAMPAIGN_TEST}
    assert sent == {cast.sari.person_id, cast.joko.person_id}


async def test_what_was_sent_is_corrected_from_the_phone(desk: Desk, second: Desk, services: Services) -> None:
    await approved(desk, services)
    await desk.press("Kirim sekarang")
    await desk.press(texts.CORRECT_BUTTON)
    await desk.say("*Apel* Selasa")
    assert "Ralat diajukan kepada 1 penyetuju" in desk.last.text
    assert "Ralat: menunggu persetujuan" in desk.last.text
    assert desk.campaign.correction == "*Apel* Selasa"
    await second.running.press(second.who, f"1gy|1|{desk.campaign.version}")
    assert desk.campaign.text == "*Apel* Selasa"


async def test_an_approved_campaign_can_be_changed_and_is_a_draft_again(desk: Desk, services: Services) -> None:
    await approved(desk, services)
    await desk.press(texts.EDIT_BUTTON)
    assert "persetujuannya batal" in desk.last.text
    assert desk.campaign.status is CampaignStatus.SCHEDULED
    await desk.press("Pilihan")
    await desk.press("Mendesak")
    assert desk.campaign.status is CampaignStatus.DRAFT
    assert desk.campaign.approved_by is None


async def test_every_role_is_shown_what_it_can_do(desk: Desk, second: Desk, services: Services, cast: Cast) -> None:
    await desk.write()
    await desk.press("Ajukan")
    shown = {}
    for role in HrRole:
        async with services.unit_of_work() as work:
            await work.people.set_hr_role(cast.agus.person_id, role)
            await work.commit()
        await second.say("/kampanye")
        await second.press("1 ·")
        shown[role] = set(second.titles)
    assert shown[HrRole.VIEWER] == {"Lihat seperti penerima", cards.LIST_BUTTON}
    assert "Batalkan" in shown[HrRole.AUTHOR]
    assert "Setujui" not in shown[HrRole.AUTHOR]
    assert "Setujui" in shown[HrRole.APPROVER]


@pytest.mark.parametrize(
    "data", ["zk|1", "zl|1|1", "zm|1", "zn|1|2", "zn|1|5", "zq|1", "zr|1|3", "zs|1|32", "zt|1", "zv|1", "zw|1", "wo|1"]
)
async def test_staff_can_do_nothing_with_forged_buttons(desk: Desk, running: Running, cast: Cast, data: str) -> None:
    await desk.write()
    before = desk.campaign
    await running.press(telegram_id(cast.sari), f"1{data}")
    assert "petugas tim SDM" in desk.last.text
    assert desk.campaign == before
    assert desk.database.records.accounts[telegram_id(cast.sari)].awaits is None


async def test_links_asked_for_survive_a_restart(desk: Desk) -> None:
    await desk.write()
    await desk.running.press(desk.who, "1zk|1")
    old = desk.running.app.bot_data["tools"]
    desk.running.app.bot_data["tools"] = Tools(old.services, old.rasa, Memory())
    await desk.say("Surat https://contoh.example/a")
    assert len(desk.campaign.links) == 1


def test_the_word_of_a_pause_opens_the_campaign() -> None:
    notice = compose(Kind.CAMPAIGN_STOPPED, {"campaign_id": 3, "failed": 20, "tried": 60})
    assert "20 dari 60 pengiriman gagal" in notice.text
    assert [title for title, _ in notice.buttons] == ["Buka sosialisasi ini"]


class Followed:
    """The card of a running campaign that keeps itself up to date, and a clock that its sleeps move."""

    def __init__(self, desk: Desk, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        assert isinstance(services.clock, FixedClock)
        self.desk, self.services, self.clock = desk, services, services.clock
        self.sleeps: list[datetime] = []
        self.at_sleep = lambda count: None
        monkeypatch.setattr("bot.handlers.campaign_cards.asyncio.sleep", self._sleep)
        monkeypatch.setattr(desk.running.app, "_running", True)

    async def _sleep(self, seconds: float) -> None:
        self.clock.pass_by(seconds=seconds)
        self.sleeps.append(self.clock.now())
        self.at_sleep(len(self.sleeps))
        await _yield()

    async def until_it_ends(self) -> None:
        memory = self.desk.running.app.bot_data["tools"].memory
        async with asyncio.timeout(20):
            while memory.followed(self.desk.who) is not None:
                await _yield()

    @property
    def edits(self) -> int:
        return len(self.desk.running.request.sent("editMessageText"))


async def _yield() -> None:
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.set_result, None)
    await future


@pytest.fixture
async def followed(desk: Desk, services: Services, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Followed]:
    await approved(desk, services)
    yield Followed(desk, services, monkeypatch)
    monkeypatch.setattr(desk.running.app, "_running", False)


async def test_releasing_shows_the_progress_at_once_and_ends_with_the_campaign(followed: Followed) -> None:
    async def all_is_sent() -> None:
        async with followed.services.unit_of_work() as work:
            for row in await work.outbox.claim(NOW, limit=100, bulk=True, claimed_by="me"):
                await work.outbox.settle(row.message_id, DeliveryStatus.SENT, NOW)
            await work.commit()

    await followed.desk.press("Kirim sekarang")
    assert "Pengiriman dimulai" in followed.desk.last.text
    await all_is_sent()
    await followed.until_it_ends()
    assert "Terkirim: 10 dari 10" in followed.desk.last.text


async def test_a_card_is_changed_calmly_and_rests_when_nothing_moves(followed: Followed) -> None:
    await followed.desk.press("Kirim sekarang")
    before = followed.edits
    await followed.until_it_ends()
    first, last = followed.sleeps[0], followed.sleeps[-1]
    assert timedelta(minutes=10) < last - first < timedelta(minutes=11)
    assert 20 + 40 < followed.edits - before < 20 + 60


async def test_a_card_that_was_deleted_is_not_said_again_and_again(followed: Followed) -> None:
    await followed.desk.press("Kirim sekarang")
    said = len(followed.desk.running.request.sent())
    followed.desk.running.request.fail("editMessageText", 400, "Bad Request: message to edit not found", times=50)
    await followed.until_it_ends()
    assert len(followed.desk.running.request.sent()) == said
    assert len(followed.sleeps) < 5


async def test_an_officer_who_lost_the_right_is_shown_nothing_more(
    followed: Followed, services: Services, database: FakeDatabase, cast: Cast
) -> None:
    await followed.desk.press("Kirim sekarang")
    database.records.people[cast.dewi.person_id] = replace(cast.dewi, is_hr=False)
    await followed.until_it_ends()
    assert len(followed.sleeps) < 5
