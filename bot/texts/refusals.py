"""One calm sentence, with a way on, for each way the subject says no (`core/domain/errors/`). A test walks the tree."""

from collections.abc import Callable
from typing import Any

from bot.texts import campaigns, content_refusals, dates, general, ticket_entries
from core.domain import errors
from core.domain.errors import CoreError

STATUS_WORDS = {
    "requested": "menunggu persetujuan",
    "confirmed": "sudah terdaftar",
    "declined": "tidak disetujui",
    "waitlisted": "dalam daftar tunggu",
    "offered": "ditawari kursi",
    "lapsed": "berakhir tanpa kursi",
    "cancelled": "sudah dibatalkan",
    "attended": "sudah hadir",
    "no_show": "tidak hadir",
    "completed": "sudah selesai",
}

NOT_A_PARTICIPANT = {
    None: "Anda belum terdaftar di",
    "requested": "pendaftaran Anda masih menunggu persetujuan atasan untuk",
    "declined": "pendaftaran Anda tidak disetujui untuk",
    "waitlisted": "Anda masih dalam daftar tunggu",
    "offered": "tawaran kursinya belum Anda ambil untuk",
    "lapsed": "tawaran kursinya sudah lewat untuk",
    "cancelled": "pendaftaran Anda sudah dibatalkan untuk",
    "no_show": "petugas sudah menutup daftar hadir dan mencatat Anda tidak hadir di",
}
"""Why somebody with the right code is not on the list, by the state of their enrollment."""

_ASK_HR = "Bila perlu bantuan, ketik “tanya tim SDM”."

_TIME_FAULTS = {
    errors.TimeFault.START_IS_PAST: "Waktu mulai itu sudah lewat, jadi tidak ada yang saya ubah. Tulis waktu yang akan datang.",
    errors.TimeFault.ENDS_BEFORE_START: "Waktu selesai harus sesudah waktu mulai, jadi tidak ada yang saya ubah.",
    errors.TimeFault.CLOSES_AFTER_START: "Pendaftaran harus ditutup sebelum kelas mulai, jadi tidak ada yang saya ubah.",
}

