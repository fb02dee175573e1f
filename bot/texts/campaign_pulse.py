"""A campaign's pulse question: as staff answer it, and as HR writes it."""

from bot.callback_data import Press
from bot.campaign_presses import CampaignPress, CampaignVerb
from bot.texts.campaign_extras import back
from core.domain.campaign_results import FEWEST_ANSWERS
from core.domain.campaigns import Campaign
from core.domain.pulses import LONGEST_COMMENT, LONGEST_QUESTION, PulseAnswer

Buttons = list[tuple[str, Press]]

_V = CampaignVerb

FACES = ("😞", "🙁", "😐", "🙂", "😀")
WORDS = ("sangat tidak nyaman", "kurang nyaman", "biasa saja", "nyaman", "sangat nyaman")

OPEN_BUTTON = "Beri pendapat"
COMMENT_BUTTON = "Tambah komentar"
MENU_BUTTON = "Pertanyaan pendapat"
USUAL_BUTTON = "Pakai yang biasa"
WRITE_BUTTON = "Tulis sendiri"
REMOVE_BUTTON = "Hapus pertanyaan ini"

USUAL = "Bagaimana perasaan Anda tentang perubahan ini?"
_IN_AGGREGATE = (
    f"Tim SDM hanya melihat angka gabungan tanpa nama, dan baru setelah ada {FEWEST_ANSWERS} jawaban atau lebih."
)
WRITE_COMMENT = (
    f"Tulis komentar Anda dalam satu pesan, paling panjang {LONGEST_COMMENT} huruf. Tim SDM membacanya tanpa nama, jadi jangan "
    "sebut nama siapa pun.\nKetik /batal bila tidak jadi."
)
COMMENTED = "Terima kasih, komentar Anda saya simpan tanpa nama."
COMMENTED_BEFORE = "Komentar Anda untuk pertanyaan itu sudah ada; yang pertama yang disimpan."
ASK_QUESTION = (
    f"Tulis pertanyaannya dalam satu pesan, paling panjang {LONGEST_QUESTION} huruf. Jawabannya lima wajah, dari "
    f"{FACES[0]} {WORDS[0]} sampai {FACES[-1]} {WORDS[-1]}.\nKetik /batal bila tidak jadi."
)


def question(campaign_id: int, asked: str) -> tuple[str, Buttons]:
    legend = "\n".join(f"{face} {word}" for face, word in zip(FACES, WORDS, strict=True))
    presses: Buttons = [(face, CampaignPress(_V.GIVE_PULSE, campaign_id, value)) for value, face in enumerate(FACES, 1)]
    return f"{asked}\n\n{legend}\n\n{_IN_AGGREGATE}", presses


def answered(campaign_id: int, asked: str, answer: PulseAnswer) -> tuple[str, Buttons]:
    chosen = f"{FACES[answer.value - 1]} {WORDS[answer.value - 1]}"
    comment: Buttons = [(COMMENT_BUTTON, CampaignPress(_V.COMMENT_PULSE, campaign_id))]
    text = f"{asked}\n\nJawaban Anda: {chosen}. Terima kasih. {_IN_AGGREGATE}"
    return text, comment if answer.comment is None else []


def menu(campaign: Campaign) -> tuple[str, Buttons]:
    number = campaign.campaign_id
    words = f"*Pertanyaan pendapat sosialisasi nomor {number}*\n\n{campaign.pulse or 'Belum ada.'}\n\n{_IN_AGGREGATE}"
    presses: Buttons = []
    if campaign.pulse is None:
        presses.append((USUAL_BUTTON, CampaignPress(_V.USUAL_PULSE, number)))
    presses.append((WRITE_BUTTON, CampaignPress(_V.WRITE_PULSE, number)))
    if campaign.pulse is not None:
        presses.append((REMOVE_BUTTON, CampaignPress(_V.REMOVE_PULSE, number, campaign.version)))
    return words, [*presses, *back(number)]
