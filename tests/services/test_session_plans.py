"""What HR needs to know to open a session: the courses, the next code, where sessions are held."""

from dataclasses import replace

import pytest

from core.domain.errors import NotHR, UnknownCourse
from core.ports import UnitOfWorkFactory
from core.services.sessions import Sessions
from tests.factories import COURSES, SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock


@pytest.fixture
def sessions(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Sessions:
    return Sessions(unit_of_work, clock)


async def test_the_next_code_is_the_first_letter_that_is_free_past_sessions_counted(
    unit_of_work: UnitOfWorkFactory, sessions: Sessions, cast: Cast
) -> None:
    await add_sessions(unit_of_work, session(), session(letter="B", in_days=-30), session(letter="D"))
    assert await sessions.plan(caller(cast.dewi), "TIK-02") == (SPREADSHEET, "TIK-02-C")
    assert await sessions.plan(None, "SOS-01") == (VALUES, "SOS-01-A")
    with pytest.raises(UnknownCourse):
        await sessions.plan(None, "XXX-01")


async def test_after_z_come_two_letters(unit_of_work: UnitOfWorkFactory, sessions: Sessions) -> None:
    await add_sessions(unit_of_work, *(session(letter=letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert (await sessions.plan(None, "TIK-02"))[1] == "TIK-02-AA"


async def test_the_places_used_most_come_first(unit_of_work: UnitOfWorkFactory, sessions: Sessions) -> None:
    places = ["Aula", "Zoom", "Aula", "Ruang 1", "Zoom", "Aula", "Ruang 2"]
    rows = [replace(session(letter=letter), place=place) for letter, place in zip("ABCDEFG", places, strict=True)]
    await add_sessions(unit_of_work, *rows, session(letter="H", in_days=-30, place="Lama"))
    assert await sessions.places(None) == ["Aula", "Zoom", "Ruang 1"]
    assert await sessions.courses(None) == sorted(COURSES, key=lambda course: course.code)


@pytest.mark.parametrize("who", ["sari", "bambang"])
async def test_only_officers_plan(unit_of_work: UnitOfWorkFactory, sessions: Sessions, cast: Cast, who: str) -> None:
    await add_sessions(unit_of_work, session())
    liar = caller(replace(getattr(cast, who), is_hr=True))
    for attempt in (sessions.courses(liar), sessions.plan(liar, "TIK-02"), sessions.places(liar)):
        with pytest.raises(NotHR):
            await attempt
