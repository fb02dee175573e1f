"""`rekan tickets`: names, options and help texts. What the commands do stands in `cli.tickets`."""

from pathlib import Path
from typing import Annotated

import typer

tickets = typer.Typer(
    help="Pertanyaan pegawai: petugas mana menjawab apa, dan pengetahuan dari jawabannya.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")]


@tickets.command("officers")
def officers(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="CSV atau .xlsx dengan kolom nip,topic,unit_code; kosong berarti semua."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja; tidak ada yang disimpan.")] = False,
    as_json: Json = False,
) -> None:
    """Lihat siapa menjawab apa, atau impor daftarnya. Yang tidak disebut di berkas tetap."""
    from cli.tickets import import_officers, show_officers

    raise typer.Exit(show_officers(as_json=as_json) if file is None else import_officers(file, dry_run=dry_run))


@tickets.command("assign")
def assign(
    nip: Annotated[str, typer.Argument(metavar="NIP")],
    topic: Annotated[
        list[str] | None, typer.Option("--topic", metavar="TOPIK", help="Topik yang dijawabnya; boleh diulang.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="UNIT", help="Hanya dari unit ini dan di bawahnya.")
    ] = None,
) -> None:
    """Atur topik dan unit seorang petugas; tanpa pilihan, ia menerima yang tidak dijawab siapa pun."""
    from cli.tickets import assign_officer

    raise typer.Exit(assign_officer(nip, topic or [], unit))


@tickets.command("entries")
def entries(as_json: Json = False) -> None:
    """Pengetahuan yang dibuat dari tiket, dan keadaannya."""
    from cli.tickets import show_entries

    raise typer.Exit(show_entries(as_json=as_json))


@tickets.command("withdraw")
def withdraw(number: Annotated[int, typer.Argument(metavar="NOMOR", help="Nomor tiketnya.")]) -> None:
    """Tarik pengetahuan dari sebuah tiket: tidak dipakai menjawab lagi."""
    from cli.tickets import withdraw_entry

    raise typer.Exit(withdraw_entry(number))
