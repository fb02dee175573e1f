"""The `rekan` command: names, options and help texts. Each command imports its work when it is called, so that the
supervisor, which runs all the time, carries none of it.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.campaign_app import HELP, campaign
from cli.knowledge_app import knowledge
from cli.questions_app import questions
from cli.session_app import sessions
from cli.ticket_app import tickets

app = typer.Typer(
    name="rekan",
    help="Rekan ASN: asisten Telegram untuk pegawai Pemprov DKI Jakarta.",
    no_args_is_help=True,
    context_settings=HELP,
    pretty_exceptions_enable=False,
    add_completion=False,
)
people = typer.Typer(help="Data pegawai dan kode penautan akun.", no_args_is_help=True, context_settings=HELP)
courses = typer.Typer(help="Katalog pelatihan dan jadwal kelas.", no_args_is_help=True, context_settings=HELP)
attendance = typer.Typer(help="Daftar hadir kelas dan JP-nya.", no_args_is_help=True, context_settings=HELP)
certificate = typer.Typer(help="Sertifikat pelatihan.", no_args_is_help=True, context_settings=HELP)
competencies = typer.Typer(
    help="Kompetensi yang disyaratkan jabatan, diajarkan pelatihan, dan dimiliki pegawai.",
    no_args_is_help=True,
    context_settings=HELP,
)
report = typer.Typer(help="Laporan ringkas.", no_args_is_help=True, context_settings=HELP)
for name, group in {
    "people": people,
    "courses": courses,
    "sessions": sessions,
    "knowledge": knowledge,
    "questions": questions,
    "campaign": campaign,
    "competencies": competencies,
    "attendance": attendance,
    "certificate": certificate,
    "tickets": tickets,
    "report": report,
}.items():
    app.add_typer(group, name=name)

Json = Annotated[bool, typer.Option("--json", help="Keluaran JSON untuk skrip.")]
AsNip = Annotated[
    str | None,
    typer.Option("--as", metavar="NIP", help="Bertanya sebagai pegawai dengan NIP ini; tanpa ini sebagai tamu."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Periksa saja; tidak ada yang disimpan.")]
TableFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="CSV berkode UTF-8 atau .xlsx (lembar pertama); baris pertama berisi nama kolom."
    ),
]

SessionCode = Annotated[str, typer.Argument(metavar="KELAS", help="Kode kelas, misalnya TIK-02-A.")]


@app.command()
def run(
    sample: Annotated[
        bool | None,
        typer.Option(
            "--sample/--no-sample", help="Isi data contoh; tanpa ini hanya di kotak pasir. Data nyata tidak dicampur."
        ),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Baris biasa, tanpa tabel yang bergerak.")] = False,
) -> None:
    """Jalankan semua bagian sampai dihentikan dengan Ctrl-C."""
    from cli.run import run as start

    raise typer.Exit(start(with_sample=sample, plain=plain))


@app.command()
def doctor(as_json: Json = False) -> None:
    """Periksa pemasangan, setelan, port, basis data dan model; tiap masalah disertai cara mengatasinya."""
    from cli.doctor import examine

    raise typer.Exit(examine(as_json=as_json))


@app.command()
def train() -> None:
    """Latih model bahasa bila datanya berubah (`make run` melakukannya sendiri)."""
    from cli.train import train_model

    raise typer.Exit(train_model())


@app.command()
def chat(as_nip: AsNip = None) -> None:
    """Mengobrol dengan asisten di terminal; tombol dipilih dengan nomornya."""
    from cli.chat import chat as talk

    raise typer.Exit(talk(as_nip))


@app.command()
def ask(
    text: Annotated[list[str], typer.Argument(metavar="TEKS…")], as_nip: AsNip = None, as_json: Json = False
) -> None:
    """Satu pertanyaan, satu jawaban."""
    from cli.ask import ask as ask_once

    raise typer.Exit(ask_once(" ".join(text), as_nip, as_json=as_json))


@app.command("eval")
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Satu objek JSON tiap baris.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Tulis ukurannya ke berkas ini.")
    ] = None,
    report_dir: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help="Tulis halaman laporan ke folder ini.")
    ] = None,
) -> None:
    """Ukur pemahaman dan jawaban asisten pada satu set ujaran; kode keluar 0 berapa pun nilainya."""
    from cli.eval import evaluate as run_evaluation

    raise typer.Exit(run_evaluation(file, json_file, report_dir))


@people.command("import")
def people_import(file: TableFile, dry_run: DryRun = False) -> None:
    """Impor pegawai dari CSV atau XLSX: nip,name,phone,unit_code,position,level,employment,supervisor_nip,is_hr."""
    from cli.imports import import_people

    raise typer.Exit(import_people(file, dry_run=dry_run))


@people.command("code")
def people_code(nip: Annotated[str, typer.Argument(metavar="NIP")]) -> None:
    """Buat kode sekali pakai untuk menautkan akun Telegram seorang pegawai."""
    from cli.imports import issue_code

    raise typer.Exit(issue_code(nip))


@people.command("role")
def people_role(
    nip: Annotated[str, typer.Argument(metavar="NIP")],
    role: Annotated[str, typer.Argument(metavar="PERAN", help="viewer, author, atau approver (bawaan).")],
) -> None:
    """Atur peran seorang petugas SDM: pembaca, penulis, atau penyetuju sosialisasi."""
    from cli.campaign_desk import give_role

    raise typer.Exit(give_role(nip, role))


@courses.command("import")
def courses_import(file: TableFile, dry_run: DryRun = False) -> None:
    """Impor pelatihan atau jadwal kelas; dikenali dari kepala kolomnya."""
    from cli.imports import import_courses

    raise typer.Exit(import_courses(file, dry_run=dry_run))


@competencies.command("import")
def competencies_import(file: TableFile, dry_run: DryRun = False) -> None:
    """Impor `position,competency`, `course_code,competency`, atau `nip,competency`; dikenali dari kepala kolomnya."""
    from cli.imports import import_competencies

    raise typer.Exit(import_competencies(file, dry_run=dry_run))


@attendance.command("list")
def attendance_list(session_code: SessionCode, as_json: Json = False) -> None:
    """Siapa yang memegang kursi di kelas ini dan siapa yang sudah tercatat hadir."""
    from cli.attendance import show

    raise typer.Exit(show(session_code, as_json=as_json))


@attendance.command("confirm")
def attendance_confirm(
    session_code: SessionCode,
    absent: Annotated[
        list[str] | None,
        typer.Option("--absent", metavar="NIP", help="Tidak hadir, walau kodenya tercatat; boleh diulang."),
    ] = None,
    everybody_came: Annotated[
        bool, typer.Option("--all-present", help="Anggap semua hadir, kecuali yang disebut dengan --absent.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Sahkan tanpa bertanya lagi.")] = False,
) -> None:
    """Sahkan daftar hadir: yang hadir mendapat JP, yang lain dicatat tidak hadir, dan semuanya dikabari."""
    from cli.attendance import confirm

    raise typer.Exit(confirm(session_code, absent or [], everybody_came=everybody_came, yes=yes))


@attendance.command("correct")
def attendance_correct(
    session_code: SessionCode,
    nip: Annotated[str, typer.Argument(metavar="NIP")],
    hours: Annotated[int, typer.Option("--hours", help="JP yang berlaku mulai sekarang; 0 berarti tidak hadir.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEKS", help="Alasannya; pegawai ikut membacanya.")],
) -> None:
    """Koreksi JP sesudah disahkan: baris baru di catatan, yang lama tetap ada."""
    from cli.attendance import correct

    raise typer.Exit(correct(session_code, nip, hours, reason))


@certificate.command("verify")
def certificate_verify(
    number: Annotated[str, typer.Argument(metavar="NOMOR", help="Misalnya RA-2026-K7M3-9QXW.")], as_json: Json = False
) -> None:
    """Periksa keaslian sertifikat; kode keluar 1 bila tidak sah."""
    from cli.certificates import verify

    raise typer.Exit(verify(number, as_json=as_json))


@report.command("enrollments")
def report_enrollments(
    session: Annotated[
        str | None, typer.Option("--session", metavar="KELAS", help="Daftar peserta satu kelas saja.")
    ] = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Tulis ke berkas CSV.")] = None,
    xlsx_file: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Tulis ke buku kerja Excel.")] = None,
    as_json: Json = False,
) -> None:
    """Jumlah peserta dan antrean tiap kelas, atau peserta satu kelas; juga sebagai berkas."""
    from cli.reports import enrollments

    raise typer.Exit(enrollments(session, csv_file=csv_file, xlsx_file=xlsx_file, as_json=as_json))


@report.command("campaign")
def report_campaign(
    number: Annotated[int, typer.Argument(metavar="NOMOR")],
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Tulis tabel unit dan daftar yang tak terjangkau ke CSV."),
    ] = None,
    xlsx_file: Annotated[
        Path | None,
        typer.Option("--xlsx", metavar="FILE", help="Tulis buku kerja Excel, seperti yang dikirim /laporan."),
    ] = None,
    png_file: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Gambar grafiknya.")] = None,
    as_json: Json = False,
) -> None:
    """Siapa yang sudah membaca satu sosialisasi, per unit, dan siapa yang tak terjangkau beserta sebabnya."""
    from cli.campaign_report import report as show

    raise typer.Exit(show(number, csv_file=csv_file, xlsx_file=xlsx_file, png_file=png_file, as_json=as_json))


@report.command("unreachable")
def report_unreachable(
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Tulis ke berkas CSV.")] = None,
    xlsx_file: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Tulis ke buku kerja Excel.")] = None,
    as_json: Json = False,
) -> None:
    """Pegawai yang tidak terjangkau bot dan sebabnya: belum tertaut, memblokir, akunnya hilang, menolak siaran."""
    from cli.reach_report import unreachable

    raise typer.Exit(unreachable(csv_file=csv_file, xlsx_file=xlsx_file, as_json=as_json))


@report.command("evaluations")
def report_evaluations(as_json: Json = False) -> None:
    """Nilai rata-rata tiap kelas dari peserta yang menyelesaikannya, tanpa nama."""
    from cli.reports import evaluations

    raise typer.Exit(evaluations(as_json=as_json))


def main() -> None:
    """Entry point. Ctrl-C ends with 130 and no traceback; a closed pipe (`| head`) ends quietly."""
    try:
        app(prog_name="rekan")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
