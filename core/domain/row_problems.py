"""What can be wrong with an imported file, as facts. The words for HR are the edges'."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FILE, ROW, HEADING = "file", "row", "heading"
"""In place of a column: the file as a whole, a row as a whole, a heading of a document."""


class Fault(StrEnum):
    """What is wrong; the facts that come with it stand beside it."""

    REQUIRED = "required"
    TOO_LONG = "too_long"  # limit
    NOT_WHOLE_NUMBER = "not_whole_number"  # value
    OUT_OF_RANGE = "out_of_range"  # value least most
    NOT_AN_OPTION = "not_an_option"  # value options
    NOT_YES_OR_NO = "not_yes_or_no"  # value
    NOT_A_MOMENT = "not_a_moment"  # value
    NOT_A_CLOCK = "not_a_clock"  # value
    NOT_A_DATE = "not_a_date"  # value
    NOT_A_CODE = "not_a_code"  # value
    SAME_AS_LINE = "same_as_line"  # line

    NOT_TEXT = "not_text"
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    MISSING_COLUMN = "missing_column"
    COLUMN_TWICE = "column_twice"
    CELL_COUNT = "cell_count"  # found expected
    OPEN_QUOTE = "open_quote"

    NIP_LENGTH = "nip_length"  # length
    NIP_MANGLED = "nip_mangled"
    NOT_A_PHONE = "not_a_phone"
    UNKNOWN_PERSON = "unknown_person"
    NOT_AN_OFFICER = "not_an_officer"
    UNKNOWN_UNIT = "unknown_unit"  # code
    UNKNOWN_PARENT = "unknown_parent"  # code
    UNKNOWN_SUPERVISOR = "unknown_supervisor"
    ABOVE_ITSELF = "above_itself"

    UNKNOWN_COURSE = "unknown_course"  # code
    ENDS_BEFORE_START = "ends_before_start"
    CLOSES_AFTER_START = "closes_after_start"
    SEATS_TAKEN = "seats_taken"  # taken
    NOT_A_QUOTA = "not_a_quota"  # value

    NO_FRONT_MATTER = "no_front_matter"
    NOT_A_HEADING = "not_a_heading"
    NO_SECTION = "no_section"
    NO_SECTION_TEXT = "no_section_text"
    ID_TWICE = "id_twice"
    ID_HELD = "id_held"  # holder

    DOCUMENT_KIND = "document_kind"
    DOCUMENT_TOO_LARGE = "document_too_large"  # limit
    DOCUMENT_TOO_LONG = "document_too_long"  # limit
    DOCUMENT_TOO_MANY_PAGES = "document_too_many_pages"  # pages limit
    DOCUMENT_TOO_COSTLY = "document_too_costly"
    DOCUMENT_BOMB = "document_bomb"
    DOCUMENT_LOCKED = "document_locked"
    DOCUMENT_BROKEN = "document_broken"
    DOCUMENT_EMPTY = "document_empty"
    DOCUMENT_SCANNED = "document_scanned"  # pages
    OLD_WORD = "old_word"
    NO_HEADINGS = "no_headings"
    NO_BASIS = "no_basis"
    NO_AS_OF = "no_as_of"


@dataclass(frozen=True)
class RowProblem:
    """One bad place of an imported file: the line as an editor counts it, the column, and what is wrong with it.

    `file` is set where several files were given at once.
    """

    line: int
    column: str
    fault: Fault
    facts: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
