"""Which of a person's own enrollments their words mean. The whole catalogue is searched in `catalogue`, not here."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from core.domain.courses import Session
from core.domain.enrollment import Enrollment

_CODE = re.compile(r"\b([a-z]{3})[\s-]*([0-9]{1,2})(?:[\s-]+([a-z]))?\b")
_WORD = re.compile(r"[a-z]{3,}")
_SAY_NOTHING = frozenset(
    _WORD.findall(
        "batal batalin batalkan ikut ikutan jadi kelas diklat pelatihan kursus pendaftaran daftar mau ingin saya aku "
        "dari untuk yang dan bagi dalam tidak gak nggak enggak dong tolong dasar tingkat sesi kegiatan acara hapus"
    )
)
_ALIKE = 85
"""Percent of likeness that forgives a typo but does not take one word for another."""


def meant(text: str, enrollments: Sequence[Enrollment]) -> list[Enrollment]:
    """The enrollments meant, several when the words fit several equally well; empty when they name none."""
    text = text.lower()
    if codes := [_code(match) for match in _CODE.finditer(text)]:
        named = [e for e in enrollments if any(_is_of(e.session, code) for code in codes)]
        if named:
            return named
    words = _words(text)
    scores = [sum(_fits(word, _words(e.session.course.title.lower())) for word in words) for e in enrollments]
    best = max(scores, default=0)
    return [e for e, score in zip(enrollments, scores, strict=True) if best and score == best]


def _code(match: re.Match[str]) -> str:
    course = f"{match[1]}-{int(match[2]):02d}".upper()
    return f"{course}-{match[3].upper()}" if match[3] else course


def _is_of(session: Session, code: str) -> bool:
    return code in (session.code, session.course.code)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text)) - _SAY_NOTHING


def _fits(word: str, title: set[str]) -> bool:
    return any(fuzz.ratio(word, other) >= _ALIKE for other in title)
