"""`rekan knowledge list|export|checked`: what is answered from, as files, and what HR notes about it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from cli.output import OK, REFUSED, say, show_json, show_table
from cli.session import GivenUp, carried_out, with_services
from cli.texts import because
from core.bootstrap import Services
from core.documents.markdown import slug
from core.domain.calendar import jakarta
from core.domain.knowledge import Section
from core.domain.knowledge_text import document_text

_NAME_LIMIT = 80


def mark_checked(section_ids: Sequence[str], by: str, until: date | None) -> int:
    def work() -> int:
        name = " ".join(by.split())
        if not name or len(name) > _NAME_LIMIT:
            raise GivenUp(f"--by: tulis nama pemeriksa, paling panjang {_NAME_LIMIT} huruf.")
        wanted = list(dict.fromkeys(section_id.upper() for section_id in section_ids))

        async def note(services: Services) -> None:
            if until is not None and until < jakarta(services.clock.now()).date():
                raise GivenUp(
                    f"--until {until:%Y-%m-%d} sudah lewat. Tulis hari terakhir berlaku yang akan datang.", REFUSED
                )
            await services.knowledge.mark_checked(wanted, name, until)

        with_services(note)
        limit = f"berlaku sampai {until:%d-%m-%Y}" if until else "tanpa batas waktu"
        say(f"{', '.join(wanted)}: diperiksa hari ini oleh {name}, {limit}.")
        return OK

    return carried_out(work)


def show_documents(*, as_json: bool) -> int:
    def work() -> int:
        documents = with_services(_documents)
        if as_json:
            show_json([_facts(sections) for sections in documents])
        elif documents:
            titles = ("Dokumen", "Judul", "Bagian", "Keadaan per", "Berlaku sampai", "Diperiksa")
            show_table(titles, map(_row, documents), numbers=("Bagian",))
        else:
            say("Belum ada dokumen. Masukkan dengan `rekan knowledge import FILE…`.")
        return OK

    return carried_out(work)


def export_documents(folder: Path) -> int:
    def work() -> int:
        documents = with_services(_documents)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for sections in documents:
                file = folder / f"{slug(sections[0].document_id)}.md"
                file.write_text(document_text(sections), encoding="utf-8")
                say(f"{file}: {len(sections)} bagian.")
        except OSError as error:
            raise GivenUp(f"{folder}: tidak dapat ditulis ({because(error.strerror)}). Pilih folder lain.") from error
        return OK

    return carried_out(work)


async def _documents(services: Services) -> list[list[Section]]:
    """In the order they are stored; a document's sections stand together."""
    async with services.unit_of_work() as uow:
        sections = await uow.knowledge.all()
    return [list(some) for _, some in groupby(sections, key=lambda section: section.document_id)]


def _row(sections: Sequence[Section]) -> tuple[object, ...]:
    facts = _facts(sections)
    return tuple(facts[name] or "–" for name in ("document", "title", "sections", "as_of", "expires", "checked_at"))


def _facts(sections: Sequence[Section]) -> dict[str, Any]:
    """`expires`: the first day on which something of it does; `checked_at`: the longest ago that something of it was checked."""
    expires = [section.expires for section in sections if section.expires]
    checked = [section.checked_at for section in sections if section.checked_at]
    return {
        "document": sections[0].document_id,
        "title": sections[0].document_title,
        "sections": len(sections),
        "as_of": min(section.as_of for section in sections),
        "expires": min(expires) if expires else None,
        "checked_at": min(checked) if len(checked) == len(sections) else None,
    }
