"""A campaign in natural use on the sandbox's phones, with PostgreSQL: an officer on one, the approver on the second, staff on
others, their supervisor too; from the first word to the report and the list of those who stayed silent.
"""

import io
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from core.bootstrap import wire
from core.domain.people import Person
from core.storage.database import Database
from tests.factories import NOW, Cast, telegram_id
from tests.fakes import FakeEmbedder, FixedClock
from tests.running_sandbox import RunningSandbox, running_sandbox
from tests.services.sandbox_stage import Stage, linked_cast, staged


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def stage(database: Database, sandbox: RunningSandbox, clock: FixedClock) -> AsyncIterator[Stage]:
    """Nobody talks to the dialogue here: whatever reaches it is a mistake."""
    services = wire(database.unit_of_work, clock, FakeEmbedder())
    no_dialogue = httpx.MockTransport(lambda _: httpx.Response(500))
    async with staged(database.unit_of_work, services, sandbox, clock, no_dialogue) as begun:
        yield begun


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    return await linked_cast(stage)


def newest_with(stage: Stage, who: Person, kind: str) -> dict[str, Any]:
    """The newest message of the bot that brings a photo or a document."""
    return next(message for message in reversed(stage.sandbox.phone(telegram_id(who))) if message.get(kind))


def fetch(stage: Stage, url: str) -> bytes:
    return httpx.get(stage.sandbox.url + url).raise_for_status().content


async def written_and_approved(stage: Stage, cast: Cast) -> None:
    """To Disdik, with a link, a reminder after two days and a try on Sari's phone."""
    await stage.say(cast.dewi, "/kampanye")
    await stage.press(cast.dewi, "Tulis sosialisasi baru")
    await stage.say(cast.dewi, "Yth. {nama}, mulai besok *jam kerja* berubah.")
    await stage.press(cast.dewi, "Sasaran")
    await stage.press(cast.dewi, "Susun dengan tombol")
    await stage.press(cast.dewi, "Tambah syarat")
    await stage.press(cast.dewi, "Unit kerja")
    await stage.press(cast.dewi, "Pemprov")
    assert "5 orang" in await stage.press(cast.dewi, "Disdik")
    await stage.press(cast.dewi, "Kembali")
    await stage.press(cast.dewi, "Kembali")
    await stage.press(cast.dewi, "Kembali")
    await stage.press(cast.dewi, "Selesai")
    await stage.press(cast.dewi, "Tambahan isi")
    await stage.press(cast.dewi, "Tombol tautan")
    await stage.say(cast.dewi, "Surat edaran https://contoh.example/se")
    await stage.press(cast.dewi, "Pilihan")
    await stage.press(cast.dewi, "Pengingat")
    await stage.press(cast.dewi, "Sesudah 2 hari")
    assert "paling banyak 1 kali" in await stage.press(cast.dewi, "Paling banyak 1 kali")
    await stage.press(cast.dewi, "Uji coba ke orang lain")
    await stage.say(cast.dewi, "Sari Puspita")
    assert "Uji coba" in stage.newest(cast.sari)["text"]
    await stage.press(cast.dewi, "Ajukan persetujuan")
    assert "yang diam 2 hari" in stage.newest(cast.agus)["text"]
    await stage.press(cast.agus, "Setujui")
    assert "disetujui" in stage.newest(cast.dewi)["text"]


async def test_from_the_first_word_to_the_report(stage: Stage, cast: Cast) -> None:
    await written_and_approved(stage, cast)
    assert "Pengiriman dimulai" in await stage.press(cast.dewi, "Kirim sekarang")
    assert "Yth. Joko" in stage.newest(cast.joko)["text"]
    for person in (cast.sari, cast.bambang):
        assert "sudah baca dan paham" in await stage.press(person, "Sudah baca dan paham")

    await stage.say(cast.dewi, "/laporan")
    await stage.press(cast.dewi, "1 ·")
    shown = newest_with(stage, cast.dewi, "photo")
    for words in ("Penerima: 5 orang", "Terkirim: 5 (100%)", "paham: 2 (40%)", "Belum menjawab: 3"):
        assert words in shown["text"]
    assert fetch(stage, shown["photo"]["url"]).startswith(b"\x89PNG")
    silent = await stage.press(cast.dewi, "Belum membaca")
    assert "Joko" in silent
    assert "Sari" not in silent
    await stage.press(cast.dewi, "‹ Laporan ini")
    await stage.press(cast.dewi, "Unduh sebagai Excel")
    book = load_workbook(io.BytesIO(fetch(stage, newest_with(stage, cast.dewi, "document")["document"]["url"])))
    assert book["Per orang"].max_row == 1 + 5
    assert book["Belum membaca"].max_row == 1 + 3


async def test_the_silent_are_reminded_once_and_then_their_supervisor_hears(
    stage: Stage, cast: Cast, clock: FixedClock
) -> None:
    await written_and_approved(stage, cast)
    await stage.press(cast.dewi, "Kirim sekarang")
    await stage.press(cast.sari, "Sudah baca dan paham")
    assert "2 dari 3 staf Anda belum" in await stage.say(cast.bambang, "/belumbaca")
    for _ in range(6):
        clock.pass_by(days=1)
        await stage.services.campaign_rounds.tend()
        await stage.settle()
        await stage.services.overdue_staff.tell()
        await stage.settle()
    assert "Pengingat" not in stage.newest(cast.sari)["text"]
    assert "Pengingat" in stage.newest(cast.joko)["text"]
    assert "2 dari 3 staf Anda belum" in stage.newest(cast.bambang)["text"]
    names = await stage.press(cast.bambang, "Lihat namanya")
    assert "Joko" in names
    assert "diingatkan 1 kali" in names
    texts = [m["text"] for m in stage.sandbox.phone(telegram_id(cast.bambang)) if m["from"] == "bot"]
    assert sum("menyatakan membaca pengumuman ini" in text for text in texts) <= 1


async def test_whom_telegram_refuses_stands_in_the_report_with_the_reason(stage: Stage, cast: Cast) -> None:
    fault = {"method": "sendMessage", "chat_id": telegram_id(cast.joko), "error_code": 403, "times": 1}
    await written_and_approved(stage, cast)
    stage.sandbox.post("faults", fault | {"description": "Forbidden: bot was blocked by the user"})
    await stage.press(cast.dewi, "Kirim sekarang")
    await stage.say(cast.dewi, "/laporan 1")
    assert "1 memblokir" in newest_with(stage, cast.dewi, "photo")["text"]
    assert "Joko" in await stage.press(cast.dewi, "Tidak terjangkau")
    await stage.say(cast.dewi, "/laporan")
    assert "1 dari 10 pegawai" in await stage.press(cast.dewi, "Pegawai yang tidak terjangkau")
