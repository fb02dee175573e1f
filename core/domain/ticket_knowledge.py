"""Answers to tickets that become knowledge: what they must say, and that a second officer has looked at them.

draft → in_review → approved → withdrawn; declined it is a draft again. Pure rules: each function gives the entry as it would
stand, or raises; storing, auditing and telling it to everybody who asks is the service's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from core.domain.campaign_content import check_text
from core.domain.errors import (
    BasisFault,
    BasisMissing,
    EntryChanged,
    EntryIncomplete,
    EntryNotInState,
    OwnEntry,
    QuestionPersonal,
    TooManyQuestions,
)
from core.domain.knowledge import OFFICERS, Section
from core.domain.people import Person

DOCUMENT = "jawaban-hr"
"""The document of all entries; no import may bring one of that name."""
DOCUMENT_TITLE = "Jawaban tim SDM"
SECTION_PREFIX = "TIKET"

MOST_QUESTIONS, LONGEST_QUESTION = 8, 200
TEXT_LIMIT, BASIS_LIMIT = 1500, 300

_MARKER = re.compile(r"^\s*(?:[-•*]|\d{1,2}[.)])\s+")
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")
_REGULATION = re.compile(
    r"\b(?:uud|uu|undang-?undang|pp|peraturan|perpres|permen\w*|per(?:gub|da|lan|ka|bkn|wali)\w*|kep(?:pres|men|gub|ka|bkn)\w*|"
    r"keputusan|inpres|ingub|instruksi|se|surat edaran|edaran|pedoman|juknis)\b[^\n]*?\d",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:pasal|ps|ayat|angka|huruf|diktum|lampiran|bab|bagian|butir|halaman|hal)\b\.?\s*\(?\w+", re.IGNORECASE
)


class EntryStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    """Answers whoever asks."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class KnowledgeEntry:
    """`questions`: ways to ask it, the first is its title. `version` counts the edits: an approval is for one version."""

    ticket_number: int
    author_id: int
    status: EntryStatus
    created_at: datetime
    questions: tuple[str, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)
    basis: str = field(default="", repr=False)
    version: int = 1
    approved_by: int | None = None
    approved_at: datetime | None = None
    reason: str | None = field(default=None, repr=False)
    """Why the second officer declined it."""

    @property
    def section_id(self) -> str:
        return f"{SECTION_PREFIX}{self.ticket_number}"

    @property
    def subject(self) -> str:
        return f"entry:{self.ticket_number}"

    @property
    def is_complete(self) -> bool:
        return bool(self.questions and self.text and self.basis)


def check_questions(text: str) -> tuple[str, ...]:
    """One a line. Raises EmptyText, TextTooLong (200 each), TooManyQuestions, QuestionPersonal."""
    lines = [" ".join(_MARKER.sub("", line).split()) for line in text.splitlines()]
    questions = tuple(dict.fromkeys(check_text(line, LONGEST_QUESTION) for line in lines if line))
    if not questions:
        check_text("")
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestions(MOST_QUESTIONS)
    if any(_LONG_NUMBER.search(question) for question in questions):
        raise QuestionPersonal
    return questions


def check_basis(text: str) -> str:
    """A regulation with its number, and the place in it. Raises BasisMissing, EmptyText, TextTooLong (300)."""
    basis = " ".join(check_text(text, BASIS_LIMIT).split()).rstrip(".")
    # the number of an article is none of the regulation
    if not _REGULATION.search(_PLACE.sub(" ", basis)):
        raise BasisMissing(BasisFault.REGULATION)
    if not _PLACE.search(basis):
        raise BasisMissing(BasisFault.PLACE)
    return basis


def edited(
    entry: KnowledgeEntry,
    by: Person,
    *,
    questions: Sequence[str] | None = None,
    text: str | None = None,
    basis: str | None = None,
) -> KnowledgeEntry:
    """Voids a review. Whoever edits becomes the author: nobody checks words of their own. Raises EntryNotInState if approved."""
    if entry.status is EntryStatus.APPROVED:
        raise EntryNotInState(entry.ticket_number, entry.status)
    return replace(
        entry,
        author_id=by.person_id,
        status=EntryStatus.DRAFT,
        version=entry.version + 1,
        questions=entry.questions if questions is None else tuple(questions),
        text=entry.text if text is None else text,
        basis=entry.basis if basis is None else basis,
        approved_by=None,
        approved_at=None,
    )


def submitted(entry: KnowledgeEntry) -> KnowledgeEntry:
    """Raises EntryNotInState, EntryIncomplete."""
    if entry.status is not EntryStatus.DRAFT:
        raise EntryNotInState(entry.ticket_number, entry.status)
    if not entry.is_complete:
        raise EntryIncomplete(entry.ticket_number)
    return replace(entry, status=EntryStatus.IN_REVIEW, reason=None)


def approved(entry: KnowledgeEntry, by: Person, version: int, now: datetime) -> KnowledgeEntry:
    """By a second officer, for the version they saw. Raises EntryNotInState, OwnEntry, EntryChanged."""
    _require_judge(entry, by, version)
    return replace(entry, status=EntryStatus.APPROVED, approved_by=by.person_id, approved_at=now)


def declined(entry: KnowledgeEntry, by: Person, version: int, reason: str) -> KnowledgeEntry:
    """Back to its author. Raises as `approved`."""
    _require_judge(entry, by, version)
    return replace(entry, status=EntryStatus.DRAFT, reason=reason)


def withdrawn(entry: KnowledgeEntry) -> KnowledgeEntry:
    """Raises EntryNotInState."""
    if entry.status is not EntryStatus.APPROVED:
        raise EntryNotInState(entry.ticket_number, entry.status)
    return replace(entry, status=EntryStatus.WITHDRAWN)


def section_of(entry: KnowledgeEntry, day: date, checked_by: str | None) -> Section:
    """The fact that is told, as of the `day` on which it was approved."""
    return Section(
        section_id=entry.section_id,
        document_id=DOCUMENT,
        document_title=DOCUMENT_TITLE,
        as_of=day,
        title=entry.questions[0].rstrip("?").rstrip(),
        text=entry.text,
        basis=entry.basis,
        verification=OFFICERS,
        questions=entry.questions,
        checked_by=checked_by,
        checked_at=day,
    )


def _require_judge(entry: KnowledgeEntry, by: Person, version: int) -> None:
    if by.person_id == entry.author_id:
        raise OwnEntry(entry.ticket_number)
    if entry.status is not EntryStatus.IN_REVIEW:
        raise EntryNotInState(entry.ticket_number, entry.status)
    if entry.version != version:
        raise EntryChanged(entry.ticket_number)
