"""What those who were there say of a training: a number once, and words beside it if they like."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LOWEST, HIGHEST = 1, 5
ASKED_AFTER = timedelta(hours=1)
"""After the list was confirmed; in office hours."""
ASKED_FOR = timedelta(days=14)
COMMENT_LIMIT = 500


@dataclass(frozen=True)
class Evaluation:
    enrollment_id: int
    rating: int
    rated_at: datetime
    comment: str | None = None


@dataclass(frozen=True)
class SessionEvaluations:
    """One session's answers, of how many who completed it."""

    session_code: str
    title: str
    completed: int
    answers: int
    average: float | None
    comments: tuple[str, ...] = ()
