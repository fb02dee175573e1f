"""Being there, in words: the code on the screen of the room, and what a sign-in came to."""

from datetime import datetime

from bot.texts import dates
from core.domain.enrollment import Status
from core.services.attendance import ShownCode, SignedIn

REFRESH_BUTTON = "Tampilkan kode terbaru"

CODE_WANTED = (
    "Ketik kodenya setelah perintah, misalnya: /hadir K7M2QX. "
    "Kodenya tampil di layar kelas dan berganti tiap beberapa menit."
)
SESSION_WANTED = (
    "Ketik kode kelasnya setelah perintah, misalnya: /kehadiran TIK-02-A. "
    "Pada hari pelatihan saya tampilkan kode hadirnya."
)


def shown_code(shown: ShownCode, link: str) -> str:
    session = shown.session
    return (
        f"*Kehadiran {session.course.title}* ({session.code})\n\n"
        f"Kode sekarang: *{shown.code}*\n"
        f"Berganti pukul {dates.clock(shown.until)}; yang lama masih diterima lima menit sesudahnya.\n\n"
        f"Peserta mengetik /hadir {shown.code} atau membuka tautan ini:\n{link}\n\n"
        f"Sudah hadir hari ini: *{shown.present}* dari {shown.expected} peserta."
    )


def signed_in(result: SignedIn, now: datetime) -> str:
    """The same answer for a second tap, but for the word that it stood there before."""
    session = result.enrollment.session
    title = f"*{session.course.title}* ({session.code})"
    if result.enrollment.status is Status.COMPLETED:
        return f"Anda sudah tercatat menyelesaikan {title}. Tidak ada lagi yang perlu dicatat."
    noted = "tercatat" if result.is_new else "sudah tercatat sebelumnya"
    return (
        f"✓ Kehadiran Anda {noted} di {title} untuk {dates.day(now)}.\n\n"
        "JP masuk ke catatan Anda setelah petugas mengesahkan daftar hadir."
    )
