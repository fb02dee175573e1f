"""What is said when the subject says no, and when the machine fails. One entry for each leaf of `core.domain.errors`."""

from collections.abc import Callable
from typing import Any

from actions.replies.dates import full_moment
from actions.replies.reply import ASK_HR, CAPABILITIES, MY_SCHEDULE, MY_STATUS, TRAININGS, Reply, button, plain
from actions.replies.status import AUDIENCE_WORDS, status_words
from core.domain import errors
from core.domain.enrollment import Status

TROUBLE = Reply(
    "Maaf, sedang ada gangguan di sisi saya, jadi permintaan ini belum selesai. Silakan coba lagi sebentar lagi. "
    "Bila tetap gagal, hubungi petugas kepegawaian unit Anda."
)
BUSY = Reply("Maaf, sistem sedang ramai dan permintaan ini belum diproses. Silakan coba lagi sebentar lagi.")
UNREADABLE_BUTTON = Reply(
    "Tombol itu tidak bisa saya baca, mungkin sudah lama. Silakan mulai lagi dari sini, atau tulis saja maksud Anda.",
    (TRAININGS, CAPABILITIES),
)
NOT_LINKED = Reply(
    "Untuk hal ini saya perlu tahu siapa Anda. Hubungkan akun ini sekali saja: ketik /start, lalu bagikan nomor HP "
    "Anda yang terdaftar atau masukkan kode dari tim SDM.\n\n"
    "Sementara itu, Anda tetap bisa bertanya tentang aturan kepegawaian dan melihat pelatihan yang dibuka.",
    (TRAININGS, CAPABILITIES),
)

_CANCEL = button("Batalkan pendaftaran", "cancel_enrollment")
_UNKNOWN_SESSION = (
    "Sesi pelatihan itu tidak saya temukan, mungkin sudah dihapus dari jadwal. Silakan pilih dari daftar terbaru."
)

_FOR_HR = Reply(
    "Pengumuman tidak bisa diatur lewat percakapan ini. Hubungi tim SDM bila Anda memerlukannya.", (ASK_HR,)
)
_TICKETS_ELSEWHERE = Reply(
    "Tiket tidak ditangani lewat percakapan ini. Lihat pertanyaan Anda kepada tim SDM dengan /tiket.", (ASK_HR,)
)

