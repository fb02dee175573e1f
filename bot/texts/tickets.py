"""Tickets in chat: the list and the card of HR officers, the words of answering, and the list of who asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.callback_data import Press, Verb, VerbPress
from bot.entry_presses import EntryPress, EntryVerb
from bot.texts import dates
from bot.texts.ticket_entries import ALL_BUTTON as ALL_ENTRIES_BUTTON
from bot.texts.ticket_entries import MAKE_BUTTON
from bot.ticket_presses import TicketPress, TicketVerb
from core.domain.people import Person
from core.domain.tickets import Ticket
from core.services.ticket_desk import QueuedTicket, TicketCard

Buttons = list[tuple[str, Press]]

_V = TicketVerb
LISTED_AT_ONCE, COLLEAGUES_AT_ONCE = 6, 6
LAST_PAGE = 9
"""One digit of button data."""
_PREVIEW, _IN_BUTTON, _LONGEST_ANSWER = 200, 34, 1000
_STEPS_SHOWN = 6

QUEUE_EMPTY = "Tidak ada tiket yang terbuka. Saya kabari di sini begitu ada pertanyaan baru."
NONE_OF_MINE = (
    "Belum ada pertanyaan Anda kepada tim SDM. Bila ada yang tidak dapat saya jawab, tekan “Tanya HR” di bawah jawaban saya, "
    "atau ketik “tanya tim SDM”."
)
HOW_TO_ANSWER = "Tulis nomor dan jawabannya, misalnya: /jawab 12 Cuti besar diajukan lewat atasan langsung."
STOP_WORDS = frozenset({"batal", "tidak jadi", "gak jadi", "nggak jadi"})

CLAIM_BUTTON = "Saya tangani"
TAKE_OVER_BUTTON = "Ambil alih"
WRITE_BUTTON = "Tulis jawaban"
CORRECT_BUTTON = "Ralat jawaban"
SEND_BUTTON = "Kirim jawaban"
REWRITE_BUTTON = "Tulis ulang"
DROP_BUTTON = "Jangan kirim"
HAND_BUTTON = "Serahkan ke rekan"
RELEASE_BUTTON = "Lepaskan"
ALL_BUTTON = "Semua tiket"
BACK_BUTTON = "Kembali"
MORE_COLLEAGUES_BUTTON = "Rekan lain"
MORE_BUTTON = "Tiket lain"
REOPEN_BUTTON = "Belum terjawab"
ADD_BUTTON = "Tambahkan keterangan"

CLAIMED = "✓ Tiket ini Anda tangani. Tulis jawabannya sekarang, dalam satu pesan; saya tunjukkan dulu sebelum dikirim."
RELEASED = "✓ Tiket ini Anda lepaskan. Petugas lain yang menjawab topik ini saya kabari."
DROPPED = "Jawaban tidak dikirim. Tiketnya tetap di tempatnya."
ANSWER_FORGOTTEN = "Jawaban di pesan itu sudah tidak saya pegang, jadi tidak ada yang dikirim. Tulis lagi jawabannya."
CHOOSE_COLLEAGUE = "Serahkan kepada siapa? Rekan itu saya kabari beserta riwayatnya."
NO_COLLEAGUE = "Belum ada petugas lain yang akun Telegramnya terhubung, jadi tiket ini belum dapat diserahkan."
ASK_MORE = "Tulis keterangan tambahannya dalam satu pesan, atau ketik “batal”."
NOT_ADDED = "Baik, tidak ada yang ditambahkan. Tiketnya tetap menunggu jawaban."

STEPS: Mapping[str, str] = {
    "ticket_opened": "ditanyakan",
    "ticket_claimed": "ditangani {who}",
    "ticket_released": "dilepas {who}",
    "ticket_handed": "diserahkan {who} kepada rekan",
    "ticket_answered": "dijawab {who}",
    "ticket_reopened": "dibuka lagi oleh penanya",
    "ticket_added_to": "ditambahi keterangan oleh penanya",
    "ticket_reminded": "diingatkan",
}


def queue(rows: Sequence[QueuedTicket], me: int, page: int = 1) -> tuple[str, Buttons]:
    """A page, the officer's own first. The askers stay unnamed until somebody handles the ticket."""
    if not rows:
        return QUEUE_EMPTY, [(ALL_ENTRIES_BUTTON, VerbPress(Verb.LIST_ENTRIES))]
    pages = min(LAST_PAGE, -(-len(rows) // LISTED_AT_ONCE))
    page = min(page, pages)  # an old button of a longer list
    shown = rows[(page - 1) * LISTED_AT_ONCE : page * LISTED_AT_ONCE]
    lines = [f"{len(rows)} tiket terbuka" + (f" · halaman {page} dari {pages}" if pages > 1 else "")]
    for row in shown:
        lines.append(
            f"\nTiket {row.ticket.number} ({dates.day(row.ticket.created_at)}, {_stands(row, me)})\n"
            f"{_short(row.ticket.question, _PREVIEW)}"
        )
    lines.append("\nTekan tiketnya untuk menanganinya.")
    opens: Buttons = [
        (f"{row.ticket.number} · {_short(row.ticket.question, _IN_BUTTON)}", TicketPress(_V.OPEN, row.ticket.number))
        for row in shown
    ]
    turn: Buttons = [(MORE_BUTTON, VerbPress(Verb.LIST_TICKETS, choice=page % pages + 1))]
    more = turn if pages > 1 else []
    return "\n".join(lines), [*opens, *more, (ALL_ENTRIES_BUTTON, VerbPress(Verb.LIST_ENTRIES))]


def card(shown: TicketCard, note: str = "") -> str:
    ticket = shown.ticket
    lines = [note, ""] if note else []
    lines.append(" · ".join([f"Tiket {ticket.number}", shown.topic, *([shown.unit] if shown.unit else [])]))
    if shown.asker is not None:
        lines.append(f"Penanya: {_person(shown.asker)}")
    if shown.campaign:
        lines.append(f"Tentang pesan: “{shown.campaign}”")
    lines += ["", ticket.question]
    if ticket.answer:
        lines += ["", f"Jawaban: {_short(ticket.answer, _LONGEST_ANSWER)}"]
    lines += ["", "Riwayat:", *(f"• {line}" for line in _history(shown))]
    return "\n".join(lines)


def buttons(shown: TicketCard) -> Buttons:
    """What this officer can do next; never none."""
    number = shown.ticket.number
    hand: Buttons = [(HAND_BUTTON, TicketPress(_V.HAND, number))]
    back: Buttons = [(ALL_BUTTON, VerbPress(Verb.LIST_TICKETS, choice=1))]
    if not shown.ticket.is_open:
        correct: Buttons = [(CORRECT_BUTTON, TicketPress(_V.WRITE, number))]
        make: Buttons = [(MAKE_BUTTON, EntryPress(EntryVerb.BEGIN, number))]
        return [*make, *(correct if shown.is_mine else []), *back]
    if shown.is_mine:
        release: Buttons = [(RELEASE_BUTTON, TicketPress(_V.RELEASE, number))]
        return [(WRITE_BUTTON, TicketPress(_V.WRITE, number)), *hand, *release, *back]
    if shown.is_free:
        title = CLAIM_BUTTON if shown.holder is None else TAKE_OVER_BUTTON
        return [(title, TicketPress(_V.CLAIM, number)), *hand, *back]
    return back


def colleagues(number: int, people: Sequence[Person], page: int = 1) -> Buttons:
    """A page of them, counted from 1; of an old button past the end the last."""
    pages = max(1, -(-len(people) // COLLEAGUES_AT_ONCE))
    page = min(page, pages)
    shown = people[(page - 1) * COLLEAGUES_AT_ONCE : page * COLLEAGUES_AT_ONCE]
    chosen: Buttons = [
        (f"{one.name} ({one.unit.short_name})", TicketPress(_V.HAND_TO, number, one.person_id)) for one in shown
    ]
    turn: Buttons = [(MORE_COLLEAGUES_BUTTON, TicketPress(_V.HAND_PAGE, number, page % pages + 1))]
    return [*chosen, *(turn if pages > 1 else []), (BACK_BUTTON, TicketPress(_V.OPEN, number))]


def write_answer(ticket: Ticket) -> str:
    return (
        f"Tulis jawaban untuk tiket {ticket.number} dalam satu pesan; saya tunjukkan dulu sebelum dikirim. "
        "Ketik “batal” bila tidak jadi."
    )


def confirm_answer(ticket: Ticket, text: str) -> str:
    return (
        f"Jawaban ini saya kirim kepada penanya tiket {ticket.number}:\n\n{text}\n\n"
        f"Pertanyaannya: {_short(ticket.question, _PREVIEW)}"
    )


def confirm_buttons(number: int) -> Buttons:
    return [
        (SEND_BUTTON, TicketPress(_V.SEND, number)),
        (REWRITE_BUTTON, TicketPress(_V.WRITE, number)),
        (DROP_BUTTON, TicketPress(_V.OPEN, number)),
    ]


def answered(ticket: Ticket) -> str:
    return f"✓ Jawaban untuk tiket {ticket.number} sudah saya kirim kepada pegawai. Tiket lain: /tiket."


def handed(number: int, to: Person) -> str:
    return f"✓ Tiket {number} sekarang pada {to.name}, yang saya kabari beserta riwayatnya."


def reopened(number: int) -> str:
    return f"Tiket {number} saya buka lagi, dan petugas yang menjawabnya saya kabari. Ada yang perlu ditambahkan?"


def added(number: int) -> str:
    return f"✓ Keterangan Anda sudah saya tambahkan ke tiket {number}. Jawabannya saya sampaikan di sini."


def mine(tickets: Sequence[Ticket]) -> str:
    """Of who asked, newest first: number and state."""
    lines = ["Pertanyaan Anda kepada tim SDM"]
    for ticket in tickets[:LISTED_AT_ONCE]:
        lines.append(f"\nTiket {ticket.number} ({dates.day(ticket.created_at)}): {state(ticket)}")
        lines.append(_short(ticket.question, _PREVIEW))
        if ticket.answer:
            lines.append(f"Jawaban: {_short(ticket.answer, _PREVIEW)}")
    if len(tickets) > LISTED_AT_ONCE:
        lines.append(f"\nMasih ada {len(tickets) - LISTED_AT_ONCE} tiket yang lebih lama.")
    return "\n".join(lines)


def own(ticket: Ticket) -> str:
    """One of who asked, in full."""
    lines = [f"Tiket {ticket.number} ({dates.day(ticket.created_at)}): {state(ticket)}", "", ticket.question]
    return "\n".join([*lines, *(["", f"Jawaban: {ticket.answer}"] if ticket.answer else [])])


def mine_buttons(tickets: Sequence[Ticket]) -> Buttons:
    found: Buttons = []
    for ticket in tickets[:LISTED_AT_ONCE]:
        if ticket.may_reopen:
            found.append((f"{REOPEN_BUTTON}: tiket {ticket.number}", TicketPress(_V.REOPEN, ticket.number)))
        elif ticket.is_open:
            found.append((f"{ADD_BUTTON}: tiket {ticket.number}", TicketPress(_V.ADD, ticket.number)))
    return found


def state(ticket: Ticket) -> str:
    if not ticket.is_open:
        return "sudah dijawab"
    again = "dibuka lagi, " if ticket.reopened_at is not None else ""
    return again + ("sedang ditangani petugas" if ticket.claimed_by is not None else "menunggu petugas")


def history_lines(steps: Sequence[tuple[datetime, str, str | None]]) -> list[str]:
    """The latest steps, oldest first; those without words are left out."""
    told = [(at, STEPS[what].format(who=who or "petugas")) for at, what, who in steps if what in STEPS]
    return [f"{dates.moment(at)}: {words}" for at, words in told[-_STEPS_SHOWN:]]


def _history(shown: TicketCard) -> list[str]:
    steps = [
        (step.at, step.action, step.person.name if step.person is not None and step.person.is_hr else None)
        for step in shown.history
    ]
    lines = history_lines(steps)
    if shown.ticket.is_open and shown.holder is not None:
        lines.append(f"sekarang pada {'Anda' if shown.is_mine else shown.holder.name}")
    return lines


def _stands(row: QueuedTicket, me: int) -> str:
    if row.holder is None:
        return "menunggu petugas"
    return "Anda tangani" if row.holder.person_id == me else f"ditangani {row.holder.name}"


def _person(person: Person) -> str:
    return f"{person.name}, {person.position}, {person.unit.name} (NIP {person.masked_nip})"


def _short(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rstrip() + "…"
