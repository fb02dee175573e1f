"""What the services need from the outside, as Protocols owned by their consumer.

Storage implements UnitOfWork and its repositories, the bot implements Messenger, bootstrap provides Clock and Embedder.
Tests replace these and nothing above them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from core.domain.attendance import Presence
from core.domain.campaigns import Campaign, CampaignProgress, CampaignStatus, UnitReading, Unreached
from core.domain.certificates import Certificate
from core.domain.courses import Availability, Course, Session
from core.domain.delegation import Delegation
from core.domain.enrollment import Enrollment, Status
from core.domain.evaluations import Evaluation, SessionEvaluations
from core.domain.knowledge import Section
from core.domain.learning import HoursEntry
from core.domain.messages import DeliveryStatus, Kind, Message, NewMessage
from core.domain.people import Awaited, HrRole, Person, TelegramAccount, Unit
from core.domain.tickets import Ticket

Vectors = NDArray[np.float32]


class Clock(Protocol):
    def now(self) -> datetime:
        """The present as aware UTC."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their similarity."""

    @property
    def name(self) -> str:
        """Names model and version; stored vectors of another name are made anew."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions)."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions)."""


class SendFailed(Exception):
    """The message did not go out. `permanent`: this chat cannot be reached (blocked, never started, left)."""

    def __init__(self, reason: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        """Seconds Telegram asked everybody to wait (429)."""


class Messenger(Protocol):
    async def send(self, message: Message) -> int:
        """Sends one ledger row to `message.telegram_id` (never None here); returns Telegram's message id. Raises SendFailed."""


class DatabaseUnreachable(Exception):
    """No connection to the database. `address` never holds the password."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class DatabaseOutdated(Exception):
    """The database holds another revision of the schema than this code was written for: migrations must be applied."""

    def __init__(self, found: str | None, expected: str) -> None:
        super().__init__(f"revision {found}, expected {expected}")
        self.found = found
        self.expected = expected


class DatabaseBusy(Exception):
    """A lock or a connection was not to be had in time. The transaction did nothing; the same call may be made again."""


class PeopleRepository(Protocol):
    async def get(self, person_id: int) -> Person | None: ...

    async def lock(self, person_id: int) -> Person | None:
        """Locks the person's row until commit, so that one person's enrollments are decided one after the other.

        Always taken after the session's lock, never before it.
        """

    async def by_nip(self, nip: str) -> Person | None: ...
    async def by_phone(self, phone: str) -> list[Person]: ...
    async def staff_of(self, supervisor_id: int) -> list[Person]: ...
    async def hr_officers(self) -> list[Person]: ...
    async def all_ids(self) -> list[int]: ...

    async def hierarchy(self) -> dict[str, str | None]:
        """Everybody's NIP with their supervisor's, in one query."""

    async def units(self) -> list[Unit]: ...
    async def upsert_unit(self, unit: Unit) -> None: ...

    async def upsert(self, person: Person) -> int:
        """By NIP; `person.person_id` is ignored, all else is written, `supervisor_id` too. Returns the id."""

    async def upsert_all(self, persons: Sequence[Person]) -> dict[str, int]:
        """As `upsert`, for many at once (no NIP twice); returns the ids by NIP."""

    async def set_supervisor(self, person_id: int, supervisor_id: int | None) -> None: ...
    async def set_hr_role(self, person_id: int, role: HrRole) -> None:
        """The only way to change it: `upsert` leaves roles alone, and so does every import."""


class AccountRepository(Protocol):
    async def get(self, telegram_id: int) -> TelegramAccount | None: ...
    async def of_person(self, person_id: int) -> TelegramAccount | None: ...

    async def link(self, telegram_id: int, person_id: int, now: datetime) -> TelegramAccount | None:
        """Links the two, ending any other link of either. Returns the person's former account if it was another one.

        That the person opted out goes along to the new account.
        """

    async def unlink(self, telegram_id: int) -> None: ...
    async def set_opted_out(self, telegram_id: int, at: datetime | None) -> None: ...
    async def set_awaited(self, telegram_id: int, awaited: Awaited | None) -> None: ...
    async def set_unreachable(self, telegram_id: int, since: datetime | None) -> None: ...
    async def save_code(self, person_id: int, code_hash: str, expires_at: datetime) -> None:
        """Replaces any earlier code of the person."""

    async def take_code(self, code_hash: str) -> tuple[int, datetime] | None:
        """(person_id, expires_at) of an unused code, which is used up by this call."""

    async def wrong_tries(self, telegram_id: int, since: datetime) -> list[datetime]:
        """Times of wrong codes typed from this account since then, oldest first. Locks the account's tries until commit."""

    async def record_wrong_try(self, telegram_id: int, at: datetime) -> None: ...
    async def clear_wrong_tries(self, telegram_id: int) -> None: ...


class CourseRepository(Protocol):
    async def get(self, course_code: str) -> Course | None: ...
    async def all(self) -> list[Course]: ...
    async def session(self, session_code: str) -> Session | None: ...
    async def sessions_of(self, course_code: str) -> list[Session]: ...

    async def availability(self, now: datetime) -> list[Availability]:
        """Sessions one can still enroll in at `now`, soonest first, counted in one query."""

    async def coming(self, now: datetime) -> list[Availability]:
        """Sessions that have not ended at `now`, closed and cancelled ones too, soonest first, counted in one query."""

    async def availability_of(self, session_code: str) -> Availability | None: ...

    async def lock_session(self, session_code: str) -> Availability | None:
        """Locks the session row until commit, then counts its seats. Enrolling starts with this call."""

    async def upsert_course(self, course: Course) -> None: ...
    async def upsert_session(self, session: Session) -> None: ...


class EnrollmentRepository(Protocol):
    async def get(self, enrollment_id: int) -> Enrollment | None: ...

    async def lock(self, enrollment_id: int) -> Enrollment | None:
        """Locks the *session* of the enrollment (the one lock of all enrollment work), then reads the row afresh."""

    async def find(self, person_id: int, session_code: str) -> Enrollment | None: ...
    async def of_person(self, person_id: int) -> list[Enrollment]:
        """All of them, newest session first."""

    async def of_session(self, session_code: str, statuses: Collection[Status]) -> list[Enrollment]: ...
    async def participants(self, session_code: str, statuses: Collection[Status]) -> list[tuple[Enrollment, Person]]:
        """The session's enrollments in these states with their people, by name."""

    async def unit_counts(self, session_code: str) -> list[tuple[str, int, int]]:
        """(unit code, seats held, waiting) by the unit the people of the session work in."""

    async def waiting_units(self, session_code: str) -> dict[int, str]:
        """The unit code of everybody who waits, by enrollment id."""

    async def requests_for(self, supervisor_id: int | None) -> list[tuple[Enrollment, Person]]:
        """`requested` enrollments of the supervisor's staff, oldest first; None: of those who have no supervisor."""

    async def requests_asked_before(
        self, moment: datetime, *, without: Kind | None = None
    ) -> list[tuple[Enrollment, Person]]:
        """`requested` enrollments whose approval was asked for at `moment` or before, oldest first.

        With `without`: only those about which no message of that kind was written since.
        """

    async def requests_closing_before(self, moment: datetime) -> list[Enrollment]:
        """`requested` enrollments of sessions whose enrolling closes at `moment` or before."""

    async def expired_offers(self, now: datetime) -> list[Enrollment]: ...

    async def start(self, person_id: int, session_code: str, status: Status, now: datetime) -> Enrollment:
        """Inserts the row, or brings the ended row of the same person and session back to life; sets queued_at if waitlisted."""

    async def move(
        self,
        enrollment_id: int,
        to: Status,
        now: datetime,
        *,
        reason: str | None = None,
        offer_expires_at: datetime | None = None,
    ) -> Enrollment: ...


class AttendanceRepository(Protocol):
    async def secret_of(self, session_code: str, fresh: bytes, now: datetime) -> bytes:
        """The secret the session's codes are made from; `fresh` becomes it if there is none yet."""

    async def running(self, starts_before: datetime, ends_after: datetime) -> list[tuple[Session, bytes]]:
        """Sessions with a secret that have started by the first moment and end after the second."""

    async def note(self, presence: Presence) -> bool:
        """False if the person's presence on that day was noted before, which then stays as it was."""

    async def of_session(self, session_code: str) -> list[Presence]:
        """By day, earliest first."""

    async def wrong_tries(self, person_id: int, since: datetime) -> list[datetime]:
        """Times of the person's wrong codes since then, oldest first. Locks the person's tries until commit."""

    async def record_wrong_try(self, person_id: int, at: datetime) -> None: ...
    async def clear_wrong_tries(self, person_id: int) -> None: ...


class DelegationRepository(Protocol):
    async def add(self, supervisor_id: int, delegate_id: int, starts_at: datetime, ends_at: datetime) -> Delegation: ...
    async def active_of(self, supervisor_id: int, now: datetime) -> Delegation | None: ...
    async def held_by(self, delegate_id: int, now: datetime) -> list[Delegation]:
        """Active ones in which others let this person decide."""

    async def end(self, delegation_id: int, now: datetime) -> None: ...


class CertificateRepository(Protocol):
    async def issue(self, enrollment_id: int, number: str, now: datetime) -> Certificate:
        """The enrollment's certificate: a new one of this number, or the one it has, which is then valid again."""

    async def revoke(self, enrollment_id: int, now: datetime) -> None: ...
    async def get(self, number: str) -> Certificate | None: ...
    async def of_enrollment(self, enrollment_id: int) -> Certificate | None: ...
    async def of_person(self, person_id: int) -> list[Certificate]: ...


class EvaluationRepository(Protocol):
    async def add(self, evaluation: Evaluation) -> bool:
        """False if the enrollment was evaluated before, which then stays as it was."""

    async def get(self, enrollment_id: int) -> Evaluation | None: ...

    async def set_comment(self, enrollment_id: int, comment: str) -> bool:
        """False if there is a comment already, or no evaluation."""

    async def by_session(self) -> list[SessionEvaluations]:
        """Sessions that somebody completed, newest first, counted in one query; comments in no order of people."""


class HoursRepository(Protocol):
    async def of_person(self, person_id: int, year: int) -> list[HoursEntry]: ...
    async def by_year(self, person_id: int) -> dict[int, int]:
        """The person's hours of each year they earned some in."""

    async def of_enrollment(self, enrollment_id: int) -> list[HoursEntry]:
        """What a session earned and its corrections, oldest first."""

    async def add(self, entry: HoursEntry) -> None: ...


class OutboxRepository(Protocol):
    """The one ledger."""

    async def add(self, messages: Iterable[NewMessage]) -> int:
        """Writes rows whose key is new (others are left alone), notifies the sender on commit; returns how many were new."""

    async def claim(
        self, now: datetime, *, limit: int, bulk: bool, claimed_by: str, quiet_until: datetime | None = None
    ) -> list[Message]:
        """Marks due rows `sending` (queued, failed and due, or whose lease ran out) and returns them. Skips rows others hold.

        Rows past `expires_at` become `expired`; rows whose person has no account, or an unreachable one, become
        `unreachable`; rows of campaigns to people who opted out become `withdrawn`. None of these is returned.
        `attempts` counts the claims, this one included.

        News of campaigns (`messages.NEWS`) goes out only while its campaign runs or is finished: of a cancelled one it becomes
        `withdrawn`, of a paused one it stays `queued` until let go. What is not urgent is put off until `quiet_until` if
        that is set, and for a person who had their share of campaigns until a day after the first of them.
        """

    async def settle(
        self,
        message_id: int,
        status: DeliveryStatus,
        now: datetime,
        *,
        due_at: datetime | None = None,
        telegram_message_id: int | None = None,
        error: str | None = None,
        claimed_by: str | None = None,
    ) -> bool:
        """Marks a row that is `sending`; False if it was no longer (withdrawn, or claimed by another after the lease).

        Whether another claimed it is known only to a caller who says who they are in `claimed_by`.
        `queued` puts the row back unsent until `due_at`, and its claim does not count as an attempt.
        """

    async def withdraw(self, enrollment_id: int, kinds: Collection[str], now: datetime) -> int:
        """Withdraws rows of these kinds about this enrollment that are not `sent`: in flight and unreachable ones too."""

    async def revive(self, person_id: int, now: datetime) -> int:
        """Queues again what could not reach the person before an account was linked and has not expired."""

    async def hold(self, campaign_id: int, now: datetime) -> int:
        """The campaign's waiting news waits for `let_go`, or expires."""

    async def let_go(self, campaign_id: int, now: datetime) -> int:
        """The campaign's waiting news is due now, what failed before as if it had never been tried."""

    async def withdraw_campaign(self, campaign_id: int, now: datetime) -> int:
        """Withdraws the campaign's news that is not `sent`; what is in flight becomes what it becomes."""

    async def next_due_at(self) -> datetime | None: ...
    async def of_enrollment(self, enrollment_id: int) -> list[Message]: ...


class CampaignRepository(Protocol):
    async def create(self, campaign: Campaign) -> Campaign:
        """`campaign.campaign_id` is ignored; the campaign comes back with its number."""

    async def save(self, campaign: Campaign) -> None:
        """All but number and time of creation."""

    async def get(self, campaign_id: int) -> Campaign | None: ...
    async def lock(self, campaign_id: int) -> Campaign | None:
        """As `get`, locked until commit: every step of a campaign's life starts with this call."""

    async def recent(self, limit: int) -> list[Campaign]: ...
    async def in_status(self, statuses: Collection[CampaignStatus]) -> list[Campaign]: ...
    async def progress(self, campaign_id: int) -> CampaignProgress | None: ...

    async def audience_size(self, audience: str, now: datetime) -> tuple[int, int]:
        """(people with an account who have not opted out, people without an account), counted in one query."""

    async def open_deliveries(self, campaign: Campaign, now: datetime, expires_at: datetime) -> int:
        """One ledger row for everybody in the audience who has not opted out and has none, in one statement.

        Returns how many are new.
        """

    async def finish_done(self, now: datetime) -> list[int]:
        """Ends (`finished`) the running campaigns none of whose rows will be tried again; returns their ids.

        One with a `latest_at` stays open until then.
        """

    async def failures(self, campaign_id: int) -> tuple[int, int]:
        """(rows that failed and wait for another try, rows tried in all)."""

    async def open_chases(self, campaign: Campaign, now: datetime) -> int:
        """One more reminder for everybody who got it, stayed silent for its days, and had fewer than its times."""

    async def open_recalls(self, campaign_id: int, now: datetime) -> int:
        """A deletion for every message of the last 48 hours, in the chat it went to. Returns how many are new."""

    async def recalled_since(self, moment: datetime) -> list[Campaign]: ...

    async def by_unit(self, campaign_id: int) -> list[UnitReading]:
        """Every unit with recipients at or below it, by code."""

    async def unreached(self, campaign_id: int) -> list[tuple[Person, Unreached]]:
        """Who did not get it and will not unless they change something, by unit and name."""

    async def acknowledge(self, campaign_id: int, person_id: int, now: datetime) -> bool:
        """Once for each person; False if the campaign asks for nothing or never went to them."""


class KnowledgeRepository(Protocol):
    async def all(self) -> list[Section]: ...
    async def get(self, section_id: str) -> Section | None: ...

    async def replace_document(self, document_id: str, sections: Sequence[Section]) -> None:
        """The document as it now stands: sections gone from it go, a section id held by another document raises BadImport."""

    async def version(self) -> str:
        """Changes with every change of knowledge or catalogue; cheap enough to ask at every question."""

    async def vectors(self, embedder_name: str) -> dict[str, tuple[str, bytes]]:
        """Stored vectors by text key: (hash of the text, float32 bytes)."""

    async def save_vectors(self, embedder_name: str, vectors: dict[str, tuple[str, bytes]]) -> None: ...

    async def record_unanswered(self, text: str, intent: str, now: datetime) -> None:
        """A question the assistant did not answer, without who asked."""


class TicketRepository(Protocol):
    async def create(self, person_id: int, question: str, now: datetime) -> Ticket: ...
    async def get(self, number: int) -> Ticket | None: ...
    async def of_person(self, person_id: int) -> list[Ticket]: ...
    async def open(self) -> list[Ticket]: ...
    async def answer(self, number: int, answer: str, answered_by: int | None, now: datetime) -> Ticket: ...


class AuditRepository(Protocol):
    async def record(
        self, action: str, now: datetime, *, actor: str, subject: str, facts: dict[str, Any] | None = None
    ) -> None:
        """One row for each change of state. Ids only: never names, texts or numbers of people."""

    async def of_subject(self, subject: str) -> list[tuple[str, str]]:
        """(action, actor) in order."""


class UpdateRepository(Protocol):
    """Telegram updates handled once."""

    async def begin(self, update_id: int, worker: str, now: datetime) -> bool:
        """True if this worker must handle it: new, or begun by a worker that is gone and never finished.

        One worker reads updates at a time, so any other than `worker` counts as gone; each process names itself anew.
        """

    async def finish(self, update_id: int, now: datetime) -> None: ...
    async def forget_before(self, moment: datetime) -> int: ...


class PersonalDataRepository(Protocol):
    async def erase(self, person_id: int, telegram_id: int, now: datetime) -> None:
        """Unlinks and removes what the assistant holds beside the registry: messages, tickets' texts, codes, tries."""


class UnitOfWork(Protocol):
    """One transaction. Leaving without `commit()` rolls everything back."""

    people: PeopleRepository
    accounts: AccountRepository
    courses: CourseRepository
    enrollments: EnrollmentRepository
    attendance: AttendanceRepository
    delegations: DelegationRepository
    certificates: CertificateRepository
    evaluations: EvaluationRepository
    hours: HoursRepository
    outbox: OutboxRepository
    campaigns: CampaignRepository
    knowledge: KnowledgeRepository
    tickets: TicketRepository
    audit: AuditRepository
    updates: UpdateRepository
    personal_data: PersonalDataRepository

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    async def commit(self) -> None: ...


class UnitOfWorkFactory(Protocol):
    def __call__(self) -> UnitOfWork: ...
