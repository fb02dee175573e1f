"""Sentences for what cannot go along with a campaign. Part of the table of `bot.texts.refusals`."""

from collections.abc import Callable
from typing import Any

from core.domain import errors
from core.domain.attachments import ENDINGS, FILE_LIMIT
from core.domain.errors import CoreError, FileFault, QuizFault, SeriesFault
from core.domain.quizzes import LONGEST_EXPLANATION, LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, MOST_QUESTIONS
from core.domain.series import LONGEST_WAIT, MOST_STEPS

EXAMPLES = "7 hari sesudah tertaut; 3 hari sebelum kelas TIK-02; 1 hari sesudah kelas TIK-02"
_KINDS = ", ".join(ending for ending in ENDINGS if ending != "jpeg")

_FILE = {
    FileFault.EMPTY: "kosong. Kirim berkas yang ada isinya.",
    FileFault.TOO_LARGE: f"terlalu besar; paling besar {FILE_LIMIT // 1024 // 1024} MB. Kecilkan, atau pakai tautan.",
    FileFault.KIND: f"bukan jenis yang dapat dilampirkan. Yang bisa: {_KINDS}.",
    FileFault.NOT_AS_NAMED: "isinya tidak sesuai dengan jenisnya. Simpan ulang dari aplikasinya, lalu kirim lagi.",
    FileFault.MACROS: "berisi makro, jadi tidak saya teruskan kepada pegawai. Simpan tanpa makro, atau kirim PDF.",
}

_QUIZ = {
    QuizFault.TOO_MANY: f"Kuis paling banyak {MOST_QUESTIONS} pertanyaan. Hapus salah satu dahulu.",
    QuizFault.TEXT: f"kalimatnya kosong atau lebih dari {LONGEST_QUESTION} huruf.",
    QuizFault.OPTIONS: f"pilihannya harus 2 sampai {MOST_OPTIONS}, berbeda-beda, dan paling panjang {LONGEST_OPTION} huruf.",
    QuizFault.RIGHT: "tandai tepat satu pilihan yang benar dengan + di awal barisnya; pilihan lain dengan -.",
    QuizFault.EXPLANATION: f"penjelasannya lebih dari {LONGEST_EXPLANATION} huruf.",
}


def _bad_quiz(error: errors.BadQuiz) -> str:
    said = _QUIZ[error.fault]
    return (
        said
        if error.fault is QuizFault.TOO_MANY
        else f"Pertanyaan {error.number} belum bisa dipakai: {said} Kirim lagi."
    )


TEXTS: dict[type[CoreError], str | Callable[[Any], str]] = {
    errors.CaptionTooLong: lambda e: (
        f"Dengan lampiran, teksnya paling banyak {e.limit} karakter, sedangkan yang ini sampai {e.length} bila isiannya "
        "panjang. Ringkaskan teksnya, atau lepaskan lampirannya dan pakai tombol tautan."
    ),
    errors.BadQuiz: _bad_quiz,
    errors.BadSeries: lambda e: (
        f"Langkah {e.number} melebihi batas: paling banyak {MOST_STEPS} langkah lanjutan."
        if e.fault is SeriesFault.TOO_MANY
        else f"Jeda langkah {e.number} harus 1 sampai {LONGEST_WAIT} hari. Atur lagi jedanya."
    ),
    errors.AnchorNotReadable: lambda e: (
        f"Waktu “{e.words}” belum saya pahami. Contoh: {EXAMPLES}. Paling jauh {e.longest} hari."
    ),
    errors.NothingToAnswer: (
        "Pertanyaan itu tidak menunggu jawaban dari Anda: sosialisasinya sudah ditarik, belum dikirim, atau bukan untuk Anda. "
        "Tidak ada yang dicatat."
    ),
    errors.BadFile: lambda e: f"Berkas “{e.name}” {_FILE[e.fault]}",
}
