"""`rekan knowledge`: names, options and help texts. What the commands do stands in `cli.knowledge` and its neighbors."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

knowledge = typer.Typer(
    help="Dokumen kebijakan yang menjadi sumber jawaban.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_DAY = {"formats": ["%Y-%m-%d"], "metavar": "TANGGAL"}


class Verification(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    POLICY_DOCUMENT = "policy-document"


@knowledge.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Dokumen Markdown, DOCX, atau PDF.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Simpan; tanpa ini hanya diperlihatkan.")] = False,
    check: Annotated[
        bool, typer.Option("--check/--no-check", help="Periksa dahulu apa yang berubah pada jawaban.")
    ] = True,
    set_file: Annotated[
        Path | None, typer.Option("--set", metavar="FILE.jsonl", help="Set evaluasi yang ikut ditanyakan.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Tulis Markdown-nya ke folder ini.")
    ] = None,
    basis: Annotated[
        str | None, typer.Option("--basis", help="Dasar hukum, bila tidak tertulis di dokumen: 'Pergub 1/2026'.")
    ] = None,
    no_basis: Annotated[bool, typer.Option("--no-basis", help="Dokumen ini memang tanpa dasar hukum.")] = False,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", help="Keadaan per tanggal ini, bila tidak tertulis.", **_DAY)
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Judul dokumen, bila tidak tertulis.")] = None,
    document_id: Annotated[str | None, typer.Option("--id", help="Nama dokumen; tanpa ini dari nama berkas.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Alamat naskahnya.")] = None,
    verification: Annotated[
        Verification, typer.Option("--verification", help="Seberapa jauh sudah dicocokkan dengan naskah resmi.")
    ] = Verification.SECONDARY,
    expires: Annotated[datetime | None, typer.Option("--expires", help="Hari terakhir berlaku.", **_DAY)] = None,
    checked_by: Annotated[
        str | None, typer.Option("--checked-by", metavar="NAMA", help="Siapa yang memeriksa hari ini.")
    ] = None,
) -> None:
    """Perlihatkan bagian-bagian dokumen dan pengaruhnya pada jawaban; dengan --yes langsung dipakai, tanpa melatih ulang."""
    from cli.knowledge_files import Given
    from cli.knowledge_import import Wanted, import_documents

    given = Given(
        basis,
        not no_basis,
        as_of.date() if as_of else None,
        title,
        document_id,
        source,
        verification.value,
        expires.date() if expires else None,
        " ".join(checked_by.split()) if checked_by else None,
    )
    raise typer.Exit(import_documents(files, Wanted(yes, check, set_file, write, given)))


@knowledge.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")] = False,
) -> None:
    """Dokumen yang sedang dipakai menjawab, dengan masa berlaku dan pemeriksaannya."""
    from cli.knowledge import show_documents

    raise typer.Exit(show_documents(as_json=as_json))


@knowledge.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Ke folder ini, satu berkas tiap dokumen.")],
) -> None:
    """Tulis yang sedang dipakai menjawab sebagai Markdown, untuk diperbaiki dan diimpor lagi."""
    from cli.knowledge import export_documents

    raise typer.Exit(export_documents(folder))


@knowledge.command("lint")
def lint(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help="Dokumen Markdown atau folder; tanpa ini yang sedang dipakai menjawab."),
    ] = None,
    least: Annotated[int, typer.Option("--least", min=1, max=50, help="Contoh pertanyaan tiap bagian.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")] = False,
) -> None:
    """Cari yang lemah: tanpa dasar, berulang, tak ditemukan pertanyaannya sendiri, lewat masa berlaku."""
    from cli.knowledge_lint import lint_knowledge

    raise typer.Exit(lint_knowledge(files or [], least, as_json=as_json))


@knowledge.command("checked")
def checked(
    sections: Annotated[list[str], typer.Argument(metavar="NOMOR…", help="Nomor bagian, misalnya G01.")],
    by: Annotated[str, typer.Option("--by", metavar="NAMA", help="Siapa yang memeriksa, misalnya 'Rina, BKD'.")],
    until: Annotated[
        datetime | None, typer.Option("--until", help="Hari terakhir berlaku; tanpa ini tanpa batas.", **_DAY)
    ] = None,
) -> None:
    """Catat bahwa bagian ini sudah diperiksa hari ini dan masih berlaku."""
    from cli.knowledge import mark_checked

    raise typer.Exit(mark_checked(sections, by, until.date() if until else None))
