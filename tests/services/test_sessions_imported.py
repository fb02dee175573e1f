"""An import changes sessions with the same care as a change by hand."""

from core.domain.messages import DeliveryStatus, Kind
from core.ports import UnitOfWorkFactory
from core.services.enrollment import Enrollments
from core.services.registry import Registry
from tests.factories import Cast, add_sessions, caller, session
from tests.fakes import FixedClock
from tests.services.ledger import audited, kinds, rows


async def test_an_import_that_moves_a_session_tells_its_people_as_a_change_by_hand_does(
    unit_of_work: UnitOfWorkFactory, enrollments: Enrollments, cast: Cast, clock: FixedClock
) -> None:
    await add_sessions(unit_of_work, session(seats=3))
    mine = (await enrollments.enroll(caller(cast.sari), "TIK-02-A")).enrollment
    registry = Registry(unit_of_work, clock)
    text = (
        "session_code,course_code,starts_at,ends_at,closes_at,seats,waiting_list,needs_approval,place\n"
        "TIK-02-A,TIK-02,2026-12-14 10:00,2026-12-15 18:00,2026-12-10 10:00,3,yes,no,Daring (Zoom)\n"
    )
    await registry.import_sessions(text, dry_run=True)
    assert len(await rows(unit_of_work, mine.enrollment_id)) == 1
    await registry.import_sessions(text)
    await registry.import_sessions(text)
    assert await kinds(unit_of_work, mine.enrollment_id) == [
        (Kind.SESSION_REMINDER, DeliveryStatus.WITHDRAWN),
        (Kind.SESSION_MOVED, DeliveryStatus.QUEUED),
        (Kind.SESSION_REMINDER, DeliveryStatus.QUEUED),
    ]
    assert await audited(unit_of_work, "session:TIK-02-A") == [("session_changed", "hr")]
