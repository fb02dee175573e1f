"""Takes the pictures of README and guides from the real system: `python -m tests.e2e.screenshots` (`make screenshots`)."""

import csv
import json
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.e2e import ticket_pictures, training_pictures
from tests.e2e.system import ROOT, Phone, System

IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP, ONE_PHONE = (1366, 860), (400, 820)


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("There is no chromium to take pictures with (Debian: apt-get install chromium).", file=sys.stderr)
        return 2
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rekan-pictures-") as folder, sync_playwright() as playwright:
        system = System.start(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            _pictures(system, browser)
        finally:
            browser.close()
            system.stop()
    return 0


def _pictures(system: System, browser: Browser) -> None:
    people = json.loads((system.data_dir / "sandbox-people.json").read_text(encoding="utf-8"))
    employee, boss, officer = (
        next(p for p in people if p["role"] == role) for role in ("pegawai", "atasan", "petugas HR")
    )
    staff, supervisor, hr = (_linked(system, person) for person in (employee, boss, officer))
    _picture(system, browser, "mulai", [employee], ONE_PHONE)
    staff.say("cuti tahunan PNS berapa hari ya?")
    _picture(system, browser, "tanya", [employee], ONE_PHONE)
    staff.say("pelatihan apa aja yg masih buka?")
    _picture(system, browser, "katalog", [employee], ONE_PHONE)
    staff.say("daftarin saya ke visualisasi data dong")
    _picture(system, browser, "daftar", [employee], ONE_PHONE)
    before = supervisor.newest_id()
    staff.press("Ya")
    supervisor.wait_for_text("Visualisasi Data", after=before)
    _picture(system, browser, "persetujuan", [boss], ONE_PHONE)
    supervisor.press("Setujui")
    staff.wait_for_text("disetujui")
    sent = system.rekan(
        "campaign",
        "send",
        "--to",
        "all",
        "--yes",
        "--urgent",
        f"Sosialisasi penataan ASN, {date.today():%d-%m-%Y} pukul 09.00 WIB di aula.",  # noqa: DTZ011
    )
    assert sent.returncode == 0, sent.stderr
    hr.wait_for_text("Sosialisasi")
    staff.wait_for_text("Sosialisasi")
    supervisor.wait_for_text("Sosialisasi")
    _picture(system, browser, "phones", [employee, boss, officer], DESKTOP)
    hr.say("/kelas TIK-03-A")
    _picture(system, browser, "kelas", [officer], ONE_PHONE)
    hr.say("/kampanye")
    hr.press("Tulis sosialisasi baru")
    card = hr.say("Yth. {nama}, jam belajar Anda tahun ini kurang {jp_kurang} JP. *Pilih pelatihan* lewat /pelatihan.")
    _picture(system, browser, "sosialisasi", [officer], ONE_PHONE)
    number = card["text"].partition("nomor ")[2].split()[0]
    second = next(p for p in people if p["role"] == "petugas HR" and p != officer)
    _quiz(hr, _linked(system, second), staff, number)
    _picture(system, browser, "kuis", [employee], ONE_PHONE)
    number = _read_by_some(system, {employee["id"]: staff, boss["id"]: supervisor, officer["id"]: hr})
    hr.say("/laporan")
    hr.press(f"{number} ·")
    _picture(system, browser, "laporan", [officer], ONE_PHONE, shows="img.photo")
    supervisor.say("/belumbaca")
    supervisor.press("")  # the first, whatever their number is
    _picture(system, browser, "belum-baca", [boss], ONE_PHONE)
    other = [p for p in people if p["role"] == "pegawai"][-1]
    participant = _linked(system, other)
    of = {staff.user_id: employee, participant.user_id: other, hr.user_id: officer}

    def picture(name: str, phone: Phone) -> None:
        _picture(system, browser, name, [of[phone.user_id]], ONE_PHONE)

    training_pictures.take(system, staff, participant, hr, picture)
    ticket_pictures.take(staff, hr, picture)


def _quiz(hr: Phone, second: Phone, staff: Phone, number: str) -> None:
    """A quiz is written, approved, sent and begun."""
    hr.press("Tambahan isi")
    hr.press("Kuis")
    hr.press("Tambah pertanyaan")
    hr.say(
        "Berapa JP paling sedikit dalam setahun?\n- 10 JP\n+ 20 JP\n- 40 JP\nPenjelasan: Tiap PNS berhak atas sedikitnya 20 JP."
    )
    for title in ("Kembali ke tambahan isi", "Kembali", "Pilihan", "Mendesak"):
        hr.press(title)
    hr.say("/kampanye")
    hr.press(f"{number} ·")
    before = second.newest_id()
    hr.press("Ajukan persetujuan")
    second.wait_for_text("Mohon persetujuan", after=before)
    second.press("Setujui")
    hr.wait_for_text(f"nomor {number} disetujui")
    before = staff.newest_id()
    hr.press("Kirim sekarang")
    staff.wait_for_text("jam belajar Anda", after=before)
    staff.press("Mulai kuis")
    staff.press("B")


def _read_by_some(system: System, linked: dict[int, Phone]) -> str:
    """A campaign to the people of the sandbox, five of whom answer; returns its number. Urgent: it is taken at any hour."""
    sandbox = _sample("sandbox.csv")
    phones = {int(row["telegram_id"]): row for row in sandbox}
    author, approver = (row["nip"] for row in sandbox if row["role"] == "petugas HR")
    for telegram_id in phones.keys() - linked.keys():
        linked[telegram_id] = _linked(system, {"id": telegram_id})
    text = "Mulai 1 Desember *jam layanan* berubah menjadi 07.30–16.00. Mohon dibaca dan disampaikan."
    audience = f"nip={','.join(row['nip'] for row in sandbox)}"
    drafted = _done(system, "draft", text, "--ack", "--urgent", "--to", audience, "--as", author, "--json")
    number = str(json.loads(drafted)["campaign_id"])
    for step, nip in (("submit", author), ("approve", approver), ("send", author)):
        _done(system, step, number, "--as", nip)
    for phone in linked.values():
        phone.wait_for_text("jam layanan")
    for telegram_id in sorted(linked)[1:6]:
        linked[telegram_id].press("Sudah baca dan paham")
    return number


def _done(system: System, *words: str) -> str:
    done = system.rekan("campaign", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _sample(name: str) -> list[dict[str, str]]:
    with (ROOT / "sample" / name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def _linked(system: System, person: dict[str, Any]) -> Phone:
    phone = Phone(system, person["id"])
    phone.send({"start": ""})
    phone.send({"contact": True})
    phone.wait_for_text("terhubung")
    return phone


def _picture(
    system: System, browser: Browser, name: str, people: list[dict[str, Any]], size: tuple[int, int], *, shows: str = ""
) -> None:
    """`shows`: what to scroll to (CSS, the last one of it) instead of the newest message."""
    ids = ",".join(str(person["id"]) for person in people)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="id-ID")
    page = context.new_page()
    page.goto(f"{system.sandbox_url}/?phones={ids}")
    page.get_by_text("Bot tersambung").wait_for(state="attached")
    close = page.get_by_role("button", name="Tutup panduan")
    if close.is_visible():
        close.click()
    page.wait_for_timeout(300)  # fonts and smooth scrolling come to rest
    if shows:
        page.locator(shows).last.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
