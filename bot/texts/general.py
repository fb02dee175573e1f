"""Help, small talk the dialogue does not cover, and the calm sentences for when something does not work."""

NOT_READY = (
    "Maaf, saya sedang tidak dapat menjawab, jadi pesan tadi belum saya proses. "
    "Silakan kirim lagi dalam beberapa menit; /bantuan tetap bisa dipakai."
)
TROUBLE = (
    "Maaf, ada gangguan di sisi saya sehingga permintaan tadi belum selesai. Gangguan ini sudah tercatat.\n\n"
    "Silakan coba sekali lagi. Bila tetap gagal, ketik /bantuan untuk jalan lain."
)
BUSY = "Maaf, sedang banyak yang mengurus hal yang sama, jadi permintaan tadi belum saya kerjakan. Silakan coba sekali lagi."
NOTHING_TO_READ = (
    "Saya tidak menemukan kata-kata yang bisa saya baca. Tulis pertanyaan Anda dengan kalimat biasa, "
    "misalnya: “Pelatihan apa yang buka bulan depan?”"
)
NO_REPLY = (
    "Maaf, pesan tadi belum selesai saya proses. Silakan kirim lagi sebentar lagi, "
    "atau ketik “tanya tim SDM” agar saya teruskan kepada petugas."
)
TOO_LONG = (
    "Pesan Anda terlalu panjang untuk saya baca sekaligus. Kirim inti pertanyaannya saja, satu hal dalam satu pesan."
)
OLD_BUTTON = (
    "Tombol lama ini sudah tidak berlaku, dan tidak ada yang berubah karenanya. "
    "Tulis saja keperluan Anda, atau ketik /bantuan."
)
ALREADY_CHOSEN = "Pilihan Anda sudah saya terima."
GROUP_ONLY_PRIVATE = (
    "Demi data pribadi Anda, saya hanya melayani lewat percakapan pribadi, bukan di grup. "
    "Silakan buka @{username} lalu tekan Mulai."
)

# what cannot be read, and what the person can do instead
VOICE = (
    "Maaf, saya belum bisa mendengarkan pesan suara. Silakan tulis pertanyaannya dengan singkat, saya jawab di sini."
)
PICTURE = (
    "Terima kasih, tetapi saya belum bisa melihat gambar atau video. "
    "Tulis isi atau pertanyaannya dengan kata-kata. Jangan kirim foto dokumen pribadi di sini."
)
DOCUMENT = (
    "Terima kasih, tetapi saya belum bisa membaca berkas. Tulis pertanyaannya dengan kata-kata, "
    "atau ketik “tanya tim SDM” bila berkas itu perlu dilihat petugas."
)
LOCATION = (
    "Terima kasih, tetapi saya tidak memerlukan lokasi Anda dan tidak menyimpannya. "
    "Tempat pelatihan bisa Anda tanyakan, misalnya: “di mana pelatihan TIK-03?”"
)
STICKER = "Terima kasih stikernya. Bila ada yang ingin ditanyakan, tulis saja dengan kalimat biasa."
OTHER_KIND = "Maaf, jenis pesan ini belum bisa saya baca. Silakan tulis dengan kalimat biasa, atau ketik /bantuan."
CAPTION_ONLY = "Lampirannya tidak bisa saya baca, jadi saya jawab dari tulisan Anda saja."

_HELP = (
    "*Yang bisa saya bantu*\n"
    "• Pertanyaan tentang aturan kepegawaian dan penataan ASN. Contoh: “Cuti besar berapa lama?”\n"
    "• Pelatihan: jadwal, pendaftaran, pembatalan. Contoh: “Ada kelas data bulan depan?”\n"
    "• Catatan Anda: status pendaftaran, jam pelajaran (JP), jadwal.\n"
    "• Meneruskan pertanyaan kepada tim SDM. Contoh: “Tanya tim SDM”.\n\n"
    "Tulis dengan kalimat biasa, atau pakai perintah:\n"
    "{commands}"
)
_HELP_VISITOR = (
    "\n\nAkun Anda belum terhubung dengan data pegawai. Anda sudah bisa bertanya tentang aturan dan melihat daftar "
    "pelatihan; untuk mendaftar pelatihan, hubungkan akun lewat /start."
)


def help_text(commands: list[tuple[str, str]], *, is_linked: bool) -> str:
    """What the bot can do, with the commands this person has."""
    lines = "\n".join(f"/{name} – {description}" for name, description in commands)
    return _HELP.format(commands=lines) + ("" if is_linked else _HELP_VISITOR)
