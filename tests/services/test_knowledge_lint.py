"""What is weak about sections is found before anybody asks, and only what must not stay counts as an error."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.knowledge import Section, parse_document
from core.services.knowledge_lint import Finding, Weakness, lint
from core.services.search.held_out import Material
from core.services.search.section_index import embedded_text
from core.services.search.words import plain
from tests.fakes import FakeEmbedder
from tests.services import policy

TODAY = date(2026, 11, 24)
SECTIONS = tuple(one for document in (policy.LEAVE, policy.OFFICE) for one in parse_document(document[1]))

MANY = [
    Section(
        f"Y{n:02}", "uji", "Uji", TODAY, f"Hal {word}", f"Aturan tentang {word} berlaku.",
        basis="Uji", questions=(f"apa itu {word}?", f"{word} bagaimana", f"aturan {word}"),
    )
    for n, word in enumerate(("mobil", "kucing", "pensil", "gedung", "sepatu", "jembatan", "lemari", "topi"))
]  # fmt: skip


def found(*sections: Section, least: int = 1) -> list[Finding]:
    embedder = FakeEmbedder()
    texts = embedder.passages([embedded_text(section) for section in sections])
    questions = embedder.queries([plain(question) for section in sections for question in section.questions])
    return lint(Material(sections, texts, questions, (), embedder.queries([])), plain, TODAY, least)


def weaknesses(findings: list[Finding], section_id: str) -> dict[Weakness, bool]:
    return {one.weakness: one.is_error for one in findings if one.section.section_id == section_id}


def changed(**facts: object) -> tuple[Section, ...]:
    return (replace(SECTIONS[0], **facts), *SECTIONS[1:])  # type: ignore[arg-type]


def test_sound_sections_have_no_errors() -> None:
    assert not [one for one in found(*SECTIONS) if one.is_error and one.weakness is not Weakness.NOT_FOUND]


@pytest.mark.parametrize(
    ("facts", "weakness", "is_error"),
    [
        ({"basis": None}, Weakness.NO_BASIS, True),
        ({"basis": None, "verification": "secondary"}, Weakness.NO_BASIS, False),
        ({"verification": "rumor"}, Weakness.UNKNOWN_VERIFICATION, True),
        ({"questions": ()}, Weakness.FEW_QUESTIONS, True),
        ({"expires": date(2026, 11, 23)}, Weakness.EXPIRED, True),
        ({"expires": date(2026, 12, 1)}, Weakness.EXPIRES_SOON, False),
        ({"text": SECTIONS[3].text}, None, False),
    ],
)
def test_each_weakness_is_named(facts: dict[str, object], weakness: Weakness | None, is_error: bool) -> None:
    first = weaknesses(found(*changed(**facts)), "X01")
    if weakness is not None:
        assert first[weakness] is is_error


def test_fewer_questions_than_wanted_are_counted() -> None:
    assert weaknesses(found(*SECTIONS, least=5), "X01")[Weakness.FEW_QUESTIONS] is False
    assert Weakness.FEW_QUESTIONS not in weaknesses(found(*SECTIONS, least=2), "X01")


def test_a_day_of_expiry_far_away_is_nothing_to_say() -> None:
    told = weaknesses(found(*changed(expires=date(2027, 6, 30))), "X01")
    assert not {Weakness.EXPIRED, Weakness.EXPIRES_SOON} & told.keys()


def test_the_same_text_and_the_same_question_twice_name_the_other_section() -> None:
    twin = replace(SECTIONS[0], section_id="X50", questions=(SECTIONS[0].questions[0], "jatah libur setahun?"))
    told = {one.weakness: one.facts for one in found(*SECTIONS, twin) if one.section.section_id == "X50"}
    assert told[Weakness.SAME_TEXT]["other"] == "X01"
    assert told[Weakness.SAME_QUESTION] == {"other": "X01", "question": SECTIONS[0].questions[0]}


def test_nearly_the_same_text_is_pointed_out_but_not_the_rule_for_the_other_status() -> None:
    text = "Seragam dipakai setiap hari Senin dan Kamis di kantor."
    one = Section("Y90", "uji", "Uji", TODAY, "Seragam", text, basis="Uji", questions=("kapan seragam dipakai?",))
    near = replace(
        one, section_id="Y91", text=text.replace("di kantor", "di kantor pusat"), questions=("hari seragam",)
    )
    told = weaknesses(found(*MANY, one, near), "Y91")
    assert told[Weakness.ALIKE] is False
    pns, pppk = replace(one, title="Seragam PNS"), replace(near, title="Seragam PPPK")
    assert Weakness.ALIKE not in weaknesses(found(*MANY, pns, pppk), "Y91")


def test_a_section_its_own_questions_do_not_find_is_an_error() -> None:
    lost = Section(
        "Y99", "uji", "Uji", TODAY, "Zzz", "Qqq www.", basis="Uji", questions=("apa itu mobil", "topi bagaimana")
    )
    told = {one.weakness: one for one in found(*MANY, lost) if one.section.section_id == "Y99"}
    assert told[Weakness.NOT_FOUND].is_error
    assert told[Weakness.NOT_FOUND].facts == {"asked": 2}


def test_errors_come_first() -> None:
    told = found(*changed(expires=date(2026, 12, 1)), replace(SECTIONS[0], section_id="X70", verification="rumor"))
    kinds = [one.is_error for one in told]
    assert kinds == sorted(kinds, reverse=True)


def test_nothing_is_wrong_with_nothing() -> None:
    assert found() == []
