"""The sample people offered above the phones, from a JSON or CSV file that may be written at any time."""

import csv
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

DEMO = (
    ("Siti Rahmawati", "pegawai", "Dinas Komunikasi, Informatika dan Statistik", "+6281200000101"),
    ("Budi Santoso", "atasan", "Dinas Komunikasi, Informatika dan Statistik", "+6281200000102"),
    ("Dewi Lestari", "petugas HR", "Badan Kepegawaian Daerah", "+6281200000103"),
)
FIRST_DEMO_ID = 900_000_001


@dataclass(frozen=True, slots=True)
class SamplePerson:
    id: int
    name: str
    role: str
    unit: str
    phone_number: str
    note: str

    @property
    def names(self) -> tuple[str, str | None]:
        """First and last name, as Telegram has them."""
        first, _, last = self.name.partition(" ")
        return first, last or None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Roster:
    """Reads the file again whenever it has changed; three invented people as long as there is none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._read_at: float | None = None
        self._people: dict[int, SamplePerson] = {
            FIRST_DEMO_ID + index: SamplePerson(FIRST_DEMO_ID + index, *demo, note="contoh bawaan")
            for index, demo in enumerate(DEMO)
        }

    def all(self) -> list[SamplePerson]:
        self._refresh()
        return list(self._people.values())

    def find(self, user_id: int) -> SamplePerson | None:
        self._refresh()
        return self._people.get(user_id)

    def _refresh(self) -> None:
        if self._path is None:
            return
        try:
            changed_at = self._path.stat().st_mtime
        except FileNotFoundError:
            return
        if changed_at != self._read_at:
            self._people = {person.id: person for person in read_people(self._path)}
            self._read_at = changed_at


def read_people(path: Path) -> list[SamplePerson]:
    """The file's people. Raises ValueError naming the row that lacks a name or a usable id."""
    text = path.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text))) if path.suffix == ".csv" else json.loads(text)
    people = []
    for number, row in enumerate(rows, start=1):
        try:
            user_id, name = int(row["id"]), str(row["name"]).strip()
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, person {number}: needs a whole number 'id' and a 'name'") from error
        if user_id <= 0 or not name:
            raise ValueError(f"{path.name}, person {number}: 'id' must be positive and 'name' not empty")
        rest = (str(row.get(key) or "") for key in ("role", "unit", "phone_number", "note"))
        people.append(SamplePerson(user_id, name, *rest))
    return people
