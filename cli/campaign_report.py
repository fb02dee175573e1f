"""`rekan report campaign`: who read it, unit by unit, and who could not be reached and why."""

import csv
from pathlib import Path
from typing import Any

from bot.texts.campaigns import STATUS, UNREACHED
from cli.output import OK, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from core.services.campaign_reports import CampaignReport

SHOWN = 20
"""People listed on the screen; the file holds all."""
_UNIT_TITLES = ("Unit", "Nama", "Sasaran", "Terkirim", "Paham", "Persen")
_PERSON_TITLES = ("NIP", "Nama", "Unit", "Sebab")


def report(number: int, csv_file: Path | None, *, as_json: bool) -> int:
    def work() -> int:
        found = with_services(lambda services: services.campaign_reports.report(None, number))
        if csv_file is not None:
            _write(csv_file, found)
        if as_json:
            show_json(_facts(found))
            return OK
        progress = found.progress
        say(f"Sosialisasi nomor {number} ({STATUS[progress.campaign.status]})")
        say(
            f"{progress.recipients} sasaran, {progress.sent} terkirim, {progress.acknowledged} sudah baca dan paham, "
            f"{progress.chased} pengingat, {progress.recalled} ditarik kembali."
        )
        show_table(_UNIT_TITLES, _unit_rows(found), numbers=_UNIT_TITLES[2:])
        if found.unreached:
            say(f"\nTak terjangkau ({len(found.unreached)}):")
            show_table(_PERSON_TITLES, _person_rows(found)[:SHOWN])
            if len(found.unreached) > SHOWN:
                say(f"… dan {len(found.unreached) - SHOWN} orang lagi; semuanya ada di berkas --csv.")
        return OK

    return carried_out(work)


def _unit_rows(found: CampaignReport) -> list[tuple[object, ...]]:
    return [
        (row.unit.code, row.unit.name, row.recipients, row.sent, row.acknowledged, _percent(row.acknowledged, row.sent))
        for row in found.units
    ]


def _person_rows(found: CampaignReport) -> list[tuple[str, ...]]:
    return [(person.masked_nip, person.name, person.unit.code, UNREACHED[why]) for person, why in found.unreached]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _write(file: Path, found: CampaignReport) -> None:
    """With a byte order mark, so that spreadsheets read the letters right, and no cell that a spreadsheet would run."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            for rows in ([_UNIT_TITLES, *_unit_rows(found)], [()], [_PERSON_TITLES, *_person_rows(found)]):
                writer.writerows([_harmless(cell) for cell in row] for row in rows)
    except OSError as error:
        raise GivenUp(f"{file}: tidak dapat ditulis ({error.strerror}).") from error
    say(f"Ditulis ke {file}.")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@") else cell


def _facts(found: CampaignReport) -> dict[str, Any]:
    progress = found.progress
    return {
        "campaign_id": progress.campaign.campaign_id,
        "recipients": progress.recipients,
        "sent": progress.sent,
        "acknowledged": progress.acknowledged,
        "chased": progress.chased,
        "recalled": progress.recalled,
        "units": [
            {"unit": r.unit.code, "recipients": r.recipients, "sent": r.sent, "acknowledged": r.acknowledged}
            for r in found.units
        ],
        "unreached": [
            {"nip": person.masked_nip, "unit": person.unit.code, "why": str(why)} for person, why in found.unreached
        ],
    }
