"""A cut document as a document of `knowledge/`, so that there is one form of policy text and one reader of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.documents.sections import Cut
from core.domain.knowledge import Section
from core.domain.knowledge_text import document_text


@dataclass(frozen=True)
class Front:
    """What is said of all sections. `basis` is the regulation they rest on, if the document is one or it was told."""

    document_id: str
    title: str
    as_of: date
    prefix: str
    basis: str | None = None
    source: str | None = None
    verification: str = "secondary"
    expires: date | None = None
    checked_by: str | None = None
    checked_at: date | None = None


def to_markdown(cut: Cut, front: Front) -> str:
    return document_text(
        [
            Section(
                section_id=f"{front.prefix}{number:02d}",
                document_id=front.document_id,
                document_title=front.title,
                as_of=front.as_of,
                title=part.title,
                text=part.text,
                basis=part.basis
                or " ".join(filter(None, (front.basis, part.article if front.basis else None)))
                or None,
                source=part.source or front.source,
                verification=front.verification,
                note=part.note,
                questions=part.questions,
                expires=front.expires,
                checked_by=front.checked_by,
                checked_at=front.checked_at,
            )
            for number, part in enumerate(cut.parts, 1)
        ]
    )


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "dokumen"


def prefix_for(document_id: str, held: Mapping[str, str]) -> str:
    """Capitals for the numbers of its sections: those it has, or ones no other document uses. `held`: document by section."""
    mine = [section_id for section_id, holder in held.items() if holder == document_id]
    if mine:
        return re.sub(r"\d+$", "", mine[0])
    taken = {re.sub(r"\d+$", "", section_id) for section_id in held}
    base = re.sub(r"[^A-Z]", "", document_id.upper())[:6] or "DOK"
    base = base if len(base) > 1 else f"{base}X"
    candidates = (base, *(f"{base}{chr(letter)}" for letter in range(ord("A"), ord("Z") + 1)))
    return next((one for one in candidates if one not in taken), f"{base}ZZ")
