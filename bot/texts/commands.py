"""The names and descriptions in Telegram's command menu, by role."""

EVERYBODY = [
    ("start", "Mulai dan hubungkan akun"),
    ("bantuan", "Yang bisa saya bantu"),
    ("pelatihan", "Daftar pelatihan yang dibuka"),
    ("kode", "Hubungkan akun dengan kode dari tim SDM"),
]
EMPLOYEE = [
    ("pelatihan", "Daftar pelatihan yang dibuka"),
    ("status", "Status pendaftaran saya"),
    ("hadir", "Catat kehadiran dengan kode kelas"),
    ("tiket", "Pertanyaan saya kepada tim SDM"),
    ("profil", "Data saya yang dipakai"),
    ("bantuan", "Yang bisa saya bantu"),
    ("batal", "Hentikan isian yang sedang berjalan"),
    ("berhenti", "Putuskan akun dari data pegawai"),
]
APPROVER = [("persetujuan", "Permohonan yang menunggu Anda")]
SUPERVISOR = [
    ("delegasi", "Titipkan keputusan selama Anda berhalangan"),
    ("belumbaca", "Staf Anda yang belum membaca pengumuman"),
]
HR = [
    ("kelas", "Kelas yang akan datang: peserta, perubahan, pembatalan"),
    ("kehadiran", "Kode kehadiran kelas: /kehadiran kode kelas"),
    ("kampanye", "Sosialisasi: tulis, setujui, kirim, pantau"),
    ("laporan", "Laporan sosialisasi: angka, grafik, Excel"),
    ("tiket", "Pertanyaan pegawai yang terbuka"),
    ("jawab", "Jawab tiket: /jawab nomor jawaban"),
]
