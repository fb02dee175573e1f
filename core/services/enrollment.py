"""Enrolling, approving, cancelling, and the waiting list behind them."""

from dataclasses import dataclass

from core.domain.enrollment import Enrollment
from core.domain.people import Caller, Person
from core.ports import Clock, UnitOfWorkFactory


@dataclass(frozen=True)
class EnrollmentResult:
    """What became of it. `place_in_line` counts from 1 and is set while waitlisted; `is_new` is False for a double tap."""

    enrollment: Enrollment
    is_new: bool
    place_in_line: int | None = None


@dataclass(frozen=True)
class EnrollmentView:
    enrollment: Enrollment
    place_in_line: int | None = None


class Enrollments:
    """Rights are read from the database by the caller, never from what the caller says.

    Each method is one transaction: it locks the session row, checks, changes the row, audits, and writes the
    messages it causes into the ledger. Callers without a person get NotLinked.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def enroll(self, caller: Caller, session_code: str) -> EnrollmentResult:
        """Takes a seat, asks the supervisor, or joins the waiting list; the same call again gives the same answer.

        Raises NotLinked, UnknownSession and the EnrollmentRefused of `core.domain.enrollment.decide`.
        Without a supervisor in the registry the request goes to the HR officers.
        """
        raise NotImplementedError

    async def cancel(self, caller: Caller, enrollment_id: int, reason: str | None = None) -> Enrollment:
        """The person withdraws, until the session starts. Frees the seat and offers it to the next in line.

        Withdraws the unsent reminder; a supervisor asked before is told. Raises UnknownEnrollment, NotYours,
        SessionStarted, AlreadyDecided.
        """
        raise NotImplementedError

    async def decide_request(
        self, caller: Caller, enrollment_id: int, approve: bool, reason: str | None = None
    ) -> Enrollment:
        """The supervisor's answer (or an HR officer's). The person is told.

        Raises NotSupervisor, UnknownEnrollment, AlreadyDecided.
        """
        raise NotImplementedError

    async def answer_offer(self, caller: Caller, enrollment_id: int, accept: bool) -> EnrollmentResult:
        """Accepts or passes a freed seat. Raises NotYours, OfferExpired, AlreadyDecided. Passing offers it to the next."""
        raise NotImplementedError

    async def lapse_offers(self) -> int:
        """Ends offers past their deadline and offers the seats onward; returns how many lapsed. Called by a tick."""
        raise NotImplementedError

    async def mine(self, caller: Caller) -> list[EnrollmentView]:
        """All the caller's enrollments, newest session first, with places in line. Raises NotLinked."""
        raise NotImplementedError

    async def upcoming(self, caller: Caller) -> list[Enrollment]:
        """Seats held in sessions that have not ended, soonest first."""
        raise NotImplementedError

    async def pending_approvals(self, caller: Caller) -> list[tuple[Enrollment, Person]]:
        """Requests of the caller's staff, oldest first; empty for somebody who has none."""
        raise NotImplementedError

    async def find_mine(self, caller: Caller, text: str) -> list[Enrollment]:
        """The caller's live enrollments that the words mean (course name or code); all live ones if they name none."""
        raise NotImplementedError
