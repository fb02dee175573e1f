"""What the assistant sends unasked: kinds, states, and the rules of retrying. The words are the bot's."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a message is about; `facts` of each kind are listed beside it."""

    APPROVAL_REQUEST = "approval_request"  # enrollment_id session_code title person unit starts_at ends_at hours place
    #                                        done booked clashes decide_by asked_at
    APPROVAL_NUDGE = "approval_nudge"  # the same, after two working days
    APPROVAL_ESCALATED = (
        "approval_escalated"  # the same, supervisor? supervisor_id?: to the one above or the HR officers
    )
    DELEGATION_STARTED = "delegation_started"  # to the delegate: supervisor supervisor_id last_day
    DELEGATION_ENDED = "delegation_ended"  # to the delegate: supervisor supervisor_id
    REQUEST_ESCALATED = "request_escalated"  # to the applicant: enrollment_id session_code title
    REQUEST_LAPSED = "request_lapsed"  # to the applicant: enrollment_id session_code title
    REQUEST_UNDECIDED = "request_undecided"  # to those who were asked: enrollment_id title person
    REQUEST_APPROVED = "request_approved"  # enrollment_id session_code title starts_at ends_at place
    REQUEST_DECLINED = "request_declined"  # enrollment_id session_code title reason?
    SEAT_OFFERED = "seat_offered"  # enrollment_id session_code title starts_at offer_expires_at is_shortened?
    OFFER_REMINDER = "offer_reminder"  # the same, some hours before it lapses
    OFFER_LAPSED = "offer_lapsed"  # enrollment_id session_code title
    LINE_ENDED = "line_ended"  # to those still waiting when enrolling ends: enrollment_id session_code title starts_at
    #                            is_early others: session_code starts_at ends_at left
    REQUEST_WITHDRAWN = "request_withdrawn"  # to the supervisor: enrollment_id title person session_cancelled? reason?
    #                                          was_approved?
    SESSION_REMINDER = "session_reminder"  # enrollment_id session_code title starts_at ends_at place mode
    #                                        occasion (core.domain.reminders)
    TRAINING_COMPLETED = "training_completed"  # enrollment_id session_code title starts_at ends_at hours certificate
    NO_SHOW_NOTED = "no_show_noted"  # enrollment_id session_code title starts_at ends_at
    EVALUATION_REQUEST = "evaluation_request"  # enrollment_id session_code title starts_at ends_at
    HOURS_CORRECTED = (
        "hours_corrected"  # enrollment_id session_code title starts_at ends_at hours change reason certificate?
    )
    SESSION_MOVED = "session_moved"  # enrollment_id session_code title status starts_at ends_at place was_starts_at
    #                                  was_ends_at was_place clashes calendar? (the .ics as text, for a confirmed seat)
    #                                  offer_expires_at? (of an offered one)
    SESSION_CANCELLED = (
        "session_cancelled"  # enrollment_id session_code title starts_at ends_at reason others? calendar?
    )
    HOURS_SHORT = "hours_short"  # year done booked missing minimum trainings: session_code course_code title starts_at
    #                              ends_at hours left
    CAMPAIGN = "campaign"  # campaign_id text links? asks? can_ask?
    CAMPAIGN_STEP = "campaign_step"  # a later message of a series: the facts of CAMPAIGN and step (counted from 2)
    CAMPAIGN_CHASE = "campaign_chase"  # the same to who stayed silent, and chase (counted from 1)
    CAMPAIGN_TEST = "campaign_test"  # the same to people named
    CAMPAIGN_CORRECTION = "campaign_correction"  # the facts of CAMPAIGN and message_id: that message says this now
    CORRECTION_REVIEW = "correction_review"  # to approvers: campaign_id version author text
    CAMPAIGN_RECALL = "campaign_recall"  # campaign_id message_id: that message is deleted
    CAMPAIGN_REVIEW = "campaign_review"  # to approvers: campaign_id version author text links audience reached unlinked
    #                                      seconds ends_at is_urgent asks chase? scheduled_at? latest_at?
    CAMPAIGN_DECIDED = "campaign_decided"  # to the author: campaign_id is_approved by scheduled_at?
    CAMPAIGN_STOPPED = "campaign_stopped"  # to HR: campaign_id failed tried
    STAFF_OVERDUE = (
        "staff_overdue"  # to a supervisor, once a campaign's chase has ended: campaign_id words staff silent
    )
    TICKET_OPENED = "ticket_opened"  # to HR officers: ticket_number question topic unit campaign? (its title)
    #                                  released_by? (an officer who let go of it)
    TICKET_ANSWERED = "ticket_answered"  # ticket_number question answer may_reopen
    TICKET_HANDED = "ticket_handed"  # to the colleague: ticket_number question answer? by history: at what who?
    TICKET_TAKEN_OVER = "ticket_taken_over"  # to who had it: ticket_number by
    TICKET_REOPENED = "ticket_reopened"  # to who answered it: ticket_number question answer history is_held
    TICKET_ADDED = "ticket_added"  # to whom it stands with: ticket_number question answer? is_held
    ENTRY_REVIEW = "entry_review"  # to other officers: ticket_number version author questions text basis
    ENTRY_DECIDED = "entry_decided"  # to its author: ticket_number title status by? reason?
    TICKET_REMINDER = "ticket_reminder"  # to officers: ticket_number question since holder? is_for_all is_yours
    KNOWLEDGE_DUE = (
        "knowledge_due"  # to HR officers: expires is_expired sections: section_id title document checked_by?
    )
    ACCOUNT_REPLACED = "account_replaced"  # to the old account: nothing


