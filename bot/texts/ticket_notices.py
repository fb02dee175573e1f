"""What is said about tickets unasked: to HR officers and to those who asked. People's words are shown as typed."""

from bot.callback_data import DialoguePress, Press
from bot.texts import dates
from bot.texts import tickets as texts
from bot.texts.notice import Facts, Notice, time_of
from bot.ticket_presses import TicketPress, TicketVerb

_V = TicketVerb
_LONGEST_ANSWER = 1000


def opened(facts: Facts) -> Notice:
    number = int(facts["ticket_number"])
    about = [words for words in (facts.get("topic"), facts.get("unit")) if words]
    kind = "Tiket baru" if "released_by" not in facts else f"Dilepas {facts['released_by']}: tiket"
    head = " · ".join([f"{kind} nomor {number}", *about])
    if facts.get("campaign"):
        head += f"\nTentang pesan: “{facts['campaign']}”"
    return Notice(f"{head}\n\n{facts['question']}", _to_take(number, texts.CLAIM_BUTTON), is_marked_up=False)


def handed(facts: Facts) -> Notice:
    number = int(facts["ticket_number"])
    return _with_history(f"{facts['by']} menyerahkan tiket {number} kepada Anda", facts, _to_answer(number))


def taken_over(facts: Facts) -> Notice:
    return Notice(
        f"Tiket {facts['ticket_number']} sekarang ditangani {facts['by']}, jadi Anda tidak perlu menjawabnya lagi."
    )


def reopened(facts: Facts) -> Notice:
    number = int(facts["ticket_number"])
    buttons = _to_answer(number) if facts["is_held"] else _to_take(number, texts.CLAIM_BUTTON)
    return _with_history(f"Belum terjawab, kata penanya: tiket {number} dibuka lagi", facts, buttons)


def added(facts: Facts) -> Notice:
    number = int(facts["ticket_number"])
    buttons = _to_answer(number) if facts["is_held"] else _to_take(number, texts.CLAIM_BUTTON)
    return Notice(
        f"Penanya menambahkan keterangan pada tiket {number}\n\n{facts['question']}", buttons, is_marked_up=False
    )


def reminder(facts: Facts) -> Notice:
    number, since = int(facts["ticket_number"]), dates.moment(time_of(facts, "since"))
    holder = "Anda" if facts["is_yours"] else facts["holder"]
    stands = f"pada {holder} sejak {since}" if holder else f"menunggu petugas sejak {since}"
    if facts["is_yours"]:
        buttons = _to_answer(number)
    else:
        buttons = _to_take(number, texts.TAKE_OVER_BUTTON if holder else texts.CLAIM_BUTTON)
    head = f"Tiket {number} belum dijawab: {stands}"
    if facts["is_for_all"] and holder and not facts["is_yours"]:
        head += ". Siapa pun dari tim SDM boleh mengambil alih"
    return Notice(f"{head}.\n\n{facts['question']}", buttons, is_marked_up=False)


def answered(facts: Facts) -> Notice:
    number = int(facts["ticket_number"])
    again: tuple[tuple[str, Press], ...] = ((texts.REOPEN_BUTTON, TicketPress(_V.REOPEN, number)),)
    return Notice(
        f"Jawaban tim SDM untuk tiket {number}\n\nPertanyaan Anda: {facts['question']}\n\nJawaban: {facts['answer']}",
        (*(again if facts.get("may_reopen") else ()), ("Tanya lagi", DialoguePress("talk_to_hr"))),
        is_marked_up=False,
    )


def _with_history(head: str, facts: Facts, buttons: tuple[tuple[str, Press], ...]) -> Notice:
    steps = [(time_of(step, "at"), step["what"], step["who"]) for step in facts["history"]]
    answer = facts.get("answer") or ""
    shown = answer if len(answer) <= _LONGEST_ANSWER else answer[:_LONGEST_ANSWER].rstrip() + "…"
    parts = [
        head,
        facts["question"],
        *([f"Jawaban sebelumnya: {shown}"] if answer else []),
        "\n".join(["Riwayat:", *(f"• {line}" for line in texts.history_lines(steps))]),
    ]
    return Notice("\n\n".join(parts), buttons, is_marked_up=False)


def _to_take(number: int, title: str) -> tuple[tuple[str, Press], ...]:
    return (
        (title, TicketPress(_V.CLAIM, number)),
        (texts.HAND_BUTTON, TicketPress(_V.HAND, number)),
    )


def _to_answer(number: int) -> tuple[tuple[str, Press], ...]:
    return (
        (texts.WRITE_BUTTON, TicketPress(_V.WRITE, number)),
        (texts.HAND_BUTTON, TicketPress(_V.HAND, number)),
        (texts.RELEASE_BUTTON, TicketPress(_V.RELEASE, number)),
    )
