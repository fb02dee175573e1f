"""Every way the subject says no. An error carries facts, never a sentence: the edges own the words.

CoreError
├── NotAllowed                    rights, checked in the service from the database
│   ├── NotLinked                     the account is not linked to a member of staff
│   ├── NotYours                      the record belongs to somebody else
│   ├── NotSupervisor                 the request is for another supervisor to decide
│   ├── NotHR                         only HR officers may do this
│   ├── RoleMissing                   the officer's role does not reach so far
│   └── OwnCampaign                   a campaign is approved by a second person
├── NotFound
│   ├── UnknownPerson
│   ├── UnknownSession
│   ├── UnknownCourse
│   ├── UnknownEnrollment
│   ├── UnknownSection
│   ├── UnknownCertificate
│   ├── UnknownTicket
│   ├── UnknownCampaign
│   └── NothingToAcknowledge          the person never got that campaign, or it asks for nothing
├── LinkRefused
│   ├── ContactNotOwn                 somebody else's contact, or a forwarded one
│   ├── PhoneNotReadable              not a telephone number
│   ├── PhoneNotRegistered            nobody in the registry has this number
│   ├── PhoneAmbiguous                several people have it
│   ├── CodeWrong                     with the tries left
│   ├── CodeExpired
│   └── CodeLocked                    too many wrong tries, with the time it opens again
├── EnrollmentRefused
│   ├── EnrollmentClosed              the deadline has passed
│   ├── SessionCancelled
│   ├── SessionStarted                too late to cancel
│   ├── SessionFull                   full, and it keeps no waiting list
│   ├── UnitQuotaFull                 seats are left, but none for this unit
│   ├── NotInAudience                 the course is for other position levels
│   ├── NotThisEmployment             the course is for PNS only, or for PPPK only
│   ├── AlreadyCompleted              the person went to this course before
│   ├── PrerequisiteMissing           other courses must be completed first
│   ├── HoursCeilingReached           more JP in the year than a PPPK may take
│   ├── ScheduleClash                 overlaps another session the person holds a seat in
│   ├── AlreadyDecided                the request or offer was answered before
│   └── OfferExpired                  the offered seat went to the next in line
├── AttendanceRefused
│   ├── AttendanceCodeWrong           with the tries left
│   ├── AttendanceCodeOutdated        it was right minutes ago
│   ├── AttendanceLocked              too many wrong codes, with the time it opens again
│   ├── AttendanceNotOpen             not the day or the hours of the session
│   ├── NotAParticipant               no confirmed seat in the session
│   ├── AttendanceNotOver             too early to confirm the list
│   ├── ListNotConfirmed              there is nothing to correct yet
│   ├── HoursOutOfRange               more hours than the course has, or less than none
│   ├── NoCertificate                 not completed, or not any more
│   ├── AlreadyEvaluated              with the rating that stands
│   └── RatingOutOfRange
├── DelegationRefused
│   ├── NoStaff                       nobody's requests come to this person
│   ├── DelegateRefused               neither their own staff nor a peer
│   └── DelegationPeriodRefused       the last day is over, or too far off
├── SessionRefused                HR wants of a session what cannot be
│   ├── SessionExists                 the code is taken
│   ├── SeatsTaken                    fewer seats than are taken
│   └── BadSessionTimes               with what is wrong about them
├── CampaignRefused
│   ├── EmptyText
│   ├── TextTooLong
│   ├── MarkupBroken                  a star of a bold stretch without its partner, with the line
│   ├── UnknownField                  a {field} nobody can fill in
│   ├── BadLink                       a button without a title or without a web address
│   ├── AudienceNotReadable           with the word that is not understood
│   ├── AudienceUnknown               a unit, course or campaign that does not exist
│   ├── AudienceEmpty                 nobody would get it
│   ├── NotAllowedInState             the campaign's state does not allow this step
│   ├── CampaignChanged               it was edited after the version that was looked at
│   ├── TimePassed
│   └── ChaseNotPossible              more reminders, or rarer ones, than anybody should get
└── BadImport                     a file whose rows are wrong: every one named, nothing imported
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.row_problems import RowProblem


class CoreError(Exception):
    """Base of all refusals. Subclasses are frozen facts; `str()` is for logs only."""


class NotAllowed(CoreError):
    """The caller may not do this."""


class NotLinked(NotAllowed):
    """The Telegram account is not linked to a member of staff."""


class NotYours(NotAllowed):
    """The record belongs to somebody else."""


class NotSupervisor(NotAllowed):
    """The request is for another supervisor to decide."""


class NotHR(NotAllowed):
    """Only HR officers may do this."""


@dataclass(eq=False)
class RoleMissing(NotAllowed):
    role: str


@dataclass(eq=False)
class OwnCampaign(NotAllowed):
    campaign_id: int


class NotFound(CoreError):
    """Nothing is known under this name."""


@dataclass(eq=False)
class UnknownPerson(NotFound):
    reference: str


@dataclass(eq=False)
class UnknownSession(NotFound):
    session_code: str


@dataclass(eq=False)
class UnknownCourse(NotFound):
    reference: str


@dataclass(eq=False)
class UnknownEnrollment(NotFound):
    reference: str


@dataclass(eq=False)
class UnknownSection(NotFound):
    section_id: str


@dataclass(eq=False)
class UnknownTicket(NotFound):
    number: int


@dataclass(eq=False)
class UnknownCampaign(NotFound):
    campaign_id: int


@dataclass(eq=False)
class NothingToAcknowledge(NotFound):
    campaign_id: int


class UnknownCertificate(NotFound):
    """No certificate has this number. What was typed may be anything and is not kept."""


class LinkRefused(CoreError):
    """The account could not be linked."""


class ContactNotOwn(LinkRefused):
    """Somebody else's contact, or a forwarded one."""


