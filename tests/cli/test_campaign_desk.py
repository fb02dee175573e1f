"""`rekan campaign` from draft to release: the same services as in chat, spoken to by scripts."""

import asyncio
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli import campaign_desk, campaign_report, campaigns, reach_report
from cli.app import app
from core.bootstrap import Services, wire
from core.domain.people import HrRole
from tests.factories import NOW, Cast, add_crowd, add_people
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock

FILE = """
text: |
  Yth. *{nama}*, mohon baca surat edaran.
audience: unit=DISDIK kecuali jenjang=jpt
links:
  - {title: Surat edaran, url: "https://contoh.example/se-12"}
acknowledge: true
at: 2026-12-01 09:00
until: 2026-12-04 17:00
"""


class Cli:
    def __init__(self, services: Services, database: FakeDatabase, cast: Cast) -> None:
        self.services, self.database, self.cast = services, database, cast

    def run(self, *words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["campaign", *words])
        assert result.exit_code == code, result.output
        return result.output

    def json(self, *words: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.run(*words, "--json"))
        return found


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    database = FakeDatabase()
    services = wire(database, FixedClock(NOW), FakeEmbedder())
    for module in (campaign_desk, campaign_report, campaigns):
        monkeypatch.setattr(module, "with_services", lambda work: asyncio.run(work(services)))
    return Cli(services, database, asyncio.run(add_people(database)))


