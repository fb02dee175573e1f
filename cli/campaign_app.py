"""`rekan campaign`: names, options and help texts. As in `cli.app`, each command imports its work when it is called."""

from pathlib import Path
from typing import Annotated, Any

import typer

HELP = {"help_option_names": ["-h", "--help"]}

campaign = typer.Typer(help="Pesan sosialisasi ke banyak pegawai.", no_args_is_help=True, context_settings=HELP)

Json = Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")]
Officer = Annotated[str, typer.Option("--as", metavar="NIP", help="Petugas SDM yang bertindak.")]
Number = Annotated[int, typer.Argument(metavar="NOMOR")]
Text = Annotated[
    str | None, typer.Argument(metavar="[TEKS]", help="Huruf tebal: *begini*. Isian: {nama} {unit} {jp_kurang}.")
]
File = Annotated[Path | None, typer.Option("--file", metavar="F.yml", help="Isi dari berkas YAML.")]
Audience = Annotated[
    str | None,
    typer.Option("--to", metavar="SASARAN", help="Misalnya `unit=DISDIK status=PNS jp<20 kecuali jenjang=jpt`."),
]
Links = Annotated[list[str] | None, typer.Option("--link", metavar="JUDUL=URL", help="Tombol tautan; boleh diulang.")]
Attach = Annotated[
    Path | None,
    typer.Option("--attach", metavar="BERKAS", help="Foto (JPG, PNG) atau dokumen; teksnya paling panjang 1024."),
]
NoAttach = Annotated[bool, typer.Option("--no-attach", help="Lepaskan lampirannya.")]
Pulse = Annotated[
    str | None, typer.Option("--pulse", metavar="TANYA", help="Pertanyaan pendapat, dijawab 1 sampai 5; kosong: hapus.")
]
EachAt = Annotated[
    str | None,
    typer.Option(
        "--each-at", metavar="WAKTU", help="Waktu tiap orang, misalnya `7 hari sesudah tertaut`; kosong: sekaligus."
    ),
]
Acknowledge = Annotated[bool | None, typer.Option("--ack/--no-ack", help="Tombol “Sudah baca dan paham”.")]
Ask = Annotated[bool | None, typer.Option("--ask/--no-ask", help="Tombol “Tanya tentang ini”.")]
Urgent = Annotated[bool | None, typer.Option("--urgent/--not-urgent", help="Juga pada jam tenang dan hari libur.")]
Until = Annotated[str | None, typer.Option("--until", metavar="WAKTU", help="Sesudahnya tidak ada yang dikirim.")]
ChaseAfter = Annotated[
    int | None, typer.Option("--chase-after", metavar="HARI", help="Ingatkan yang diam sesudah sekian hari.")
]
ChaseTimes = Annotated[int | None, typer.Option("--chase-times", metavar="KALI", help="Paling banyak sekian kali.")]
At = Annotated[str | None, typer.Option("--at", metavar="WAKTU", help="Waktu kirim, misalnya `2026-12-01 09:00` WIB.")]


_CONTENT = (
    "text", "audience", "links", "attachment", "remove_attachment", "pulse", "each_at", "ask", "acknowledge", "urgent",
    "until",
    "chase_after", "chase_times",
)  # fmt: skip


def _content(context: typer.Context) -> dict[str, Any]:
    """What a campaign says and to whom, as the options of this call give it."""
    return {name: context.params[name] for name in _CONTENT}


