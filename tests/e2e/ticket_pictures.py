"""The pictures of a ticket for the guides: taken and answered by an officer, read by who asked, and made knowledge."""

from collections.abc import Callable

from tests.e2e.system import Phone


def take(staff: Phone, officer: Phone, picture: Callable[[str, Phone], None]) -> None:
    """`picture` takes one of a phone under a name."""
    staff.say("Kartu pegawai saya hilang, penggantinya diurus ke siapa?")
    staff.press("Tanya HR")
    before = officer.newest_id()
    staff.press("Ya, kirim")
    officer.wait_for_text("Tiket baru nomor", after=before)
    officer.press("Saya tangani")
    officer.say(
        "Ajukan kepada subbagian kepegawaian unit Anda dengan surat kehilangan; selesai paling lambat lima hari kerja."
    )
    picture("tiket", officer)
    before = staff.newest_id()
    officer.press("Kirim jawaban")
    staff.wait_for_text("Jawaban tim SDM untuk tiket", after=before)
    picture("jawaban-tiket", staff)
    officer.press("Jadikan pengetahuan")
    officer.say("Kartu pegawai hilang diurus ke siapa?\nCara mengganti kartu pegawai yang hilang")
    officer.say("Pergub 12/2022 Pasal 8")
    picture("jadikan-pengetahuan", officer)
