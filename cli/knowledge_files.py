"""Files of policy text as the Markdown of `knowledge/`: what a document does not say is asked or refused, never made up."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import typer

from cli.session import GivenUp
from cli.sheets import read_text
from cli.texts import because
from core.documents.isolated import LARGEST, read_document
from core.documents.lines import Unreadable
from core.documents.markdown import Front, prefix_for, slug, to_markdown
from core.documents.regulation import enacted_on, regulation_named
from core.documents.sections import Cut, cut
from core.domain.errors import BadImport
from core.domain.row_problems import FILE, Fault, RowProblem

MARKDOWN = {".md", ".markdown"}
LEFT_OUT = {
    "preface": "sebelum bagian pertama",
    "explanation": "penjelasan",
    "annex": "lampiran",
    "signature": "penutup dan tanda tangan",
}


@dataclass(frozen=True)
class Given:
    """What was told at the command line about documents that do not say it themselves."""

    basis: str | None = None
    has_basis: bool = True
    as_of: date | None = None
    title: str | None = None
    document_id: str | None = None
    source: str | None = None
    verification: str = "secondary"
    expires: date | None = None
    checked_by: str | None = None


@dataclass(frozen=True)
class Converted:
    """`remarks`: what a person should know about the conversion."""

    name: str
    markdown: str
    remarks: tuple[str, ...] = field(default=())


def convert(files: Sequence[Path], given: Given, held: Mapping[str, str], today: date) -> list[Converted]:
    """`held`: the document of every section there is. Raises BadImport with the problems of all files, and GivenUp."""
    others = [file for file in files if file.suffix.lower() not in MARKDOWN]
    if len(others) > 1 and (given.title or given.document_id):
        raise GivenUp("--title dan --id hanya untuk satu dokumen DOCX atau PDF sekaligus. Impor satu per satu.")
    converted: list[Converted] = []
    problems: list[RowProblem] = []
    for file in files:
        try:
            content = _content(file)
            if file in others:
                converted.append(_convert(file, content, given, held, today))
            else:
                converted.append(Converted(file.name, read_text(file)))
        except BadImport as refused:
            problems += refused.problems
    if problems:
        raise BadImport(tuple(problems))
    return converted


def _convert(file: Path, content: bytes, given: Given, held: Mapping[str, str], today: date) -> Converted:
    try:
        reading = read_document(file.name, content)
        found = cut(reading)
    except Unreadable as error:
        raise BadImport((RowProblem(1, FILE, error.fault, error.facts, file.name),)) from error
    lines = [line.text for line in reading.lines]
    regulation = regulation_named(lines)
    as_of = given.as_of or enacted_on(lines) or _asked_day(file)
    basis = given.basis or regulation
    if basis is None and given.has_basis and not all(part.basis for part in found.parts):
        basis = _asked_basis(file)
    problems = []
    if basis is None and given.has_basis and not all(part.basis for part in found.parts):
        problems.append(RowProblem(1, FILE, Fault.NO_BASIS, file=file.name))
    if as_of is None:
        problems.append(RowProblem(1, FILE, Fault.NO_AS_OF, file=file.name))
    if problems or as_of is None:
        raise BadImport(tuple(problems))
    document_id = slug(given.document_id or file.stem)
    title = given.title or (f"{regulation} tentang {found.title}" if regulation and found.title else found.title)
    front = Front(
        document_id,
        title or file.stem,
        as_of,
        prefix_for(document_id, held),
        basis if given.has_basis else None,
        given.source,
        given.verification,
        given.expires,
        given.checked_by,
        today if given.checked_by else None,
    )
    return Converted(file.name, to_markdown(found, front), tuple(_remarks(found, reading.pages_without_text)))


def _remarks(found: Cut, pages_without_text: Sequence[int]) -> list[str]:
    remarks = [
        f"{LEFT_OUT[what]} tidak dimasukkan ({length} huruf)" for what, length in found.left_out.items() if length
    ]
    if pages_without_text:
        pages = ", ".join(map(str, pages_without_text))
        remarks.append(f"halaman {pages} tidak berisi teks (gambar atau pindaian); isinya tidak ikut")
    return remarks


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            limit = {"limit": LARGEST // 1_000_000}
            raise BadImport((RowProblem(1, FILE, Fault.DOCUMENT_TOO_LARGE, limit, file.name),))
        return file.read_bytes()
    except OSError as error:
        raise GivenUp(f"{file}: tidak dapat dibaca ({because(error.strerror)}). Periksa nama berkasnya.") from error


def _asked_basis(file: Path) -> str | None:
    if not sys.stdin.isatty():
        return None
    asked = f"{file.name}: dasar hukumnya tidak tertulis. Peraturan apa (misalnya Pergub 1/2026)? Kosongkan untuk batal"
    return str(typer.prompt(asked, default="", show_default=False)).strip() or None


def _asked_day(file: Path) -> date | None:
    if not sys.stdin.isatty():
        return None
    asked = f"{file.name}: keadaan per tanggal berapa (misalnya 2026-11-24)? Kosongkan untuk batal"
    try:
        return date.fromisoformat(str(typer.prompt(asked, default="", show_default=False)).strip())
    except ValueError:
        return None
