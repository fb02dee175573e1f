"""HR chooses on the phone when each person gets a campaign."""

import pytest

from core.domain.anchors import Anchor, AnchorKind
from tests.bot.conftest import FakeRasa
from tests.bot.desk import Desk
from tests.factories import add_sessions, session


async def test_a_date_is_chosen_written_and_given_up(desk: Desk, rasa: FakeRasa) -> None:
    await add_sessions(desk.database, session())
    await desk.write()
    await desk.press("Tambahan isi")
    await desk.press("Waktu tiap orang")
    assert "Sekarang: semua sekaligus" in desk.last.text
    await desk.press("7 hari sesudah tertaut")
    assert desk.campaign.anchor == Anchor(AnchorKind.LINKED, 7)
    await desk.press("Tulis sendiri")
    await desk.say("besok pagi")
    assert "belum saya pahami" in desk.last.text
    await desk.say("3 hari sebelum kelas TIK-99")
    assert "tidak ada di data" in desk.last.text
    await desk.say("3 hari sebelum kelas TIK-02")
    assert desk.campaign.anchor == Anchor(AnchorKind.BEFORE_SESSION, 3, "TIK-02")
    await desk.press("Kembali")
    assert "Waktu tiap orang: 3 hari sebelum kelas TIK-02" in desk.last.text
    await desk.press("Waktu tiap orang")
    await desk.press("Semua sekaligus")
    assert desk.campaign.anchor is None
    assert rasa.asked == []


async def test_every_row_of_the_menu_is_shown(desk: Desk) -> None:
    await desk.write()
    await desk.press("Tambahan isi")
    assert desk.titles[-1] == "Kembali"


@pytest.mark.parametrize("data", ["we|1", "wh|1|2", "wh|1|5", "wh|1|9"])
async def test_staff_cannot_choose_with_forged_buttons(desk: Desk, sari: Desk, data: str) -> None:
    await desk.write()
    before = desk.campaign
    await sari.running.press(sari.who, f"1{data}")
    assert "petugas tim SDM" in sari.last.text
    assert desk.campaign == before
    assert desk.database.records.accounts[sari.who].awaits is None
