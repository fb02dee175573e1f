"""`rekan sessions`: names, options and help texts. What the commands do stands in `cli.sessions`."""

from typing import Annotated

import typer

sessions = typer.Typer(
    help="Kelas: buka, ubah, tutup pendaftaran, batalkan.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_TIME = "Jam Jakarta, seperti '2026-12-01 08:00'."
Code = Annotated[str, typer.Argument(metavar="KELAS", help="Kode kelas, misalnya TIK-02-A.")]
Starts = Annotated[str, typer.Option("--starts", help=f"Mulai. {_TIME}")]
Ends = Annotated[str, typer.Option("--ends", help=f"Selesai. {_TIME}")]
Closes = Annotated[str, typer.Option("--closes", help=f"Pendaftaran ditutup. {_TIME}")]
Seats = Annotated[int, typer.Option("--seats", min=1, max=100_000, help="Jumlah kursi.")]
Place = Annotated[str, typer.Option("--place", help="Tempat, atau tautan kelas daring.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Tanpa bertanya lagi.")]
Json = Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")]


@sessions.command("list")
def list_(as_json: Json = False) -> None:
    """Kelas yang belum selesai, dengan kursi dan antreannya."""
    from cli.sessions import show

    raise typer.Exit(show(as_json=as_json))


@sessions.command("open")
def open_(
    code: Code,
    course: Annotated[str, typer.Option("--course", help="Kode pelatihan, misalnya TIK-02.")],
    starts: Starts,
    ends: Ends,
    closes: Closes,
    seats: Seats,
    place: Place,
    waiting_list: Annotated[bool, typer.Option("--waiting-list/--no-waiting-list", help="Ada daftar tunggu.")] = True,
    approval: Annotated[bool, typer.Option("--approval/--no-approval", help="Perlu persetujuan atasan.")] = True,
) -> None:
    """Buka kelas baru; langsung dapat didaftari."""
    from cli.sessions import Plan, open_session

    plan = Plan(code, course, starts, ends, closes, seats, place, waiting_list, approval)
    raise typer.Exit(open_session(plan))


@sessions.command("change")
def change(
    code: Code,
    starts: Starts = "",
    ends: Ends = "",
    closes: Closes = "",
    seats: Annotated[int | None, typer.Option("--seats", min=1, max=100_000, help="Jumlah kursi.")] = None,
    place: Place = "",
    yes: Yes = False,
) -> None:
    """Ubah waktu, tempat, kursi atau batas pendaftaran; pesertanya dikabari. Batas yang baru membuka lagi pendaftaran."""
    from cli.sessions import change_session

    raise typer.Exit(change_session(code, starts, ends, closes, seats, place, yes=yes))


@sessions.command("close")
def close(code: Code) -> None:
    """Tutup pendaftaran sekarang; yang sudah punya kursi tetap."""
    from cli.sessions import close_session

    raise typer.Exit(close_session(code))


@sessions.command("cancel")
def cancel(
    code: Code,
    reason: Annotated[str, typer.Option("--reason", help="Alasan, yang dibaca setiap peserta.")],
    yes: Yes = False,
) -> None:
    """Batalkan kelas untuk seterusnya; setiap peserta dikabari dengan alasannya."""
    from cli.sessions import cancel_session

    raise typer.Exit(cancel_session(code, reason, yes=yes))
