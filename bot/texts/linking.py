"""Consent and linking. The consent text tells what UU 27/2022 wants told: which data, what for, who sees it, how to stop."""

from core.domain.people import Person

SHARE_BUTTON = "Bagikan nomor"
PLACEHOLDER = "Tulis pertanyaan Anda"

_DATA_NOTICE = (
    "*Data yang dipakai* (UU 27/2022 tentang Pelindungan Data Pribadi)\n"
    "• Dari data kepegawaian: nama, unit, jabatan, status PNS/PPPK, atasan, nomor telepon. "
    "NIP tidak pernah ditampilkan lengkap.\n"
    "• Dari Telegram: nomor akun Anda. Percakapan dipakai untuk menjawab Anda.\n"
    "• Untuk apa: menjawab pertanyaan, mengurus pelatihan, dan mengirim pemberitahuan kedinasan.\n"
    "• Siapa yang melihat: atasan Anda (permohonan pelatihan) dan tim SDM (pertanyaan yang Anda teruskan). "
    "Tidak ada pihak lain.\n"
    "• Hak Anda: lihat datanya dengan /profil, putuskan hubungan dengan /berhenti, atau tulis “hapus data saya”."
)

WELCOME = (
    "Selamat datang. Saya *Rekan ASN*, asisten percakapan untuk pegawai Pemprov Jakarta.\n\n"
    "Anda bisa langsung bertanya tentang aturan kepegawaian dan melihat daftar pelatihan. "
    "Untuk mendaftar pelatihan dan melihat catatan Anda, hubungkan akun ini dengan data pegawai.\n\n"
    f"{_DATA_NOTICE}\n\n"
    "*Cara menghubungkan*\n"
    "• Tekan tombol *Bagikan nomor* di bawah, bila nomor Telegram Anda sama dengan nomor di data kepegawaian.\n"
    "• Atau ketik kode dari tim SDM: /kode diikuti kodenya.\n\n"
    "Dengan membagikan nomor atau mengirim kode, Anda menyetujui pemakaian data di atas. Anda boleh tidak menyetujuinya; "
    "bertanya tetap bisa."
)
NO_PERSON_YET = (
    "Akun Anda belum terhubung, jadi tidak ada yang perlu diputuskan. Ketik /start bila ingin menghubungkannya."
)
CODE_WANTED = "Ketik kodenya setelah perintah, misalnya: /kode AB2CD-3EF4G. Kode didapat dari tim SDM unit Anda."
SHARE_OWN = (
    "Untuk menghubungkan akun, tekan tombol *Bagikan nomor* di bawah kolom tulis. "
    "Nomor yang diketik atau diteruskan tidak bisa dipakai."
)

CONFIRM_UNLINK = (
    "Putuskan akun Telegram ini dari data pegawai Anda?\n\n"
    "Sesudahnya saya tidak mengenali Anda, dan pemberitahuan tidak sampai di sini. "
    "Pendaftaran pelatihan dan catatan JP Anda tetap ada. Anda dapat menghubungkannya lagi kapan saja."
)
UNLINK_BUTTON = "Ya, putuskan"
KEEP_BUTTON = "Tidak jadi"
UNLINKED = (
    "Akun ini sudah diputuskan dari data pegawai. Anda tetap bisa bertanya tentang aturan dan melihat pelatihan. "
    "Ketik /start bila ingin menghubungkannya lagi."
)
LINK_KEPT = "Baik, akun Anda tetap terhubung. Tidak ada yang berubah."


def linked(person: Person, *, knows_notice: bool) -> str:
    """With the notice for those who come by a code and may not have read it at /start."""
    notice = "Pemakaian data Anda seperti yang dijelaskan saat /start." if knows_notice else _DATA_NOTICE
    return (
        f"Terima kasih, {person.first_name}. Akun ini sekarang terhubung.\n\n"
        f"• Unit: {person.unit.name}\n"
        f"• Jabatan: {person.position} ({person.employment})\n"
        f"• NIP: {person.masked_nip}\n\n"
        "Bila ini bukan Anda, segera ketik /berhenti dan beri tahu tim SDM.\n\n"
        f"{notice}\n\n"
        "Sekarang Anda bisa menulis, misalnya: “pelatihan apa yang cocok untuk saya?”"
    )


def welcome_back(person: Person) -> str:
    return (
        f"Selamat datang kembali, {person.first_name}. Akun Anda sudah terhubung.\n\n"
        "Tulis pertanyaan Anda dengan kalimat biasa, atau pilih di bawah ini."
    )
