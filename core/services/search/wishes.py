"""What a person asks of the catalogue beside the topic: how it is held, which competency, when, how long, with a seat. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from core.domain.calendar import jakarta
from core.domain.courses import Availability, Mode
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
_ANY = 10_000
_JP = r"(?:jp|jam pelajaran|jpl)\b"
_UP_TO = r"(?:maksimal|maksimum|maks|max|paling (?:banyak|lama)|tidak lebih dari|hingga|sampai|up to)"
_BELOW = r"(?:kurang dari|di ?bawah|less than|under)"
_FROM = r"(?:minimal|minimum|min|paling (?:sedikit|kurang)|mulai(?: dari)?|at least)"
_ABOVE = r"(?:lebih dari|di ?atas|more than|over)"
_HOURS = re.compile(
    rf"(?:\b(?:(?P<up_to>{_UP_TO})|(?P<below>{_BELOW})|(?P<least>{_FROM})|(?P<above>{_ABOVE})) +)?"
    rf"\b(?P<hours>[0-9]{{1,3}})(?: ?(?:-|sampai|s/d|sd|hingga) ?(?P<until>[0-9]{{1,3}}))? ?{_JP}"
)
_WITH_SEAT = re.compile(
    r"\b(?:(?:yang )?(?:masih |belum )?(?:ada|tersedia|kosong|sisa) (?:kursi|tempat|slot|kuota)(?:nya)?"
    r"|(?:kursi|tempat|slot|kuota)(?:nya)? (?:yang )?(?:masih )?(?:ada|tersedia|kosong|sisa)"
    r"|(?:belum|tidak|nggak|gak) penuh|masih kosong)\b"
)
_TOPIC_FOLLOWS = re.compile(r"\b(?:tentang|soal|mengenai|seputar|terkait|bidang|topik|tema|about)\b(?P<topic>.+)")


@dataclass(frozen=True)
class Wishes:
    """`rest` is what else was said; `topic` is the part of it after "tentang", if any.

    `hours`: from and up to so many JP; `is_about_exactly`: one number, which is a hope rather than a limit.
    """

    modes: frozenset[Mode]
    competencies: frozenset[str]
    period: Period | None
    rest: str
    topic: str | None
    hours: tuple[int, int] | None = None
    is_about_exactly: bool = False
    needs_seat: bool = False

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
        hours = _HOURS.search(rest)
        if hours:
            rest = f"{rest[: hours.start()]} {rest[hours.end() :]}"
        seat = _WITH_SEAT.search(rest)
        if seat:
            rest = f"{rest[: seat.start()]} {rest[seat.end() :]}"
        topic = _TOPIC_FOLLOWS.search(rest)
        return cls(
            frozenset(modes),
            frozenset(competencies),
            found.period if found else None,
            " ".join(rest.split()),
            topic["topic"].strip() if topic else None,
            _span(hours) if hours else None,
            hours is not None and not any(hours[name] for name in ("up_to", "below", "least", "above", "until")),
            seat is not None,
        )

    def allow(self, availability: Availability) -> bool:
        """A session belongs to the period in which it starts, on Jakarta's calendar. Its length is asked for separately."""
        session = availability.session
        course = session.course
        return (
            (not self.modes or course.mode in self.modes)
            and (not self.competencies or course.competency in self.competencies)
            and (self.period is None or jakarta(session.starts_at).date() in self.period)
            and (not self.needs_seat or (availability.left > 0 and availability.waiting == 0))
        )

    def of_length(self, found: list[Availability]) -> list[Availability]:
        """Those that take as long as wished; all of them where one number is wished for and nothing takes just that long."""
        if self.hours is None:
            return found
        fewest, most = self.hours
        fitting = [one for one in found if fewest <= one.session.course.hours <= most]
        return found if self.is_about_exactly and not fitting else fitting


def _span(match: re.Match[str]) -> tuple[int, int]:
    hours = int(match["hours"])
    if match["until"]:
        return hours, max(hours, int(match["until"]))
    if match["up_to"]:
        return 0, hours
    if match["below"]:
        return 0, hours - 1
    if match["least"]:
        return hours, _ANY
    if match["above"]:
        return hours + 1, _ANY
    return hours, hours