class PhoneNotReadable(LinkRefused):
    """The contact holds no telephone number."""


class PhoneNotRegistered(LinkRefused):
    """Nobody in the registry has this number."""


class PhoneAmbiguous(LinkRefused):
    """Several people in the registry have this number."""


@dataclass(eq=False)
class CodeWrong(LinkRefused):
    tries_left: int


class CodeExpired(LinkRefused):
    """The code was right once; HR must issue a new one."""


@dataclass(eq=False)
class CodeLocked(LinkRefused):
    opens_at: datetime


class EnrollmentRefused(CoreError):
    """The enrollment is not possible."""


@dataclass(eq=False)
class EnrollmentClosed(EnrollmentRefused):
    session_code: str
    closed_at: datetime


@dataclass(eq=False)
class SessionCancelled(EnrollmentRefused):
    session_code: str


@dataclass(eq=False)
class SessionStarted(EnrollmentRefused):
    session_code: str
    starts_at: datetime


@dataclass(eq=False)
class SessionFull(EnrollmentRefused):
    session_code: str
    seats: int


@dataclass(eq=False)
class UnitQuotaFull(EnrollmentRefused):
    session_code: str
    unit: str
    seats: int


@dataclass(eq=False)
class NotInAudience(EnrollmentRefused):
    course_code: str
    audience: tuple[str, ...]


@dataclass(eq=False)
class NotThisEmployment(EnrollmentRefused):
    course_code: str
    employment: tuple[str, ...]


@dataclass(eq=False)
class AlreadyCompleted(EnrollmentRefused):
    course_code: str
    title: str


@dataclass(eq=False)
class PrerequisiteMissing(EnrollmentRefused):
    """`missing_titles` stand beside `missing_codes`."""

    course_code: str
    missing_codes: tuple[str, ...]
    missing_titles: tuple[str, ...]


@dataclass(eq=False)
class HoursCeilingReached(EnrollmentRefused):
    """`hours` more would pass the `ceiling` of the `year`."""

    session_code: str
    hours: int
    done: int
    booked: int
    ceiling: int
    year: int


@dataclass(eq=False)
class ScheduleClash(EnrollmentRefused):
    session_code: str
    title: str
    other_session_code: str
    other_title: str


