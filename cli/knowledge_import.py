"""`rekan knowledge import`: shows the sections and what they change in the answers; only with --yes are they taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cli.evaluation.lines import ASK_POLICY
from cli.evaluation.page import cell
from cli.imports import refused_by_rows
from cli.knowledge_files import Converted, Given, convert
from cli.output import OK, say, show_table
from cli.session import GivenUp, with_services
from cli.texts import because
from core.bootstrap import Services
from core.domain.calendar import jakarta
from core.domain.knowledge import Section
from core.services.knowledge_effect import Change, Effect, KnownQuestion
from core.services.search.judging import MEASURES

SHOWN = 40
CHANGES_SHOWN = 15


@dataclass(frozen=True)
class Wanted:
    """`set_file`: an evaluation set whose policy questions are asked, too. `folder`: where the Markdown is written."""

    yes: bool = False
    checks_effect: bool = True
    set_file: Path | None = None
    folder: Path | None = None
    given: Given = field(default_factory=Given)


def import_documents(files: Sequence[Path], wanted: Wanted) -> int:
    def work() -> int:
        known = _known(wanted.set_file)

        async def take_in(services: Services) -> int:
            async with services.unit_of_work() as uow:
                stored = await uow.knowledge.all()
            held = {section.section_id: section.document_id for section in stored}
            converted = convert(files, wanted.given, held, jakarta(services.clock.now()).date())
            documents = [(one.name, one.markdown) for one in converted]
            read = services.knowledge.read(documents)
            for one, sections in zip(converted, read, strict=True):
                show_sections(one, sections, stored)
            if wanted.folder:
                write(wanted.folder, converted)
            if wanted.checks_effect:
                new = [section for sections in read for section in sections]
                show_effect(await services.knowledge_effect.of(new, known))
            if not wanted.yes:
                say("\nBelum disimpan. Ulangi dengan --yes untuk memakainya menjawab.")
                return OK
            for document in await services.knowledge.import_markdown(documents):
                say(f"{document.document_id}: {document.sections} bagian dimasukkan dan langsung dipakai menjawab.")
            return OK

        return with_services(take_in)

    return refused_by_rows(", ".join(file.name for file in files), work)


def _known(set_file: Path | None) -> list[KnownQuestion]:
    if set_file is None:
        return []
    from cli.eval import lines_or_give_up

    lines = lines_or_give_up(set_file)
    return [KnownQuestion(line.text, frozenset(line.facts)) for line in lines if line.intent == ASK_POLICY]


def show_sections(converted: Converted, sections: Sequence[Section], stored: Sequence[Section]) -> None:
    first = sections[0]
    say(f"{converted.name}: “{first.document_title}” ({first.document_id}), {len(sections)} bagian.")
    for remark in converted.remarks:
        say(f"• {remark}")
    ids = {section.section_id for section in sections}
    gone = [one.section_id for one in stored if one.document_id == first.document_id and one.section_id not in ids]
    if gone:
        say(f"• bagian lama yang hilang: {', '.join(gone)}")
    unasked = sum(not section.questions for section in sections)
    if unasked:
        say(
            f"• {unasked} bagian belum punya contoh pertanyaan, jadi lebih sulit ditemukan: tulis Markdown-nya dengan "
            "--write, tambahkan `- questions:`, lalu impor berkas itu"
        )
    rows = [
        (one.section_id, one.title, len(one.text), one.basis or "–", one.expires, len(one.questions))
        for one in sections[:SHOWN]
    ]
    titles = ("Nomor", "Bagian", "Huruf", "Dasar", "Berlaku sampai", "Pertanyaan")
    show_table(titles, rows, numbers=("Nomor", "Huruf", "Pertanyaan"))
    if len(sections) > SHOWN:
        say(f"… dan {len(sections) - SHOWN} bagian lagi.")
    say("")


def show_effect(effect: Effect) -> None:
    say(f"Pengaruhnya pada {effect.asked} pertanyaan yang jawabannya diketahui:")
    rows = []
    for name in MEASURES:
        before, after = effect.before[name], effect.after[name]
        change = f"{(after - before) * 100:+.1f}" if before is not None and after is not None else "–"
        rows.append((name, cell(name, before), cell(name, after), change))
    show_table(("ukuran", "sebelum", "sesudah", "selisih"), rows, numbers=("sebelum", "sesudah", "selisih"))
    if effect.own_asked:
        say(
            f"Pertanyaan milik teks baru ({effect.own_asked}, masing-masing ditanyakan tanpa dirinya): "
            f"bagian yang benar pertama {cell('', effect.own['policy_top1'])}, "
            f"di antara tiga {cell('', effect.own['policy_top3'])}."
        )
    for title, changes in (("Menjadi benar", effect.newly_right), ("Menjadi salah", effect.newly_wrong)):
        if changes:
            say(f"\n{title}: {len(changes)}")
            show_table(("pertanyaan", "sebelum", "sesudah"), map(_row, changes[:CHANGES_SHOWN]))
            if len(changes) > CHANGES_SHOWN:
                say(f"… dan {len(changes) - CHANGES_SHOWN} lagi.")


def _row(change: Change) -> tuple[str, str, str]:
    def told(sections: Sequence[Section]) -> str:
        return ", ".join(f"{one.section_id} {one.title}" for one in sections) or "tidak dijawab"

    return change.question, told(change.before.sections), told(change.after.sections)


def write(folder: Path, converted: Sequence[Converted]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in converted:
            file = folder / Path(one.name).with_suffix(".md").name
            file.write_text(one.markdown, encoding="utf-8")
            say(f"Markdown ditulis: {file}")
    except OSError as error:
        raise GivenUp(f"{folder}: tidak dapat ditulis ({because(error.strerror)}). Pilih folder lain.") from error
