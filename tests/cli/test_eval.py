"""The evaluation: what each measure counts, which lines are refused, and what is said when nothing runs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli import eval as command
from cli.evaluation.lines import BadSet, Line, read_lines
from cli.evaluation.measures import SHARES, Outcome, macro_f1, measure, percentile, reliability, report
from cli.evaluation.page import page
from cli.rasa_channel import NotAnswered, RasaChannel, Turn
from cli.session import GivenUp


def line(
    intent: str = "greet", *, register: str = "casual", training: str | None = None, facts: Sequence[str] = ()
) -> Line:
    return Line(1, "halo", intent, register, training, tuple(facts))


def turn(intent: str, *, confidence: float = 0.9, latency_ms: float = 10.0, **said: Any) -> Turn:
    return Turn("halo", intent, confidence, [], ["Halo"], [], [], latency_ms, **said)


def outcome(intent: str, acted_on: str | None = None, **label: Any) -> Outcome:
    return Outcome(line(intent, **label), turn(acted_on or intent))


def policy(
    facts: Sequence[str], sources: Sequence[str], suggestions: Sequence[str] = (), *, answered: bool = True
) -> Outcome:
    said = turn("ask_policy", sources=list(sources), suggestions=list(suggestions), answered=answered)
    return Outcome(line("ask_policy", facts=facts), said)


def test_a_fallback_is_a_miss_in_scope_and_a_hit_out_of_scope() -> None:
    measures = measure(
        [
            outcome("greet"),
            outcome("thank", "nlu_fallback"),
            outcome("affirm", "deny"),
            outcome("thank", "out_of_scope"),
            outcome("out_of_scope", "nlu_fallback"),
            outcome("out_of_scope"),
            outcome("out_of_scope", "greet"),
            outcome("out_of_scope", "greet"),
        ]
    )
    assert measures["intent_accuracy"] == 0.25
    assert measures["false_fallback"] == 0.5
    assert measures["oos_recall"] == 0.5


def test_macro_f1_weighs_each_labelled_intent_the_same() -> None:
    outcomes = [outcome("greet"), outcome("greet"), outcome("greet"), outcome("thank", "greet")]
    assert macro_f1(outcomes) == pytest.approx((6 / 7 + 0) / 2)


def test_the_course_must_be_the_one_acted_on() -> None:
    right = Outcome(line("enroll_training", training="TIK-02"), turn("enroll_training", course="TIK-02"))
    wrong = Outcome(line("enroll_training", training="TIK-02"), turn("enroll_training", course="TIK-03"))
    none = Outcome(line("enroll_training", training="TIK-02"), turn("enroll_training"))
    assert measure([right, wrong, none, outcome("greet")])["entity_accuracy"] == pytest.approx(1 / 3)


def test_policy_answers_are_counted_by_first_source_offer_and_refusal() -> None:
    measures = measure(
        [
            policy(["D01"], ["D01", "D02"]),
            policy(["D02"], ["D01", "D02"]),  # in the answer but not first
            policy(["D04"], ["D01"], ["D02", "D03", "D04"]),  # only suggested: wrong, yet among the three
            policy(["D05"], [], ["D01", "D02", "D03", "D05"], answered=False),  # the fourth suggestion does not count
            policy([], [], ["D01"], answered=False),
            policy([], ["D01"]),
        ]
    )
    assert measures["policy_top1"] == 0.25
    assert measures["policy_top3"] == 0.75
    assert measures["policy_refused"] == 0.5
    assert measures["policy_confidently_wrong"] == pytest.approx(2 / 6)


def test_sources_of_a_reply_that_is_no_answer_do_not_count() -> None:
    assert measure([policy(["D01"], ["D01"], answered=False)])["policy_top1"] == 0.0


def test_a_line_without_an_answer_is_a_miss_and_has_no_latency() -> None:
    measures = measure([Outcome(line(), None), outcome("greet")])
    assert measures["intent_accuracy"] == 0.5
    assert measures["latency_p95_ms"] == 10.0


def test_measures_without_lines_are_none() -> None:
    measures = measure([outcome("greet")])
    assert measures["oos_recall"] is None
    assert measures["policy_top1"] is None


@pytest.mark.parametrize(
    ("times", "percent", "expected"), [([1, 2, 3, 4], 50, 2), ([1, 2, 3, 4], 95, 4), ([7], 50, 7), ([], 50, None)]
)
def test_a_percentile_is_a_value_that_was_measured(times: list[float], percent: int, expected: float | None) -> None:
    assert percentile(times, percent) == expected


def test_the_report_has_exactly_the_agreed_names_for_all_and_for_each_register() -> None:
    names = {*SHARES, "latency_p50_ms", "latency_p95_ms", "n"}
    result = report([outcome("greet", register="betawi"), outcome("greet", register="typo"), outcome("greet")])
    assert set(result) == names | {"by_register"}
    assert set(result["by_register"]) == {"casual", "betawi", "typo"}
    assert all(set(part) == names for part in result["by_register"].values())
    assert result["n"] == 3


def test_reliability_puts_lines_of_like_confidence_together() -> None:
    outcomes = [
        Outcome(line("greet"), turn("greet", confidence=0.92)),
        Outcome(line("greet"), turn("thank", confidence=0.98)),
        Outcome(line("greet"), turn("thank", confidence=0.31)),
    ]
    assert reliability(outcomes) == [(0.31, 0.0, 1), (pytest.approx(0.95), 0.5, 2)]


GOOD = {"text": "halo", "intent": "greet", "register": "casual"}


def written(*rows: object) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


def test_lines_are_read_with_their_numbers_and_blank_ones_are_skipped() -> None:
    policy_line = {"text": "cuti?", "intent": "ask_policy", "register": "formal", "facts": ["G03"]}
    training_line = GOOD | {"intent": "enroll_training", "entities": {"training": "TIK-02", "period": "besok"}}
    assert read_lines(written(GOOD, "", policy_line, training_line)) == [
        Line(1, "halo", "greet", "casual"),
        Line(3, "cuti?", "ask_policy", "formal", None, ("G03",)),
        Line(4, "halo", "enroll_training", "casual", "TIK-02"),
    ]


def test_every_bad_line_is_named() -> None:
    rows = [
        "{not json",
        "[]",
        GOOD | {"text": "  "},
        GOOD | {"text": "a" * 4097},
        GOOD | {"intent": "dance"},
        GOOD | {"register": "shouted"},
        GOOD | {"entities": ["TIK-02"]},
        {"text": "cuti?", "intent": "ask_policy", "register": "formal"},
        GOOD,
    ]
    with pytest.raises(BadSet) as refused:
        read_lines(written(*rows))
    assert [problem.number for problem in refused.value.problems] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BadSet):
        read_lines("\n\n")


def test_bad_lines_end_with_two_and_name_file_line_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(written(GOOD, GOOD | {"intent": "dance"}), encoding="utf-8")
    assert command.evaluate(file, None, None) == 2
    complained = capsys.readouterr().err
    assert f"{file}:2: `intent` tidak dikenal: 'dance'" in complained
    assert "1 baris" in complained


def test_a_missing_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.evaluate(tmp_path / "none.jsonl", None, None) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def channel(*answers: httpx.Response | Exception) -> tuple[RasaChannel, list[str]]:
    waiting, senders = list(answers), []

    def handle(request: httpx.Request) -> httpx.Response:
        senders.append(json.loads(request.content)["sender"])
        answer = waiting.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return RasaChannel(httpx.Client(base_url="http://rasa", transport=httpx.MockTransport(handle)), "secret"), senders


def replied(intent: str) -> httpx.Response:
    return httpx.Response(200, json={"messages": [{"text": "Halo"}], "trace": {"intent": intent, "confidence": 0.9}})


def test_each_line_is_a_new_conversation_of_the_employee() -> None:
    talking, senders = channel(replied("greet"), replied("thank"))
    outcomes = command.run([line(), line("thank")], talking, 7)
    assert [one.intent for one in outcomes] == ["greet", "thank"]
    assert all(sender.startswith("cli-7-eval") for sender in senders)
    assert len(set(senders)) == 2


def test_one_silent_line_is_a_miss_and_three_in_a_row_end_the_run() -> None:
    late = httpx.ReadTimeout("late")
    talking, _ = channel(late, replied("greet"), httpx.Response(500))
    assert [one.turn is None for one in command.run([line()] * 3, talking, 7)] == [True, False, True]
    talking, _ = channel(late, late, late, replied("greet"))
    with pytest.raises(NotAnswered):
        command.run([line()] * 4, talking, 7)


def test_an_assistant_that_is_not_there_ends_the_run_at_once() -> None:
    talking, _ = channel(httpx.ConnectError("refused"))
    with pytest.raises(GivenUp, match="belum berjalan"):
        command.run([line()] * 4, talking, 7)


def test_the_page_stands_alone_and_escapes_what_people_typed() -> None:
    hostile = Outcome(Line(1, "<script>alert(1)</script>", "greet", "casual"), turn("thank"))
    outcomes = [hostile, outcome("greet"), policy(["D01"], ["D02"]), Outcome(line("thank"), None)]
    html = page("set.jsonl", report(outcomes), outcomes)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert html.count("<svg") == 2
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
