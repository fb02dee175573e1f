"""What is wrong with a row of an imported file, in Indonesian, as HR reads it beside the line and the column."""

from core.domain.row_problems import FILE, HEADING, ROW, Fault, RowProblem

WORDS: dict[Fault, str] = {
    Fault.REQUIRED: "wajib diisi",
    Fault.TOO_LONG: "paling panjang {limit} karakter",
    Fault.NOT_WHOLE_NUMBER: "“{value}” bukan bilangan bulat",
    Fault.OUT_OF_RANGE: "{value} di luar batas {least} sampai {most}",
    Fault.NOT_AN_OPTION: "“{value}” tidak dikenal; pilih dari: {options}",
    Fault.NOT_YES_OR_NO: "“{value}” tidak dikenal; tulis ya atau tidak",
    Fault.NOT_A_MOMENT: "“{value}” bukan tanggal dan jam; tulis seperti 2026-12-01 08:00",
    Fault.NOT_A_CLOCK: "“{value}” bukan jam; tulis seperti 08:00",
    Fault.NOT_A_DATE: "“{value}” bukan tanggal; tulis seperti 2026-12-01",
    Fault.NOT_A_CODE: "“{value}” bukan kode; hanya huruf, angka, dan tanda hubung",
    Fault.SAME_AS_LINE: "sama dengan baris {line}",
    Fault.NOT_TEXT: "bukan berkas teks CSV (UTF-8)",
    Fault.EMPTY: "berkas kosong",
    Fault.NO_ROWS: "tidak ada baris data di bawah judul",
    Fault.MISSING_COLUMN: "kolom ini tidak ada di baris judul",
    Fault.COLUMN_TWICE: "kolom ini tertulis dua kali di baris judul",
    Fault.CELL_COUNT: "ada {found} kolom, seharusnya {expected}",
    Fault.OPEN_QUOTE: "tanda kutip tidak ditutup atau tidak pada tempatnya",
    Fault.NIP_LENGTH: "NIP harus 18 angka, ini {length} karakter",
    Fault.NIP_MANGLED: "NIP diubah aplikasi lembar kerja; atur kolomnya sebagai teks, lalu isi lagi",
    Fault.NOT_A_PHONE: "bukan nomor telepon yang dapat dibaca",
    Fault.NOT_A_QUOTA: "“{value}” bukan jatah unit; tulis seperti DISDIK:15; DINKES:5",
    Fault.UNKNOWN_PERSON: "NIP ini tidak ada di data pegawai",
    Fault.NOT_AN_OFFICER: "bukan petugas SDM (kolom is_hr di data pegawai)",
    Fault.UNKNOWN_UNIT: "unit kerja “{code}” belum terdaftar",
    Fault.UNKNOWN_PARENT: "unit induk “{code}” tidak ada di berkas ini maupun di data unit",
    Fault.UNKNOWN_SUPERVISOR: "NIP atasan tidak ada di berkas ini maupun di data pegawai",
    Fault.ABOVE_ITSELF: "berputar: mengikuti rantai ke atas kembali ke baris ini sendiri",
    Fault.UNKNOWN_COURSE: "pelatihan “{code}” belum terdaftar",
    Fault.ENDS_BEFORE_START: "selesai harus sesudah mulai",
    Fault.CLOSES_AFTER_START: "pendaftaran harus ditutup sebelum kelas mulai",
    Fault.SEATS_TAKEN: "sudah {taken} kursi terisi",
    Fault.NO_FRONT_MATTER: "tidak ada di kepala dokumen; tulis di antara dua garis --- paling atas",
    Fault.NOT_A_HEADING: "judul bagian harus seperti “## L01 · Cuti tahunan”",
    Fault.NO_SECTION: "tidak ada bagian; mulailah tiap bagian dengan “## L01 · Judul”",
    Fault.NO_SECTION_TEXT: "bagian ini tidak berisi teks",
    Fault.ID_TWICE: "nomor bagian ini tertulis dua kali",
    Fault.ID_HELD: "nomor ini sudah dipakai {holder}",
    Fault.DOCUMENT_KIND: "jenis berkas ini tidak dapat dibaca; simpan sebagai .md, .docx, atau .pdf",
    Fault.DOCUMENT_TOO_LARGE: "lebih besar dari {limit} MB; pisahkan, atau simpan ulang tanpa gambar",
    Fault.DOCUMENT_TOO_LONG: "teksnya lebih dari {limit} huruf; pisahkan menjadi beberapa dokumen",
    Fault.DOCUMENT_TOO_MANY_PAGES: "{pages} halaman, paling banyak {limit}; pisahkan menjadi beberapa dokumen",
    Fault.DOCUMENT_TOO_COSTLY: "terlalu berat untuk dibaca; simpan ulang dari Word atau cetak ulang ke PDF, atau pisahkan",
    Fault.DOCUMENT_BOMB: "isinya mengembang tidak wajar saat dibuka, jadi ditolak; simpan ulang dari Word",
    Fault.DOCUMENT_LOCKED: "dikunci dengan sandi; simpan ulang tanpa sandi",
    Fault.DOCUMENT_BROKEN: "berkas rusak atau bukan yang dikatakan namanya; buka dan simpan ulang",
    Fault.DOCUMENT_EMPTY: "tidak berisi teks",
    Fault.DOCUMENT_SCANNED: (
        "hasil pindaian: {pages} halaman tanpa teks. Jalankan OCR dahulu (misalnya ocrmypdf), atau minta naskah aslinya"
    ),
    Fault.OLD_WORD: "format Word lama (.doc); buka dan simpan sebagai .docx",
    Fault.NO_HEADINGS: (
        "tidak ada judul yang dikenali; pakai gaya Heading di Word, baris BAB/Pasal, atau judul berhuruf lebih besar"
    ),
    Fault.NO_BASIS: (
        "dasar hukumnya tidak tertulis di dokumen; tulis --basis 'Pergub 1/2026', atau --no-basis bila memang tidak ada"
    ),
    Fault.NO_AS_OF: "tanggal keadaannya tidak tertulis di dokumen; tulis --as-of 2026-11-24",
}

PLACES = {FILE: "berkas", ROW: "baris", HEADING: "judul"}


def place_of(problem: RowProblem) -> str:
    """The column, after the file where there are several."""
    column = PLACES.get(problem.column, problem.column)
    return f"{problem.file}: {column}" if problem.file else column


def words_of(problem: RowProblem) -> str:
    facts = {
        name: ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact for name, fact in problem.facts.items()
    }
    return WORDS[problem.fault].format(**facts)
