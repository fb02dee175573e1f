"""The words of the command line, in Indonesian: what each refusal of the core means to HR, and what they can do next."""

import errno
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.texts import content_refusals
from bot.texts.campaigns import AUDIENCE_HELP, ROLE
from bot.texts.campaigns import STATUS as CAMPAIGN_STATUS
from bot.texts.ticket_entries import STATUS as ENTRY_STATUS
from core.domain import errors
from core.domain.calendar import JAKARTA

if TYPE_CHECKING:
    from core.ports import EmbedderUnavailable

NOT_RUNNING = "Rekan belum berjalan. Jalankan `make run` dahulu (di terminal lain), lalu ulangi perintah ini."

Words = str | Callable[[Any], str]

_TIME_FAULTS = {
    errors.TimeFault.START_IS_PAST: "Waktu mulai sudah lewat. Tulis waktu yang akan datang, seperti 2026-12-01 08:00.",
    errors.TimeFault.ENDS_BEFORE_START: "Waktu selesai harus sesudah waktu mulai.",
    errors.TimeFault.CLOSES_AFTER_START: "Pendaftaran harus ditutup sebelum kelas mulai.",
}

TEXTS: dict[type[errors.CoreError], Words] = {
    errors.NotLinked: "Pegawai ini belum menautkan akun Telegram. Beri kode dengan `rekan people code NIP`.",
    errors.NotYours: "Data itu milik pegawai lain.",
    errors.NotSupervisor: "Permohonan itu harus diputuskan oleh atasan pegawai yang bersangkutan.",
    errors.NotHR: "Hanya petugas kepegawaian yang dapat melakukan ini.",
    errors.RoleMissing: lambda e: (
        f"Petugas ini belum berperan {ROLE.get(e.role, e.role)}. Atur dengan `rekan people role NIP PERAN`."
    ),
    errors.OwnCampaign: lambda e: (
        f"Sosialisasi nomor {e.campaign_id} harus disetujui orang kedua, bukan penulisnya. Pakai --as petugas lain."
    ),
    errors.UnknownCampaign: lambda e: (
        f"Tidak ada sosialisasi nomor {e.campaign_id}. Lihat daftar dengan `rekan campaign status`."
    ),
    errors.NothingToAcknowledge: lambda e: (
        f"Sosialisasi nomor {e.campaign_id} tidak meminta tanda baca dari pegawai ini."
    ),
    errors.UnknownPerson: lambda e: (
        f"Tidak ada pegawai dengan NIP {masked(e.reference)}. Periksa NIP atau impor datanya dahulu."
    ),
    errors.UnknownSession: lambda e: (
        f"Tidak ada kelas dengan kode {e.session_code}. Lihat daftar dengan `rekan report enrollments`."
    ),
    errors.UnknownCourse: lambda e: (
        f"Tidak ada pelatihan {e.reference!r}. Lihat daftar dengan `rekan report enrollments`."
    ),
    errors.UnknownEnrollment: "Pendaftaran itu tidak ditemukan. Periksa nomornya.",
    errors.UnknownSection: lambda e: (
        f"Tidak ada bagian pengetahuan {e.section_id}. Periksa nomornya di folder knowledge/."
    ),
    errors.UnknownTicket: lambda e: f"Tidak ada tiket nomor {e.number}. Periksa nomornya.",
    errors.ContactNotOwn: "Kontak itu bukan milik akun yang membagikannya.",
    errors.PhoneNotReadable: "Nomor telepon tidak terbaca. Tulis seperti +6281234567890.",
    errors.PhoneNotRegistered: "Nomor telepon itu tidak ada di data pegawai. Perbarui datanya dengan `rekan people import`.",
    errors.PhoneAmbiguous: "Nomor telepon itu dipakai beberapa pegawai. Perbaiki datanya dengan `rekan people import`.",
    errors.CodeWrong: lambda e: f"Kode salah; tersisa {e.tries_left} kali percobaan.",
    errors.CodeExpired: "Kode sudah kedaluwarsa. Buat yang baru dengan `rekan people code NIP`.",
    errors.CodeLocked: lambda e: (
        f"Terlalu banyak kode salah. Dapat dicoba lagi pukul {e.opens_at.astimezone(JAKARTA):%H.%M}."
    ),
    errors.EnrollmentClosed: lambda e: f"Pendaftaran kelas {e.session_code} sudah ditutup. Pilih kelas lain.",
    errors.SessionCancelled: lambda e: f"Kelas {e.session_code} dibatalkan. Pilih kelas lain.",
    errors.SessionStarted: lambda e: f"Kelas {e.session_code} sudah dimulai, jadi tidak dapat dibatalkan lagi.",
    errors.SessionFull: lambda e: (
        f"Kelas {e.session_code} penuh ({e.seats} kursi) tanpa daftar tunggu. Pilih kelas lain."
    ),
    errors.UnitQuotaFull: lambda e: f"Jatah {e.unit} di kelas {e.session_code} ({e.seats} kursi) sudah terisi.",
    errors.NotInAudience: lambda e: f"Pelatihan {e.course_code} hanya untuk jenjang: {', '.join(e.audience)}.",
    errors.NotThisEmployment: lambda e: f"Pelatihan {e.course_code} hanya untuk {', '.join(e.employment)}.",
    errors.AlreadyCompleted: lambda e: f"Pelatihan {e.course_code} sudah pernah diikuti pegawai ini.",
    errors.PrerequisiteMissing: lambda e: (
        f"Pelatihan {e.course_code} menuntut {', '.join(e.missing_codes)} diselesaikan lebih dahulu."
    ),
    errors.HoursCeilingReached: lambda e: (
        f"{e.hours} JP lagi melebihi batas {e.ceiling} JP setahun bagi PPPK ({e.year}: {e.done} selesai, {e.booked} terjadwal)."
    ),
    errors.ScheduleClash: lambda e: (
        f"Jadwal {e.session_code} bertabrakan dengan {e.other_session_code} ({e.other_title})."
    ),
    errors.AlreadyDecided: lambda e: f"Pendaftaran nomor {e.enrollment_id} sudah diputuskan sebelumnya.",
    errors.OfferExpired: "Waktu menerima kursi itu sudah habis; kursinya ditawarkan ke antrean berikutnya.",
    errors.AttendanceCodeWrong: lambda e: f"Kode kehadiran salah; tersisa {e.tries_left} kali percobaan.",
    errors.AttendanceCodeOutdated: "Kode kehadiran itu sudah berganti; pakai yang sekarang tampil.",
    errors.AttendanceLocked: lambda e: (
        f"Terlalu banyak kode kehadiran salah. Dapat dicoba lagi pukul {e.opens_at.astimezone(JAKARTA):%H.%M}."
    ),
    errors.AttendanceNotOpen: lambda e: (
        f"Kehadiran kelas {e.session_code} baru dibuka {e.opens_at.astimezone(JAKARTA):%d-%m-%Y pukul %H.%M}."
        if e.opens_at
        else f"Kelas {e.session_code} sudah selesai atau dibatalkan."
    ),
    errors.NotAParticipant: lambda e: f"Pegawai ini tidak memegang kursi di kelas {e.session_code}.",
    errors.AttendanceNotOver: lambda e: (
        f"Kelas {e.session_code} belum selesai; daftar hadir dapat disahkan menjelang "
        f"{e.ends_at.astimezone(JAKARTA):%d-%m-%Y pukul %H.%M}."
    ),
    errors.ListNotConfirmed: lambda e: (
        f"Daftar hadir kelas {e.session_code} belum disahkan. Jalankan `rekan attendance confirm {e.session_code}` dahulu."
    ),
    errors.UnknownCertificate: "TIDAK SAH: tidak ada sertifikat dengan nomor ini. Periksa lagi nomornya.",
    errors.AlreadyEvaluated: lambda e: f"Pelatihan itu sudah dinilai: {e.rating}.",
    errors.RatingOutOfRange: lambda e: f"Nilai harus 1 sampai 5, bukan {e.rating}.",
    errors.NoCertificate: lambda e: f"Belum ada sertifikat untuk {e.title}; sahkan dahulu daftar hadirnya.",
    errors.HoursOutOfRange: lambda e: f"JP harus 0 sampai {e.most}, bukan {e.hours}.",
    errors.NoStaff: "Pegawai ini tidak punya staf, jadi tidak ada keputusan yang dapat didelegasikan.",
    errors.DelegateRefused: "Delegasi hanya kepada staf sendiri atau rekan dengan atasan yang sama.",
    errors.DelegationPeriodRefused: lambda e: (
        f"Hari terakhir delegasi harus hari ini atau sesudahnya, paling lama {e.longest_days} hari."
    ),
    errors.SessionExists: lambda e: f"Kode kelas {e.session_code} sudah dipakai. Pilih kode lain.",
    errors.SeatsTaken: lambda e: (
        f"Kelas {e.session_code} sudah terisi {e.taken} kursi; jumlah kursi tidak bisa kurang dari itu."
    ),
    errors.BadSessionTimes: lambda e: _TIME_FAULTS[e.fault],
    **content_refusals.TEXTS,
    errors.EmptyText: "Teks kosong. Tulis isi pesannya.",
    errors.TextTooLong: lambda e: (
        f"Teks terlalu panjang: {e.length} dari paling banyak {e.limit} huruf. Ringkas dahulu."
    ),
    errors.MarkupBroken: lambda e: (
        f"Tanda bintang di baris {e.line} tidak berpasangan. Huruf tebal ditulis *seperti ini*."
    ),
    errors.UnknownField: lambda e: f"Isian kurung kurawal {e.name!r} tidak dikenal. Yang ada: nama, unit, jp_kurang.",
    errors.BadLink: lambda e: (
        f"Tombol {e.reference!r} salah: judul paling banyak 40 huruf, alamat http(s), paling banyak 4 tombol."
    ),
    errors.AudienceNotReadable: lambda e: f"Bagian sasaran {e.word!r} tidak dipahami. {AUDIENCE_HELP}",
    errors.AudienceUnknown: lambda e: f"{e.reference!r} pada sasaran tidak ada di data. Periksa kodenya.",
    errors.NipListRefused: lambda e: (
        "NIP di berkas itu tersimpan sebagai angka sehingga terpotong. Atur kolomnya sebagai teks."
        if e.is_cut
        else f"Berkas itu berisi {e.count} NIP; yang dapat dipakai 1 sampai {e.most}."
    ),
    errors.AudienceEmpty: "Tidak ada pegawai yang cocok dengan sasaran itu. Perlonggar dengan `rekan campaign audience`.",
    errors.NotAllowedInState: lambda e: (
        f"Sosialisasi nomor {e.campaign_id} berstatus {CAMPAIGN_STATUS.get(e.status, e.status)}, jadi langkah itu ditolak."
    ),
    errors.CampaignChanged: lambda e: (
        f"Sosialisasi nomor {e.campaign_id} sudah diubah. Lihat lagi dengan `rekan campaign show {e.campaign_id}`."
    ),
    errors.ChaseNotPossible: lambda e: (
        f"Pengingat paling banyak {e.most_times} kali, berjarak 1 sampai {e.most_days} hari."
    ),
    errors.TimePassed: lambda e: (
        f"Waktu {e.at.astimezone(JAKARTA):%d-%m-%Y %H.%M} WIB sudah lewat atau melewati batas akhir. Pilih waktu lain."
    ),
    errors.UnknownTopic: lambda e: f"Topik {e.topic!r} tidak ada. Yang ada: {', '.join(e.known)}.",
    errors.UnknownUnit: lambda e: f"Unit {e.unit_code!r} tidak ada di data pegawai. Periksa kodenya.",
    errors.NotAnOfficer: lambda e: f"Pegawai dengan NIP {masked(e.reference)} bukan petugas SDM (kolom is_hr).",
    errors.TicketTaken: lambda e: f"Tiket {e.number} sedang ditangani {e.holder}.",
    errors.TicketAnswered: lambda e: f"Tiket {e.number} sudah dijawab.",
    errors.TicketNotHeld: lambda e: f"Tiket {e.number} tidak sedang ditangani petugas ini.",
    errors.TicketNotAnswered: lambda e: f"Tiket {e.number} belum dijawab.",
    errors.TicketAlreadyReopened: lambda e: f"Tiket {e.number} sudah pernah dibuka lagi.",
    errors.NotYourTicket: lambda e: f"Tiket {e.number} milik pegawai lain.",
    errors.BasisMissing: "Dasarnya harus menyebut peraturan dengan nomornya, dan pasal atau bagiannya.",
    errors.QuestionPersonal: "Pertanyaannya memuat angka panjang seperti NIP; tulis tanpa data pribadi.",
    errors.TooManyQuestions: lambda e: f"Paling banyak {e.most} cara bertanya.",
    errors.EntryIncomplete: lambda e: f"Pengetahuan dari tiket {e.ticket_number} belum lengkap.",
    errors.EntryNotInState: lambda e: (
        f"Pengetahuan dari tiket {e.ticket_number} berstatus {ENTRY_STATUS.get(e.status, e.status)}, jadi langkah itu ditolak."
    ),
    errors.EntryChanged: lambda e: f"Pengetahuan dari tiket {e.ticket_number} sudah diubah.",
    errors.OwnEntry: lambda e: f"Pengetahuan dari tiket {e.ticket_number} harus diperiksa petugas lain.",
    errors.UnknownEntry: lambda e: (
        f"Belum ada pengetahuan dari tiket {e.ticket_number}. Lihat daftar dengan `rekan tickets entries`."
    ),
    errors.BadImport: lambda e: f"{len(e.problems)} kesalahan ditemukan; tidak ada satu baris pun yang diimpor.",
}

