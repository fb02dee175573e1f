"""The sample people of the picker."""

import json
from pathlib import Path

import pytest

from sandbox.roster import Roster, read_people
from tests.running_sandbox import running_sandbox

SITI = {"id": 5, "name": "Siti Nur Aini", "role": "pegawai", "unit": "BKD", "phone_number": "+62811", "note": "PNS"}


def test_without_a_file_there_are_three_people_of_three_roles() -> None:
    assert [person.role for person in Roster().all()] == ["pegawai", "atasan", "petugas HR"]


def test_a_file_written_later_is_read_then(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    with running_sandbox(path) as sandbox:
        assert len(sandbox.get("people")) == 3
        path.write_text(json.dumps([SITI]), encoding="utf-8")
        assert sandbox.get("people") == [SITI]
        sandbox.write(5, "halo")
        phone = sandbox.get("users/5")
        assert (phone["first_name"], phone["last_name"], phone["phone_number"]) == ("Siti", "Nur Aini", "+62811")


def test_a_csv_will_do_as_well(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,name,role\n7,Budi,atasan\n", encoding="utf-8")
    assert [(person.id, person.role, person.unit) for person in read_people(path)] == [(7, "atasan", "")]


@pytest.mark.parametrize("row", [{"name": "Siti"}, {"id": "x", "name": "Siti"}, {"id": 1, "name": " "}])
def test_a_bad_row_is_named(tmp_path: Path, row: dict[str, object]) -> None:
    path = tmp_path / "people.json"
    path.write_text(json.dumps([SITI, row]), encoding="utf-8")
    with pytest.raises(ValueError, match=r"people\.json, person 2"):
        read_people(path)
