"""Knowledge made of tickets, as HR officers read and write it. People's words are shown as typed."""

from collections.abc import Mapping, Sequence

from bot.callback_data import Press, Verb, VerbPress
from bot.entry_presses import EntryPress, EntryVerb
from bot.texts.notice import Facts, Notice
from core.domain.errors import BasisFault
from core.domain.ticket_knowledge import BASIS_LIMIT, LONGEST_QUESTION, MOST_QUESTIONS, EntryStatus, KnowledgeEntry

Buttons = list[tuple[str, Press]]

_V = EntryVerb
_IN_BUTTON = 34

MAKE_BUTTON = "Jadikan pengetahuan"
OWN_QUESTION_BUTTON = "Pakai pertanyaan penanya"
QUESTIONS_BUTTON = "Ubah pertanyaan"
TEXT_BUTTON = "Ubah jawaban"
BASIS_BUTTON = "Ubah dasar"
SUBMIT_BUTTON = "Ajukan pemeriksaan"
APPROVE_BUTTON = "Setujui"
DECLINE_BUTTON = "Tolak"
WITHDRAW_BUTTON = "Tarik dari pengetahuan"
WITHDRAW_NOW_BUTTON = "Ya, tarik"
BACK_BUTTON = "Kembali"
ALL_BUTTON = "Pengetahuan dari tiket"

STATUS: Mapping[str, str] = {
    EntryStatus.DRAFT: "konsep",
    EntryStatus.IN_REVIEW: "menunggu pemeriksaan petugas lain",
    EntryStatus.APPROVED: "dipakai menjawab",
    EntryStatus.WITHDRAWN: "ditarik",
}
BASIS_FAULTS: Mapping[str, str] = {
    BasisFault.REGULATION: (
        "Dasarnya harus menyebut peraturan beserta nomornya, misalnya: PP 11/2017 Pasal 310. Tanpa dasar tidak bisa. Tulis lagi."
    ),
    BasisFault.PLACE: (
        "Sebutkan juga letaknya: pasal, angka, huruf, diktum, atau lampiran, misalnya: PP 11/2017 Pasal 310. Tulis lagi."
    ),
}
ASK_QUESTIONS = (
    "Tulis pertanyaannya secara umum, tanpa nama atau data pribadi. Satu baris satu cara bertanya "
    f"(paling banyak {MOST_QUESTIONS}, masing-masing {LONGEST_QUESTION} huruf); baris pertama menjadi judulnya. "
    "Ketik “batal” bila tidak jadi."
)
ASK_TEXT = "Tulis jawaban yang berlaku umum, dalam satu pesan. Ketik “batal” bila tidak jadi."
ASK_BASIS = (
    f"Sebutkan dasarnya: peraturan dan pasalnya (paling banyak {BASIS_LIMIT} huruf), misalnya: PP 11/2017 Pasal 310. "
    "Tanpa dasar tidak bisa menjadi pengetahuan. Ketik “batal” bila tidak jadi."
)
ASK_REASON = "Tulis alasannya dalam satu pesan; penulisnya saya kabari. Ketik “batal” bila tidak jadi menolak."
NOT_WRITTEN = "Baik, tidak ada yang berubah."
SURE_WITHDRAW = "Tarik dari pengetahuan? Mulai saat itu tidak dipakai menjawab lagi."
APPROVED = "✓ *Disetujui* oleh Anda. Mulai sekarang dipakai menjawab siapa pun yang bertanya."
DECLINED = "Ditolak, dan penulisnya saya kabari beserta alasannya."
WITHDRAWN = "✓ Ditarik. Tidak dipakai menjawab lagi."
NO_JUDGE = "Diajukan, tetapi belum ada petugas lain yang dapat memeriksanya."
NO_ENTRIES = f"Belum ada pengetahuan dari tiket. Sesudah menjawab tiket, tekan “{MAKE_BUTTON}”."


def submitted(judges: int) -> str:
    return f"✓ Diajukan kepada {judges} petugas lain. Saya kabari begitu diperiksa." if judges else NO_JUDGE


def listed(entries: Sequence[KnowledgeEntry]) -> tuple[str, Buttons]:
    back: Buttons = [("Semua tiket", VerbPress(Verb.LIST_TICKETS, choice=1))]
    if not entries:
        return NO_ENTRIES, back
    lines = ["Pengetahuan dari tiket"]
    lines += [f"• Tiket {one.ticket_number}: {_title(one)} ({STATUS[one.status]})" for one in entries]
    opens: Buttons = [
        (f"{one.ticket_number} · {_short(_title(one), _IN_BUTTON)}", EntryPress(_V.SHOW, one.ticket_number))
        for one in entries
    ]
    return "\n".join(lines), [*opens, *back]


