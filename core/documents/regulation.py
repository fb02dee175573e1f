"""What a document says of itself: which regulation it is, and as of when. Only what is written there, never a guess."""

import re
from collections.abc import Sequence
from datetime import date

from core.domain.calendar import MONTHS

_KINDS = (
    (r"UNDANG-UNDANG", "UU"),
    (r"PERATURAN PEMERINTAH", "PP"),
    (r"PERATURAN PRESIDEN", "Perpres"),
    (r"KEPUTUSAN PRESIDEN", "Keppres"),
    (r"PERATURAN MENTERI PENDAYAGUNAAN APARATUR NEGARA", "PermenPANRB"),
    (r"PERATURAN MENTERI DALAM NEGERI", "Permendagri"),
    (r"PERATURAN (?:KEPALA )?BADAN KEPEGAWAIAN NEGARA", "PerBKN"),
    (r"PERATURAN (?:KEPALA )?LEMBAGA ADMINISTRASI NEGARA", "PerLAN"),
    (r"PERATURAN DAERAH", "Perda"),
    (r"PERATURAN GUBERNUR", "Pergub"),
    (r"KEPUTUSAN GUBERNUR", "Kepgub"),
    (r"INSTRUKSI GUBERNUR", "Ingub"),
    (r"SURAT EDARAN", "SE"),
)
_NUMBER = r".{0,160}?\bNOMOR\s*:?\s*(?P<number>[\w./-]+)(?:\s+TAHUN\s+(?P<year>\d{4}))?"
_HEAD = 40
"""The name stands in so many first lines, above "Menimbang"."""
_BODY = re.compile(r"(?:menimbang|mengingat|bab\s+i\b|pasal\s+1\b)", re.IGNORECASE)
_ENACTED = re.compile(
    rf"(?:ditetapkan|disahkan|dikeluarkan)\s+di\s+.{{2,60}}?pada\s+tanggal\s+(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})",
    re.IGNORECASE | re.DOTALL,
)


def regulation_named(lines: Sequence[str]) -> str | None:
    """Its short name ("PP 11/2017") from the title in capitals; None if the document has none."""
    head = []
    for line in lines[:_HEAD]:
        if _BODY.match(line):
            break
        if line == line.upper() and re.search(r"[A-Z]", line):
            head.append(line)
    text = " ".join(head)
    for kind, short in _KINDS:
        found = re.match(rf"(?:.{{0,80}}\b)?{kind}\b{_NUMBER}", text)
        if found and found["year"]:
            return f"{short} {found['number']}/{found['year']}"
        if found and "/" in found["number"]:
            return f"{short} {found['number']}"
    return None


def enacted_on(lines: Sequence[str]) -> date | None:
    """The day below "Ditetapkan di …"; of several the first."""
    found = _ENACTED.search("\n".join(lines))
    if found is None:
        return None
    try:
        return date(int(found[3]), [month.lower() for month in MONTHS].index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
