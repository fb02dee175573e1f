"""A campaign in natural use: an officer on one phone, the approver on the second, staff and their supervisor on others."""

import csv
import io

from openpyxl import load_workbook

from tests.e2e.conftest import SamplePerson, share_own_contact
from tests.e2e.system import Phone, System


def test_from_the_first_word_to_the_report(system: System, sample_people: list[SamplePerson]) -> None:
    phones = {person.user_id: Phone(system, person.user_id) for person in sample_people}
    for person in sample_people:
        phones[person.user_id].send({"start": ""})
        share_own_contact(phones[person.user_id], person)
    author, approver = (phones[p.user_id] for p in sample_people if p.role == "petugas HR")
    staff = [phones[p.user_id] for p in sample_people if p.role == "pegawai"]
    boss = next(phones[p.user_id] for p in sample_people if p.role == "atasan")
    with open("sample/sandbox.csv", encoding="utf-8") as table:
        nips = [row["nip"] for row in csv.DictReader(table)]

    author.say("/kampanye")
    author.press("Tulis sosialisasi baru")
    number = author.say("Yth. {nama}, mulai besok *jam kerja* berubah.")["text"].split("nomor ")[1].split()[0]
    author.press("Sasaran")
    author.press("Tulis sendiri")
    assert f"{len(nips)} orang" in author.say(f"nip={','.join(nips)}")["text"]
    author.press("Tambahan isi")
    author.press("Tombol tautan")
    author.say("Surat edaran https://contoh.example/se")
    author.press("Pilihan")
    author.press("Mendesak")
    author.press("Pengingat")
    author.press("Sesudah 2 hari")
    assert "paling banyak 1 kali" in author.press("Paling banyak 1 kali")["text"]
    author.press("Uji coba ke orang lain")
    author.say("Sari Puspita")
    staff[0].wait_for_text("Uji coba", "jam kerja")
    before = approver.newest_id()
    author.press("Ajukan persetujuan")
    review = approver.wait_for_text("Mohon persetujuan", "Pengingat", after=before)
    assert "Mendesak" in review["text"]
    before = author.newest_id()
    approver.press("Setujui")
    author.wait_for_text("disetujui", after=before)
    author.press("Kirim sekarang")
    author.wait_for_text(f"Terkirim: {len(nips)} dari {len(nips)}", seconds=30)

    for phone in staff:
        phone.wait_for_text("Pengumuman", "jam kerja")
    for phone in (staff[0], boss):
        assert "sudah baca dan paham" in phone.press("Sudah baca dan paham")["text"]
    author.say(f"/laporan {number}")
    shown = next(m for m in reversed(author.from_bot()) if m.get("photo"))
    assert f"Terkirim: {len(nips)} (100%)" in shown["text"]
    picture = system.http.get(system.sandbox_url + shown["photo"]["url"])
    assert picture.content.startswith(b"\x89PNG")
    author.press("Belum membaca")
    sent = author.press("‹ Laporan ini")
    assert sent
    document = author.press("Unduh sebagai Excel")["document"]
    book = load_workbook(io.BytesIO(system.http.get(system.sandbox_url + document["url"]).content))
    assert book["Per orang"].max_row == len(nips) + 1
    overdue = boss.say("/belumbaca")
    assert "staf Anda belum" in overdue["text"]
    assert "tidak ada" not in boss.press("")["text"]