@dataclass(eq=False)
class AlreadyDecided(EnrollmentRefused):
    enrollment_id: int
    status: str


@dataclass(eq=False)
class OfferExpired(EnrollmentRefused):
    enrollment_id: int


class AttendanceRefused(CoreError):
    """Presence could not be noted, or the list could not be confirmed."""


@dataclass(eq=False)
class AttendanceCodeWrong(AttendanceRefused):
    tries_left: int


class AttendanceCodeOutdated(AttendanceRefused):
    """The code was shown within the last hour; another one is shown now."""


@dataclass(eq=False)
class AttendanceLocked(AttendanceRefused):
    opens_at: datetime


@dataclass(eq=False)
class AttendanceNotOpen(AttendanceRefused):
    """`opens_at` is None once the session is over or when it is cancelled."""

    session_code: str
    opens_at: datetime | None


@dataclass(eq=False)
class NotAParticipant(AttendanceRefused):
    """`status`: where the person's enrollment stands; None: not enrolled at all."""

    session_code: str
    title: str
    status: str | None


@dataclass(eq=False)
class AttendanceNotOver(AttendanceRefused):
    session_code: str
    ends_at: datetime


@dataclass(eq=False)
class ListNotConfirmed(AttendanceRefused):
    session_code: str


@dataclass(eq=False)
class HoursOutOfRange(AttendanceRefused):
    hours: int
    most: int


@dataclass(eq=False)
class NoCertificate(AttendanceRefused):
    title: str
    status: str


@dataclass(eq=False)
class AlreadyEvaluated(AttendanceRefused):
    rating: int


@dataclass(eq=False)
class RatingOutOfRange(AttendanceRefused):
    rating: int


class DelegationRefused(CoreError):
    """The decisions cannot be delegated so."""


class NoStaff(DelegationRefused):
    """Nobody's requests come to this person."""


class DelegateRefused(DelegationRefused):
    """The chosen one is neither their own staff nor a peer."""


@dataclass(eq=False)
class DelegationPeriodRefused(DelegationRefused):
    last_day: date
    longest_days: int


class SessionRefused(CoreError):
    """HR wants of a session what cannot be."""


@dataclass(eq=False)
class SessionExists(SessionRefused):
    session_code: str


@dataclass(eq=False)
class SeatsTaken(SessionRefused):
    session_code: str
    taken: int


class TimeFault(StrEnum):
    START_IS_PAST = "start_is_past"
    ENDS_BEFORE_START = "ends_before_start"
    CLOSES_AFTER_START = "closes_after_start"


@dataclass(eq=False)
class BadSessionTimes(SessionRefused):
    fault: TimeFault


class CampaignRefused(CoreError):
    """The campaign cannot go out as it is."""


class EmptyText(CampaignRefused):
    """There is nothing to say."""


@dataclass(eq=False)
class TextTooLong(CampaignRefused):
    length: int
    limit: int


@dataclass(eq=False)
class MarkupBroken(CampaignRefused):
    line: int


@dataclass(eq=False)
class UnknownField(CampaignRefused):
    name: str


@dataclass(eq=False)
class BadLink(CampaignRefused):
    reference: str


@dataclass(eq=False)
class AudienceNotReadable(CampaignRefused):
    word: str


@dataclass(eq=False)
class AudienceUnknown(CampaignRefused):
    reference: str


class AudienceEmpty(CampaignRefused):
    """Nobody would get it."""


@dataclass(eq=False)
class NotAllowedInState(CampaignRefused):
    campaign_id: int
    status: str


@dataclass(eq=False)
class CampaignChanged(CampaignRefused):
    campaign_id: int


@dataclass(eq=False)
class TimePassed(CampaignRefused):
    at: datetime


@dataclass(eq=False)
class ChaseNotPossible(CampaignRefused):
    most_days: int
    most_times: int


@dataclass(eq=False)
class BadImport(CoreError):
    problems: tuple[RowProblem, ...]
