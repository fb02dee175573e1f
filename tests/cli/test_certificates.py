"""`rekan certificate verify`: valid, revoked or unknown."""

import asyncio
import json
from datetime import timedelta

import pytest

from cli import certificates
from core.bootstrap import Services, wire
from tests.factories import NOW, Cast, add_people, add_sessions, caller, session
from tests.fakes import FakeDatabase, FakeEmbedder, FixedClock

ROOM = session()


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    made = wire(FakeDatabase(), FixedClock(NOW), FakeEmbedder())
    monkeypatch.setattr(certificates, "with_services", lambda work: asyncio.run(work(made)))
    return made


@pytest.fixture
def issued(services: Services) -> tuple[Cast, str]:
    """Sari's certificate."""

    async def prepare() -> tuple[Cast, str]:
        cast = await add_people(services.unit_of_work)
        await add_sessions(services.unit_of_work, ROOM)
        row = (await services.enrollments.enroll(caller(cast.sari), ROOM.code)).enrollment
        assert isinstance(services.clock, FixedClock)
        services.clock.moment = ROOM.ends_at + timedelta(days=1)
        await services.attendance_lists.confirm(None, ROOM.code, everybody_came=True)
        own = await services.certificates.of_mine(caller(cast.sari), row.enrollment_id)
        return cast, own.certificate.number

    return asyncio.run(prepare())


def test_a_valid_number_tells_training_and_masked_name(
    issued: tuple[Cast, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, number = issued
    assert certificates.verify(number.lower().replace("-", " "), as_json=False) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"SAH: {number}")
    assert "selesai 05-12-2026, 16 JP" in shown
    assert "Sari P••••••" in shown
    assert certificates.verify(number, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True


@pytest.mark.parametrize("number", ["RA-2026-AAAA-BBBB", "", "'; DROP TABLE certificates", "RA-2026-AAAA-BBB١"])
def test_an_unknown_number_is_not_valid(services: Services, capsys: pytest.CaptureFixture[str], number: str) -> None:
    assert certificates.verify(number, as_json=False) == 1
    assert "TIDAK SAH" in capsys.readouterr().err


def test_a_revoked_number_is_not_valid(
    services: Services, issued: tuple[Cast, str], capsys: pytest.CaptureFixture[str]
) -> None:
    cast, number = issued
    asyncio.run(services.attendance_lists.correct(None, ROOM.code, cast.sari.nip, 0, "Tidak hadir"))
    assert certificates.verify(number, as_json=False) == 1
    assert "dicabut" in capsys.readouterr().out
