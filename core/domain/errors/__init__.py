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
│   ├── NothingToAnswer               so with its quiz and its pulse question
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
│   ├── CaptionTooLong                words below a file have less room
│   ├── BadFile                       too large, of no kind that is sent, or not what its name says
│   ├── BadQuiz                       a question that cannot be asked so, with its number
│   ├── BadSeries                     too many steps, or one at no possible time
│   ├── AnchorNotReadable             words that name no date of a person's own
│   ├── MarkupBroken                  a star of a bold stretch without its partner, with the line
│   ├── UnknownField                  a {field} nobody can fill in
│   ├── BadLink                       a button without a title or without a web address
│   ├── AudienceNotReadable           with the word that is not understood
│   ├── AudienceUnknown               a unit, course or campaign that does not exist
│   ├── AudienceEmpty                 nobody would get it
│   ├── NipListRefused                an uploaded list without NIPs, with too many, or with NIPs cut short
│   ├── NotAllowedInState             the campaign's state does not allow this step
│   ├── CampaignChanged               it was edited after the version that was looked at
│   ├── TimePassed
│   └── ChaseNotPossible              more reminders, or rarer ones, than anybody should get
├── TicketRefused
│   ├── UnknownTopic                  with those there are
│   ├── UnknownUnit
│   ├── NotAnOfficer                  only HR officers answer tickets
│   ├── TicketTaken                   another officer handles it, with who
│   ├── TicketAnswered                it was answered, with by whom
│   ├── TicketNotHeld                 only who handles it may let go of it
│   ├── TicketNotAnswered             there is no answer to object to yet
│   ├── TicketAlreadyReopened         once is all
│   └── NotYourTicket                 somebody else asked it
├── EntryRefused                  an answer does not become knowledge
│   ├── BasisMissing                  no regulation with its number, or not where in it
│   ├── QuestionPersonal              a number as long as a NIP stands in it
│   ├── TooManyQuestions
│   ├── EntryIncomplete               question, answer or basis is missing
│   ├── EntryNotInState               its state does not allow this step
│   ├── EntryChanged                  it was edited after the version that was looked at
│   ├── OwnEntry                      a second officer checks it
│   └── UnknownEntry                  nothing was made of that ticket
└── BadImport                     a file whose rows are wrong: every one named, nothing imported
"""

from core.domain.errors.attendance import (
    AlreadyEvaluated,
    AttendanceCodeOutdated,
    AttendanceCodeWrong,
    AttendanceLocked,
    AttendanceNotOpen,
    AttendanceNotOver,
    AttendanceRefused,
    HoursOutOfRange,
    ListNotConfirmed,
    NoCertificate,
    NotAParticipant,
    RatingOutOfRange,
)
from core.domain.errors.base import (
    BadImport,
    CoreError,
)
from core.domain.errors.campaigns import (
    AudienceEmpty,
    AudienceNotReadable,
    AudienceUnknown,
    BadLink,
    CampaignChanged,
    CampaignRefused,
    ChaseNotPossible,
    EmptyText,
    MarkupBroken,
    NipListRefused,
    NotAllowedInState,
    TextTooLong,
    TimePassed,
    UnknownField,
)
from core.domain.errors.content import (
    AnchorNotReadable,
    BadFile,
    BadQuiz,
    BadSeries,
    CaptionTooLong,
    FileFault,
    NothingToAnswer,
    QuizFault,
    SeriesFault,
)
from core.domain.errors.delegation import (
    DelegateRefused,
    DelegationPeriodRefused,
    DelegationRefused,
    NoStaff,
)
from core.domain.errors.enrollment import (
    AlreadyCompleted,
    AlreadyDecided,
    EnrollmentClosed,
    EnrollmentRefused,
    HoursCeilingReached,
    NotInAudience,
    NotThisEmployment,
    OfferExpired,
    PrerequisiteMissing,
    ScheduleClash,
    SessionCancelled,
    SessionFull,
    SessionStarted,
    UnitQuotaFull,
)
from core.domain.errors.entries import (
    BasisFault,
    BasisMissing,
    EntryChanged,
    EntryIncomplete,
    EntryNotInState,
    EntryRefused,
    OwnEntry,
    QuestionPersonal,
    TooManyQuestions,
    UnknownEntry,
)
from core.domain.errors.linking import (
    CodeExpired,
    CodeLocked,
    CodeWrong,
    ContactNotOwn,
    LinkRefused,
    PhoneAmbiguous,
    PhoneNotReadable,
    PhoneNotRegistered,
)
from core.domain.errors.rights import (
    NotAllowed,
    NotFound,
    NothingToAcknowledge,
    NotHR,
    NotLinked,
    NotSupervisor,
    NotYours,
    OwnCampaign,
    RoleMissing,
    UnknownCampaign,
    UnknownCertificate,
    UnknownCourse,
    UnknownEnrollment,
    UnknownPerson,
    UnknownSection,
    UnknownSession,
    UnknownTicket,
)
from core.domain.errors.sessions import (
    BadSessionTimes,
    SeatsTaken,
    SessionExists,
    SessionRefused,
    TimeFault,
)
from core.domain.errors.tickets import (
    NotAnOfficer,
    NotYourTicket,
    TicketAlreadyReopened,
    TicketAnswered,
    TicketNotAnswered,
    TicketNotHeld,
    TicketRefused,
    TicketTaken,
    UnknownTopic,
    UnknownUnit,
)

__all__ = [
    "AlreadyCompleted",
    "AlreadyDecided",
    "AlreadyEvaluated",
    "AnchorNotReadable",
    "AttendanceCodeOutdated",
    "AttendanceCodeWrong",
    "AttendanceLocked",
    "AttendanceNotOpen",
    "AttendanceNotOver",
    "AttendanceRefused",
    "AudienceEmpty",
    "AudienceNotReadable",
    "AudienceUnknown",
    "BadFile",
    "BadImport",
    "BadLink",
    "BadQuiz",
    "BadSeries",
    "BadSessionTimes",
    "BasisFault",
    "BasisMissing",
    "CampaignChanged",
    "CampaignRefused",
    "CaptionTooLong",
    "ChaseNotPossible",
    "CodeExpired",
    "CodeLocked",
    "CodeWrong",
    "ContactNotOwn",
    "CoreError",
    "DelegateRefused",
    "DelegationPeriodRefused",
    "DelegationRefused",
    "EmptyText",
    "EnrollmentClosed",
    "EnrollmentRefused",
    "EntryChanged",
    "EntryIncomplete",
    "EntryNotInState",
    "EntryRefused",
    "FileFault",
    "HoursCeilingReached",
    "HoursOutOfRange",
    "LinkRefused",
    "ListNotConfirmed",
    "MarkupBroken",
    "NipListRefused",
    "NoCertificate",
    "NoStaff",
    "NotAParticipant",
    "NotAllowed",
    "NotAllowedInState",
    "NotAnOfficer",
    "NotFound",
    "NotHR",
    "NotInAudience",
    "NotLinked",
    "NotSupervisor",
    "NotThisEmployment",
    "NotYourTicket",
    "NotYours",
    "NothingToAcknowledge",
    "NothingToAnswer",
    "OfferExpired",
    "OwnCampaign",
    "OwnEntry",
    "PhoneAmbiguous",
    "PhoneNotReadable",
    "PhoneNotRegistered",
    "PrerequisiteMissing",
    "QuestionPersonal",
    "QuizFault",
    "RatingOutOfRange",
    "RoleMissing",
    "ScheduleClash",
    "SeatsTaken",
    "SeriesFault",
    "SessionCancelled",
    "SessionExists",
    "SessionFull",
    "SessionRefused",
    "SessionStarted",
    "TextTooLong",
    "TicketAlreadyReopened",
    "TicketAnswered",
    "TicketNotAnswered",
    "TicketNotHeld",
    "TicketRefused",
    "TicketTaken",
    "TimeFault",
    "TimePassed",
    "TooManyQuestions",
    "UnitQuotaFull",
    "UnknownCampaign",
    "UnknownCertificate",
    "UnknownCourse",
    "UnknownEnrollment",
    "UnknownEntry",
    "UnknownField",
    "UnknownPerson",
    "UnknownSection",
    "UnknownSession",
    "UnknownTicket",
    "UnknownTopic",
    "UnknownUnit",
]
