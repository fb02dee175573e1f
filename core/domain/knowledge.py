"""Policy facts: one section of Markdown is one fact, with its basis and how far it was checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from core.domain.errors import BadImport
from core.domain.row_problems import FILE, HEADING, Fault, RowProblem

PRIMARY = "primary"
"""The only verification that may be told without "perlu dicek"."""

_HEADING = re.compile(r"^## +(?P<id>[A-Z]+\d+) +· +(?P<title>.+?)\s*$")
_METADATA = re.compile(
    r"^- (?P<key>basis|source|verification|note|questions|expires|checked_by|checked_at): *(?P<value>.*?)\s*$"
)
_FRONT = re.compile(r'^(?P<key>id|title|as_of|expires|checked_by|checked_at): *"?(?P<value>.*?)"?\s*$')
OFFICERS = "officers"
"""An answer of HR, given by one officer and checked by another."""
VERIFICATIONS = (PRIMARY, "secondary", "policy-document", OFFICERS)
"""The levels the edges have words for."""


@dataclass(frozen=True)
class Section:
    """A fact. `basis` is the regulation and article; `note` limits how it may be told; `questions` are ways to ask for it."""

    section_id: str
    document_id: str
    document_title: str
    as_of: date
    title: str
    text: str
    basis: str | None = None
    source: str | None = None
    verification: str = "secondary"
    note: str | None = None
    questions: tuple[str, ...] = field(default=())
    expires: date | None = None
    """The last day on which it may be told as valid; afterwards somebody must look at it again."""
    checked_by: str | None = None
    checked_at: date | None = None

    @property
    def is_checked(self) -> bool:
        return self.verification == PRIMARY

    def is_expired(self, on: date) -> bool:
        return self.expires is not None and self.expires < on


def parse_document(markdown: str) -> list[Section]:
    """The sections of one document of `knowledge/`: front matter (id, title, as_of), then `## ID · Title` sections.

    `expires`, `checked_by` and `checked_at` may stand in the front matter for all sections, or with one of them.
    Raises BadImport naming every bad line; a document is read whole or not at all.
    """
    lines = markdown.splitlines()
    problems: list[RowProblem] = []
    front = {m["key"]: m["value"] for m in map(_FRONT.match, _front_matter(lines)) if m}
    problems += [RowProblem(1, key, Fault.NO_FRONT_MATTER) for key in ("id", "title", "as_of") if not front.get(key)]
    as_of = _day(front, "as_of", 1, problems) or date.min
    expires, checked_at = (_day(front, key, 1, problems) for key in ("expires", "checked_at"))
    sections: list[Section] = []
    seen: set[str] = set()
    for number, heading, body in _blocks(lines):
        match = _HEADING.match(heading)
        if not match:
            problems.append(RowProblem(number, HEADING, Fault.NOT_A_HEADING))
            continue
        found = [m for m in map(_METADATA.match, body) if m]
        data = {m["key"]: m["value"] for m in found if m["value"]}
        text = "\n".join(line for line in body if line.strip() and not _METADATA.match(line)).strip()
        if not text:
            problems.append(RowProblem(number, match["id"], Fault.NO_SECTION_TEXT))
        if match["id"] in seen:
            problems.append(RowProblem(number, match["id"], Fault.ID_TWICE))
        seen.add(match["id"])
        sections.append(
            Section(
                section_id=match["id"],
                document_id=front.get("id", ""),
                document_title=front.get("title", ""),
                as_of=as_of,
                title=match["title"],
                text=text,
                basis=data.get("basis"),
                source=data.get("source"),
                verification=data.get("verification", "secondary"),
                note=data.get("note"),
                questions=tuple(q.strip() for q in data.get("questions", "").split("|") if q.strip()),
                expires=_day(data, "expires", number, problems) or expires,
                checked_by=data.get("checked_by") or front.get("checked_by") or None,
                checked_at=_day(data, "checked_at", number, problems) or checked_at,
            )
        )
    if not sections and not problems:
        problems.append(RowProblem(1, FILE, Fault.NO_SECTION))
    if problems:
        raise BadImport(tuple(problems))
    return sections


def _day(values: Mapping[str, str], key: str, line: int, problems: list[RowProblem]) -> date | None:
    """The day written there, None if there is none; what is no day joins the problems."""
    if not values.get(key):
        return None
    try:
        return date.fromisoformat(values[key])
    except ValueError:
        problems.append(RowProblem(line, key, Fault.NOT_A_DATE, {"value": values[key]}))
        return None


def _front_matter(lines: list[str]) -> list[str]:
    if not lines or lines[0].strip() != "---":
        return []
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    return lines[1:end]


def _blocks(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Yields (line number counted from 1, heading, lines below it)."""
    starts = [i for i, line in enumerate(lines) if line.startswith("## ")]
    for start, end in pairwise([*starts, len(lines)]):
        yield start + 1, lines[start], lines[start + 1 : end]
