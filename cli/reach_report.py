"""`rekan report unreachable`: whom the bot cannot reach and why, on the screen, as JSON, or as a file."""

from pathlib import Path

from bot.texts.campaigns import UNREACHED
from bot.texts.reach import TITLES, rows, sheet
from cli.output import OK, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from cli.sheets import write_bytes, write_table
from core.bootstrap import Services
from core.domain.reach import OutOfReach
from core.services.reach import Reach
from core.services.spreadsheets import workbook_of

SHOWN = 20


def unreachable(*, csv_file: Path | None, xlsx_file: Path | None, as_json: bool) -> int:
    def work() -> int:
        for file, ending in ((csv_file, ".csv"), (xlsx_file, ".xlsx")):
            if file is not None and file.suffix.lower() != ending:
                raise GivenUp(f"{file}: nama berkasnya harus berakhiran {ending}.")
        reach, found = with_services(_read)
        if csv_file is not None:
            write_table(csv_file, TITLES, rows(found))
        if xlsx_file is not None:
            write_bytes(xlsx_file, workbook_of([sheet(found)]))
        if as_json:
            show_json(
                {
                    "staff": reach.staff,
                    "why": {str(why): count for why, count in reach.why.items()},
                    "people": [
                        {"nip": one.person.masked_nip, "unit": one.person.unit.code, "why": str(one.why)}
                        for one in found
                    ],
                }
            )
            return OK
        say(f"Tidak terjangkau bot: {len(found)} dari {reach.staff} pegawai.")
        for why, count in reach.why.items():
            say(f"– {count} {UNREACHED[why]}")
        if found:
            show_table(TITLES, rows(found)[:SHOWN])
        if len(found) > SHOWN:
            say(f"… dan {len(found) - SHOWN} orang lagi; semuanya ada di berkas --xlsx atau --csv.")
        for file in (csv_file, xlsx_file):
            if file is not None:
                say(f"Ditulis ke {file}.")
        return OK

    return carried_out(work)


async def _read(services: Services) -> tuple[Reach, list[OutOfReach]]:
    return await services.reach.counts(None), await services.reach.people(None)
