"""A campaign's pulse question: how people feel about what it says, from 1 to 5, with words if they like. Once a person."""

from dataclasses import dataclass, field

from core.domain.campaign_content import check_text
from core.domain.errors import MarkupBroken
from core.domain.markup import broken_line

LOWEST, HIGHEST = 1, 5
LONGEST_QUESTION = 300
LONGEST_COMMENT = 500


@dataclass(frozen=True)
class PulseAnswer:
    value: int
    comment: str | None = field(default=None, repr=False)


def checked(question: str) -> str | None:
    """As it is saved; None for an empty one: the campaign asks nothing. Raises TextTooLong, MarkupBroken."""
    if not question.strip():
        return None
    text = check_text(question, LONGEST_QUESTION)
    if (line := broken_line(text)) is not None:
        raise MarkupBroken(line)
    return text
