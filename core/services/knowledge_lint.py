"""What is weak about policy sections, before anybody asks for them: no basis, no way to be found, told twice, out of date.

Pure computation over sections and their vectors; the words are the edges'.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np

from core.domain.knowledge import VERIFICATIONS, Section
from core.services.knowledge_checks import NOTICE_DAYS
from core.services.questions import SUGGESTED
from core.services.search.held_out import Material, held_out
from core.services.search.judging import judged
from core.services.search.meaning import MeaningSpace
from core.services.search.section_index import SectionIndex
from core.services.search.words import Normalize

FEWEST_QUESTIONS = 5
ALIKE = 0.75
"""Closeness of two texts (in the space of the search) from which a person should look whether they say the same.

Of the shipped sections six pairs are closer; texts reworded by hand came to 0.4 to 0.6, copies with small changes to over 0.9.
"""


class Weakness(StrEnum):
    """`facts` beside each."""

    NO_BASIS = "no_basis"
    UNKNOWN_VERIFICATION = "unknown_verification"  # value
    FEW_QUESTIONS = "few_questions"  # count least
    SAME_TEXT = "same_text"  # other
    ALIKE = "alike"  # other closeness
    SAME_QUESTION = "same_question"  # other question
    NOT_FOUND = "not_found"  # asked
    RARELY_FOUND = "rarely_found"  # found asked
    EXPIRED = "expired"  # expires
    EXPIRES_SOON = "expires_soon"  # expires


@dataclass(frozen=True)
class Finding:
    """`is_error`: it must not stay so; the others are for a person to weigh."""

    section: Section
    weakness: Weakness
    is_error: bool
    facts: dict[str, Any] = field(default_factory=dict)


def lint(material: Material, normalize: Normalize, today: date, fewest: int = FEWEST_QUESTIONS) -> list[Finding]:
    """Errors first, then in the order of the sections."""
    place = {section.section_id: i for i, section in enumerate(material.sections)}
    found = [
        *(finding for section in material.sections for finding in _alone(section, today, fewest)),
        *_repeated(material, normalize),
        *_hard_to_find(material, normalize),
    ]
    return sorted(found, key=lambda one: (not one.is_error, place[one.section.section_id]))


def _alone(section: Section, today: date, fewest: int) -> Iterator[Finding]:
    if section.verification not in VERIFICATIONS:
        yield Finding(section, Weakness.UNKNOWN_VERIFICATION, True, {"value": section.verification})
    if section.basis is None:
        # what was checked against a regulation has one; of other facts the answer says that it is missing
        yield Finding(section, Weakness.NO_BASIS, section.is_checked)
    if len(section.questions) < fewest:
        facts = {"count": len(section.questions), "least": fewest}
        yield Finding(section, Weakness.FEW_QUESTIONS, not section.questions, facts)
    if section.expires is not None:
        if section.is_expired(today):
            yield Finding(section, Weakness.EXPIRED, True, {"expires": section.expires})
        elif section.expires <= today + timedelta(days=NOTICE_DAYS["month"]):
            yield Finding(section, Weakness.EXPIRES_SOON, False, {"expires": section.expires})


def _repeated(material: Material, normalize: Normalize) -> Iterator[Finding]:
    sections = material.sections
    texts: dict[str, Section] = {}
    asked: dict[str, Section] = {}
    for section in sections:
        first = texts.setdefault(normalize(section.text), section)
        if first is not section:
            yield Finding(section, Weakness.SAME_TEXT, True, {"other": first.section_id})
        for question in section.questions:
            other = asked.setdefault(normalize(question), section)
            if other is not section:
                facts = {"other": other.section_id, "question": question}
                yield Finding(section, Weakness.SAME_QUESTION, False, facts)
    for i, j, closeness in _alike(material, normalize):
        if normalize(sections[i].text) != normalize(sections[j].text):
            close = {"other": sections[i].section_id, "closeness": closeness}
            yield Finding(sections[j], Weakness.ALIKE, False, close)


def _alike(material: Material, normalize: Normalize) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts; the same rule for PNS and for PPPK is no repetition."""
    owners = [i for i, section in enumerate(material.sections) for _ in section.questions]
    space = MeaningSpace(material.texts, material.questions, owners)
    if not space.is_fitted:
        return
    status = SectionIndex(material.sections, material.texts, material.questions, normalize).status
    for j in range(1, len(material.sections)):
        closeness = space.between_texts(j)[:j]
        for i in np.flatnonzero(closeness >= ALIKE):
            if status[i] is status[j]:
                yield int(i), j, float(closeness[i])


def _hard_to_find(material: Material, normalize: Normalize) -> Iterator[Finding]:
    """By its own questions, each asked of a search that does not know it."""
    asked: Counter[int] = Counter()
    found: defaultdict[int, int] = defaultdict(int)
    for one in held_out(material, normalize):
        if one.right is not None:
            asked[one.right] += 1
            found[one.right] += any(judged(one.evidence, {one.right}).is_right[:SUGGESTED])
    for i, count in asked.items():
        if not found[i]:
            yield Finding(material.sections[i], Weakness.NOT_FOUND, True, {"asked": count})
        elif 2 * found[i] < count:
            yield Finding(material.sections[i], Weakness.RARELY_FOUND, False, {"found": found[i], "asked": count})


def errors(found: Sequence[Finding]) -> int:
    return sum(one.is_error for one in found)