_WHY_UNREACHABLE = {
    "Connection refused": "tidak ada server yang menjawab di alamat itu",
    "failed to resolve host": "nama servernya tidak dikenal",
    "timeout": "servernya tidak menjawab",
    "authentication failed": "nama pengguna atau kata sandinya ditolak",
    "no password supplied": "kata sandinya belum diisi",
    "does not exist": "basis data atau penggunanya belum ada di server itu",
    "not an address": "alamatnya tidak terbaca; tulis seperti postgresql://pengguna:sandi@localhost:5432/rekan",
    "only postgresql": "hanya alamat postgresql:// yang dapat dipakai",
}
"""Part of what the driver says: what it means. The rest is shown as the driver said it."""


_WHY_NO_FILE = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "izinnya tidak cukup",
    errno.EPERM: "izinnya tidak cukup",
    errno.ENOTDIR: "sebagian jalurnya bukan folder",
    errno.EISDIR: "itu folder",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOSPC: "ruang disk habis",
}


def because(strerror: str | None) -> str:
    """Why a file cannot be used, from what the system says; just that where we have no words."""
    known = {os.strerror(number): words for number, words in _WHY_NO_FILE.items()}
    return known.get(strerror or "", strerror or "tidak diketahui sebabnya")


def embedder_unavailable(error: "EmbedderUnavailable") -> str:
    return (
        f"Model pencarian dari setelan {error.setting} tidak dapat dipakai ({error.reason}). Periksa {error.setting}, atau "
        "kosongkan untuk memakai model bawaan."
    )


def database_unreachable(address: str, reason: str) -> str:
    """`address` without its password."""
    why = next((words for part, words in _WHY_UNREACHABLE.items() if part in reason), reason)
    return (
        f"Basis data (setelan DATABASE_URL, {address}) tidak dapat dihubungi: {why}. "
        "Periksa servernya dan DATABASE_URL, atau kosongkan untuk memakai basis data bawaan."
    )


def words_for(error: errors.CoreError) -> str:
    """One sentence for a refusal. Raises KeyError for a leaf without words; a test keeps that from happening."""
    words = TEXTS[type(error)]
    return words if isinstance(words, str) else words(error)


def masked(nip: str) -> str:
    """Never a full NIP, not even on the terminal of the person who typed it: terminals are logged and shared.

    The services mask some references themselves; those stay as they are.
    """
    return "•" * max(0, len(nip) - 3) + nip[-3:] if nip.isdecimal() else nip
