"""What staff asked about before and after a campaign, as HR reads it."""

from datetime import datetime

from bot.texts import campaigns
from core.domain.calendar import jakarta
from core.domain.question_topics import TopicChange, TopicComparison
from core.services.spreadsheets import Sheet

SHOWN = 12
INTENTS = {
    "list_trainings": "Pelatihan yang dibuka",
    "training_details": "Rincian sebuah pelatihan",
    "recommend_training": "Saran pelatihan",
    "enroll_training": "Mendaftar pelatihan",
    "cancel_enrollment": "Membatalkan pendaftaran",
    "enrollment_status": "Status pendaftaran",
    "my_schedule": "Jadwal sendiri",
    "learning_hours": "JP sendiri",
    "certificate": "Sertifikat",
    "talk_to_hr": "Minta bicara dengan tim SDM",
}
UNANSWERED = "Pertanyaan aturan yang belum terjawab"
TITLES = ("Topik", "Dokumen", "Sebelum", "Sesudah", "Selisih")
_NOT_WHOLE = "Pencatatan topik belum berjalan sejak awal rentang “sebelum”, jadi angkanya lebih kecil dari sebenarnya."


def comparison(number: int, found: TopicComparison) -> str:
    lines = [
        f"*Topik pertanyaan, sebelum dan sesudah sosialisasi nomor {number}*\n",
        f"• Sebelum: {_window(found.since, found.released_at)}: {campaigns.number(found.before)} pertanyaan",
        f"• Sesudah: {_window(found.released_at, found.until)}: {campaigns.number(found.after)} pertanyaan\n",
    ]
    if not found.changes:
        lines.append("Tidak ada pertanyaan dalam kedua rentang itu.")
    for row in found.changes[:SHOWN]:
        lines.append(f"• {name_of(row)}: {row.before} → {row.after} ({row.change:+d})".replace("-", "−"))
    if len(found.changes) > SHOWN:
        lines.append(f"… dan {len(found.changes) - SHOWN} topik lagi; semuanya ada di berkas Excel.")
    if not found.is_whole:
        lines.append(f"\n{_NOT_WHOLE}")
    return "\n".join(
        [*lines, "\nPertanyaan dihitung tanpa penanyanya. Selisih saja belum berarti sosialisasi penyebabnya."]
    )


def name_of(row: TopicChange) -> str:
    if row.intent:
        return INTENTS.get(row.intent, row.intent)
    return row.title or UNANSWERED


def sheet(found: TopicComparison) -> Sheet:
    window = (_window(found.since, found.released_at), _window(found.released_at, found.until))
    head = [("Rentang", "", *window, "")]
    notes = [] if found.is_whole else [(_NOT_WHOLE, "", "", "", "")]
    return Sheet("Topik pertanyaan", TITLES, [*head, *rows(found), *notes], (44, 40, 26, 26, 10))


def rows(found: TopicComparison) -> list[tuple[object, ...]]:
    return [(name_of(row), row.document, row.before, row.after, row.change) for row in found.changes]


def _window(begin: datetime, end: datetime) -> str:
    return f"{jakarta(begin):%d-%m-%Y %H.%M} – {jakarta(end):%d-%m-%Y %H.%M}"
