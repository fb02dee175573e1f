"""Questions to HR in words."""

from collections.abc import Sequence

from actions.replies.dates import short_date
from actions.replies.reply import ASK_HR, STOP, TRAININGS, Reply, button, plain, shorten
from core.domain.tickets import Ticket, TicketStatus

QUESTION_LIMIT = 2000
SHOWN = 3

MY_TICKETS = button("Tiket saya", "ticket_status")

ASK_QUESTION = Reply(
    "*Apa yang ingin Anda tanyakan kepada tim SDM?* Tulis dalam satu pesan. Mohon jangan sertakan kata sandi, "
    "nomor rekening, atau NIP lengkap.",
    (STOP,),
)
NOT_SENT = Reply("Baik, pertanyaan tidak dikirim. Anda bisa menulisnya lagi kapan saja.", (ASK_HR,))
NO_TICKETS = Reply("Belum ada pertanyaan Anda kepada tim SDM. Anda bisa mengirimnya sekarang.", (ASK_HR,))


def too_long(length: int) -> Reply:
    return Reply(f"Pertanyaan itu terlalu panjang ({length} karakter, paling banyak {QUESTION_LIMIT}). Mohon ringkas.")


def confirm(question: str) -> Reply:
    return Reply(
        "Pertanyaan ini saya kirim kepada tim SDM, dengan nama dan unit Anda:\n\n"
        f"“{plain(shorten(question, 450))}”\n\n*Kirim?*",
        (button("Ya, kirim", "affirm"), button("Tulis ulang", "talk_to_hr"), button("Tidak jadi", "deny")),
    )


def opened(ticket: Ticket) -> Reply:
    return Reply(
        f"Pertanyaan Anda sudah diteruskan kepada tim SDM sebagai *tiket nomor {ticket.number}*. "
        "Jawabannya saya sampaikan di percakapan ini.",
        (MY_TICKETS,),
        {"ticket": ticket.number},
    )


def mine(tickets: Sequence[Ticket]) -> Reply:
    lines = ["*Pertanyaan Anda kepada tim SDM:*"]
    for ticket in tickets[:SHOWN]:
        lines += [
            "",
            f"• *Tiket {ticket.number}* ({short_date(ticket.created_at)}): {plain(shorten(ticket.question, 90))}",
        ]
        if ticket.status is TicketStatus.ANSWERED and ticket.answer:
            lines.append(f"    Jawaban: {plain(shorten(ticket.answer, 160))}")
        else:
            handled = "sedang ditangani petugas" if ticket.claimed_by is not None else "menunggu petugas"
            lines.append(f"    Belum dijawab ({handled}); saya kabari begitu ada jawaban.")
    if len(tickets) > SHOWN:
        lines += ["", f"Masih ada {len(tickets) - SHOWN} tiket yang lebih lama."]
    return Reply("\n".join(lines), (ASK_HR, TRAININGS))
