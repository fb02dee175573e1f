"""What staff ask about, counted by the hour and without anybody's name, and how a campaign changed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.knowledge import Section

LONGEST_WINDOW = timedelta(days=14)
UNANSWERED = "unanswered"
"""Questions about the rules that no section answers."""
_SECTION, _INTENT = "section:", "intent:"

COUNTED = frozenset(
    {
        "list_trainings",
        "training_details",
        "recommend_training",
        "enroll_training",
        "cancel_enrollment",
        "enrollment_status",
        "my_schedule",
        "learning_hours",
        "certificate",
        "talk_to_hr",
    }
)
"""What is asked for beside the rules, by intent; greetings, answers and thanks are no topics."""


@dataclass(frozen=True)
class TopicChange:
    """`section_id` or `intent` says what it is about; neither: no section answered. `title` and `document` as they are now."""

    before: int
    after: int
    section_id: str = ""
    intent: str = ""
    title: str = ""
    document: str = ""

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class TopicComparison:
    """Two windows of the same length on either side of a release."""

    since: datetime
    released_at: datetime
    until: datetime
    changes: tuple[TopicChange, ...]
    """The largest change first."""
    is_whole: bool
    """False: counting began after the first window did, so "before" is too small."""

    @property
    def before(self) -> int:
        return sum(row.before for row in self.changes)

    @property
    def after(self) -> int:
        return sum(row.after for row in self.changes)


def about_section(section_id: str) -> str:
    return _SECTION + section_id


def about_intent(intent: str) -> str:
    return _INTENT + intent


def hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def windows(released_at: datetime, now: datetime) -> tuple[datetime, datetime, datetime]:
    """(begin, middle, end) in whole hours: the hour of the release is the first of the second window."""
    middle = hour_of(released_at)
    length = min(LONGEST_WINDOW, hour_of(now) + timedelta(hours=1) - middle)
    return middle - length, middle, middle + length


def compare(
    before: Mapping[str, int], after: Mapping[str, int], sections: Mapping[str, Section]
) -> tuple[TopicChange, ...]:
    changes = [
        _change(topic, before.get(topic, 0), after.get(topic, 0), sections) for topic in before.keys() | after.keys()
    ]
    return tuple(sorted(changes, key=lambda row: (-abs(row.change), -row.after, row.section_id, row.intent)))


def _change(topic: str, before: int, after: int, sections: Mapping[str, Section]) -> TopicChange:
    if topic.startswith(_INTENT):
        return TopicChange(before, after, intent=topic.removeprefix(_INTENT))
    section_id = topic.removeprefix(_SECTION) if topic.startswith(_SECTION) else ""
    section = sections.get(section_id)
    title, document = (section.title, section.document_title) if section else (section_id, "")
    return TopicChange(before, after, section_id, title=title, document=document)
