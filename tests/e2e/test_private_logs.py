"""What a run writes into its logs says nothing of who talked about what: ids only, also when things go wrong."""

import csv
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import ROOT, Phone, System, wait_for

MARK = "zamrud"
"""Stands in every text of this conversation and nowhere else."""


def test_no_log_of_a_run_holds_names_texts_numbers_or_tokens(system: System, sample_people: list[SamplePerson]) -> None:
    person = next(p for p in sample_people if p.role == "petugas HR")
    phone = Phone(system, person.user_id)
    phone.send({"start": ""})
    share_own_contact(phone, person)
    for text in (
        f"cuti tahunan pns {MARK} berapa hari?",
        f"saya {person.name}, NIP {nip_of(person)}, telepon {person.phone_number}, mohon {MARK}",
        f"tanya hr dong soal {MARK}",
        f'/enroll_training{{"training":"{MARK}"}}',
        f"/kode {MARK.upper()}",
        f"/jawab 1 {MARK}",
    ):
        assert phone.say(text)["text"]
    phone.press_raw(phone.newest_id(), f"1ap|{MARK}")
    told = system.rekan("campaign", "send", "--to", "all", "--yes", "--urgent", f"Siaran {MARK} untuk semua")
    assert told.returncode == 0, told.stdout + told.stderr
    phone.wait_for_text("Siaran", MARK)
    in_trouble(system, phone)

    private = {MARK, nip_of(person), person.phone_number, *names_of(person), *tokens(system)}
    for path, line in logged(system):
        found = [fact for fact in private if fact.lower().lstrip("+") in line.lower()]
        assert not found, f"{path.name}: {line[:300]}"


def in_trouble(system: System, phone: Phone) -> None:
    """Telegram refuses, breaks off, and answers nonsense; then the action server dies in the middle of a question."""
    for fault in (
        {"error_code": 500, "description": "Internal Server Error", "times": 3},
        {"error_code": 0},
        {"error_code": 400, "description": f'Bad Request: can\'t parse entities: unsupported start tag "{MARK}"'},
        {"error_code": 403, "description": "Forbidden: bot was blocked by the user"},
    ):
        told = {"method": "sendMessage", "chat_id": phone.user_id, **fault}
        system.http.post(f"{system.sandbox_url}/sandbox/faults", json=told).raise_for_status()
        phone.post({"text": f"halo {MARK}"})
        wait_for(lambda: not system.http.get(f"{system.sandbox_url}/sandbox/faults").json(), "the fault to be met")
    os.kill(system.pid_of("actions"), signal.SIGKILL)
    assert phone.say(f"cuti besar {MARK} berapa lama?")["text"]
    wait_for(lambda: "12 hari" in (phone.say("cuti tahunan pns berapa hari?")["text"] or ""), "answers", seconds=60)


def logged(system: System) -> Iterator[tuple[Path, str]]:
    files = [*(system.data_dir / "logs").iterdir(), system.log, *system.data_dir.glob("postgres/**/log")]
    assert {"bot.log", "rasa.log", "actions.log", "scheduler.log", "sandbox.log", "log"} <= {
        file.name for file in files
    }
    for file in files:
        if file.is_file():
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                yield file, line


def nip_of(person: SamplePerson) -> str:
    with (ROOT / "sample" / "people.csv").open(encoding="utf-8") as file:
        return next(row["nip"] for row in csv.DictReader(file) if row["phone"] == person.phone_number)


def names_of(person: SamplePerson) -> list[str]:
    """Without titles, which are in other words too."""
    return [word for word in person.name.replace(",", " ").split() if len(word) > 3 and "." not in word]


def tokens(system: System) -> list[str]:
    kept = json.loads((system.data_dir / "secrets.json").read_text(encoding="utf-8"))
    return [kept["rasa_channel_token"], kept["sandbox_bot_token"].partition(":")[2]]
