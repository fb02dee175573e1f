"""One running system for the whole end-to-end session, and the sample people on their phones."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.domain.calendar import jakarta
from core.domain.reminders import REMINDER_CLOCK
from tests.aiogram_schema import problems_of_calls
from tests.e2e.system import Phone, System


@pytest.fixture(scope="session")
def system(request: pytest.FixtureRequest) -> Iterator[System]:
    """Not below pytest's own directory: another run would close that to the database's user. Kept if a test failed."""
    directory = Path(tempfile.mkdtemp(prefix="rekan-e2e-"))
    running = System.start(directory)
    yield running
    calls = running.http.get(f"{running.sandbox_url}/sandbox/calls", params={"after": 0}).json()
    left = running.stop()
    assert not left, f"left behind: {left}"
    assert problems_of_calls(calls) == []
    if request.session.testsfailed:
        print(f"the logs of this run: {directory / 'logs'}")
    else:
        shutil.rmtree(directory)


@dataclass(frozen=True)
class SamplePerson:
    """A row of the sandbox's picker."""

    user_id: int
    name: str
    role: str
    unit: str
    phone_number: str


@pytest.fixture(scope="session")
def sample_people(system: System) -> list[SamplePerson]:
    rows: list[dict[str, Any]] = json.loads((system.data_dir / "sandbox-people.json").read_text(encoding="utf-8"))
    return [SamplePerson(r["id"], r["name"], r["role"], r["unit"], r["phone_number"]) for r in rows]


def share_own_contact(phone: Phone, person: SamplePerson) -> dict[str, Any]:
    return phone.send(
        {
            "contact": {
                "phone_number": person.phone_number,
                "first_name": person.name.split()[0],
                "user_id": person.user_id,
            }
        }
    )


def add_session_with_reminder_due(system: System, session_code: str, *, needs_approval: bool) -> None:
    """A session so near that whoever gets a seat is reminded at once: tomorrow's, or today's before reminders go out."""
    is_early = jakarta(datetime.now(UTC)).time() < REMINDER_CLOCK  # noqa: TID251
    path = system.data_dir / f"{session_code}.csv"
    path.write_text(
        "session_code,course_code,starts_in_days,duration_days,seats,waiting_list,needs_approval,"
        "enrolment_closes_days_before,place,starts_clock,ends_clock\n"
        f"{session_code},{session_code.rpartition('-')[0]},{0 if is_early else 1},1,5,yes,"
        f"{'yes' if needs_approval else 'no'},0,BPSDM Jakarta,23:00,23:30\n",
        encoding="utf-8",
    )
    imported = system.rekan("courses", "import", str(path))
    assert imported.returncode == 0, imported.stdout + imported.stderr
