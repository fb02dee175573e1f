"""Whom the bot cannot reach, on the officer's phone: how many, who, and as a workbook."""

import io

import pytest
from openpyxl import load_workbook

from bot.texts import reach as texts
from bot.texts import reports
from core.bootstrap import Services
from tests.bot.conftest import Running
from tests.bot.test_reports import Office
from tests.factories import Cast, add_crowd, telegram_id


@pytest.fixture
async def office(running: Running, services: Services, cast: Cast) -> Office:
    await add_crowd(services.unit_of_work, 20)
    await services.identity.reachable(telegram_id(cast.tono), False)
    return Office(running, telegram_id(cast.dewi))


async def test_the_reasons_lead_to_the_names_page_by_page(office: Office) -> None:
    await office.say("/laporan")
    await office.press(reports.REACH_BUTTON)
    assert "21 dari 30 pegawai" in office.words
    await office.press("1 memblokir")
    assert "Tono" in office.words
    await office.press(texts.BACK_BUTTON)
    await office.press("20 belum menautkan akun")
    assert "Halaman 1 dari 2" in office.words
    await office.press(reports.NEXT_BUTTON)
    assert "Halaman 2 dari 2" in office.words
    assert len(office.words.split("• ")) == 6
    await office.press(reports.PREVIOUS_BUTTON)
    assert "Halaman 1 dari 2" in office.words


async def test_the_list_comes_as_a_workbook(office: Office, cast: Cast) -> None:
    await office.running.press(office.who, "1qr")
    await office.press(reports.FILE_BUTTON)
    name, content, _ = office.last.files["document"]
    assert name == texts.FILE_NAME
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert len(rows) == 22
    assert cast.tono.nip not in {cell for row in rows for cell in row}


@pytest.mark.parametrize("data", ["1qr", "1qe|1|1", "1qg"])
async def test_staff_see_nothing_of_it(running: Running, office: Office, cast: Cast, data: str) -> None:
    stranger = Office(running, telegram_id(cast.sari))
    await running.press(stranger.who, data)
    assert "petugas tim SDM" in stranger.words


@pytest.mark.parametrize("data", ["1qe|3|1", "1qe|9|1", "1qe|1|99999", "1qe|0|1"])
async def test_old_and_forged_pages_are_answered(office: Office, data: str) -> None:
    before = len(office.running.request.calls)
    await office.running.press(office.who, data)
    assert len(office.running.request.calls) > before
    assert office.words
