"""`rekan knowledge lint`: what is weak about policy sections, each with its remedy; exit code 1 if something must not stay."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cli.imports import refused_by_rows
from cli.output import OK, REFUSED, say, show_json, show_table
from cli.search_material import read_material
from cli.session import GivenUp, with_services
from cli.sheets import read_text
from core.bootstrap import Services, SystemClock
from core.domain.calendar import jakarta
from core.normalizer import normalize
from core.services.knowledge import parse_all
from core.services.knowledge_lint import Finding, Weakness, errors, lint
from core.services.search.held_out import Material
from core.services.search.section_search import section_vectors
from core.services.search.unanswerable import UNANSWERABLE
from core.services.search.vectors import stored_vectors

WORDS: dict[Weakness, str] = {
    Weakness.NO_BASIS: "tanpa dasar hukum, dan jawabannya mengatakan itu; tulis `- basis:` bila ada",
    Weakness.UNKNOWN_VERIFICATION: "tingkat pemeriksaan “{value}” tidak dikenal; pilih primary, secondary, atau policy-document",
    Weakness.FEW_QUESTIONS: "{count} contoh pertanyaan, seharusnya {least}; tambahkan di `- questions:`",
    Weakness.SAME_TEXT: "isinya sama dengan {other}; hapus salah satu",
    Weakness.ALIKE: "isinya mirip {other} ({closeness:.2f}); satukan bila mengatakan hal yang sama",
    Weakness.SAME_QUESTION: "pertanyaan “{question}” juga ada di {other}; biarkan di satu bagian saja",
    Weakness.NOT_FOUND: "tidak ditemukan oleh satu pun dari {asked} pertanyaannya sendiri; tulis pertanyaan lain, atau satukan",
    Weakness.RARELY_FOUND: "hanya ditemukan oleh {found} dari {asked} pertanyaannya sendiri; tulis pertanyaan yang lebih khas",
    Weakness.EXPIRED: "masa berlaku berakhir {expires:%d-%m-%Y}; periksa, lalu `rekan knowledge checked`",
    Weakness.EXPIRES_SOON: "berlaku sampai {expires:%d-%m-%Y}; periksa sebelum itu",
}


def lint_knowledge(files: Sequence[Path], least: int, *, as_json: bool) -> int:
    """Of these files, or of what the running system answers from."""

    def work() -> int:
        today = jakarta(SystemClock().now()).date()
        if files:
            sections = [
                one for some in parse_all([(file.name, read_text(file)) for file in spread(files)]) for one in some
            ]
            material = read_material(sections)
        else:
            material = with_services(stored_material)
        return told(lint(material, normalize, today, least), len(material.sections), as_json=as_json)

    return refused_by_rows(", ".join(file.name for file in files), work)


def spread(files: Sequence[Path]) -> list[Path]:
    """Folders as the Markdown in them."""
    found = [one for file in files for one in (sorted(file.glob("*.md")) if file.is_dir() else [file])]
    if not found:
        raise GivenUp("Tidak ada berkas Markdown di sana.")
    return found


async def stored_material(services: Services) -> Material:
    embedder = services.embedder
    async with services.unit_of_work() as uow:
        sections = await uow.knowledge.all()
        texts, questions = await section_vectors(uow, embedder, sections, normalize)
        none = {f"unanswerable/{number}": normalize(text) for number, text in enumerate(UNANSWERABLE)}
        unanswerable = await stored_vectors(uow, embedder, "queries", none)
        await uow.commit()
    return Material(sections, texts, questions, UNANSWERABLE, unanswerable)


def told(found: Sequence[Finding], sections: int, *, as_json: bool) -> int:
    if as_json:
        show_json([_facts(one) for one in found])
    else:
        rows = [("SALAH" if one.is_error else "lihat", one.section.section_id, words(one)) for one in found]
        if rows:
            show_table(("", "Bagian", "Masalah"), rows, numbers=("", "Bagian"))
        say(f"{sections} bagian: {errors(found)} kesalahan, {len(found) - errors(found)} catatan.")
    return REFUSED if errors(found) else OK


def words(finding: Finding) -> str:
    return WORDS[finding.weakness].format(**finding.facts)


def _facts(finding: Finding) -> dict[str, object]:
    facts = {name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in finding.facts.items()}
    return {
        "section": finding.section.section_id,
        "weakness": finding.weakness.value,
        "error": finding.is_error,
        **facts,
    }
