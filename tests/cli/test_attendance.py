"""`rekan attendance`: the list, confirming it with a yes, and corrections, over the fake database."""

import asyncio
import json
from datetime import timedelta

import pytest

from cli import attendance, reports
from core.bootstrap import Services, wire
from tests.factories import NOW, Cast, add_people, add_sessions, caller, session
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock

ROOM = session()


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    made = wire(FakeDatabase(), FixedClock(NOW), FakeEmbedder())
    monkeypatch.setattr(attendance, "with_services", lambda work: asyncio.run(work(made)))
    return made


@pytest.fixture
def cast(services: Services) -> Cast:
    """Sari and Joko had seats, and the session is over."""

    async def prepare() -> Cast:
        people = await add_people(services.unit_of_work)
        await add_sessions(services.unit_of_work, ROOM)
        for someone in (people.sari, people.joko):
            await services.enrollments.enroll(caller(someone), ROOM.code)
        return people

    people = asyncio.run(prepare())
    assert isinstance(services.clock, FixedClock)
    services.clock.moment = ROOM.ends_at + timedelta(days=1)
    return people


def test_the_list_never_shows_a_full_nip(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert attendance.show(ROOM.code, as_json=False) == 0
    shown = capsys.readouterr().out
    assert "Sari Puspita" in shown
    assert "belum tercatat" in shown
    assert cast.sari.nip not in shown
    assert attendance.show(ROOM.code, as_json=True) == 0
    assert {row["status"] for row in json.loads(capsys.readouterr().out)} == {"confirmed"}


def test_confirming_says_what_became_of_whom(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert attendance.confirm(ROOM.code, [cast.joko.nip], everybody_came=True, yes=True) == 0
    assert "1 selesai, 1 tidak hadir" in capsys.readouterr().out
    assert attendance.confirm(ROOM.code, [], everybody_came=False, yes=True) == 0
    assert "tidak ada yang perlu disahkan lagi" in capsys.readouterr().out


def test_nothing_is_confirmed_where_nobody_can_answer(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert attendance.confirm(ROOM.code, [], everybody_came=False, yes=False) == 2
    assert "--yes" in capsys.readouterr().err


def test_a_correction_says_the_hours_and_the_change(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    attendance.confirm(ROOM.code, [], everybody_came=True, yes=True)
    capsys.readouterr()
    assert attendance.correct(ROOM.code, cast.sari.nip, 8, "Hadir satu hari saja") == 0
    assert "sekarang 8 JP (-8)" in capsys.readouterr().out
    assert attendance.correct(ROOM.code, cast.sari.nip, 8, "Hadir satu hari saja") == 0
    assert "tidak ada yang berubah" in capsys.readouterr().out


@pytest.mark.parametrize(("hours", "words"), [(99, "0 sampai 16"), (-1, "0 sampai 16")])
def test_a_refused_correction_is_one_sentence(
    cast: Cast, capsys: pytest.CaptureFixture[str], hours: int, words: str
) -> None:
    attendance.confirm(ROOM.code, [], everybody_came=True, yes=True)
    assert attendance.correct(ROOM.code, cast.sari.nip, hours, "Salah ketik") == 1
    assert words in capsys.readouterr().err


def test_the_report_of_evaluations_names_nobody(
    cast: Cast, services: Services, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "with_services", lambda work: asyncio.run(work(services)))
    assert reports.evaluations(as_json=False) == 0
    assert "Belum ada kelas yang selesai" in capsys.readouterr().out
    attendance.confirm(ROOM.code, [cast.joko.nip], everybody_came=True, yes=True)
    asyncio.run(services.evaluations.rate(caller(cast.sari), 1, 4))
    capsys.readouterr()
    assert reports.evaluations(as_json=True) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["session_code"], row["completed"], row["answers"], row["average"]) == (ROOM.code, 1, 1, 4.0)
    assert reports.evaluations(as_json=False) == 0
    shown = capsys.readouterr().out
    assert "4.00" in shown
    assert "Sari" not in shown
