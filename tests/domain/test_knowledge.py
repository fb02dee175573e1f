"""Reading a policy document: its sections, and every bad line named."""

from datetime import date

import pytest

from core.domain.errors import BadImport
from core.domain.knowledge import parse_document
from core.domain.row_problems import Fault

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


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("", [(1, Fault.NO_FRONT_MATTER)] * 3),
        (FRONT, [(1, Fault.NO_SECTION)]),
        (FRONT.replace("2026-11-24", "kemarin") + "## G01 · A\n\nIsi.\n", [(1, Fault.NOT_A_DATE)]),
        (
            FRONT + "## Tanpa nomor\n\nIsi.\n## G01 · A\n\n## G02 · B\n\nIsi.\n## G02 · B\n\nIsi.\n",
            [(6, Fault.NOT_A_HEADING), (9, Fault.NO_SECTION_TEXT), (14, Fault.ID_TWICE)],
        ),
    ],
    ids=["empty", "no section", "no date", "bad headings, no text, twice"],
)
def test_every_bad_line_is_named(markdown: str, found: list[tuple[int, Fault]]) -> None:
    with pytest.raises(BadImport) as refusal:
        parse_document(markdown)
    assert [(problem.line, problem.fault) for problem in refusal.value.problems] == found
