"""The pictures of a training's life for the guides: opening it, leaving one, the day itself and its certificate."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from core.domain.calendar import jakarta
from tests.e2e.system import Phone, System

TODAY = "SOS-01-E"
"""Not of the sample, which a restart may move."""


def take(
    system: System, staff: Phone, participant: Phone, officer: Phone, picture: Callable[[str, Phone], None]
) -> None:
    """`picture` takes one of a phone under a name. `staff` holds a seat in TIK-03-A before and afterwards."""
    _opening(officer, picture)
    staff.say("mau batalin visualisasi data")
    picture("mundur", staff)
    staff.say("batal")
    _day(system, participant, officer, picture)


def _opening(officer: Phone, picture: Callable[[str, Phone], None]) -> None:
    officer.say("/kelas")
    officer.press("Buka kelas baru")
    officer.say("SOS-01")
    officer.say(f"{_in_days(42)} 08.00 sampai {_in_days(42)} 15.00")
    officer.say("BPSDM, Aula 3")
    officer.press("20 kursi")
    officer.press("Sehari sebelumnya")
    officer.press("Tidak perlu")
    picture("kelas-baru", officer)
    officer.press("Batal")


def _day(system: System, staff: Phone, officer: Phone, picture: Callable[[str, Phone], None]) -> None:
    now = datetime.now(UTC)  # noqa: TID251
    starts, ends, closes = (f"{jakarta(now + timedelta(minutes=minutes)):%Y-%m-%d %H:%M}" for minutes in (30, 50, 20))
    opened = system.rekan(
        "sessions", "open", TODAY, "--course", "SOS-01", "--starts", starts, "--ends", ends, "--closes", closes,
        "--seats", "20", "--place", "BPSDM, Aula 3", "--no-approval",
    )  # fmt: skip
    assert opened.returncode == 0, opened.stdout + opened.stderr
    staff.say(f"saya mau daftar {TODAY}")
    before = staff.newest_id()
    staff.press("Ya")
    staff.wait_for_text("terdaftar", after=before)  # the reminder of a session that begins so soon comes at once, too
    shown = officer.say(f"/kehadiran {TODAY}")
    code = re.search(r"start=hadir_([A-Z0-9]{6})", shown["text"])
    assert code is not None, shown["text"]
    picture("kehadiran", officer)
    noted = staff.say(f"/hadir {code[1]}")
    assert "tercatat" in noted["text"], noted
    before = staff.newest_id()
    officer.press("Daftar hadir")
    officer.press("Sahkan: 1 selesai")
    staff.wait_for_text("pelatihan selesai", after=before)
    picture("sertifikat", staff)


def _in_days(days: int) -> str:
    return f"{jakarta(datetime.now(UTC) + timedelta(days=days)):%d-%m-%Y}"  # noqa: TID251