def test_a_file_becomes_a_draft_with_its_impact(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "F.yml"
    file.write_text(FILE)
    said = cli.run("draft", "--file", str(file), "--as", cli.cast.dewi.nip)
    assert "Sosialisasi nomor 1 (konsep)" in said
    assert "5 orang, 0 belum tertaut, kira-kira 1 detik" in said
    assert "01-12-2026 09.00 WIB" in said
    assert "04-12-2026 17.00 WIB" in said
    assert "Yth. *Dewi Anggraini*, mohon baca" in cli.run("preview", "1", "--as", cli.cast.dewi.nip)


def test_a_file_goes_along_by_option_or_from_beside_the_yaml(cli: Cli, tmp_path: Path) -> None:
    dewi = ("--as", cli.cast.dewi.nip)
    (tmp_path / "se.pdf").write_bytes(b"%PDF-1.7 isi")
    (tmp_path / "F.yml").write_text("text: Mohon dibaca\nattachment: se.pdf\n")
    assert "Lampiran: se.pdf (1 KB)" in cli.run("draft", "--file", str(tmp_path / "F.yml"), *dewi)
    assert "[ se.pdf (1 KB) ]" in cli.run("preview", "1", *dewi)
    assert "Lampiran" not in cli.run("edit", "1", "--no-attach", *dewi)
    assert "Lampiran: se.pdf" in cli.run("edit", "1", "--attach", str(tmp_path / "se.pdf"), *dewi)
    assert "tidak" in cli.run("edit", "1", "--attach", str(tmp_path / "hilang.pdf"), *dewi, code=2)
    (tmp_path / "se.exe").write_bytes(b"MZ")
    assert "bukan jenis yang dapat dilampirkan" in cli.run(
        "edit", "1", "--attach", str(tmp_path / "se.exe"), *dewi, code=1
    )


def test_a_quiz_comes_from_the_yaml_and_an_empty_one_takes_it_away(cli: Cli, tmp_path: Path) -> None:
    dewi, file = ("--as", cli.cast.dewi.nip), tmp_path / "F.yml"
    question = "{question: 'Berlaku kapan?', options: [1 Desember, 1 Januari], answer: 2, explanation: Pasal 12.}"
    file.write_text(f"text: Baca\nquiz:\n  - {question}\n")
    said = cli.run("draft", "--file", str(file), *dewi)
    assert "Kuis: 1 pertanyaan" in said
    assert "✓ 1 Januari\nPenjelasan: Pasal 12." in said
    file.write_text("quiz: []\n")
    assert "Kuis" not in cli.run("edit", "1", "--file", str(file), *dewi)
    for quiz in ("[{question: 'Apa?', options: [a, b]}]", "[{question: 'Apa?', options: [a, b], answer: 3}]", "[satu]"):
        file.write_text(f"quiz: {quiz}\n")
        cli.run("edit", "1", "--file", str(file), *dewi, code=2 if quiz == "[satu]" else 1)


def test_a_series_comes_from_the_yaml(cli: Cli, tmp_path: Path) -> None:
    dewi, file = ("--as", cli.cast.dewi.nip), tmp_path / "F.yml"
    (tmp_path / "se.pdf").write_bytes(b"%PDF-1.7 isi")
    file.write_text(
        "text: Mulai\nsteps:\n  - {after: 3, text: Ketiga, attachment: se.pdf}\n"
        "  - {after: 4, text: Ketujuh, links: ['Panduan=https://contoh.example/p']}\n"
    )
    said = cli.run("draft", "--file", str(file), *dewi)
    assert "Langkah lanjutan: 2, berjeda 3, 4 hari" in said
    assert "*Langkah 2*, 3 hari sesudahnya\nLampiran: se.pdf (1 KB)\nKetiga" in said
    assert "Tombol: Panduan → https://contoh.example/p\nKetujuh" in said
    file.write_text("pulse: Siap?\n")
    cli.run("edit", "1", "--file", str(file), *dewi)
    shown = cli.run("preview", "1", *dewi)
    assert shown.index("Mulai") < shown.index("Ketujuh") < shown.index("[ Beri pendapat ]")
    file.write_text("steps: []\n")
    assert "Langkah" not in cli.run("edit", "1", "--file", str(file), *dewi)
    for steps, code in (("[{text: Tanpa jeda}]", 1), ("[{sesudah: 3}]", 2), ("[{after: tiga, text: a}]", 2)):
        file.write_text(f"steps: {steps}\n")
        cli.run("edit", "1", "--file", str(file), *dewi, code=code)


def test_each_person_may_have_a_time_of_their_own(cli: Cli) -> None:
    dewi = ("--as", cli.cast.dewi.nip)
    said = cli.run("draft", "Selamat datang", "--each-at", "7 hari setelah menautkan akun", "--pulse", "Siap?", *dewi)
    assert "Waktu tiap orang: 7 hari sesudah tertaut" in said
    assert "Pertanyaan pendapat: Siap?" in said
    cli.run("edit", "1", "--each-at", "besok", *dewi, code=1)
    said = cli.run("edit", "1", "--each-at", "", "--pulse", "", *dewi)
    assert "Waktu tiap orang" not in said
    assert "Pertanyaan" not in said


def test_from_draft_to_release_by_two_officers(cli: Cli) -> None:
    dewi, agus = ("--as", cli.cast.dewi.nip), ("--as", cli.cast.agus.nip)
    cli.run("draft", "Apel Senin", *dewi)
    cli.run("audience", "1", "unit=DINKES", *dewi)
    assert cli.json("audience", "1", *dewi)["reached"] == 2
    assert "1 petugas" in cli.run("submit", "1", *dewi)
    cli.run("approve", "1", *dewi, code=1)
    assert "disetujui" in cli.run("approve", "1", *agus)
    assert "dijadwalkan 01-12-2026 09.00 WIB" in cli.run("schedule", "1", "--at", "2026-12-01 09:00", *dewi)
    assert "berjalan" in cli.run("send", "1", *dewi)
    assert "dijeda" in cli.run("pause", "1", *agus)
    assert "berjalan" in cli.run("resume", "1", *dewi)
    assert "dibatalkan" in cli.run("cancel", "1", *dewi)
    assert cli.json("status", "1")["status"] == "cancelled"


def test_declining_and_editing_make_it_a_draft_again(cli: Cli) -> None:
    dewi, agus = ("--as", cli.cast.dewi.nip), ("--as", cli.cast.agus.nip)
    cli.run("draft", "Apel Senin", *dewi)
    cli.run("submit", "1", *dewi)
    assert "konsep" in cli.run("approve", "1", "--decline", *agus)
    cli.run("edit", "1", "Apel Selasa", "--urgent", *dewi)
    assert cli.json("show", "1", *dewi) == cli.json("show", "1", *agus) | {"is_urgent": True, "status": "draft"}


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "*tebal"),
        ("draft", "Halo", "--to", "disdik"),
        ("draft", "Halo", "--link", "Surat"),
        ("draft", "Halo", "--until", "2020-01-01 09:00"),
        ("show", "99"),
    ],
)
def test_what_is_wrong_is_one_sentence(cli: Cli, words: tuple[str, ...]) -> None:
    cli.run(*words, "--as", cli.cast.dewi.nip, code=1)


@pytest.mark.parametrize("content", ["text: [", "teks: Halo", "- satu", "text: Halo\nat: besok"])
def test_a_file_that_cannot_be_read_is_one_sentence(cli: Cli, tmp_path: Path, content: str) -> None:
    file = tmp_path / "F.yml"
    file.write_text(content)
    cli.run("draft", "--file", str(file), "--as", cli.cast.dewi.nip, code=2)