_TABLE: dict[type[errors.CoreError], Callable[[Any], Reply]] = {
    errors.NotLinked: lambda e: NOT_LINKED,
    errors.NotYours: lambda e: Reply(
        "Data itu bukan atas nama Anda, jadi tidak bisa saya buka atau ubah. Anda bisa melihat pendaftaran Anda sendiri.",
        (MY_STATUS,),
    ),
    errors.NotSupervisor: lambda e: Reply(
        "Permintaan itu menunggu keputusan atasan yang lain. Permintaan untuk Anda bisa dilihat dengan /persetujuan.",
        (CAPABILITIES,),
    ),
    errors.NotHR: lambda e: Reply(
        "Hal itu hanya bisa dilakukan tim SDM. Bila Anda memerlukannya, kirim pertanyaan kepada mereka.", (ASK_HR,)
    ),
    errors.UnknownPerson: lambda e: Reply(
        "Pegawai itu tidak saya temukan dalam data kepegawaian. Mohon periksa lagi, atau tanyakan kepada tim SDM.",
        (ASK_HR,),
    ),
    errors.UnknownSession: lambda e: Reply(_UNKNOWN_SESSION, (TRAININGS,)),
    errors.UnknownCourse: lambda e: Reply(
        "Pelatihan itu tidak saya temukan di katalog. Silakan lihat daftar yang sedang dibuka.", (TRAININGS,)
    ),
    errors.UnknownEnrollment: lambda e: Reply(
        "Pendaftaran itu tidak saya temukan. Silakan lihat pendaftaran Anda yang tercatat.", (MY_STATUS,)
    ),
    errors.UnknownSection: lambda e: Reply(
        "Bagian itu sudah tidak ada di basis pengetahuan saya. Silakan tulis pertanyaan Anda, saya carikan yang terbaru.",
        (ASK_HR,),
    ),
    errors.UnknownTicket: lambda e: Reply(
        "Tiket itu tidak saya temukan. Silakan lihat tiket Anda yang tercatat.",
        (button("Tiket saya", "ticket_status"),),
    ),
    errors.ContactNotOwn: lambda e: Reply(
        "Kontak itu bukan milik akun ini. Ketik /start, lalu bagikan nomor HP Anda sendiri lewat tombol yang muncul."
    ),
    errors.PhoneNotReadable: lambda e: Reply("Nomor HP itu tidak terbaca. Ketik /start untuk mencoba lagi."),
    errors.PhoneNotRegistered: lambda e: Reply(
        "Nomor HP itu belum tercatat di data kepegawaian. Minta kode penghubung kepada tim SDM unit Anda, "
        "lalu ketik /start."
    ),
    errors.PhoneAmbiguous: lambda e: Reply(
        "Nomor HP itu tercatat untuk lebih dari satu pegawai. Minta kode penghubung kepada tim SDM unit Anda, "
        "lalu ketik /start."
    ),
    errors.CodeWrong: lambda e: Reply(
        f"Kode itu tidak cocok. Sisa percobaan: {e.tries_left}. Periksa lagi kode dari tim SDM, lalu ketik /start."
    ),
    errors.CodeExpired: lambda e: Reply("Kode itu sudah tidak berlaku. Minta kode baru kepada tim SDM unit Anda."),
    errors.CodeLocked: lambda e: Reply(
        f"Terlalu banyak kode yang keliru. Anda bisa mencoba lagi pada {full_moment(e.opens_at)}."
    ),
    errors.EnrollmentClosed: lambda e: Reply(
        f"Pendaftaran sesi {e.session_code} sudah ditutup pada {full_moment(e.closed_at)}. "
        "Silakan pilih sesi atau pelatihan lain.",
        (TRAININGS, ASK_HR),
    ),
    errors.SessionCancelled: lambda e: Reply(
        f"Sesi {e.session_code} dibatalkan oleh penyelenggara. Silakan pilih sesi atau pelatihan lain.",
        (TRAININGS, ASK_HR),
    ),
    errors.SessionStarted: lambda e: Reply(
        f"Sesi {e.session_code} sudah dimulai pada {full_moment(e.starts_at)}, jadi tidak bisa dibatalkan lewat sini. "
        "Bila Anda berhalangan, sampaikan kepada tim SDM.",
        (ASK_HR,),
    ),
    errors.SessionFull: lambda e: Reply(
        f"Sesi {e.session_code} sudah penuh ({e.seats} kursi) dan tidak memakai daftar tunggu. "
        "Silakan pilih sesi atau pelatihan lain.",
        (TRAININGS, ASK_HR),
    ),
    errors.UnitQuotaFull: lambda e: Reply(
        f"Jatah {plain(e.unit)} di sesi {e.session_code} ({e.seats} kursi) sudah terisi, walaupun kelasnya belum penuh, dan sesi "
        "ini tidak memakai daftar tunggu. Silakan pilih sesi lain, atau tanyakan tambahan jatah kepada tim SDM.",
        (TRAININGS, ASK_HR),
    ),
    errors.NotInAudience: lambda e: Reply(
        f"Pelatihan {e.course_code} diperuntukkan bagi jabatan {_listed(e.audience)}, "
        "sedangkan jabatan Anda yang tercatat berbeda. Saya bisa mencarikan yang sesuai.",
        (button("Pelatihan untuk saya", "recommend_training"), ASK_HR),
    ),
    errors.NotThisEmployment: lambda e: Reply(
        f"Pelatihan {e.course_code} hanya untuk {' dan '.join(e.employment)}, sedangkan status kepegawaian Anda yang "
        "tercatat berbeda. Saya bisa mencarikan yang sesuai.",
        (button("Pelatihan untuk saya", "recommend_training"), ASK_HR),
    ),
    errors.AlreadyCompleted: lambda e: Reply(
        f"*{plain(e.title)}* ({e.course_code}) sudah pernah Anda ikuti, jadi tidak perlu diulang. Kursinya untuk rekan lain; "
        "saya bisa mencarikan lanjutannya.",
        (button("Pelatihan untuk saya", "recommend_training"), MY_STATUS),
    ),
    errors.PrerequisiteMissing: lambda e: Reply(
        f"Sebelum {e.course_code}, selesaikan dulu: {_courses(e)}. Bila sudah pernah mengikutinya di luar catatan saya, "
        "sampaikan kepada tim SDM.",
        (*(button(code, "show_course", course=code) for code in e.missing_codes), ASK_HR),
    ),
    errors.HoursCeilingReached: lambda e: Reply(
        f"PPPK boleh mengikuti paling banyak {e.ceiling} JP setahun. Tahun {e.year} Anda sudah {e.done} JP selesai dan "
        f"{e.booked} JP terjadwal, jadi {e.hours} JP lagi melebihi batas. Pilih yang lebih singkat, batalkan yang "
        "terjadwal, atau ikuti tahun depan.",
        (button("JP saya", "learning_hours"), _CANCEL, TRAININGS),
    ),
    errors.ScheduleClash: lambda e: Reply(
        f"Jadwal *{plain(e.title)}* ({e.session_code}) bertabrakan dengan *{plain(e.other_title)}* ({e.other_session_code}) "
        "yang sudah Anda ikuti. Pilih sesi lain, atau batalkan dulu yang itu.",
        (MY_SCHEDULE, _CANCEL, TRAININGS),
    ),
    errors.AlreadyDecided: lambda e: Reply(
        f"Tidak ada yang diubah: pendaftaran itu {status_words(Status(e.status))}.", (MY_STATUS, TRAININGS)
    ),
    errors.OfferExpired: lambda e: Reply(
        "Batas waktu tawaran kursi itu sudah lewat dan kursinya ditawarkan kepada antrean berikutnya.",
        (MY_STATUS, TRAININGS),
    ),
    errors.AttendanceCodeWrong: lambda e: Reply(
        f"Kode kehadiran itu tidak cocok. Sisa percobaan: {e.tries_left}. Kirim dengan /hadir diikuti kode di layar kelas."
    ),
    errors.AttendanceCodeOutdated: lambda e: Reply(
        "Kode kehadiran itu sudah berganti. Kirim kode yang sekarang tampil dengan /hadir diikuti kodenya."
    ),
    errors.AttendanceLocked: lambda e: Reply(
        f"Terlalu banyak kode kehadiran yang keliru. Anda bisa mencoba lagi pada {full_moment(e.opens_at)}."
    ),
    errors.AttendanceNotOpen: lambda e: Reply(
        f"Kehadiran sesi {e.session_code} dibuka mulai {full_moment(e.opens_at)}."
        if e.opens_at
        else f"Sesi {e.session_code} sudah selesai atau dibatalkan, jadi kehadirannya tidak bisa dicatat lagi."
    ),
    errors.NotAParticipant: lambda e: Reply(
        f"Anda tidak tercatat sebagai peserta *{e.title}* ({e.session_code}), jadi kehadirannya belum dicatat.",
        (MY_STATUS, ASK_HR),
    ),
    errors.NoStaff: lambda e: Reply(
        "Menurut data kepegawaian, Anda belum memutuskan permohonan siapa pun, jadi tidak ada yang didelegasikan.",
        (ASK_HR,),
    ),
    errors.DelegateRefused: lambda e: Reply(
        "Delegasi hanya untuk staf Anda sendiri atau rekan yang atasannya sama. Pilihannya muncul bila Anda mengetik "
        "/delegasi."
    ),
    errors.DelegationPeriodRefused: lambda e: Reply(
        f"Delegasi bisa dibuat sampai hari ini atau sesudahnya, paling lama {e.longest_days} hari. Ketik /delegasi untuk "
        "mengulang."
    ),
    errors.AttendanceNotOver: lambda e: Reply(
        f"Daftar hadir sesi {e.session_code} baru bisa disahkan menjelang selesainya, {full_moment(e.ends_at)}."
    ),
    errors.ListNotConfirmed: lambda e: Reply(f"Daftar hadir sesi {e.session_code} belum disahkan petugas."),
    errors.UnknownCertificate: lambda e: Reply("Nomor sertifikat itu tidak terdaftar. Mohon periksa lagi nomornya."),
    errors.AlreadyEvaluated: lambda e: Reply(f"Nilai Anda untuk pelatihan itu sudah tersimpan: {e.rating}."),
    errors.RatingOutOfRange: lambda e: Reply("Nilainya satu angka dari 1 sampai 5."),
    errors.NoCertificate: lambda e: Reply(
        f"Sertifikat untuk *{e.title}* belum ada; terbitnya setelah petugas mengesahkan daftar hadir.", (MY_STATUS,)
    ),
    errors.HoursOutOfRange: lambda e: Reply(f"JP sesi itu paling banyak {e.most}, bukan {e.hours}."),
    errors.SessionExists: lambda e: Reply(f"Kode kelas {e.session_code} sudah dipakai. Daftar kelas ada di /kelas."),
    errors.SeatsTaken: lambda e: Reply(
        f"Kelas {e.session_code} sudah terisi {e.taken} kursi, jadi jumlahnya tidak bisa kurang dari itu."
    ),
    errors.BadSessionTimes: lambda e: Reply(
        "Waktu kelas itu tidak urut, jadi tidak ada yang diubah. Silakan lihat /kelas."
    ),
    errors.EmptyText: lambda e: Reply("Pesannya kosong. Silakan tulis pertanyaan Anda dengan kalimat biasa."),
    errors.TextTooLong: lambda e: Reply(
        f"Pesan itu terlalu panjang ({e.length} karakter, paling banyak {e.limit}). Mohon ringkas, lalu kirim lagi."
    ),
    # campaigns are HR's, whose words stand in bot/texts; the dialogue only ever passes these on
    errors.CaptionTooLong: lambda e: _FOR_HR,
    errors.BadFile: lambda e: _FOR_HR,
    errors.BadQuiz: lambda e: _FOR_HR,
    errors.BadSeries: lambda e: _FOR_HR,
    errors.AnchorNotReadable: lambda e: _FOR_HR,
    errors.NothingToAnswer: lambda e: _FOR_HR,
    errors.RoleMissing: lambda e: _FOR_HR,
    errors.OwnCampaign: lambda e: _FOR_HR,
    errors.UnknownCampaign: lambda e: _FOR_HR,
    errors.NothingToAcknowledge: lambda e: _FOR_HR,
    errors.MarkupBroken: lambda e: _FOR_HR,
    errors.UnknownField: lambda e: _FOR_HR,
    errors.BadLink: lambda e: _FOR_HR,
    errors.AudienceNotReadable: lambda e: _FOR_HR,
    errors.AudienceUnknown: lambda e: _FOR_HR,
    errors.AudienceEmpty: lambda e: _FOR_HR,
    errors.NipListRefused: lambda e: _FOR_HR,
    errors.NotAllowedInState: lambda e: _FOR_HR,
    errors.CampaignChanged: lambda e: _FOR_HR,
    errors.ChaseNotPossible: lambda e: _FOR_HR,
    errors.TimePassed: lambda e: _FOR_HR,
    # tickets are answered in the bot's own desk
    errors.UnknownTopic: lambda e: _TICKETS_ELSEWHERE,
    errors.UnknownUnit: lambda e: _TICKETS_ELSEWHERE,
    errors.NotAnOfficer: lambda e: _TICKETS_ELSEWHERE,
    errors.TicketTaken: lambda e: _TICKETS_ELSEWHERE,
    errors.TicketAnswered: lambda e: _TICKETS_ELSEWHERE,
    errors.TicketNotHeld: lambda e: _TICKETS_ELSEWHERE,
    errors.TicketNotAnswered: lambda e: _TICKETS_ELSEWHERE,
    errors.TicketAlreadyReopened: lambda e: _TICKETS_ELSEWHERE,
    errors.NotYourTicket: lambda e: _TICKETS_ELSEWHERE,
    errors.BasisMissing: lambda e: _TICKETS_ELSEWHERE,
    errors.QuestionPersonal: lambda e: _TICKETS_ELSEWHERE,
    errors.TooManyQuestions: lambda e: _TICKETS_ELSEWHERE,
    errors.EntryIncomplete: lambda e: _TICKETS_ELSEWHERE,
    errors.EntryNotInState: lambda e: _TICKETS_ELSEWHERE,
    errors.EntryChanged: lambda e: _TICKETS_ELSEWHERE,
    errors.OwnEntry: lambda e: _TICKETS_ELSEWHERE,
    errors.UnknownEntry: lambda e: _TICKETS_ELSEWHERE,
    errors.BadImport: lambda e: Reply(
        f"Berkas itu memuat {len(e.problems)} baris yang keliru dan tidak ada yang disimpan. Mohon perbaiki dulu."
    ),
}


def refusal(error: errors.CoreError) -> Reply:
    """The words for a refusal of the subject."""
    return _TABLE[type(error)](error)


def _courses(error: errors.PrerequisiteMissing) -> str:
    named = zip(error.missing_titles, error.missing_codes, strict=False)
    return ", ".join(f"*{plain(title)}* ({code})" for title, code in named)


def _listed(levels: tuple[str, ...]) -> str:
    return ", ".join(AUDIENCE_WORDS.get(level, level) for level in levels)
