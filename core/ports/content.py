"""Repositories of what goes along with a campaign."""

from datetime import datetime
from typing import Protocol

from core.domain.attachments import Attachment, AttachmentKind
from core.domain.campaign_results import PersonQuiz, UnitQuiz
from core.domain.people import Unit
from core.domain.pulses import PulseAnswer


class AttachmentRepository(Protocol):
    """Files, each kept once: the same bytes of the same kind and name are the same attachment."""

    async def add(
        self, kind: AttachmentKind, name: str, content: bytes, now: datetime, telegram_file_id: str | None = None
    ) -> Attachment:
        """`telegram_file_id`: as Telegram knows it already; it replaces an older one."""

    async def content(self, attachment_id: int) -> bytes | None: ...
    async def telegram_file_id(self, attachment_id: int) -> str | None:
        """How Telegram knows the file after it was sent once; None: it must be uploaded."""

    async def remember(self, attachment_id: int, telegram_file_id: str) -> None: ...
    async def forget_unused(self, before: datetime) -> int:
        """Drops what was given before then, last of all, and stands in no campaign. Returns how many."""


class AnswerRepository(Protocol):
    """What people answered to campaigns."""

    async def has_got(self, campaign_id: int, person_id: int) -> bool:
        """The campaign went to this person, or is on its way."""

    async def add_choice(
        self, campaign_id: int, person_id: int, number: int, choice: int, now: datetime, *, is_right: bool
    ) -> None:
        """The first choice for a question stands; a later one changes nothing."""

    async def choices(self, campaign_id: int, person_id: int) -> dict[int, int]:
        """By number of the question, what this person chose."""

    async def choice_counts(self, campaign_id: int) -> dict[tuple[int, int], int]:
        """(number, choice) → how often."""

    async def scores(self, campaign_id: int) -> list[tuple[int, int, int]]:
        """(answers, answers right, how many people have just so many)."""

    async def quiz_by_unit(self, campaign_id: int, questions: int) -> list[UnitQuiz]:
        """Every unit with answers at or below it, by code."""

    async def messages_got(self, campaign_id: int, person_id: int) -> int:
        """How many of its messages went to this person: the first, and the steps after it."""

    async def add_reply(self, campaign_id: int, person_id: int, now: datetime) -> None:
        """They asked something about it; said once for each person."""

    async def add_pulse(self, campaign_id: int, person_id: int, value: int, now: datetime) -> None:
        """The first value stands."""

    async def pulse(self, campaign_id: int, person_id: int) -> PulseAnswer | None: ...
    async def set_pulse_comment(self, campaign_id: int, person_id: int, comment: str) -> bool:
        """Once, after the value; False otherwise."""

    async def pulse_counts(self, campaign_id: int) -> dict[int, int]:
        """Value → how often."""

    async def pulse_by_unit(self, campaign_id: int) -> list[tuple[Unit, int, int]]:
        """(unit, answers, sum of the values) of every unit with answers at or below it, by code."""

    async def pulse_comments(self, campaign_id: int) -> list[str]: ...
    async def quiz_people(self, campaign_id: int) -> list[PersonQuiz]:
        """By unit and name."""
