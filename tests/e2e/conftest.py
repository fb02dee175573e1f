"""One running system for the whole end-to-end session, and the sample people on their phones."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.aiogram_schema import problems_of_calls
from tests.e2e.system import Phone, System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System.start(tmp_path_factory.mktemp("system"))
    yield running
    calls = running.http.get(f"{running.sandbox_url}/sandbox/calls", params={"after": 0}).json()
    left = running.stop()
    assert not left, f"left behind: {left}"
    assert problems_of_calls(calls) == []


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