ASKS_FOR_APPROVAL = frozenset({Kind.APPROVAL_REQUEST, Kind.APPROVAL_NUDGE, Kind.APPROVAL_ESCALATED})
NEWS = frozenset({Kind.CAMPAIGN, Kind.CAMPAIGN_STEP, Kind.CAMPAIGN_CHASE})
"""What a campaign's state, quiet hours, the daily share of a person and opting out hold back."""

FIRST_WORDS = frozenset({Kind.CAMPAIGN, Kind.CAMPAIGN_CHASE})
"""What says a campaign's own text; the later steps of a series have theirs."""

CAN_BE_DECLINED = NEWS | {Kind.HOURS_SHORT, Kind.STAFF_OVERDUE}
"""What somebody who opted out is spared; everything else is about what they hold, asked for or must decide."""

OFFERS_A_SEAT = frozenset({Kind.SEAT_OFFERED, Kind.OFFER_REMINDER})

ABOUT_TICKETS = frozenset(
    {
        Kind.TICKET_OPENED,
        Kind.TICKET_ANSWERED,
        Kind.TICKET_HANDED,
        Kind.TICKET_TAKEN_OVER,
        Kind.TICKET_REOPENED,
        Kind.TICKET_ADDED,
        Kind.TICKET_REMINDER,
        Kind.ENTRY_REVIEW,
        Kind.ENTRY_DECIDED,
    }
)
"""Their facts name the ticket, and may hold what was asked and answered."""


class DeliveryStatus(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """Will be tried again at `due_at`."""
    UNREACHABLE = "unreachable"
    """Blocked, never started, left, or not linked."""
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """Its cause has gone: the session was cancelled, the person withdrew."""


@dataclass(frozen=True)
class NewMessage:
    """A row for the ledger. `key` is unique: writing the same key again changes nothing.

    `facts` is JSON (times as ISO 8601 strings in UTC). Exactly one of `person_id` (sent to whatever account the person has then)
    and `telegram_id` (that account, linked or not) is set. `is_bulk` rows wait for chat and for each other (25 a second).
    """

    key: str
    kind: Kind
    facts: dict[str, Any]
    due_at: datetime
    person_id: int | None = None
    telegram_id: int | None = None
    expires_at: datetime | None = None
    is_bulk: bool = False
    enrollment_id: int | None = None
    campaign_id: int | None = None


@dataclass(frozen=True)
class Message:
    """A row of the ledger as it stands. `telegram_id` is resolved at the moment of claiming; None: no account linked."""

    message_id: int
    key: str
    kind: Kind
    facts: dict[str, Any] = field(repr=False)
    due_at: datetime
    status: DeliveryStatus
    attempts: int
    person_id: int | None
    telegram_id: int | None
    expires_at: datetime | None
    is_bulk: bool
    enrollment_id: int | None = None
    campaign_id: int | None = None
    telegram_message_id: int | None = None


@dataclass(frozen=True)
class Settlement:
    """What became of one claimed row. `queued` puts it back unsent until `due_at`, and its claim is no attempt."""

    message_id: int
    status: DeliveryStatus
    due_at: datetime | None = None
    telegram_message_id: int | None = None
    error: str | None = None


HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""`due_at` of a row that waits for somebody to let it go."""

LEASE = timedelta(seconds=60)
"""A row `sending` for longer than this was in flight when its sender died, and is sent again."""

MAX_ATTEMPTS = 8
"""After so many failed attempts (about three hours) a row is given up as `expired`."""

_BACKOFF = (2, 10, 60, 300, 1800)
_JITTER = 0.25


def retry_delay(attempts: int, chance: float) -> timedelta:
    """How long a row rests after its n-th failed attempt (n from 1): up to a quarter longer by `chance` (from 0 to 1).

    So that rows which failed together do not all come back together.
    """
    return timedelta(seconds=_BACKOFF[min(attempts, len(_BACKOFF)) - 1] * (1 + _JITTER * chance))
