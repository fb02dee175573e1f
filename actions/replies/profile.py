"""What the assistant holds about a person, in words. The NIP is never shown in full."""

from actions.replies.reply import CAPABILITIES, MY_HOURS, MY_STATUS, Reply, button, plain
from actions.replies.status import AUDIENCE_WORDS
from core.domain.people import Person

OPTED_OUT = Reply(
    "Baik, siaran dari tim SDM *tidak dikirim lagi* kepada Anda. Pesan tentang pelatihan yang Anda ikuti tetap datang, "
    "misalnya pengingat jadwal.",
    (button("Terima siaran lagi", "opt_in"),),
)
OPTED_IN = Reply(
    "Baik, siaran dari tim SDM *dikirim lagi* kepada Anda. Anda bisa menghentikannya kapan saja.",
    (button("Hentikan siaran", "opt_out"),),
)
CONFIRM_DELETE = Reply(
    "Yang akan dihapus: hubungan akun Telegram ini, isi percakapan dan pertanyaan Anda kepada tim SDM. Catatan kepegawaian dan "
    "pelatihan Anda di BKD dan BPSDM tetap ada.\n\nSesudahnya Anda perlu menghubungkan akun lagi untuk mendaftar "
    "pelatihan. *Hapus sekarang?*",
    (button("Ya, hapus", "affirm"), button("Tidak jadi", "deny")),
    {"deletes": "data"},
)
CONFIRM_DELETE_AGAIN = Reply(
    "Kembali ke penghapusan data Anda. *Hapus sekarang?*",
    (button("Ya, hapus", "affirm"), button("Tidak jadi", "deny")),
)
DELETED = Reply(
    "Data Anda di asisten ini *sudah dihapus* dan akun tidak lagi terhubung. Ketik /start bila suatu saat ingin kembali."
)
KEPT = Reply("Baik, data Anda tidak dihapus dan akun tetap terhubung.", (CAPABILITIES,))


def profile(person: Person, supervisor: Person | None, opted_out: bool) -> Reply:
    lines = [
        "*Data Anda di asisten ini*",
        f"• Nama: {plain(person.name)}",
        f"• NIP: {person.masked_nip}",
        f"• Unit: {plain(person.unit.name)}",
        f"• Jabatan: {plain(person.position)} ({AUDIENCE_WORDS[person.level]})",
        f"• Status: {person.employment}",
        f"• Atasan: {plain(supervisor.name) if supervisor else 'belum tercatat'}",
        f"• HP: {_masked_phone(person.phone)}",
        f"• Siaran dari tim SDM: {'dihentikan' if opted_out else 'diterima'}",
        "",
        "Selain itu saya menyimpan pendaftaran pelatihan, JP, dan pertanyaan Anda kepada tim SDM. "
        "Data keliru? Sampaikan kepada petugas kepegawaian unit Anda.",
    ]
    campaigns = button("Terima siaran lagi", "opt_in") if opted_out else button("Hentikan siaran", "opt_out")
    return Reply("\n".join(lines), (MY_STATUS, MY_HOURS, campaigns, button("Hapus data saya", "delete_my_data")))


def _masked_phone(phone: str | None) -> str:
    return f"•••• {phone[-3:]}" if phone else "belum tercatat"
