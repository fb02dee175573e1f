"""`rekan questions`: names, options and help texts. What the commands do stands in `cli.questions`."""

from pathlib import Path
from typing import Annotated

import typer

questions = typer.Typer(
    help="Pertanyaan yang belum terjawab atau belum dipahami, tanpa nama penanyanya.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@questions.command("suggest")
def suggest(
    days: Annotated[
        int, typer.Option("--days", min=1, max=180, help="Yang ditanyakan dalam sekian hari terakhir.")
    ] = 90,
    least: Annotated[int, typer.Option("--least", min=1, help="Paling sedikit ditanyakan sekian kali.")] = 1,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Tulis usulan ke folder ini untuk diperiksa.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")] = False,
) -> None:
    """Kelompokkan yang mirip, dengan usulan maksud atau bagiannya. Tidak ada yang dipelajari sendiri."""
    from cli.questions import show

    raise typer.Exit(show(days, least, write, as_json=as_json))


@questions.command("accept")
def accept(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Usulan (.yml atau .md) yang sudah Anda periksa.")],
) -> None:
    """Terima usulan yang sudah diperiksa: contoh maksud ke data latih, pertanyaan bagian ke pengetahuan."""
    from cli.questions import accept as take_over

    raise typer.Exit(take_over(file))
