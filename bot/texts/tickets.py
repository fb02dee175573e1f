"""HR officers' side of tickets: the open ones, and answering from the chat."""

from bot.texts import dates
from core.domain.tickets import Ticket

QUEUE_EMPTY = "Tidak ada tiket yang terbuka. Saya kabari di sini begitu ada pertanyaan baru."
HOW_TO_ANSWER = "Tulis nomor dan jawabannya, misalnya: /jawab 12 Cuti besar diajukan lewat atasan langsung."
LISTED_AT_ONCE = 10
_PREVIEW = 200


def queue(tickets: list[Ticket]) -> str:
    """The oldest open tickets. The askers stay unnamed: the answer goes to them without that."""
    shown = tickets[:LISTED_AT_ONCE]
    lines = [f"*Tiket {t.number}* ({dates.day(t.created_at)})\n{_short(t.question)}" for t in shown]
    left = len(tickets) - len(shown)
    more = f"\n\nMasih ada {left} tiket lagi sesudah ini." if left else ""
    return f"*{len(tickets)} tiket terbuka*\n\n" + "\n\n".join(lines) + more + f"\n\n{HOW_TO_ANSWER}"


def answered(ticket: Ticket) -> str:
    return f"✓ Jawaban untuk tiket {ticket.number} sudah saya kirim kepada pegawai. Tiket lain: /tiket."


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _PREVIEW else line[:_PREVIEW].rstrip() + "…"
