"""The workbook of a campaign's report: what its sheets are called and what stands in their cells. NIPs are masked there too."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.texts import campaigns
from core.domain.audience import parse
from core.domain.calendar import jakarta
from core.domain.campaigns import UnitReading
from core.domain.readings import Reading, Recipient
from core.services.campaign_reports import CampaignReport
from core.services.spreadsheets import Sheet

_READING = {
    Reading.READ: "sudah baca dan paham",
    Reading.SILENT: "terkirim, belum menjawab",
    Reading.WAITING: "menunggu dikirim",
    Reading.UNREACHED: "tidak terjangkau",
}
_PERSON = ("Nama", "NIP", "Kode unit", "Unit", "Status", "Jabatan")
_PERSON_WIDTHS = (30, 22, 12, 34, 8, 30)


def sheets(found: CampaignReport, people: Sequence[Recipient], now: datetime) -> list[Sheet]:
    silent = [one for one in people if one.reading is Reading.SILENT]
    lost = [one for one in people if one.reading is Reading.UNREACHED]
    asks = found.progress.campaign.needs_acknowledgement
    return [
        Sheet("Ringkasan", ("Hal", "Nilai"), _summary(found, now), (34, 60)),
        Sheet("Per unit", _UNIT_TITLES, [_unit(row) for row in found.units], (12, 40, 12, 10, 10, 10, 16, 16, 16, 10)),
        Sheet(
            "Per orang",
            (*_PERSON, *_FATE),
            (_fate(one, asks=asks) for one in people),
            (*_PERSON_WIDTHS, 26, 18, 18, 10, 10),
        ),
        Sheet(
            "Belum membaca",
            (*_PERSON, "Terkirim", "Pengingat"),
            ((*_person(one), _time(one.sent_at), one.reminders) for one in (silent if asks else ())),
            (*_PERSON_WIDTHS, 18, 10),
        ),
        Sheet("Tidak terjangkau", (*_PERSON, "Sebab"), (_lost(one) for one in lost), (*_PERSON_WIDTHS, 38)),
    ]


def _summary(found: CampaignReport, now: datetime) -> Iterator[tuple[object, ...]]:
    progress = found.progress
    campaign = progress.campaign
    yield "Sosialisasi nomor", campaign.campaign_id
    yield "Isi", campaign.text[:2000]
    yield "Keadaan", campaigns.STATUS[campaign.status]
    yield "Sasaran", parse(campaign.audience).shown
    yield "Penerima", progress.recipients
    yield "Terkirim", progress.sent
    yield "Menunggu dikirim", progress.waiting
    yield "Tidak terkirim", found.unreached
    for why, count in found.why.items():
        yield f"– {campaigns.UNREACHED[why]}", count
    if campaign.needs_acknowledgement:
        yield "Sudah baca dan paham", progress.acknowledged
        yield "Terkirim, belum menjawab", found.silent
        yield "Pengingat terkirim", progress.chased
    if progress.replied:
        yield "Bertanya tentang pesan ini", progress.replied
    yield "Ditarik kembali", progress.recalled
    yield "Dibuat", _time(campaign.created_at)
    yield "Angka per", _time(now)


_UNIT_TITLES = (
    "Kode unit",
    "Unit (beserta unit di bawahnya)",
    "Di bawah",
    "Penerima",
    "Terkirim",
    "Paham",
    "Paham (%)",
    "Belum menjawab",
    "Tidak terkirim",
    "Bertanya",
)


def _unit(row: UnitReading) -> tuple[object, ...]:
    percent = round(100 * row.acknowledged / row.sent, 1) if row.sent else None
    silent = max(0, row.sent - row.acknowledged)
    counts = (row.recipients, row.sent, row.acknowledged, percent, silent, row.recipients - row.sent, row.replied)
    return row.unit.code, row.unit.name, row.unit.parent or "", *counts


_FATE = ("Keadaan", "Terkirim", "Dibaca", "Pengingat", "Bertanya")


def _fate(one: Recipient, *, asks: bool) -> tuple[object, ...]:
    state = "terkirim" if one.reading is Reading.SILENT and not asks else _READING[one.reading]
    return *_person(one), state, _time(one.sent_at), _time(one.read_at), one.reminders, "ya" if one.has_replied else ""


def _lost(one: Recipient) -> tuple[object, ...]:
    return *_person(one), campaigns.UNREACHED[one.why] if one.why else ""


def _person(one: Recipient) -> tuple[object, ...]:
    person = one.person
    return person.name, person.masked_nip, person.unit.code, person.unit.name, person.employment.value, person.position


def _time(moment: datetime | None) -> str:
    return "" if moment is None else f"{jakarta(moment):%d-%m-%Y %H.%M}"


def file_name(found: CampaignReport) -> str:
    return f"laporan-sosialisasi-{found.progress.campaign.campaign_id}.xlsx"
