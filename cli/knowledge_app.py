"""`rekan knowledge`: names, options and help texts. What the commands do stands in `cli.knowledge`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

knowledge = typer.Typer(
    help="Dokumen kebijakan yang menjadi sumber jawaban.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@knowledge.command("import")
def import_(files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Dokumen Markdown.")]) -> None:
    """Masukkan dokumen kebijakan; langsung dipakai menjawab, tanpa melatih ulang."""
    from cli.knowledge import import_documents

    raise typer.Exit(import_documents(files))


@knowledge.command("checked")
def checked(
    sections: Annotated[list[str], typer.Argument(metavar="NOMOR…", help="Nomor bagian, misalnya G01.")],
    by: Annotated[str, typer.Option("--by", metavar="NAMA", help="Siapa yang memeriksa, misalnya 'Rina, BKD'.")],
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until", formats=["%Y-%m-%d"], metavar="TANGGAL", help="Hari terakhir berlaku; tanpa ini tanpa batas."
        ),
    ] = None,
) -> None:
    """Catat bahwa bagian ini sudah diperiksa hari ini dan masih berlaku."""
    from cli.knowledge import mark_checked

    raise typer.Exit(mark_checked(sections, by, until.date() if until else None))
