"""Every service test runs on the fake and on PostgreSQL: the same tests on both are the proof that the fake is honest."""

import pytest

from core.ports import UnitOfWorkFactory
from core.services.approvals import Approvals
from core.services.delegations import Delegations
from core.services.enrollment import Enrollments
from core.services.identity import Identity
from tests.factories import NOW, Cast, add_people
from tests.fakes import FakeDatabase, FakeTime, FixedClock
from tests.services.campaign_office import Office


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(params=["fake", "postgres"])
def unit_of_work(request: pytest.FixtureRequest) -> UnitOfWorkFactory:
    if request.param == "fake":
        return FakeDatabase()
    return request.getfixturevalue("database").unit_of_work


@pytest.fixture
def time() -> FakeTime:
    """Monotonic time for pacing; stands still but for sleeping."""
    return FakeTime()


@pytest.fixture
async def cast(unit_of_work: UnitOfWorkFactory) -> Cast:
    return await add_people(unit_of_work)


@pytest.fixture
def enrollments(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Enrollments:
    return Enrollments(unit_of_work, clock)


@pytest.fixture
def approvals(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Approvals:
    return Approvals(unit_of_work, clock)


@pytest.fixture
def delegations(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Delegations:
    return Delegations(unit_of_work, clock)


@pytest.fixture
def identity(unit_of_work: UnitOfWorkFactory, clock: FixedClock) -> Identity:
    return Identity(unit_of_work, clock)


@pytest.fixture
def office(unit_of_work: UnitOfWorkFactory, clock: FixedClock, time: FakeTime, cast: Cast) -> Office:
    return Office(unit_of_work, clock, time, cast)
