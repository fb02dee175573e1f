"""What both readers give: the lines of a document with what their looks say about them."""

from dataclasses import dataclass, field
from typing import Any, Self

from core.domain.row_problems import Fault

LONGEST_TEXT = 3_000_000
"""Characters; the longest Indonesian laws have less than a million."""


class Unreadable(Exception):
    """The document cannot be read; `facts` as the fault lists them."""

    def __init__(self, fault: Fault, **facts: Any) -> None:
        super().__init__(fault)
        self.fault = fault
        self.facts = facts


@dataclass(frozen=True)
class Line:
    """`level`: depth of a heading by its style (0: the document's title), None: not a heading by style.

    `size` is the height of the letters, 0 if unknown.
    """

    text: str
    level: int | None = None
    size: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True)
class Reading:
    """`wraps`: a paragraph may go on in the next line. `title` is what the file calls itself."""

    lines: tuple[Line, ...]
    wraps: bool = False
    title: str = ""
    pages_without_text: tuple[int, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {
            "lines": [[line.text, line.level, line.size, line.is_bold] for line in self.lines],
            "wraps": self.wraps,
            "title": self.title,
            "pages_without_text": list(self.pages_without_text),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        lines = tuple(Line(*line) for line in value["lines"])
        return cls(lines, value["wraps"], value["title"], tuple(value["pages_without_text"]))
