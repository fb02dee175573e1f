"""Which training and which session a person means: from a button, from words, from what was offered or talked about.

The words decide before memory does, and several possible meanings stay several: the caller asks.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from actions.choices import dated, numbered, telling_words
from actions.leaning import pointed_at, taken_back, takes_up_again
from actions.turn import CODE, Turn
from core.domain.courses import Availability, Course
from core.domain.errors import UnknownCourse

SURELY_NAMED = 0.6
"""Score from which words that need not name any training do name one."""
_SESSION_CODE = re.compile(r"\b([A-Za-z]{2,6})[\s.-]?(\d{1,3})[\s.-]([A-Za-z])\b")


@dataclass(frozen=True)
class Wish:
    """No course: nothing is meant. One course: `sessions` are those to choose from, best first. Several: ask which.

    `is_remembered`: the words named none of them; they are what was talked about before. `is_unknown`: the words name
    something that is not in the catalogue. `is_pointed`: they name nothing, they point ("yang kedua", "yang januari").
    `misses_time`: the words point at a time when none of the sessions is held. `is_sure`: beyond a faint likeness.
    """

    courses: tuple[Course, ...] = ()
    sessions: tuple[Availability, ...] = ()
    is_remembered: bool = False
    is_unknown: bool = False
    is_pointed: bool = False
    misses_time: bool = False
    is_sure: bool = True

    @property
    def session(self) -> Availability | None:
        return self.sessions[0] if len(self.courses) == 1 and len(self.sessions) == 1 else None


async def wish_of(turn: Turn) -> Wish:
    """What the person means. Raises UnknownCourse for a button or an offer whose training is gone."""
    reference = turn.pressed("session") or turn.pressed("course")
    if reference:
        return await by_reference(turn, reference)
    is_taken_up = takes_up_again(turn.plain_text)
    if is_taken_up and (stopped := turn.history.last_stopped()) and stopped.session:
        return await by_reference(turn, stopped.session)
    if turn.text and not is_taken_up and (wish := await wish_in_words(turn)):
        return wish
    memory = await remembered(turn)
    if memory.is_remembered and not is_taken_up and telling_words(wanted(turn)):
        return Wish(is_unknown=True)  # they name something, and it is not what was talked about before
    return await _narrowed(turn, memory)


def wanted(turn: Turn) -> str:
    """The typed words, without those that take back what was said before."""
    return taken_back(turn.plain_text) or turn.text


async def wish_in_words(turn: Turn, asked: str | None = None) -> Wish | None:
    """What the typed words name or point at; None if neither. `asked`: the session the talk is about, if settled."""
    if reference := chosen_from_list(turn):
        return replace(await by_reference(turn, reference), is_pointed=True)
    return await _pointed(turn, asked) or await _named(turn)


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


def chosen_from_list(turn: Turn) -> str | None:
    """The course or session code meant by "yang kedua" of the list shown last."""
    choices = turn.history.last_choices()
    if choices is None or not turn.text:
        return None
    words = taken_back(turn.plain_text) or turn.plain_text
    index = numbered(words, choices.first, len(choices.codes))
    return None if index is None else choices.codes[index]


async def _pointed(turn: Turn, asked: str | None) -> Wish | None:
    """The sessions of the one course talked about that the words point at."""
    memory = await remembered(turn)
    if len(memory.courses) != 1:
        return None
    correction = taken_back(turn.plain_text)
    course_sessions = (await by_reference(turn, memory.courses[0].code)).sessions
    asked = asked or turn.history.at_hand()
    found = pointed_at(correction or turn.plain_text, course_sessions, asked, turn.services.clock.now())
    if found is None:
        return None
    if not found:
        return replace(memory, sessions=course_sessions, is_remembered=False, is_pointed=True, misses_time=True)
    if correction and [one.session.code for one in found] == [asked]:
        # "not the one of January", said of January's, rather than "January's instead"
        found = [one for one in course_sessions if one.session.code != asked] or found
    return Wish(memory.courses, tuple(found), is_pointed=True)


async def _named(turn: Turn) -> Wish | None:
    text = wanted(turn)
    for match in _SESSION_CODE.finditer(text):
        try:
            return await by_reference(turn, f"{match[1]}-{match[2].zfill(2)}-{match[3]}".upper())
        except UnknownCourse:
            continue  # "TIK 02 a..." need not be a code; the words may still name a course
    matches = await turn.services.catalogue.find(text)
    if len(matches) != 1:
        is_sure = bool(matches) and matches[0].score >= SURELY_NAMED
        return Wish(tuple(match.course for match in matches), is_sure=is_sure) if matches else None
    wish = replace(await by_reference(turn, matches[0].course.code), is_sure=matches[0].score >= SURELY_NAMED)
    found = dated(text, wish.sessions, turn.services.clock.now())
    if not wish.sessions or found is None:
        return wish
    return replace(wish, sessions=tuple(found) or wish.sessions, misses_time=not found)


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
        found = dated(turn.plain_text, wishes[0].sessions, turn.services.clock.now())
        return Wish(wishes[0].courses, tuple(found or wishes[0].sessions), is_remembered=not found)
    return Wish(tuple(course for wish in wishes for course in wish.courses), is_remembered=True)


async def in_hand(turn: Turn, course_code: str) -> str:
    """The session of the course that was told or asked about last; the course itself if there is none."""
    code = turn.history.at_hand()
    wish = await by_reference(turn, course_code)
    return code if code and any(one.session.code == code for one in wish.sessions) else course_code


async def _narrowed(turn: Turn, memory: Wish) -> Wish:
    """Of the course talked about, the session that was told last."""
    if not memory.is_remembered or len(memory.courses) != 1:
        return memory
    code = await in_hand(turn, memory.courses[0].code)
    this = tuple(one for one in memory.sessions if one.session.code == code)
    return replace(memory, sessions=this or memory.sessions)
