"""What a quiz, a pulse and a series brought, in words and sheets; nobody can be told apart where few answered."""

from dataclasses import replace

from bot.texts import campaign_results as texts
from bot.texts import reports
from core.domain.campaign_results import (
    PersonQuiz,
    PulseResult,
    QuestionResult,
    QuizResult,
    StepProgress,
    UnitPulse,
    UnitQuiz,
)
from core.services.spreadsheets import workbook_of
from tests.bot.test_report_chart import TOP, report_of
from tests.factories import NOW, Cast

QUIZ = QuizResult(
    (
        QuestionResult(1, "Mulai *kapan*?", ("1 Januari", "1 Februari"), 0, (30, 10)),
        QuestionResult(2, "Siapa?", ("Kita", "Mereka"), 1, (0, 0)),
    ),
    began=40,
    finished=35,
    scores=(1, 9, 25),
    units=(UnitQuiz(TOP, 40, 35, 80, 60),),
)
PULSE = PulseResult("Bagaimana?", 20, (1, 2, 3, 4, 10), 4.0, (UnitPulse(TOP, 20, 4.0),), ("Bagus", "=1+1"))


def test_each_result_has_a_line_in_the_summary() -> None:
    found = replace(report_of(1), quiz=QUIZ, pulse=PULSE, steps=(StepProgress(1, 9, 9, 0, 0, 0),) * 3)
    said = reports.summary(found, NOW)
    assert "Kuis: 35 selesai dari 40 yang mulai; 75% benar" in said
    assert "Pulse: 4,0 dari 5 (20 jawaban)" in said
    assert "Rangkaian: 3 pesan" in said
    assert len(said) < 1024


def test_a_campaign_without_any_says_nothing_of_them() -> None:
    found = report_of(1)
    assert texts.lines(found) == []
    assert texts.page(found) == texts.NO_RESULTS
    assert texts.sheets(found, []) == []
    assert texts.RESULTS_BUTTON not in [title for title, _ in reports.report_buttons(found)]


def test_the_page_tells_choices_scores_and_comments() -> None:
    said = texts.page(replace(report_of(1), quiz=QUIZ, pulse=PULSE))
    for words in ("1. Mulai kapan?: 75% benar dari 40 jawaban", "✓ 1 Januari: 30", "2 benar: 25 orang", "– Bagus"):
        assert words in said


def test_too_few_answers_are_not_shown() -> None:
    found = replace(report_of(1), pulse=PulseResult("Bagaimana?", 4, None, None))
    assert "Pulse: 4 jawaban" in texts.lines(found)[0]
    assert "belum ditampilkan" in texts.page(found)
    assert workbook_of(texts.sheets(found, []))


def test_the_sheets_mask_numbers_and_name_nobody_for_the_pulse(cast: Cast) -> None:
    found = replace(report_of(1), quiz=QUIZ, pulse=PULSE, steps=(StepProgress(1, 9, 9, 0, 0, 0),) * 2)
    made = texts.sheets(found, [PersonQuiz(cast.sari, 2, 1)])
    assert [sheet.name for sheet in made] == ["Kuis", "Kuis per orang", "Pulse", "Rangkaian"]
    cells = {cell for sheet in made for row in sheet.rows for cell in row}
    assert cast.sari.nip not in cells
    assert workbook_of(texts.sheets(found, [PersonQuiz(cast.sari, 2, 1)]))
