"""`rekan knowledge checked`: what HR notes about policy sections."""

from collections.abc import Sequence
from datetime import date

from cli.output import OK, say
from cli.session import GivenUp, carried_out, with_services
from core.bootstrap import Services

_NAME_LIMIT = 80


def mark_checked(section_ids: Sequence[str], by: str, until: date | None) -> int:
    def work() -> int:
        name = " ".join(by.split())
        if not name or len(name) > _NAME_LIMIT:
            raise GivenUp(f"--by: tulis nama pemeriksa, paling panjang {_NAME_LIMIT} huruf.")
        wanted = list(dict.fromkeys(section_id.upper() for section_id in section_ids))

        async def note(services: Services) -> None:
            await services.knowledge.mark_checked(wanted, name, until)

        with_services(note)
        limit = f"berlaku sampai {until:%d-%m-%Y}" if until else "tanpa batas waktu"
        say(f"{', '.join(wanted)}: diperiksa hari ini oleh {name}, {limit}.")
        return OK

    return carried_out(work)
