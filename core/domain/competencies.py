"""Competencies a position asks for, those a person has, and which open trainings to advise for what reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.courses import Availability

FEWEST_COLLEAGUES = 3
"""Fewer would point at somebody."""


class Basis(StrEnum):
    """Why a training is advised, strongest first."""

    GAP = "gap"
    COLLEAGUES = "colleagues"
    OPEN = "open"


@dataclass(frozen=True)
class Recommendation:
    """`competencies` the position asks for and the person lacks; `colleagues` in the same position who took the course."""

    availability: Availability
    basis: Basis
    competencies: tuple[str, ...] = ()
    colleagues: int = 0


def required_by(position: str, requirements: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The competencies of all patterns that fit the position: its name, or its beginning with a star behind (`Guru*`)."""
    name = position.casefold()
    return frozenset(
        competency
        for pattern, competencies in requirements.items()
        for competency in competencies
        if _fits(pattern.casefold(), name)
    )


def advise(
    candidates: Sequence[Availability],
    gap: Collection[str],
    taught: Mapping[str, Collection[str]],
    colleagues: Mapping[str, int],
    limit: int,
) -> list[Recommendation]:
    """One session for each course, at most `limit`: what closes most of the gap, then what most colleagues took, then the rest.

    `candidates` are open to the person, best suited first; that order decides between equals and which session of a course.
    """
    first_of_course = {one.session.course.code: one for one in reversed(candidates)}
    found = [
        _reason(one, gap, taught, colleagues)
        for one in sorted(first_of_course.values(), key=lambda one: candidates.index(one))
    ]
    strength = {basis: place for place, basis in enumerate(Basis)}
    return sorted(found, key=lambda one: (strength[one.basis], -len(one.competencies), -one.colleagues))[:limit]


def _reason(
    one: Availability, gap: Collection[str], taught: Mapping[str, Collection[str]], colleagues: Mapping[str, int]
) -> Recommendation:
    code = one.session.course.code
    if missing := sorted(set(gap) & set(taught.get(code, ()))):
        return Recommendation(one, Basis.GAP, competencies=tuple(missing))
    if colleagues.get(code, 0) >= FEWEST_COLLEAGUES:
        return Recommendation(one, Basis.COLLEAGUES, colleagues=colleagues[code])
    return Recommendation(one, Basis.OPEN)


def _fits(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
