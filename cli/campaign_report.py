"""`rekan report campaign`: who read it, unit by unit, and who could not be reached and why; also as files."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.report_chart import draw
from bot.texts import campaign_results as results
from bot.texts import topics
from bot.texts.campaign_sheets import sheets
from bot.texts.campaigns import STATUS, UNREACHED
from cli.output import OK, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from cli.sheets import write_bytes
from core.bootstrap import Services
from core.domain.campaign_results import PersonQuiz
from core.domain.question_topics import TopicComparison
from core.domain.readings import Reading, Recipient
from core.services.campaign_reports import CampaignReport
from core.services.spreadsheets import neutral, workbook_of

_Read = tuple[CampaignReport, list[Recipient], TopicComparison | None, list[PersonQuiz], datetime]

SHOWN = 20
"""People listed on the screen; the file holds all."""
_UNIT_TITLES = ("Unit", "Nama", "Sasaran", "Terkirim", "Paham", "Persen")
_PERSON_TITLES = ("NIP", "Nama", "Unit", "Sebab")


def report(number: int, *, csv_file: Path | None, xlsx_file: Path | None, png_file: Path | None, as_json: bool) -> int:
    def work() -> int:
        files = ((csv_file, ".csv"), (xlsx_file, ".xlsx"), (png_file, ".png"))
        for file, ending in files:
            if file is not None and file.suffix.lower() != ending:
                raise GivenUp(f"{file}: nama berkasnya harus berakhiran {ending}.")
        found, people, asked, quiz, now = with_services(lambda services: _read(services, number))
        lost = [one for one in people if one.reading is Reading.UNREACHED]
        if csv_file is not None:
            _write_csv(csv_file, found, lost)
        if xlsx_file is not None:
            more = [topics.sheet(asked)] if asked is not None else []
            book = workbook_of([*sheets(found, people, now), *results.sheets(found, quiz), *more])
            write_bytes(xlsx_file, book)
        if png_file is not None:
            write_bytes(png_file, draw(found))
        if as_json:
            show_json(_facts(found, lost) | {"topics": _topics(asked)})
            return OK
        progress = found.progress
        say(f"Sosialisasi nomor {number} ({STATUS[progress.campaign.status]})")
        say(
            f"{progress.recipients} sasaran, {progress.sent} terkirim, {progress.acknowledged} sudah baca dan paham, "
            f"{progress.chased} pengingat, {progress.recalled} ditarik kembali."
        )
        show_table(_UNIT_TITLES, _unit_rows(found), numbers=_UNIT_TITLES[2:])
        if lost:
            say(f"\nTak terjangkau ({len(lost)}):")
            show_table(_PERSON_TITLES, _person_rows(lost)[:SHOWN])
            if len(lost) > SHOWN:
                say(f"… dan {len(lost) - SHOWN} orang lagi; semuanya ada di berkas --xlsx atau --csv.")
        if results.has_any(found):
            say(f"\n{results.page(found).replace('*', '')}")
        if asked is not None and asked.changes:
            say(f"\nPertanyaan sebelum ({asked.before}) dan sesudah ({asked.after}) dikirim, menurut topik:")
            show_table(topics.TITLES, topics.rows(asked)[:SHOWN], numbers=topics.TITLES[2:])
        for file, _ in files:
            if file is not None:
                say(f"Ditulis ke {file}.")
        return OK

    return carried_out(work)


async def _read(services: Services, number: int) -> _Read:
    reports = services.campaign_reports
    found, people = await reports.report(None, number), await reports.people(None, number)
    is_released = found.progress.campaign.released_at is not None
    asked = await services.question_topics.around(None, number) if is_released else None
    quiz = await reports.quiz_people(None, number) if found.quiz is not None else []
    return found, people, asked, quiz, services.clock.now()


def _unit_rows(found: CampaignReport) -> list[tuple[object, ...]]:
    return [
        (row.unit.code, row.unit.name, row.recipients, row.sent, row.acknowledged, _percent(row.acknowledged, row.sent))
        for row in found.units
    ]


def _person_rows(lost: Sequence[Recipient]) -> list[tuple[str, ...]]:
    return [
        (one.person.masked_nip, one.person.name, one.person.unit.code, UNREACHED[one.why]) for one in lost if one.why
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _write_csv(file: Path, found: CampaignReport, lost: Sequence[Recipient]) -> None:
    """With a byte order mark, so that spreadsheets read the letters right, and no cell that a spreadsheet would run."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            for rows in ([_UNIT_TITLES, *_unit_rows(found)], [()], [_PERSON_TITLES, *_person_rows(lost)]):
                writer.writerows([neutral(cell) for cell in row] for row in rows)
    except OSError as error:
        raise GivenUp(f"{file}: tidak dapat ditulis ({error.strerror}).") from error


def _topics(asked: TopicComparison | None) -> list[dict[str, Any]]:
    changes = asked.changes if asked is not None else ()
    return [
        {"topic": topics.name_of(row), "section": row.section_id, "before": row.before, "after": row.after}
        for row in changes
    ]


def _facts(found: CampaignReport, lost: Sequence[Recipient]) -> dict[str, Any]:
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
        "silent": found.silent,
        "why": {str(why): count for why, count in found.why.items()},
        "unreached": [
            {"nip": one.person.masked_nip, "unit": one.person.unit.code, "why": str(one.why)} for one in lost
        ],
    }