@campaign.command("draft")
def campaign_draft(
    context: typer.Context,
    as_nip: Officer,
    text: Text = None,
    file: File = None,
    audience: Audience = None,
    links: Links = None,
    attachment: Attach = None,
    remove_attachment: NoAttach = False,
    pulse: Pulse = None,
    each_at: EachAt = None,
    ask: Ask = None,
    acknowledge: Acknowledge = None,
    urgent: Urgent = None,
    until: Until = None,
    chase_after: ChaseAfter = None,
    chase_times: ChaseTimes = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Tulis konsep baru; dampaknya ditunjukkan, tidak ada yang dikirim."""
    from cli.campaign_desk import draft

    raise typer.Exit(draft(as_nip, None, file=file, at=at, as_json=as_json, **_content(context)))


@campaign.command("edit")
def campaign_edit(
    context: typer.Context,
    number: Number,
    as_nip: Officer,
    text: Text = None,
    file: File = None,
    audience: Audience = None,
    links: Links = None,
    attachment: Attach = None,
    remove_attachment: NoAttach = False,
    pulse: Pulse = None,
    each_at: EachAt = None,
    ask: Ask = None,
    acknowledge: Acknowledge = None,
    urgent: Urgent = None,
    until: Until = None,
    chase_after: ChaseAfter = None,
    chase_times: ChaseTimes = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Ubah konsep; persetujuan yang sudah ada batal."""
    from cli.campaign_desk import draft

    raise typer.Exit(draft(as_nip, number, file=file, at=at, as_json=as_json, **_content(context)))


@campaign.command("audience")
def campaign_audience(
    number: Number,
    as_nip: Officer,
    audience: Annotated[str | None, typer.Argument(metavar="[SASARAN]")] = None,
    as_json: Json = False,
) -> None:
    """Ganti sasaran, atau tanpa SASARAN: hitung yang sekarang."""
    from cli.campaign_desk import draft, show

    if audience is None:
        raise typer.Exit(show(as_nip, number, as_json=as_json))
    raise typer.Exit(draft(as_nip, number, file=None, at=None, as_json=as_json, audience=audience))


@campaign.command("show")
def campaign_show(number: Number, as_nip: Officer, as_json: Json = False) -> None:
    """Isi, sasaran, dampak dan keadaan satu sosialisasi."""
    from cli.campaign_desk import show

    raise typer.Exit(show(as_nip, number, as_json=as_json))


@campaign.command("preview")
def campaign_preview(number: Number, as_nip: Officer) -> None:
    """Pesan seperti yang akan diterima petugas itu sendiri."""
    from cli.campaign_desk import preview

    raise typer.Exit(preview(as_nip, number))


@campaign.command("test")
def campaign_test(
    number: Number,
    as_nip: Officer,
    to: Annotated[list[str], typer.Option("--to", metavar="NIP", help="Penerima uji coba; boleh diulang.")],
) -> None:
    """Kirim uji coba ke orang yang disebut, seperti adanya sekarang."""
    from cli.campaign_desk import test

    raise typer.Exit(test(as_nip, number, to))


@campaign.command("submit")
def campaign_submit(number: Number, as_nip: Officer) -> None:
    """Ajukan untuk disetujui orang kedua."""
    _step(as_nip, number, "submit")


@campaign.command("approve")
def campaign_approve(
    number: Number, as_nip: Officer, decline: Annotated[bool, typer.Option("--decline", help="Tolak.")] = False
) -> None:
    """Setujui (atau tolak) versi yang sekarang; bukan oleh penulisnya."""
    _step(as_nip, number, "decline" if decline else "approve")


@campaign.command("schedule")
def campaign_schedule(number: Number, as_nip: Officer, at: At = None) -> None:
    """Tentukan waktu kirim; tanpa --at jadwalnya dihapus. Persetujuan tetap berlaku."""
    _step(as_nip, number, "schedule", at=at)


@campaign.command("pause")
def campaign_pause(number: Number, as_nip: Officer) -> None:
    """Jeda pengiriman; yang belum terkirim menunggu."""
    _step(as_nip, number, "pause")


@campaign.command("resume")
def campaign_resume(number: Number, as_nip: Officer) -> None:
    """Lanjutkan yang dijeda."""
    _step(as_nip, number, "resume")


@campaign.command("cancel")
def campaign_cancel(number: Number, as_nip: Officer) -> None:
    """Batalkan; yang belum terkirim tidak akan dikirim."""
    _step(as_nip, number, "cancel")


@campaign.command("correct")
def campaign_correct(
    number: Number, as_nip: Officer, text: Annotated[str, typer.Argument(metavar="TEKS", help="Isi yang benar.")]
) -> None:
    """Usulkan ralat; setelah disetujui orang kedua (`approve`), pesan yang sudah terkirim diubah."""
    from cli.campaign_desk import correct

    raise typer.Exit(correct(as_nip, number, text))


@campaign.command("recall")
def campaign_recall(number: Number, as_nip: Officer) -> None:
    """Tarik kembali: batalkan, dan hapus dari percakapan yang terkirim dalam 48 jam terakhir."""
    _step(as_nip, number, "recall")


@campaign.command("send")
def campaign_send(
    text: Annotated[str, typer.Argument(metavar="NOMOR|TEKS")],
    to: Annotated[str | None, typer.Option("--to", help="Sasaran TEKS; `all` berarti semua pegawai.")] = None,
    as_nip: Annotated[str | None, typer.Option("--as", metavar="NIP", help="Petugas SDM yang mengirim NOMOR.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Kirim tanpa bertanya lagi.")] = False,
    urgent: Annotated[bool, typer.Option("--urgent", help="TEKS juga pada jam tenang dan hari libur.")] = False,
    as_json: Json = False,
) -> None:
    """Kirim yang sudah disetujui (NOMOR --as NIP), atau langsung satu TEKS (--to SASARAN) tanpa orang kedua."""
    if to is None and as_nip is not None and text.isdecimal():
        _step(as_nip, int(text), "send")
    if to is None:
        raise typer.BadParameter("TEKS perlu --to SASARAN; NOMOR perlu --as NIP.")
    from cli.campaigns import send

    raise typer.Exit(send(text, to, as_nip=as_nip, yes=yes, as_json=as_json, urgent=urgent))


@campaign.command("status")
def campaign_status(
    campaign_id: Annotated[int | None, typer.Argument(metavar="[NOMOR]")] = None,
    as_json: Json = False,
) -> None:
    """Kemajuan satu pesan, atau sepuluh yang terakhir."""
    from cli.campaigns import status

    raise typer.Exit(status(campaign_id, as_json=as_json))


def _step(as_nip: str, number: int, name: str, *, at: str | None = None) -> None:
    from cli.campaign_desk import step

    raise typer.Exit(step(as_nip, number, name, at=at))