def card(entry: KnowledgeEntry, author: str, note: str = "") -> str:
    lines = [note, ""] if note else []
    lines += [f"Pengetahuan dari tiket {entry.ticket_number} · {STATUS[entry.status]}", f"Penulis: {author}"]
    if entry.reason and entry.status is EntryStatus.DRAFT:
        lines.append(f"Ditolak karena: {entry.reason}")
    return "\n".join([*lines, "", _content(entry.questions, entry.text, entry.basis)])


def buttons(entry: KnowledgeEntry, *, is_mine: bool) -> Buttons:
    """What this officer can do next; never none."""
    number = entry.ticket_number
    back: Buttons = [(ALL_BUTTON, VerbPress(Verb.LIST_ENTRIES))]
    if entry.status is EntryStatus.APPROVED:
        return [(WITHDRAW_BUTTON, EntryPress(_V.WITHDRAW, number)), *back]
    change: Buttons = [
        (QUESTIONS_BUTTON, EntryPress(_V.QUESTIONS, number)),
        (TEXT_BUTTON, EntryPress(_V.TEXT, number)),
        (BASIS_BUTTON, EntryPress(_V.BASIS, number)),
    ]
    if entry.status is EntryStatus.IN_REVIEW:
        return [*(change if is_mine else judge_buttons(number, entry.version)), *back]
    submit: Buttons = [(SUBMIT_BUTTON, EntryPress(_V.SUBMIT, number))]
    can_submit = entry.status is EntryStatus.DRAFT and entry.is_complete
    return [*(submit if can_submit else []), *change, *back]


def judge_buttons(number: int, version: int) -> Buttons:
    return [
        (APPROVE_BUTTON, EntryPress(_V.APPROVE, number, version)),
        (DECLINE_BUTTON, EntryPress(_V.DECLINE, number, version)),
    ]


def question_buttons(number: int) -> Buttons:
    return [
        (OWN_QUESTION_BUTTON, EntryPress(_V.OWN_QUESTION, number)),
        (BACK_BUTTON, EntryPress(_V.SHOW, number)),
    ]


def ask_questions(question: str) -> str:
    return f"{ASK_QUESTIONS}\n\nPertanyaan penanya: {question}"


def sure_buttons(number: int) -> Buttons:
    return [(WITHDRAW_NOW_BUTTON, EntryPress(_V.WITHDRAW_NOW, number)), (BACK_BUTTON, EntryPress(_V.SHOW, number))]


def review(facts: Facts) -> Notice:
    number = int(facts["ticket_number"])
    text = (
        f"Mohon diperiksa: pengetahuan dari tiket {number}, ditulis {facts['author']}. "
        "Bila Anda setujui, mulai saat itu dipakai menjawab siapa pun.\n\n"
        + _content(facts["questions"], facts["text"], facts["basis"])
    )
    return Notice(text, tuple(judge_buttons(number, int(facts["version"]))), is_marked_up=False)


def decided(facts: Facts) -> Notice:
    number, by = int(facts["ticket_number"]), facts.get("by") or "admin"
    show: tuple[tuple[str, Press], ...] = (("Lihat", EntryPress(_V.SHOW, number)),)
    about = f"“{facts['title']}” (tiket {number})"
    if facts["status"] == EntryStatus.APPROVED:
        return Notice(f"✓ {about} disetujui {by} dan mulai dipakai menjawab.", show, is_marked_up=False)
    if facts["status"] == EntryStatus.WITHDRAWN:
        return Notice(f"{about} ditarik dari pengetahuan oleh {by}.", show, is_marked_up=False)
    return Notice(f"{about} ditolak {by}: {facts['reason']}\n\nPerbaiki, lalu ajukan lagi.", show, is_marked_up=False)


def _content(questions: Sequence[str], text: str, basis: str) -> str:
    asked = "\n".join(f"• {one}" for one in questions) or "(belum ditulis)"
    return f"Pertanyaan:\n{asked}\n\nJawaban:\n{text or '(belum ditulis)'}\n\nDasar: {basis or '(belum ditulis)'}"


def _title(entry: KnowledgeEntry) -> str:
    return entry.questions[0] if entry.questions else "belum berjudul"


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + "…"
