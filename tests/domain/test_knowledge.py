"""Reading a policy document: its sections, and every bad line named."""

from datetime import date
from pathlib import Path

import pytest

from core.domain.errors import BadImport
from core.domain.knowledge import parse_document
from core.domain.knowledge_text import document_text
from core.domain.row_problems import Fault

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
FRONT = '---\nid: cuti\ntitle: "Cuti"\nas_of: 2026-11-24\n---\n'


def test_a_section_holds_its_fact_and_where_it_comes_from() -> None:
    first, second = parse_document(
        FRONT
        + "\n## G01 · Jenis cuti\n\nAda tujuh.\nBaris kedua.\n\n- basis: PP 11/2017 Ps 310\n- source: https://contoh.id/a\n"
        + "- verification: primary\n- note: Hanya PNS.\n- questions: Apa saja? | cuti apa aja | \n"
        + "\n## G02 · Pemberi\n\nPPK.\n\n- note:\n"
    )
    assert (first.section_id, first.document_id, first.document_title, first.as_of) == (
        "G01",
        "cuti",
        "Cuti",
        date(2026, 11, 24),
    )
    assert first.text == "Ada tujuh.\nBaris kedua."
    assert (first.basis, first.note, first.is_checked) == ("PP 11/2017 Ps 310", "Hanya PNS.", True)
    assert first.questions == ("Apa saja?", "cuti apa aja")
    assert (second.basis, second.note, second.is_checked, second.questions) == (None, None, False, ())


def test_the_last_check_stands_for_the_whole_document_or_with_a_section() -> None:
    front = FRONT.replace("as_of", "checked_by: Rina, BKD\nchecked_at: 2026-11-01\nexpires: 2027-06-30\nas_of")
    first, second = parse_document(
        front + "## G01 · A\n\nIsi.\n\n- expires: 2026-12-31\n- checked_by: Budi\n\n## G02 · B\n\nIsi.\n"
    )
    assert (first.expires, first.checked_by, first.checked_at) == (date(2026, 12, 31), "Budi", date(2026, 11, 1))
    assert (second.expires, second.checked_by) == (date(2027, 6, 30), "Rina, BKD")


def test_a_section_is_valid_on_its_last_day_and_expired_on_the_next() -> None:
    (section,) = parse_document(FRONT + "## G01 · A\n\nIsi.\n\n- expires: 2026-12-31\n")
    assert not section.is_expired(date(2026, 12, 31))
    assert section.is_expired(date(2027, 1, 1))
    assert not parse_document(FRONT + "## G01 · A\n\nIsi.\n")[0].is_expired(date.max)


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("", [(1, Fault.NO_FRONT_MATTER)] * 3),
        (FRONT, [(1, Fault.NO_SECTION)]),
        (FRONT + "## G01 · A\n\nIsi.\n\n- expires: besok\n", [(6, Fault.NOT_A_DATE)]),
        (FRONT.replace("2026-11-24", "kemarin") + "## G01 · A\n\nIsi.\n", [(1, Fault.NOT_A_DATE)]),
        (
            FRONT + "## Tanpa nomor\n\nIsi.\n## G01 · A\n\n## G02 · B\n\nIsi.\n## G02 · B\n\nIsi.\n",
            [(6, Fault.NOT_A_HEADING), (9, Fault.NO_SECTION_TEXT), (14, Fault.ID_TWICE)],
        ),
    ],
    ids=["empty", "no section", "no day of expiry", "no date", "bad headings, no text, twice"],
)
def test_every_bad_line_is_named(markdown: str, found: list[tuple[int, Fault]]) -> None:
    with pytest.raises(BadImport) as refusal:
        parse_document(markdown)
    assert [(problem.line, problem.fault) for problem in refusal.value.problems] == found


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.glob("*.md")), ids=lambda path: path.stem)
def test_every_shipped_document_written_again_reads_the_same(path: Path) -> None:
    sections = parse_document(path.read_text(encoding="utf-8"))
    assert parse_document(document_text(sections)) == sections
