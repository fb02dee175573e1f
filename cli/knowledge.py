"""`rekan knowledge`: policy documents in, and what HR notes about them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cli.imports import refused_by_rows
from cli.output import OK, say
from cli.session import GivenUp, carried_out, with_services
from cli.sheets import read_text
from core.bootstrap import Services

MARKDOWN = {".md", ".markdown"}
_NAME_LIMIT = 80


def import_documents(files: Sequence[Path]) -> int:
    def work() -> int:
        for file in files:
            if file.suffix.lower() not in MARKDOWN:
                raise GivenUp(
                    f"{file}: baru dokumen Markdown (.md) yang dapat dibaca; DOCX dan PDF menyusul. Simpan sebagai .md."
                )
        documents = [(file.name, read_text(file)) for file in files]

        async def take_in(services: Services) -> list[tuple[str, int]]:
            done = await services.knowledge.import_markdown(documents)
            return [(document.document_id, document.sections) for document in done]

        for name, sections in with_services(take_in):
            say(f"{name}: {sections} bagian dimasukkan dan langsung dipakai menjawab.")
        return OK

    return refused_by_rows(", ".join(file.name for file in files), work)


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
