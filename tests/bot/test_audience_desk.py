"""Building an audience on the phone: a live count after each press, lists as files, and nothing for anybody else."""

import io

import pytest
from openpyxl import Workbook

from bot.audience_presses import AudiencePress, AudienceVerb, written
from bot.callback_data import decode, encode
from bot.texts import audience_desk as texts
from core.bootstrap import Services
from core.domain.people import Unit
from core.services.campaign_changes import Changes
from tests.bot import offline
from tests.bot.conftest import Running
from tests.bot.test_campaign_desk import Desk
from tests.factories import Cast, caller, telegram_id
from tests.fakes import FakeDatabase


@pytest.fixture
async def desk(running: Running, database: FakeDatabase, cast: Cast) -> Desk:
    made = Desk(running, database, cast, telegram_id(cast.dewi))
    await made.write()
    await made.press("Sasaran")
    return made


async def test_conditions_are_put_in_and_out_with_the_count_after_each(desk: Desk) -> None:
    await desk.press(texts.BUILD_BUTTON)
    assert "10 orang, 0 belum tertaut" in desk.last.text
    await desk.press(texts.ADD_BUTTON)
    await desk.press("Unit kerja")
    await desk.press("Pemprov")
    await desk.press("Disdik")
    assert desk.campaign.audience == "unit=DISDIK"
    assert "5 orang" in desk.last.text
    assert "✓ Disdik" in desk.titles
    await desk.press("Dinkes")
    assert desk.campaign.audience == "unit=DISDIK,DINKES"
    await desk.press("✓ Dinkes")
    await desk.press(texts.BACK_BUTTON)
    await desk.press(texts.BACK_BUTTON)
    await desk.press("PNS atau PPPK")
    await desk.press("PPPK")
    assert desk.campaign.audience == "unit=DISDIK status=PPPK"
    assert "1 orang" in desk.last.text
    await desk.press(texts.BACK_BUTTON)
    await desk.press(texts.BACK_BUTTON)
    await desk.press(texts.CLEAR_BUTTON)
    assert desk.campaign.audience == "semua"
    await desk.press(texts.DONE_BUTTON)
    assert "Sosialisasi nomor 1" in desk.last.text


async def test_people_are_left_out_by_buttons_too(desk: Desk) -> None:
    await desk.press(texts.BUILD_BUTTON)
    await desk.press(texts.EXCLUDE_BUTTON)
    await desk.press("Unit kerja")
    await desk.press("Pemprov")
    await desk.press("BKD")
    assert desk.campaign.audience == "semua kecuali unit=BKD"
    assert "7 orang" in desk.last.text
    await desk.running.press(desk.who, "1ym|1")
    await desk.press(texts.CLEAR_EXCLUDED_BUTTON)
    assert desk.campaign.audience == "semua"


async def test_earlier_campaigns_and_hours_can_be_chosen(desk: Desk, services: Services, cast: Cast) -> None:
    await services.campaign_desk.edit(caller(cast.dewi), 1, _asks())
    await desk.write()
    desk_two = "1ym|2"
    await desk.running.press(desk.who, desk_two)
    await desk.press(texts.ADD_BUTTON)
    await desk.press("Sudah paham")
    await desk.press("Belum paham")
    await desk.press("1 ·")
    assert desk.database.records.campaigns[2].audience == "belum-paham=1"
    await desk.press(texts.BACK_BUTTON)
    await desk.press("JP tahun ini")
    await desk.press("Kurang dari 15")
    assert desk.database.records.campaigns[2].audience == "belum-paham=1 jp<15"


async def test_a_long_list_is_turned_page_by_page(desk: Desk, services: Services) -> None:
    async with services.unit_of_work() as work:
        for number in range(12):
            await work.people.upsert_unit(Unit(f"S{number:02d}", f"Sekolah {number}", f"SD {number:02d}", "DISDIK"))
        await work.commit()
    await desk.running.press(desk.who, "1yc|1|1|1|DISDIK|1")
    assert desk.titles[0] == "Disdik dan semua di bawahnya"
    await desk.press("Berikutnya")
    await desk.press("Berikutnya")
    assert "SD 11" in desk.titles
    await desk.press("SD 11")
    assert desk.campaign.audience == "unit=S11"
    await desk.running.press(desk.who, "1yc|1|1|1|DISDIK|9999")
    assert "✓ SD 11" in desk.titles


