"""A campaign's quiz: as staff answer it, and as HR writes and approves it."""

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts.campaign_extras import back
from core.domain.campaigns import Campaign
from core.domain.quizzes import (
    LONGEST_EXPLANATION,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    Question,
    QuizState,
)

Buttons = list[tuple[str, Press]]

_V = CampaignVerb
LETTERS = "ABCD"

START_BUTTON = "Mulai kuis"
ADD_BUTTON = "Tambah pertanyaan"
REMOVE_BUTTON = "Hapus pertanyaan terakhir"

ASK_QUESTION = (
    "Tulis satu pertanyaan dalam satu pesan, tiap pilihan pada baris sendiri. Pilihan yang benar diawali +, yang lain -.\n\n"
    "Contoh:\n"
    "Mulai kapan aturan ini berlaku?\n"
    "- 1 Desember 2026\n"
    "+ 1 Januari 2027\n"
    "Penjelasan: Pasal 12 menyebut tanggal 1 Januari.\n\n"
    f"Dua sampai {MOST_OPTIONS} pilihan; pertanyaan paling panjang {LONGEST_QUESTION} huruf, pilihan {LONGEST_OPTION}, "
    f"penjelasan {LONGEST_EXPLANATION}.\nKetik /batal bila tidak jadi."
)


def question(state: QuizState, number: int) -> tuple[str, Buttons]:
    asked = state.questions[number - 1]
    options = "\n".join(f"{letter}. {option}" for letter, option in zip(LETTERS, asked.options, strict=False))
    presses: Buttons = [
        (LETTERS[choice], CampaignPress(_V.ANSWER, state.campaign_id, 10 * number + choice + 1))
        for choice in range(len(asked.options))
    ]
    return f"*Kuis · pertanyaan {number} dari {len(state.questions)}*\n\n{asked.text}\n\n{options}", presses


def answered(state: QuizState, number: int, choice: int) -> tuple[str, Buttons]:
    """What was right, why, and the way on."""
    asked = state.questions[number - 1]
    lines = [f"*Kuis · pertanyaan {number} dari {len(state.questions)}*\n", asked.text, ""]
    for place, option in enumerate(asked.options):
        sign = "✓" if place == asked.right else ("✗" if place == choice else "•")
        lines.append(f"{sign} {LETTERS[place]}. {option}")
    if choice == asked.right:
        lines.append(f"\n*Benar.* Anda memilih {LETTERS[choice]}.")
    else:
        lines.append(f"\nAnda memilih {LETTERS[choice]}; yang tepat *{LETTERS[asked.right]}*.")
    if asked.explanation:
        lines.append(asked.explanation)
    if state.next is None:
        return "\n".join([*lines, f"\n{result(state)}"]), []
    title = f"Lanjut: pertanyaan {state.next} dari {len(state.questions)}"
    return "\n".join(lines), [(title, CampaignPress(_V.NEXT_QUESTION, state.campaign_id))]


def result(state: QuizState) -> str:
    return f"Kuis selesai: {state.right} dari {len(state.questions)} benar. Terima kasih."


def done_before(state: QuizState) -> str:
    return (
        f"Anda sudah menjawab kuis ini: {state.right} dari {len(state.questions)} benar. Jawaban pertama yang dihitung."
    )


def listed(questions: tuple[Question, ...]) -> str:
    """With the right answers: for HR only."""
    return "\n\n".join(_with_answer(number, asked) for number, asked in enumerate(questions, 1))


def menu(campaign: Campaign) -> tuple[str, Buttons]:
    number, version = campaign.campaign_id, campaign.version
    words = (
        f"*Kuis sosialisasi nomor {number}*\n\n{listed(campaign.quiz)}"
        if campaign.quiz
        else f"*Kuis sosialisasi nomor {number}*\n\nBelum ada pertanyaan. Paling banyak {MOST_QUESTIONS}."
    )
    presses: Buttons = []
    if len(campaign.quiz) < MOST_QUESTIONS:
        presses.append((ADD_BUTTON, CampaignPress(_V.ADD_QUESTION, number)))
    if campaign.quiz:
        presses.append((REMOVE_BUTTON, CampaignPress(_V.REMOVE_QUESTION, number, version)))
    return words, [*presses, *back(number)]


def _with_answer(number: int, asked: Question) -> str:
    options = [f"{'✓' if place == asked.right else '•'} {option}" for place, option in enumerate(asked.options)]
    explained = [f"Penjelasan: {asked.explanation}"] if asked.explanation else []
    return "\n".join([f"{number}. {asked.text}", *options, *explained])
