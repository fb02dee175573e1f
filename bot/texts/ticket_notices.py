"""What is said about tickets unasked: to HR officers and to those who asked. People's words are shown as typed."""

from bot.callback_data import DialoguePress
from bot.texts.notice import Facts, Notice


def opened(facts: Facts) -> Notice:
    number = facts["ticket_number"]
    about = [words for words in (facts.get("topic"), facts.get("unit")) if words]
    head = f"Tiket baru nomor {number}" + (f" · {' · '.join(about)}" if about else "")
    return Notice(
        f"{head}\n\n{facts['question']}\n\nJawab dengan: /jawab {number} diikuti jawabannya.", is_marked_up=False
    )


def answered(facts: Facts) -> Notice:
    return Notice(
        f"Jawaban tim SDM untuk tiket {facts['ticket_number']}\n\n"
        f"Pertanyaan Anda: {facts['question']}\n\n"
        f"Jawaban: {facts['answer']}",
        (("Tanya lagi", DialoguePress("talk_to_hr")),),
        is_marked_up=False,
    )
