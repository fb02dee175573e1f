"""Which training and which session a person means: from a button, from words, from what was offered or talked about.

The words decide before memory does, and several possible meanings stay several: the caller asks.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from actions.choices import by_date, ordinal, telling_words
from actions.turn import CODE, Turn
from core.domain.courses import Availability, Course
from core.domain.errors import UnknownCourse

_SESSION_CODE = re.compile(r"\b([A-Za-z]{2,6})[\s.-]?(\d{1,3})[\s.-]([A-Za-z])\b")
_OFFERS = {"choose_session": "session", "enroll_training": "course", "show_course": "course"}


@dataclass(frozen=True)
class Wish:
    """No course: nothing is meant. One course: `sessions` are those to choose from, best first. Several: ask which.

    `is_remembered`: the words named none of them; they are what was talked about before. `is_unknown`: the words name
    something that is not in the catalogue.
    """

    courses: tuple[Course, ...] = ()
    sessions: tuple[Availability, ...] = ()
    is_remembered: bool = False
    is_unknown: bool = False

    @property
    def session(self) -> Availability | None:
        return self.sessions[0] if len(self.courses) == 1 and len(self.sessions) == 1 else None


async def wish_of(turn: Turn) -> Wish:
    """What the person means. Raises UnknownCourse for a button or an offer whose training is gone."""
    reference = turn.pressed("session") or turn.pressed("course")
    if reference:
        return await by_reference(turn, reference)
    if turn.text:
        wish = await _chosen(turn) or await _named(turn)
        if wish:
            return wish
    memory = await remembered(turn)
    if memory.is_remembered and telling_words(turn.text):
        return Wish(is_unknown=True)  # they name something, and it is not what was talked about before
    return memory


async def course_named(turn: Turn, held: Collection[str] = ()) -> Course | None:
    """The one course the typed words name; of several they may name, the only one whose code the person `held` before."""
    matches = await turn.services.catalogue.find(turn.text) if turn.text else []
    if len(matches) > 1:
        matches = [match for match in matches if match.course.code in held]
    return matches[0].course if len(matches) == 1 else None


async def by_reference(turn: Turn, reference: str) -> Wish:
    """By course code: its open sessions. By session code: that one, open or not, so that a refusal can say why."""
    found = await turn.services.catalogue.details(reference)
    exact = tuple(item for item in found.sessions if item.session.code.upper() == reference.upper())
    now = turn.services.clock.now()
    is_open = tuple(item for item in found.sessions if item.session.is_open(now))
    return Wish((found.course,), exact or is_open)


def chosen_from_offers(turn: Turn) -> str | None:
    """The course or session code meant by "yang kedua" among the buttons shown last."""
    offers = [
        offer.entities[entity]
        for offer in turn.history.last_offers()
        if (entity := _entity(offer.intent, offer.entities))
    ]
    index = ordinal(turn.text, len(offers)) if turn.text else None
    return None if index is None else offers[index]


def _entity(intent: str, entities: dict[str, str]) -> str | None:
    entity = _OFFERS.get(intent)
    return entity if entity in entities else None


async def _chosen(turn: Turn) -> Wish | None:
    reference = chosen_from_offers(turn)
    return await by_reference(turn, reference) if reference else None


async def _named(turn: Turn) -> Wish | None:
    for match in _SESSION_CODE.finditer(turn.text):
        try:
            return await by_reference(turn, f"{match[1]}-{match[2].zfill(2)}-{match[3]}".upper())
        except UnknownCourse:
            continue  # "TIK 02 a..." need not be a code; the words may still name a course
    matches = await turn.services.catalogue.find(turn.text)
    if len(matches) == 1:
        wish = await by_reference(turn, matches[0].course.code)
        dated = by_date(turn.text, wish.sessions, turn.services.clock.now())
        return Wish(wish.courses, tuple(dated) or wish.sessions)
    return Wish(tuple(match.course for match in matches)) if matches else None


async def remembered(turn: Turn) -> Wish:
    """What was talked about last: one course (narrowed by a date in the words), or several to choose from."""
    codes = [code for code in (turn.slot("course") or "").split(",") if CODE.fullmatch(code)]
    wishes = []
    for code in codes[:5]:
        try:
            wishes.append(await by_reference(turn, code))
        except UnknownCourse:
            continue  # taken from the catalogue since
    if len(wishes) == 1:
        dated = by_date(turn.text, wishes[0].sessions, turn.services.clock.now())
        return Wish(wishes[0].courses, tuple(dated) or wishes[0].sessions, is_remembered=not dated)
    return Wish(tuple(course for wish in wishes for course in wish.courses), is_remembered=True)
