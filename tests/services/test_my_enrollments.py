"""What a person holds, and which of it their words mean."""

import pytest

from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from tests.factories import SPREADSHEET, VALUES, Cast, add_sessions, caller, session
from tests.fakes import FixedClock


async def test_upcoming_seats_are_those_not_over_soonest_first(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(
        unit_of_work, session(SPREADSHEET, "A", in_days=20), session(VALUES, "A", in_days=5), session(VALUES, "B")
    )
    for code in ("TIK-02-A", "SOS-01-A", "SOS-01-B"):
        await enrollments.enroll(caller(cast.sari), code)
    [cancelled] = [
        v.enrollment for v in await enrollments.mine(caller(cast.sari)) if v.enrollment.session.code == "SOS-01-B"
    ]
    await enrollments.cancel(caller(cast.sari), cancelled.enrollment_id)

    assert [e.session.code for e in await enrollments.upcoming(caller(cast.sari))] == ["SOS-01-A", "TIK-02-A"]
    assert [v.enrollment.session.code for v in await enrollments.mine(caller(cast.sari))] == [
        "TIK-02-A",
        "SOS-01-B",
        "SOS-01-A",
    ]
    clock.pass_by(days=8)
    assert [e.session.code for e in await enrollments.upcoming(caller(cast.sari))] == ["TIK-02-A"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("batalin kelas spreadsheet dong", ["TIK-02-A"]),
        ("saya ga jadi ikut tik-02", ["TIK-02-A"]),
        ("batalkan TIK 2", ["TIK-02-A"]),
        ("batal yang sos-01-a", ["SOS-01-A"]),
        ("batalkan pelatihan spredsheet", ["TIK-02-A"]),
        ("internalisasi berakhlak", ["SOS-01-A", "SOS-01-B"]),
        ("batalkan pendaftaran saya", ["SOS-01-A", "TIK-02-A", "SOS-01-B"]),
        ("batalkan tik-99", ["SOS-01-A", "TIK-02-A", "SOS-01-B"]),
        ("", ["SOS-01-A", "TIK-02-A", "SOS-01-B"]),
    ],
)
async def test_my_enrollment_is_found_in_my_words(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, words: str, codes: list[str]
) -> None:
    await add_sessions(
        unit_of_work,
        session(SPREADSHEET, "A", in_days=20),
        session(VALUES, "A", in_days=5),
        session(VALUES, "B", in_days=40),
    )
    for code in ("TIK-02-A", "SOS-01-A", "SOS-01-B"):
        await enrollments.enroll(caller(cast.sari), code)
    assert [e.session.code for e in await enrollments.find_mine(caller(cast.sari), words)] == codes
