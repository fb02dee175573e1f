"""Greeting, asking back, and stopping."""

from collections.abc import Sequence

from actions.replies.reply import (
    ASK_HR,
    CAPABILITIES,
    MY_SCHEDULE,
    TRAININGS,
    Button,
    Reply,
    button,
    plain,
)
from core.domain.courses import Course

GREET_VISITOR = Reply(
    "Halo, saya *Rekan ASN*, asisten pegawai Pemprov Jakarta. Anda bisa bertanya tentang aturan kepegawaian dan melihat "
    "pelatihan yang dibuka.\n\nUntuk mendaftar pelatihan dan melihat catatan Anda, hubungkan akun dulu: ketik /start.",
    (TRAININGS, CAPABILITIES),
)
NOTHING_TO_STOP = Reply("Baik. Tidak ada yang sedang diproses, jadi tidak ada yang berubah.", (TRAININGS, CAPABILITIES))
OUT_OF_SCOPE = (
    Reply(
        "Maaf, hal itu di luar yang bisa saya bantu. Saya mengurus aturan kepegawaian ASN dan pelatihan pegawai Pemprov Jakarta. "
        "Silakan pilih salah satu, atau tulis pertanyaan lain.",
        (TRAININGS, CAPABILITIES, ASK_HR),
    ),
    Reply(
        "Mohon maaf, saya tidak dapat membantu untuk hal itu. Yang saya kuasai: aturan kepegawaian, kebijakan penataan ASN, dan "
        "pelatihan. Anda bisa memilih salah satu di bawah ini.",
        (TRAININGS, CAPABILITIES, ASK_HR),
    ),
)
NOTHING_TO_CONFIRM = (
    Reply(
        "Baik. Saat ini tidak ada yang menunggu jawaban ya atau tidak dari Anda. Silakan tulis apa yang ingin Anda tanyakan.",
        (TRAININGS, CAPABILITIES),
    ),
    Reply(
        "Siap. Tidak ada yang perlu dikonfirmasi sekarang. Anda bisa langsung menulis pertanyaan, atau memilih di bawah ini.",
        (TRAININGS, CAPABILITIES),
    ),
)
STOPPED = {
    "cancel_enrollment_form": Reply(
        "Baik, tidak ada yang dibatalkan. Pendaftaran Anda tetap seperti semula.", (MY_SCHEDULE,)
    ),
    "ticket_form": Reply("Baik, pertanyaan tidak dikirim ke tim SDM. Anda bisa menulis pertanyaan lain kapan saja."),
    "delete_data_form": Reply("Baik, data Anda tidak dihapus dan akun tetap terhubung.", (CAPABILITIES,)),
}

INTENT_CHOICES: dict[str, Button] = {
    "list_trainings": button("Melihat daftar pelatihan", "list_trainings"),
    "training_details": button("Melihat daftar pelatihan", "list_trainings"),
    "recommend_training": button("Mencari pelatihan yang cocok", "recommend_training"),
    "enroll_training": button("Mendaftar pelatihan", "enroll_training"),
    "cancel_enrollment": button("Membatalkan pendaftaran", "cancel_enrollment"),
    "enrollment_status": button("Melihat status pendaftaran", "enrollment_status"),
    "my_schedule": button("Melihat jadwal saya", "my_schedule"),
    "learning_hours": button("Melihat JP saya", "learning_hours"),
    "certificate": button("Sertifikat saya", "certificate"),
    "pending_approvals": button("Persetujuan yang menunggu", "pending_approvals"),
    "ticket_status": button("Melihat tiket saya", "ticket_status"),
    "my_profile": button("Melihat data saya", "my_profile"),
    "capabilities": button("Yang bisa Anda bantu", "capabilities"),
    "verify_bot": button("Memastikan bot ini resmi", "verify_bot"),
    "opt_out": button("Berhenti menerima siaran", "opt_out"),
    "opt_in": button("Menerima siaran lagi", "opt_in"),
}
"""What may be offered back. Deleting data, yes and no, and the small talk are never put into anybody's mouth."""


def greet(first_name: str) -> Reply:
    return Reply(
        f"Halo, {first_name}. Ada yang bisa saya bantu? Tulis saja pertanyaan Anda, atau pilih di bawah ini.",
        (TRAININGS, MY_SCHEDULE, CAPABILITIES),
    )


def feedback(course: Course | None) -> Reply:
    """Thanks; says which training was understood, if one is named."""
    subject = f" tentang *{plain(course.title)}*" if course else ""
    return Reply(
        f"Terima kasih, masukan Anda{subject} berarti. Supaya sampai kepada tim SDM dan bisa ditindaklanjuti, "
        "kirimkan lewat tombol di bawah.",
        (button("Kirim ke tim SDM", "talk_to_hr"),),
    ).about(course)


def stopped(form_name: str | None, is_linked: bool) -> Reply:
    """Outside a form "batal" may well mean a training, which the person can say with one press."""
    if form_name in STOPPED:
        return STOPPED[form_name]
    return NOTHING_TO_STOP.then(button("Batalkan pendaftaran", "cancel_enrollment")) if is_linked else NOTHING_TO_STOP


def did_you_mean(choices: Sequence[Button], suggestions: Sequence[str]) -> Reply:
    custom = {"answered": False, "suggestions": list(suggestions)}
    if not choices:
        return Reply(
            "Maaf, saya belum menangkap maksud Anda. Coba tulis dengan kata lain, misalnya “cuti tahunan berapa hari” "
            "atau “daftar pelatihan bulan depan”. Tim SDM juga bisa membantu.",
            (CAPABILITIES, ASK_HR),
            custom,
        )
    return Reply(
        "Saya belum yakin menangkap maksud Anda. *Maksud Anda …?* Pilih salah satu, atau tulis dengan kata lain.",
        (*choices, ASK_HR),
        custom,
    )