def test_staff_and_strangers_may_not(cli: Cli) -> None:
    cli.run("draft", "Halo", "--as", cli.cast.sari.nip, code=1)
    cli.run("draft", "Halo", "--as", "199013012019039999", code=1)
    cli.run("send", "Halo", "--to", "all", "--as", cli.cast.sari.nip, "--yes", "--json", code=1)


def test_a_text_needs_an_audience_and_a_number_an_officer(cli: Cli) -> None:
    cli.run("send", "Halo", code=2)
    cli.run("send", "1", code=2)


def test_roles_are_given_to_officers_only(cli: Cli) -> None:
    assert campaign_desk.give_role(cli.cast.agus.nip, "viewer") == 0
    assert campaign_desk.give_role(cli.cast.sari.nip, "viewer") == 1
    assert campaign_desk.give_role(cli.cast.agus.nip, "raja") == 2
    assert cli.database.records.people[cli.cast.agus.person_id].hr_role is HrRole.VIEWER
    cli.run("draft", "Halo", "--as", cli.cast.agus.nip, code=1)


def test_it_is_tried_out_reported_and_taken_back(cli: Cli, tmp_path: Path) -> None:
    dewi, agus = ("--as", cli.cast.dewi.nip), ("--as", cli.cast.agus.nip)
    cli.run("draft", "Apel Senin", "--ack", "--chase-after", "2", "--chase-times", "1", "--urgent", *dewi)
    assert "1 orang" in cli.run("test", "1", "--to", cli.cast.sari.nip, *dewi)
    cli.run("submit", "1", *dewi)
    cli.run("approve", "1", *agus)
    cli.run("send", "1", *dewi)
    file = tmp_path / "laporan.csv"
    assert report(1, csv_file=file) == 0
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "Unit,Nama,Sasaran,Terkirim,Paham,Persen"
    assert "DISDIK,Dinas Pendidikan,5,0,0,–" in rows
    assert "dibatalkan" in cli.run("recall", "1", *dewi)
    assert report(99) == 1
    assert report(1, csv_file=tmp_path) == 2


def test_a_report_becomes_a_workbook_and_a_picture(cli: Cli, tmp_path: Path) -> None:
    campaigns.send("Apel Senin", "all", as_nip=None, yes=True, as_json=False)
    book, picture = tmp_path / "laporan.xlsx", tmp_path / "laporan.png"
    assert report(1, xlsx_file=book, png_file=picture) == 0
    assert "Per unit" in load_workbook(book).sheetnames
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert report(1, xlsx_file=picture) == 2


def report(number: int, **files: Path) -> int:
    names = ("csv_file", "xlsx_file", "png_file")
    return campaign_report.report(number, as_json=False, **{name: files.get(name) for name in names})


def test_a_correction_is_proposed_by_one_and_approved_by_another(cli: Cli) -> None:
    dewi, agus = ("--as", cli.cast.dewi.nip), ("--as", cli.cast.agus.nip)
    cli.run("draft", "Apel jam 8", "--urgent", *dewi)
    cli.run("submit", "1", *dewi)
    cli.run("approve", "1", *agus)
    cli.run("send", "1", *dewi)
    assert "1 petugas" in cli.run("correct", "1", "Apel jam 7", *dewi)
    assert "Usulan ralat:\nApel jam 7" in cli.run("show", "1", *agus)
    cli.run("approve", "1", *dewi, code=1)
    assert "ralat disetujui" in cli.run("approve", "1", *agus)
    assert "Apel jam 7" in cli.run("preview", "1", *dewi)


def test_who_cannot_be_reached_is_listed_and_written(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reach_report, "with_services", lambda work: asyncio.run(work(cli.services)))
    asyncio.run(add_crowd(cli.services.unit_of_work, 3))
    book, table = tmp_path / "tak.xlsx", tmp_path / "tak.csv"
    assert reach_report.unreachable(csv_file=table, xlsx_file=book, as_json=False) == 0
    assert "3 dari 13 pegawai" in capsys.readouterr().out
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 4
    assert load_workbook(book).active.max_row == 4
    assert reach_report.unreachable(csv_file=None, xlsx_file=None, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["why"] == {"not_linked": 3}
    assert reach_report.unreachable(csv_file=book, xlsx_file=None, as_json=False) == 2
