"""What a person asks of the catalogue beside the topic: how it is held, which kind of competency, when. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from core.domain.calendar import jakarta
from core.domain.courses import Course, Mode, Session
from core.domain.periods import Period, find_period

_NOT = r"(?P<no>(?:bukan|selain|jangan|tanpa|tidak (?:mau|bisa)|not) (?:yang )?)?"
_MODES = {
    Mode.DARING: r"daring|online|zoom|virtual|webinar|jarak jauh|dari rumah",
    Mode.LURING: r"luring|offline|tatap[ -]muka|onsite|in person|face to face",
    Mode.CAMPURAN: r"campuran|hybrid|hibrida?|blended",
}
_COMPETENCIES = {
    "teknis": r"(?:kompetensi )?teknis|technical",
    "manajerial": r"(?:kompetensi )?manajerial|managerial",
    "sosial kultural": r"(?:kompetensi )?(?:sosial kultural|sosiokultural|sosio kultural)|sociocultural",
}
_TOPIC_FOLLOWS = re.compile(r"\b(?:tentang|soal|mengenai|seputar|terkait|bidang|topik|tema|about)\b(?P<topic>.+)")


@dataclass(frozen=True)
class Wishes:
    """`rest` is what else was said; `topic` is the part of it after "tentang", if any."""

    modes: frozenset[Mode]
    competencies: frozenset[str]
    period: Period | None
    rest: str
    topic: str | None

    @classmethod
    def read(cls, text: str, today: date) -> "Wishes":
        """Expects normalized text. "bukan daring" wishes for the other two."""
        found = find_period(text, today)
        rest = found.rest if found else text.lower()
        modes: set[Mode] = set()
        for mode, words in _MODES.items():
            match = re.search(rf"{_NOT}\b(?:{words})\b", rest)
            if match:
                modes |= set(Mode) - {mode} if match["no"] else {mode}
                rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        competencies: set[str] = set()
        for competency, words in _COMPETENCIES.items():
            match = re.search(rf"\b(?:{words})\b", rest)
            if match:
                competencies.add(competency)
                rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        topic = _TOPIC_FOLLOWS.search(rest)
        return cls(
            frozenset(modes),
            frozenset(competencies),
            found.period if found else None,
            " ".join(rest.split()),
            topic["topic"].strip() if topic else None,
        )

    def allow(self, course: Course, session: Session) -> bool:
        """A session belongs to the period in which it starts, on Jakarta's calendar."""
        return (
            (not self.modes or course.mode in self.modes)
            and (not self.competencies or course.competency in self.competencies)
            and (self.period is None or jakarta(session.starts_at).date() in self.period)
        )
