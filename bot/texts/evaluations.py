"""The evaluation of a training in words."""

from bot.callback_data import Verb, VerbPress
from bot.texts.notice import Facts, Notice
from core.domain.evaluations import COMMENT_LIMIT, HIGHEST, LOWEST

COMMENT_BUTTON = "Tulis komentar"
STOP_WORDS = {"batal", "tidak jadi", "gak jadi", "nggak jadi", "lewati"}

WRITE_COMMENT = (
    f"Silakan tulis komentar atau saran Anda dalam satu pesan, paling banyak {COMMENT_LIMIT} karakter. "
    "Laporannya tanpa nama. Tidak jadi? Ketik “batal”."
)
COMMENTED = "Terima kasih, komentar Anda sudah disimpan dan disampaikan kepada penyelenggara tanpa nama."
COMMENTED_BEFORE = "Komentar Anda untuk pelatihan itu sudah disimpan sebelumnya. Terima kasih."
NO_COMMENT = "Baik, tanpa komentar. Nilai Anda tetap tersimpan."


def request(facts: Facts) -> Notice:
    number = int(facts["enrollment_id"])
    return Notice(
        f"Bagaimana pelatihan *{facts['title']}* ({facts['session_code']}) menurut Anda?\n\n"
        f"Tekan satu angka: {LOWEST} sangat kurang, {HIGHEST} sangat baik. Cukup sekali, dan laporannya tanpa nama.",
        tuple((str(rating), VerbPress(Verb.RATE, number, rating)) for rating in range(LOWEST, HIGHEST + 1)),
    )


def rated(rating: int) -> str:
    return f"✓ Nilai Anda: *{rating}* dari {HIGHEST}. Terima kasih."


def rated_before(rating: int) -> str:
    return f"Nilai Anda untuk pelatihan ini sudah tersimpan: *{rating}* dari {HIGHEST}. Tidak ada yang berubah."
