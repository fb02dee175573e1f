"""The picture of /laporan: a PNG as wide as a phone, its bars those of the numbers, and nothing of pyplot behind it."""

import struct
import sys

from bot import report_chart
from bot.texts import reports as texts
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus, UnitReading, Unreached
from core.domain.people import Unit
from core.services.campaign_reports import CampaignReport
from tests.factories import NOW

TOP = Unit("TOP", "Pemerintah Provinsi", "Pemprov")


def report_of(units: int, *, asks: bool = True, recipients: int = 100) -> CampaignReport:
    """`units` below one top; in each, 60 of 100 got it and 30 read it."""
    campaign = Campaign(3, "Apel", "semua", CampaignStatus.RUNNING, NOW, needs_acknowledgement=asks)
    rows = [UnitReading(Unit(f"U{n}", f"Unit {n}", f"Unit {n}", "TOP"), recipients + n, 60, 30) for n in range(units)]
    total = sum(row.recipients for row in rows)
    progress = CampaignProgress(campaign, total, 60 * units, 0, 40, 0, 30 * units if asks else 0)
    return CampaignReport(progress, [UnitReading(TOP, total, 60 * units, 30 * units), *rows], {Unreached.BLOCKED: 40})


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


def test_the_picture_is_as_wide_as_a_phone_and_no_higher_than_two() -> None:
    width, height = size_of(report_chart.draw(report_of(40)))
    assert width == 1080
    assert height <= 2 * width
    assert "matplotlib.pyplot" not in sys.modules


def test_parts_of_a_bar_add_up_and_the_largest_unit_comes_first() -> None:
    bars = report_chart.bars_of(report_of(3))
    assert [bar.name for bar in bars] == [texts.ALL_UNITS, "Unit 2", "Unit 1", "Unit 0"]
    assert all(bar.read + bar.silent + bar.missing == bar.recipients for bar in bars)
    assert (bars[-1].read, bars[-1].silent, bars[-1].missing) == (30, 30, 40)


def test_units_that_do_not_fit_are_summed() -> None:
    bars = report_chart.bars_of(report_of(25))
    assert len(bars) == 1 + report_chart.MOST_UNITS
    assert bars[-1].name == "16 unit lain"
    assert sum(bar.recipients for bar in bars[1:]) == bars[0].recipients


def test_nobody_to_tell_about_is_drawn_too() -> None:
    assert size_of(report_chart.draw(report_of(0)))[0] == 1080
    assert size_of(report_chart.draw(report_of(1, asks=False)))[0] == 1080