TEXTS: dict[type[CoreError], str | Callable[[Any], str]] = {
    **content_refusals.TEXTS,
    errors.NotLinked: (
        "Untuk ini saya perlu tahu siapa Anda. Hubungkan akun Anda dulu lewat /start; hanya perlu sekali."
    ),
    errors.NotYours: "Catatan itu bukan milik Anda, jadi tidak saya ubah. Lihat milik Anda dengan /status.",
    errors.NotSupervisor: (
        "Permohonan itu diputuskan oleh atasan pegawai yang bersangkutan, jadi tidak saya ubah. "
        "Permohonan yang menunggu Anda: /persetujuan."
    ),
    errors.NotHR: f"Perintah itu hanya untuk petugas tim SDM. {_ASK_HR}",
    errors.RoleMissing: lambda e: (
        f"Untuk itu Anda perlu peran {campaigns.ROLE.get(e.role, e.role)}. Peran diatur oleh admin dengan `rekan people role`."
    ),
    errors.OwnCampaign: (
        "Sosialisasi harus disetujui orang kedua, bukan penulisnya sendiri. Mintalah petugas lain menekan *Setujui*."
    ),
    errors.UnknownCampaign: lambda e: f"Sosialisasi nomor {e.campaign_id} tidak ada. Periksa nomornya.",
    errors.NothingToAcknowledge: campaigns.NOTHING_TO_ACKNOWLEDGE,
    errors.UnknownPerson: "Pegawai itu tidak saya temukan di data kepegawaian. Periksa lagi NIP-nya.",
    errors.UnknownSession: "Jadwal itu sudah tidak ada. Lihat yang dibuka dengan /pelatihan.",
    errors.UnknownCourse: "Pelatihan itu tidak saya temukan. Lihat yang dibuka dengan /pelatihan.",
    errors.UnknownEnrollment: "Pendaftaran itu tidak saya temukan. Lihat pendaftaran Anda dengan /status.",
    errors.UnknownSection: "Bagian aturan itu sudah tidak ada. Silakan tulis lagi pertanyaan Anda.",
    errors.UnknownTicket: lambda e: f"Tiket nomor {e.number} tidak ada. Lihat tiket yang terbuka dengan /tiket.",
    errors.ContactNotOwn: (
        "Kontak itu bukan nomor akun Anda sendiri, jadi tidak bisa dipakai. "
        "Tekan tombol *Bagikan nomor* di bawah kolom tulis; nomor yang diteruskan juga tidak bisa."
    ),
    errors.PhoneNotReadable: (
        "Nomor pada kontak itu tidak dapat saya baca. Minta kode kepada tim SDM unit Anda, lalu kirim dengan /kode."
    ),
    errors.PhoneNotRegistered: (
        "Nomor Anda belum ada di data kepegawaian, mungkin nomor lama yang tercatat. "
        "Minta kode kepada tim SDM unit Anda, lalu kirim dengan /kode. Bertanya tentang aturan tetap bisa."
    ),
    errors.PhoneAmbiguous: (
        "Nomor Anda tercatat pada lebih dari satu pegawai, jadi saya tidak menebak. "
        "Minta kode kepada tim SDM unit Anda, lalu kirim dengan /kode."
    ),
    errors.CodeWrong: lambda e: (
        f"Kode itu tidak cocok. Periksa lagi huruf dan angkanya; masih ada {e.tries_left} kesempatan. "
        "Bila kodenya hilang, minta yang baru kepada tim SDM."
    ),
    errors.CodeExpired: "Kode itu sudah lewat masa berlakunya. Minta kode baru kepada tim SDM unit Anda.",
    errors.CodeLocked: lambda e: (
        f"Terlalu banyak kode yang salah. Anda bisa mencoba lagi {dates.moment(e.opens_at)}. "
        "Bertanya tentang aturan dan melihat pelatihan tetap bisa."
    ),
    errors.EnrollmentClosed: lambda e: (
        f"Pendaftaran jadwal itu sudah ditutup {dates.moment(e.closed_at)}. Lihat jadwal lain dengan /pelatihan."
    ),
    errors.SessionCancelled: "Jadwal itu dibatalkan penyelenggara. Lihat jadwal lain dengan /pelatihan.",
    errors.SessionStarted: lambda e: (
        f"Pelatihan itu sudah mulai {dates.moment(e.starts_at)}, jadi tidak bisa diubah lewat saya. {_ASK_HR}"
    ),
    errors.SessionFull: lambda e: (
        f"Kursi jadwal itu sudah penuh ({e.seats} kursi) dan tidak ada daftar tunggunya. "
        "Lihat jadwal lain dengan /pelatihan."
    ),
    errors.UnitQuotaFull: lambda e: (
        f"Jatah {e.unit} pada jadwal itu ({e.seats} kursi) sudah terisi dan tidak ada daftar tunggunya. "
        "Lihat jadwal lain dengan /pelatihan."
    ),
    errors.NotInAudience: lambda e: (
        f"Pelatihan itu untuk jenjang {', '.join(e.audience)}. "
        "Tulis “pelatihan apa yang cocok untuk saya?” agar saya carikan yang lain."
    ),
    errors.NotThisEmployment: lambda e: (
        f"Pelatihan {e.course_code} hanya untuk {' dan '.join(e.employment)}. "
        "Tulis “pelatihan apa yang cocok untuk saya?” agar saya carikan yang lain."
    ),
    errors.AlreadyCompleted: lambda e: (
        f"{e.title} ({e.course_code}) sudah pernah Anda ikuti, jadi kursinya untuk rekan lain. "
        "Lihat jadwal lain dengan /pelatihan."
    ),
    errors.PrerequisiteMissing: lambda e: (
        f"Pelatihan {e.course_code} menuntut Anda menyelesaikan dulu: {', '.join(e.missing_titles)} "
        f"({', '.join(e.missing_codes)}). Bila sudah pernah, ketik “tanya tim SDM”."
    ),
    errors.HoursCeilingReached: lambda e: (
        f"PPPK paling banyak {e.ceiling} JP setahun, dan pada {e.year} Anda sudah {e.done} JP selesai serta {e.booked} JP "
        f"terjadwal; {e.hours} JP lagi melebihi batas itu. Batalkan dulu yang terjadwal lewat /status, atau pilih yang "
        "lebih singkat di /pelatihan."
    ),
    errors.ScheduleClash: lambda e: (
        f"{e.title} ({e.session_code}) bentrok dengan pelatihan Anda yang lain: {e.other_title} ({e.other_session_code}). "
        "Lihat jadwal Anda dengan /status."
    ),
    errors.AlreadyDecided: lambda e: (
        f"Ini sudah diputuskan sebelumnya: {STATUS_WORDS.get(e.status, e.status)}. Tidak ada yang berubah. "
        "Rinciannya di /status."
    ),
    errors.OfferExpired: (
        "Batas waktu tawaran itu sudah lewat, jadi kursinya ditawarkan kepada antrean berikutnya. "
        "Lihat jadwal lain dengan /pelatihan."
    ),
    errors.AttendanceCodeWrong: lambda e: (
        f"Kode itu tidak cocok dengan kelas yang sedang berlangsung. Lihat lagi kode di layar kelas; "
        f"masih ada {e.tries_left} kesempatan."
    ),
    errors.AttendanceCodeOutdated: (
        "Kode itu sudah berganti. Lihat kode yang sekarang tampil di layar kelas, lalu kirim lagi: /hadir diikuti kodenya."
    ),
    errors.AttendanceLocked: lambda e: (
        f"Terlalu banyak kode yang salah. Anda bisa mencoba lagi {dates.moment(e.opens_at)}, "
        "atau minta pengajar mencatat kehadiran Anda."
    ),
    errors.AttendanceNotOpen: lambda e: (
        f"Kode kehadiran kelas {e.session_code} baru bisa ditampilkan mulai {dates.moment(e.opens_at)}."
        if e.opens_at
        else f"Kelas {e.session_code} sudah selesai atau dibatalkan, jadi kode kehadirannya tidak ada lagi."
    ),
    errors.NotAParticipant: lambda e: (
        f"Kodenya benar, tetapi {NOT_A_PARTICIPANT.get(e.status, NOT_A_PARTICIPANT[None])} *{e.title}* "
        f"({e.session_code}), jadi kehadiran belum saya catat. Sampaikan kepada pengajar atau petugas kelas bila ini keliru."
    ),
    errors.NoStaff: (
        "Belum ada pegawai yang permohonannya diputuskan oleh Anda, jadi tidak ada yang perlu didelegasikan. " + _ASK_HR
    ),
    errors.DelegateRefused: (
        "Keputusan hanya dapat didelegasikan kepada staf Anda sendiri atau rekan dengan atasan yang sama. "
        "Ketik /delegasi untuk melihat pilihannya."
    ),
    errors.DelegationPeriodRefused: lambda e: (
        f"Delegasi paling cepat berakhir hari ini dan paling lama {e.longest_days} hari. "
        "Ketik /delegasi diikuti nama dan tanggal terakhirnya."
    ),
    errors.AttendanceNotOver: lambda e: (
        f"Daftar hadir kelas {e.session_code} baru bisa disahkan menjelang selesainya, {dates.moment(e.ends_at)}."
    ),
    errors.ListNotConfirmed: lambda e: (
        f"Daftar hadir kelas {e.session_code} belum disahkan, jadi belum ada JP yang bisa dikoreksi."
    ),
    errors.UnknownCertificate: (
        "Nomor sertifikat itu tidak terdaftar, jadi keasliannya *tidak* dapat dipastikan. "
        "Periksa lagi nomornya, atau tanyakan kepada tim SDM."
    ),
    errors.AlreadyEvaluated: lambda e: f"Nilai Anda untuk pelatihan itu sudah tersimpan: {e.rating}.",
    errors.RatingOutOfRange: "Nilai itu tidak ada pada pilihan. Pilih satu angka dari 1 sampai 5.",
    errors.NoCertificate: lambda e: (
        f"Sertifikat untuk *{e.title}* belum ada; keadaannya: {STATUS_WORDS.get(e.status, e.status)}. "
        "Sertifikat terbit setelah petugas mengesahkan daftar hadir."
    ),
    errors.HoursOutOfRange: lambda e: f"JP yang dicatat paling sedikit 0 dan paling banyak {e.most}, bukan {e.hours}.",
    errors.SessionExists: lambda e: f"Kode kelas {e.session_code} sudah dipakai. Pilih kode lain; daftarnya di /kelas.",
    errors.SeatsTaken: lambda e: (
        f"Kelas {e.session_code} sudah terisi {e.taken} kursi, jadi jumlahnya tidak bisa kurang dari itu. Lihat /kelas."
    ),
    errors.BadSessionTimes: lambda e: _TIME_FAULTS[e.fault],
    errors.EmptyText: "Isinya masih kosong. Tulis isinya setelah perintah, lalu kirim lagi.",
    errors.TextTooLong: lambda e: (
        f"Tulisan itu {e.length} karakter, paling banyak {e.limit}. Ringkaskan, lalu kirim lagi."
    ),
    errors.MarkupBroken: lambda e: (
        f"Tanda bintang di baris {e.line} tidak berpasangan. Untuk huruf tebal tulis *seperti ini*, lalu kirim lagi."
    ),
    errors.UnknownField: lambda e: (
        f"Isian “{e.name}” dalam kurung kurawal tidak saya kenal. Yang ada: nama, unit, jp_kurang."
    ),
    errors.BadLink: lambda e: (
        f"Tombol “{e.reference}” belum benar: judul paling banyak 40 huruf dan alamat https, paling banyak 4 tombol."
    ),
    errors.AudienceNotReadable: lambda e: f"Bagian sasaran “{e.word}” tidak saya pahami. {campaigns.AUDIENCE_HELP}",
    errors.AudienceUnknown: lambda e: f"“{e.reference}” pada sasaran tidak ada di data. Periksa kodenya.",
    errors.NipListRefused: lambda e: (
        "Excel menyimpan NIP di berkas itu sebagai angka, jadi tiga angka terakhirnya hilang. Atur kolomnya sebagai teks, "
        "isi ulang NIP-nya, lalu kirim lagi."
        if e.is_cut
        else f"Di berkas itu ada {e.count} NIP; yang bisa saya pakai 1 sampai {e.most}. Kirim berkas .xlsx, .csv, atau .txt "
        "berisi NIP 18 angka."
    ),
    errors.AudienceEmpty: "Tidak ada seorang pun yang cocok dengan sasaran itu. Perlonggar sasarannya dahulu.",
    errors.NotAllowedInState: lambda e: (
        f"Sosialisasi nomor {e.campaign_id} sekarang {campaigns.STATUS.get(e.status, e.status)}, jadi langkah itu tidak bisa."
    ),
    errors.CampaignChanged: lambda e: (
        f"Sosialisasi nomor {e.campaign_id} sudah diubah sejak pesan ini. Setujui dari pesan yang terbaru."
    ),
    errors.ChaseNotPossible: lambda e: (
        f"Pengingat paling banyak {e.most_times} kali, berjarak 1 sampai {e.most_days} hari. Ubah angkanya dahulu."
    ),
    errors.TimePassed: lambda e: (
        f"Waktu {dates.moment(e.at)} tidak bisa dipakai karena sudah lewat atau melewati batas akhir."
    ),
    errors.UnknownTopic: lambda e: f"Topik “{e.topic}” tidak ada. Yang ada: {', '.join(map(str, e.known))}.",
    errors.UnknownUnit: lambda e: f"Unit “{e.unit_code}” tidak ada di data kepegawaian. Periksa kodenya.",
    errors.NotAnOfficer: "Pegawai itu bukan petugas tim SDM, jadi tidak dapat menangani tiket.",
    errors.TicketTaken: lambda e: (
        f"Tiket {e.number} sedang ditangani {e.holder}, jadi tidak ada yang berubah. Tiket yang lain ada di /tiket."
    ),
    errors.TicketAnswered: lambda e: (
        f"Tiket {e.number} sudah dijawab{' ' + e.holder if e.holder else ''}, jadi tidak ada yang berubah. "
        "Tiket yang terbuka ada di /tiket."
    ),
    errors.TicketNotHeld: lambda e: (
        f"Tiket {e.number} tidak sedang Anda tangani, jadi tidak ada yang dilepas. Tiket yang terbuka ada di /tiket."
    ),
    errors.TicketNotAnswered: lambda e: (
        f"Tiket {e.number} masih menunggu jawaban; saya kabari Anda begitu ada. Keadaannya dapat dilihat di /tiket."
    ),
    errors.TicketAlreadyReopened: lambda e: (
        f"Tiket {e.number} sudah pernah dibuka lagi. Bila masih ada yang kurang, ketik “tanya tim SDM” untuk tiket baru."
    ),
    errors.NotYourTicket: "Tiket itu bukan milik Anda, jadi tidak saya buka. Pertanyaan Anda ada di /tiket.",
    errors.BasisMissing: lambda e: ticket_entries.BASIS_FAULTS[e.fault],
    errors.QuestionPersonal: (
        "Ada angka panjang seperti NIP atau nomor telepon di pertanyaan itu. Tulis lagi secara umum, tanpa data pribadi."
    ),
    errors.TooManyQuestions: lambda e: (
        f"Paling banyak {e.most} cara bertanya, satu tiap baris. Pilih yang paling lazim."
    ),
    errors.EntryIncomplete: "Pertanyaan, jawaban, dan dasarnya harus lengkap sebelum diajukan. Lengkapi dahulu yang kurang.",
    errors.EntryNotInState: lambda e: (
        f"Pengetahuan dari tiket {e.ticket_number} sekarang {ticket_entries.STATUS.get(e.status, e.status)}, "
        "jadi langkah itu tidak bisa."
    ),
    errors.EntryChanged: lambda e: (
        f"Pengetahuan dari tiket {e.ticket_number} sudah diubah sejak pesan ini. Periksa dari pesan yang terbaru."
    ),
    errors.OwnEntry: "Pengetahuan diperiksa petugas lain, bukan penulisnya. Mintalah rekan Anda menekan *Setujui*.",
    errors.UnknownEntry: lambda e: f"Belum ada pengetahuan dari tiket {e.ticket_number}. Lihat tiketnya di /tiket.",
    errors.BadImport: lambda e: f"Berkas itu belum bisa diterima: {len(e.problems)} baris perlu diperbaiki.",
}


def refusal_text(error: CoreError) -> str:
    """The sentence for a refusal; the nearest ancestor's, and at last the calm one, for a leaf without its own."""
    for kind in type(error).__mro__:
        text = TEXTS.get(kind)
        if text is not None:
            return text if isinstance(text, str) else text(error)
    return general.TROUBLE
