"""The root of all refusals, and the one about files. The whole tree stands in `core.domain.errors`."""

from dataclasses import dataclass

from core.domain.row_problems import RowProblem


class CoreError(Exception):
    """Base of all refusals. Subclasses are frozen facts; `str()` is for logs only."""


@dataclass(eq=False)
class BadImport(CoreError):
    problems: tuple[RowProblem, ...]
