"""`rekan sessions` and the list of one session, over the fake database."""

import asyncio
import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cli import reports, sessions
from core.bootstrap import Services, wire
from core.domain.courses import SessionStatus
from core.domain.enrollment import Status
from tests.factories import NOW, Cast, add_people, add_sessions, caller, session
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    made = wire(FakeDatabase(), FixedClock(NOW), FakeEmbedder())
    for module in (sessions, reports):
        monkeypatch.setattr(module, "with_services", lambda work: asyncio.run(work(made)))
    return made


@pytest.fixture
def cast(services: Services) -> Cast:
    """Sari and Joko have seats in TIK-02-A."""

    async def prepare() -> Cast:
        people = await add_people(services.unit_of_work)
        await add_sessions(services.unit_of_work, session())
        for someone in (people.sari, people.joko):
            await services.enrollments.enroll(caller(someone), "TIK-02-A")
        return people

    return asyncio.run(prepare())


def plan(**other: object) -> sessions.Plan:
    typed: dict[str, object] = {
        "code": "tik-02-b", "course": "tik-02", "starts": "2026-12-10 08:00", "ends": "2026-12-11 16:00",
        "closes": "2026-12-08 12:00", "seats": 20, "place": "BPSDM", "waiting_list": True, "approval": False,
    }  # fmt: skip
    return sessions.Plan(**{**typed, **other})  # type: ignore[arg-type]


def stands(services: Services, code: str) -> object:
    async def read() -> object:
        async with services.unit_of_work() as uow:
            return await uow.courses.session(code)

    return asyncio.run(read())


def test_a_session_is_opened_and_listed(services: Services, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert sessions.open_session(plan()) == 0
    assert "10-12-2026 08.00 sampai 11-12-2026 16.00" in capsys.readouterr().out
    assert sessions.show(as_json=True) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(row["session"], row["taken"], row["is_open"]) for row in listed] == [
        ("TIK-02-A", 2, True),
        ("TIK-02-B", 0, True),
    ]


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        ({"code": "TIK 02"}, 2, "bukan kode kelas"),
        ({"starts": "besok"}, 2, "--starts"),
        ({"ends": "2026-12-10 07:00"}, 1, "sesudah waktu mulai"),
        ({"closes": "2026-12-12 07:00"}, 1, "ditutup sebelum kelas mulai"),
        ({"starts": "2020-01-01 08:00"}, 1, "sudah lewat"),
        ({"code": "TIK-02-A"}, 1, "sudah dipakai"),
        ({"course": "XXX-01"}, 1, "XXX-01"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_sentence(
    cast: Cast, capsys: pytest.CaptureFixture[str], wrong: dict[str, object], code: int, words: str
) -> None:
    assert sessions.open_session(plan(**wrong)) == code
    assert words in capsys.readouterr().err


def test_a_change_says_how_many_are_told(services: Services, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert sessions.change_session("TIK-02-A", "2026-12-14 08:00", "", "", None, "Aula 2", yes=True) == 0
    assert "2 orang dikabari" in capsys.readouterr().out
    assert sessions.change_session("TIK-02-A", "", "", "", None, "", yes=True) == 2
    assert "--place" in capsys.readouterr().err
    assert sessions.change_session("TIK-02-A", "", "", "", 1, "", yes=True) == 1
    assert "terisi 2 kursi" in capsys.readouterr().err


def test_nothing_is_changed_or_cancelled_where_nobody_can_answer(
    services: Services, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sessions.change_session("TIK-02-A", "", "", "", 9, "", yes=False) == 2
    assert sessions.cancel_session("TIK-02-A", "Sakit", yes=False) == 2
    assert "--yes" in capsys.readouterr().err
    assert stands(services, "TIK-02-A") == session()


def test_closing_and_cancelling(services: Services, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert sessions.close_session("TIK-02-A") == 0
    assert stands(services, "TIK-02-A").status is SessionStatus.CLOSED  # type: ignore[attr-defined]
    assert sessions.cancel_session("TIK-02-A", "Pengajar sakit", yes=True) == 0
    assert "2 orang dikabari" in capsys.readouterr().out
    assert sessions.cancel_session("TIK-02-A", "Pengajar sakit", yes=True) == 1
    assert sessions.cancel_session("TIK-02-Z", "Pengajar sakit", yes=True) == 1


def test_the_people_of_a_session_are_listed_without_a_full_nip(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert reports.enrollments("tik-02-a", csv_file=None, xlsx_file=None, as_json=False) == 0
    shown = capsys.readouterr().out
    assert "Sari Puspita" in shown
    assert "terdaftar" in shown
    assert cast.sari.nip not in shown


def test_a_list_becomes_a_file_for_a_spreadsheet(
    services: Services, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def cancel() -> None:
        [mine] = await services.enrollments.mine(caller(cast.sari))
        await services.enrollments.cancel(caller(cast.sari), mine.enrollment.enrollment_id, '=HYPERLINK("http://x")')

    asyncio.run(cancel())
    comma, book = tmp_path / "peserta.csv", tmp_path / "peserta.xlsx"
    assert reports.enrollments("TIK-02-A", csv_file=comma, xlsx_file=book, as_json=False) == 0
    assert "2 baris ditulis" in capsys.readouterr().out
    rows = list(csv.reader(comma.read_text(encoding="utf-8-sig").splitlines()))
    cells = [[cell.value for cell in row] for row in load_workbook(book).active.iter_rows()]
    assert rows[0] == cells[0] == ["Nama", "NIP", "Unit", "Keadaan", "Mendaftar", "Alasan"]
    assert rows[2][-1] == cells[2][-1] == '\'=HYPERLINK("http://x")'
    assert {row[3] for row in rows[1:]} == {"terdaftar", "dibatalkan"}
    assert reports.enrollments(None, csv_file=tmp_path / "x.txt", xlsx_file=None, as_json=False) == 2
    assert reports.enrollments(None, csv_file=tmp_path / "none" / "x.csv", xlsx_file=None, as_json=False) == 2
    assert "tidak dapat ditulis" in capsys.readouterr().err


def test_every_status_has_words() -> None:
    assert set(reports.STATUS_WORDS) == set(Status)
    assert set(sessions.STATUS_WORDS) == set(SessionStatus)
