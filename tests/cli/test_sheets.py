"""Workbooks read as if somebody had typed them as CSV, and cells that are no formulas."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from cli.session import GivenUp
from cli.sheets import read_table
from core.services.spreadsheets import neutral


def workbook(file: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def test_a_workbook_reads_like_a_csv_and_keeps_its_line_numbers(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "kelas.XLSX",
        ["session_code", "seats", "starts_at", "waiting_list", "place"],
        ["TIK-02-A", 20, datetime(2026, 12, 1, 8, 0), True, "Aula 2,\nlantai 3"],  # noqa: DTZ001 - as Excel has it
        [],
        ["TIK-02-B", 7.0, date(2026, 12, 2), False, None],
        [None, None],
    )
    assert read_table(file).splitlines() == [
        "session_code,seats,starts_at,waiting_list,place",
        'TIK-02-A,20,2026-12-01 08:00,ya,"Aula 2, lantai 3"',
        ",,,,",
        "TIK-02-B,7,2026-12-02 00:00,tidak,",
    ]


def test_a_nip_that_lost_digits_is_not_taken_for_right(tmp_path: Path) -> None:
    file = workbook(tmp_path / "pegawai.xlsx", ["nip"], [199013012019031001], ["199013012019031001"])
    assert read_table(file).splitlines() == ["nip", "1.99E+17", "199013012019031001"]


def test_what_is_no_workbook_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "palsu.xlsx").write_text("nip,name\n", encoding="utf-8")
    with pytest.raises(GivenUp, match="bukan buku kerja"):
        read_table(tmp_path / "palsu.xlsx")
    with pytest.raises(GivenUp, match="tidak ada"):
        read_table(tmp_path / "tidak-ada.xlsx")


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert neutral("Sari") == "Sari"
    assert neutral(-5) == -5
