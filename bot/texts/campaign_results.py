"""What a campaign's quiz, pulse question and series brought, as HR reads it: a line each, a page, and sheets."""

from collections.abc import Iterator, Sequence

from bot.texts import campaigns
from core.domain.campaign_results import FEWEST_ANSWERS, PersonQuiz, PulseResult, QuizResult, StepProgress
from core.services.campaign_reports import CampaignReport
from core.services.spreadsheets import Sheet

RESULTS_BUTTON = "Kuis, pulse, rangkaian"
NO_RESULTS = "Sosialisasi ini tidak punya kuis, pertanyaan pulse, atau pesan lanjutan."
COMMENTS_SHOWN = 10
_TOO_FEW = f"belum ditampilkan: kurang dari {FEWEST_ANSWERS} jawaban, supaya tidak dapat ditebak siapa menjawab apa"
_SCALE = "12345"
_BAR = 12


def has_any(found: CampaignReport) -> bool:
    return found.quiz is not None or found.pulse is not None or len(found.steps) > 1


def lines(found: CampaignReport) -> list[str]:
    """One for each in the summary of a report."""
    said = []
    if found.quiz is not None:
        said.append(
            f"• Kuis: {found.quiz.finished} selesai dari {found.quiz.began} yang mulai; {_right(found.quiz)} benar"
        )
    if found.pulse is not None:
        said.append(f"• Pulse: {_pulse(found.pulse)}")
    if len(found.steps) > 1:
        said.append(f"• Rangkaian: {len(found.steps)} pesan")
    return said


def page(found: CampaignReport) -> str:
    parts = [f"*Hasil sosialisasi nomor {found.progress.campaign.campaign_id}*"]
    if found.quiz is not None:
        parts.append("\n".join(_quiz_lines(found.quiz)))
    if found.pulse is not None:
        parts.append("\n".join(_pulse_lines(found.pulse)))
    if len(found.steps) > 1:
        parts.append("\n".join(["*Rangkaian pesan*", *map(_step_line, found.steps)]))
    return "\n\n".join(parts) if len(parts) > 1 else NO_RESULTS


def sheets(found: CampaignReport, people: Sequence[PersonQuiz]) -> list[Sheet]:
    """`people`: who answered the quiz. Of the pulse nobody is named, and no unit that has too few answers."""
    made = []
    if found.quiz is not None:
        made.append(
            Sheet("Kuis", ("Pertanyaan", "Pilihan", "Dipilih", "Benar"), _quiz_rows(found.quiz), (60, 40, 10, 10))
        )
        names = ("Nama", "NIP", "Unit", "Dijawab", "Benar")
        rows = ((p.person.name, p.person.masked_nip, p.person.unit.name, p.answers, p.answers_right) for p in people)
        made.append(Sheet("Kuis per orang", names, rows, (30, 22, 36, 10, 10)))
    if found.pulse is not None:
        made.append(Sheet("Pulse", ("Hal", "Nilai", "Jawaban"), _pulse_rows(found.pulse), (60, 14, 14)))
    if len(found.steps) > 1:
        titles = ("Pesan", "Penerima", "Terkirim", "Menunggu", "Tak terjangkau", "Lewat batas")
        steps = ((s.number, s.recipients, s.sent, s.waiting, s.unreachable, s.expired) for s in found.steps)
        made.append(Sheet("Rangkaian", titles, steps, (8, 12, 12, 12, 16, 14)))
    return made


def _right(quiz: QuizResult) -> str:
    answers = sum(question.answers for question in quiz.questions)
    return f"{100 * sum(q.answers_right for q in quiz.questions) / answers:.0f}%" if answers else "–"


def _quiz_lines(quiz: QuizResult) -> Iterator[str]:
    yield f"*Kuis*: {quiz.finished} selesai dari {quiz.began} yang mulai"
    for question in quiz.questions:
        share = f"{100 * question.answers_right / question.answers:.0f}%" if question.answers else "–"
        yield f"{question.number}. {_plain(question.text)}: {share} benar dari {question.answers} jawaban"
        for place, (option, count) in enumerate(zip(question.options, question.choices, strict=True)):
            yield f"   {'✓' if place == question.right else '•'} {_plain(option)}: {count}"
    for right, count in enumerate(quiz.scores):
        if count:
            yield f"• {right} benar: {campaigns.number(count)} orang"


def _pulse(pulse: PulseResult) -> str:
    if pulse.average is None:
        return f"{pulse.answers} jawaban"
    return f"{_decimal(pulse.average)} dari 5 ({campaigns.number(pulse.answers)} jawaban)"


def _pulse_lines(pulse: PulseResult) -> Iterator[str]:
    yield f"*Pulse*: {_plain(pulse.question)}"
    if pulse.counts is None or pulse.average is None:
        yield f"{pulse.answers} jawaban, {_TOO_FEW}."
        return
    yield f"Rata-rata {_decimal(pulse.average)} dari 5; {campaigns.number(pulse.answers)} jawaban"
    most = max(pulse.counts) or 1
    for value, count in zip(_SCALE, pulse.counts, strict=True):
        yield f"{value} {'▓' * round(_BAR * count / most)} {campaigns.number(count)}".replace("  ", " ")
    for unit in pulse.units[:COMMENTS_SHOWN]:
        yield f"• {unit.unit.short_name}: {_decimal(unit.average)} ({campaigns.number(unit.answers)})"
    if pulse.comments:
        yield "Komentar, tanpa nama:"
    for comment in pulse.comments[:COMMENTS_SHOWN]:
        yield f"– {_plain(comment)}"
    if len(pulse.comments) > COMMENTS_SHOWN:
        yield f"… dan {len(pulse.comments) - COMMENTS_SHOWN} lagi; semuanya ada di berkas Excel."


def _step_line(step: StepProgress) -> str:
    number = campaigns.number
    waiting = f", {number(step.waiting)} menunggu" if step.waiting else ""
    return f"• Pesan {step.number}: {number(step.sent)} terkirim dari {number(step.recipients)}{waiting}"


def _quiz_rows(quiz: QuizResult) -> Iterator[tuple[object, ...]]:
    for question in quiz.questions:
        for place, (option, count) in enumerate(zip(question.options, question.choices, strict=True)):
            yield f"{question.number}. {question.text}", option, count, "benar" if place == question.right else ""
    for right, count in enumerate(quiz.scores):
        yield f"Yang selesai dengan {right} benar", "", count, ""
    for unit in quiz.units:
        share = round(100 * unit.answers_right / unit.answers, 1) if unit.answers else None
        yield f"{unit.unit.name} (persen benar)", f"{unit.finished} selesai dari {unit.began}", unit.answers, share


def _pulse_rows(pulse: PulseResult) -> Iterator[tuple[object, ...]]:
    yield pulse.question, "", pulse.answers
    if pulse.counts is None or pulse.average is None:
        yield _TOO_FEW, "", ""
        return
    yield "Rata-rata", round(pulse.average, 2), pulse.answers
    for value, count in zip(_SCALE, pulse.counts, strict=True):
        yield f"Nilai {value}", "", count
    for unit in pulse.units:
        yield unit.unit.name, round(unit.average, 2), unit.answers
    for comment in pulse.comments:
        yield comment, "", ""


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())