def _asks() -> Changes:
    return Changes(needs_acknowledgement=True)


class Upload:
    """A file sent to the bot, as Telegram gives it out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.content = b""

        async def get_file(document: object, **_: object) -> "Upload":
            return self

        monkeypatch.setattr("telegram.Document.get_file", get_file)

    async def download_as_bytearray(self) -> bytearray:
        return bytearray(self.content)

    async def send(self, desk: Desk, name: str, content: bytes) -> None:
        self.content = content
        document = {"file_id": "F", "file_unique_id": "U", "file_name": name, "file_size": len(content)}
        await desk.running.deliver(message=offline.message(desk.who, document=document))


@pytest.fixture
def upload(monkeypatch: pytest.MonkeyPatch) -> Upload:
    return Upload(monkeypatch)


async def test_a_list_of_nips_is_uploaded(desk: Desk, upload: Upload, cast: Cast) -> None:
    await desk.press(texts.WRITE_BUTTON)
    await upload.send(
        desk, "daftar.csv", f"NIP;Nama\n{cast.sari.nip};Sari\n{cast.joko.nip}\n199013012019039999\n".encode()
    )
    assert set(desk.campaign.audience.removeprefix("nip=").split(",")) == {cast.sari.nip, cast.joko.nip}
    assert "2 NIP saya pakai" in desk.last.text
    assert "1 NIP lain tidak ada" in desk.last.text
    assert cast.sari.nip not in desk.last.text
    assert desk.database.records.accounts[desk.who].awaits is None


async def test_a_workbook_is_read_and_one_with_cut_numbers_is_not(desk: Desk, upload: Upload, cast: Cast) -> None:
    def book(*cells: object) -> bytes:
        made, out = Workbook(), io.BytesIO()
        for cell in cells:
            made.active.append([cell])
        made.save(out)
        return out.getvalue()

    await desk.press(texts.WRITE_BUTTON)
    await upload.send(desk, "daftar.xlsx", book("NIP", 199013012019031000))
    assert "kolomnya sebagai teks" in desk.last.text
    await upload.send(desk, "daftar.xlsx", b"not a workbook")
    await upload.send(desk, "kosong.txt", b"tidak ada")
    assert "0 NIP" in desk.last.text
    assert desk.campaign.audience == "semua"
    await upload.send(desk, "daftar.xlsx", book("NIP", cast.sari.nip))
    assert desk.campaign.audience == f"nip={cast.sari.nip}"


async def test_a_file_that_nobody_asked_for_is_no_list(desk: Desk, upload: Upload, cast: Cast) -> None:
    await upload.send(desk, "daftar.csv", cast.sari.nip.encode())
    assert desk.campaign.audience == "semua"


@pytest.mark.parametrize(
    "data",
    ["ym|1", "yk|1|1", "yc|1|1|1||1", "ys|1|1|1|DISDIK", "ys|1|2|2|PNS", "yx|1|1", "yc|1|1|7||1", "ym|4711"],
)
async def test_staff_build_nothing(desk: Desk, running: Running, cast: Cast, data: str) -> None:
    before = desk.campaign
    await running.press(telegram_id(cast.sari), f"1{data}")
    assert "petugas tim SDM" in desk.last.text
    assert desk.campaign == before


@pytest.mark.parametrize(
    "data",
    ["ys|1|1|1|NOWHERE", "ys|1|1|1|", "ys|1|1|2|PNSX", "ys|1|1|4|-1", "ys|1|1|4|abc", "ys|1|1|5|NO-1", "ys|1|1|7|4711"],
)
async def test_values_no_button_offers_change_nothing_and_leave_a_way_on(desk: Desk, data: str) -> None:
    await desk.running.press(desk.who, f"1{data}")
    assert desk.campaign.audience == "semua"
    assert desk.last.text


@pytest.mark.parametrize("verb", list(AudienceVerb))
def test_every_button_fits(verb: AudienceVerb) -> None:
    press = decode("1" + "|".join(written(AudiencePress(verb, 10**17, 2, 8, "X" * 31, 9999))))
    assert press is not None
    assert decode(encode(press)) == press
