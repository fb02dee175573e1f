"""Files into the records: bad rows as a table, one sentence for what is no table at all."""

from pathlib import Path

import pytest

from cli import imports
from cli.session import GivenUp
from cli.sheets import read_text
from core.domain.errors import BadImport, UnknownPerson
from core.domain.row_problems import Fault, RowProblem


class Services:
    """Stands in for the wired services: records what was asked, answers as told."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal
        self.calls: list[tuple[str, bool]] = []
        self.registry = self
        self.knowledge = self
        self.identity = self

    async def import_people(self, text: str, *, dry_run: bool = False) -> "Services":
        return self._taken("people", dry_run)

    async def import_courses(self, text: str, *, dry_run: bool = False) -> "Services":
        return self._taken("courses", dry_run)

    async def import_sessions(self, text: str, *, dry_run: bool = False) -> "Services":
        return self._taken("sessions", dry_run)

    async def issue_code(self, nip: str) -> "Services":
        return self._taken("code", False)

    def _taken(self, what: str, dry_run: bool) -> "Services":
        if self.refusal:
            raise self.refusal
        self.calls.append((what, dry_run))
        return self

    rows = 2


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    import asyncio

    made = Services()
    monkeypatch.setattr(imports, "with_services", lambda work: asyncio.run(work(made)))
    return made


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def test_bad_rows_are_a_table_with_line_column_and_reason(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services.refusal = BadImport(
        (RowProblem(7, "phone", Fault.NOT_A_PHONE), RowProblem(3, "nip", Fault.NIP_LENGTH, {"length": 17}))
    )
    file = written(tmp_path, "pegawai.csv", "nip,name\n")
    assert imports.import_people(file, dry_run=False) == 1
    shown = capsys.readouterr().out
    assert "2 kesalahan; tidak ada yang diimpor" in shown
    lines = [line.split() for line in shown.splitlines()]
    first, second = (
        next(n for n, line in enumerate(lines) if line[:2] == place) for place in (["3", "nip"], ["7", "phone"])
    )
    assert first < second
    assert " ".join(lines[first][2:]) == "NIP harus 18 angka, ini 17 karakter"


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("code,title,competency", "courses"),
        ("\ufeffsession_code;course_code;seats", "sessions"),
        ("session_code,course_code,seats", "sessions"),
    ],
)
def test_courses_and_sessions_are_told_apart_by_their_header(
    services: Services, tmp_path: Path, header: str, asked: str
) -> None:
    file = written(tmp_path, "file.csv", header + "\n")
    assert imports.import_courses(file, dry_run=True) == 0
    assert services.calls == [(asked, True)]


def test_an_unknown_header_is_explained(services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imports.import_courses(written(tmp_path, "x.csv", "a,b\n1,2\n"), dry_run=False) == 2
    assert "sample/courses.csv" in capsys.readouterr().err
    assert services.calls == []


def test_a_file_that_is_not_utf8_and_one_that_is_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(GivenUp, match="UTF-8"):
        read_text(written(tmp_path, "lama.csv", "nip,name\n1,José\n", "latin-1"))
    with pytest.raises(GivenUp, match=r"tidak\.csv"):
        read_text(tmp_path / "tidak.csv")


def test_a_code_for_nobody_is_refused_in_one_sentence(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    services.refusal = UnknownPerson("199013012019031001")
    assert imports.issue_code("199013012019031001") == 1
    said = capsys.readouterr().err
    assert "001" in said
    assert "199013012019031001" not in said
