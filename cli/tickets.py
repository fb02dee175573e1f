"""`rekan tickets`: who of HR answers which questions, and the knowledge made of the answers."""

from collections.abc import Sequence
from pathlib import Path

from bot.texts.ticket_entries import STATUS
from cli.imports import imported, refused_by_rows
from cli.output import OK, say, show_json, show_table
from cli.session import carried_out, with_services
from cli.sheets import read_table
from core.bootstrap import Services
from core.domain.ticket_knowledge import KnowledgeEntry
from core.domain.ticket_routing import Duty
from core.services.ticket_officers import OfficerDuties

_MOST_ENTRIES = 1000
_ANYTHING_ELSE = "yang tidak dijawab petugas lain"


def show_officers(*, as_json: bool) -> int:
    def work() -> int:
        async def look(services: Services) -> tuple[list[OfficerDuties], dict[str, str]]:
            return await services.ticket_officers.listing()

        officers, topics = with_services(look)
        if as_json:
            show_json(
                {
                    "officers": [
                        {
                            "name": one.person.name,
                            "nip": one.person.masked_nip,
                            "duties": [{"topic": duty.topic, "unit": duty.unit_code} for duty in one.duties],
                        }
                        for one in officers
                    ],
                    "topics": topics,
                }
            )
            return OK
        show_table(
            ("Petugas", "NIP", "Menjawab"),
            [(one.person.name, one.person.masked_nip, _duties(one.duties)) for one in officers],
        )
        say("")
        show_table(("Topik", "Isinya"), topics.items())
        return OK

    return carried_out(work)


def assign_officer(nip: str, topics: Sequence[str], unit: str | None) -> int:
    def work() -> int:
        async def change(services: Services) -> OfficerDuties:
            return await services.ticket_officers.assign(nip, topics, unit.upper() if unit else None)

        one = with_services(change)
        say(f"{one.person.name} menjawab: {_duties(one.duties)}.")
        return OK

    return carried_out(work)


def import_officers(file: Path, *, dry_run: bool) -> int:
    def work() -> int:
        text = read_table(file)

        async def take_in(services: Services) -> int:
            return await services.ticket_officers.take_in(text, dry_run=dry_run)

        return imported(str(file), with_services(take_in), "baris", dry_run=dry_run)

    return refused_by_rows(str(file), work)


def show_entries(*, as_json: bool) -> int:
    def work() -> int:
        async def look(services: Services) -> list[KnowledgeEntry]:
            return await services.ticket_knowledge.recent(None, _MOST_ENTRIES)

        found = with_services(look)
        if as_json:
            show_json(
                [
                    {
                        "ticket": one.ticket_number,
                        "section": one.section_id,
                        "status": one.status.value,
                        "questions": one.questions,
                        "basis": one.basis,
                    }
                    for one in found
                ]
            )
            return OK
        rows = [
            (one.ticket_number, STATUS[one.status], one.questions[0] if one.questions else "", one.basis)
            for one in found
        ]
        show_table(("Tiket", "Keadaan", "Pertanyaan", "Dasar"), rows, numbers=("Tiket",))
        return OK

    return carried_out(work)


def withdraw_entry(number: int) -> int:
    def work() -> int:
        async def take_back(services: Services) -> KnowledgeEntry:
            return await services.ticket_knowledge.withdraw(None, number)

        entry = with_services(take_back)
        say(f"Pengetahuan dari tiket {entry.ticket_number} ditarik; tidak dipakai menjawab lagi.")
        return OK

    return carried_out(work)


def _duties(duties: Sequence[Duty]) -> str:
    return "; ".join(map(_duty, duties)) or _ANYTHING_ELSE


def _duty(duty: Duty) -> str:
    where = f" dari {duty.unit_code} dan di bawahnya" if duty.unit_code else ""
    return f"{duty.topic or 'semua topik'}{where}"
