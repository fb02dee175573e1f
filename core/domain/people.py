"""Members of staff, their units, and who is asking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Employment(StrEnum):
    """UU 20/2023 Ps 5: the two kinds of civil servant. Rights differ between them."""

    PNS = "PNS"
    PPPK = "PPPK"


class PositionLevel(StrEnum):
    PELAKSANA = "pelaksana"
    FUNGSIONAL = "fungsional"
    PENGAWAS = "pengawas"
    ADMINISTRATOR = "administrator"
    JPT = "jpt"


class HrRole(StrEnum):
    """What an HR officer may do with campaigns; each includes those before it. Nobody approves their own."""

    VIEWER = "viewer"
    AUTHOR = "author"
    APPROVER = "approver"


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    short_name: str
    parent: str | None = None


@dataclass(frozen=True)
class Person:
    """One row of the staff registry. `phone` is E.164 (`+62…`) or None; `nip` is 18 digits and never shown in full."""

    person_id: int
    nip: str = field(repr=False)
    name: str = field(repr=False)
    unit: Unit
    position: str
    level: PositionLevel
    employment: Employment
    phone: str | None = field(default=None, repr=False)
    supervisor_id: int | None = None
    is_hr: bool = False
    is_sample: bool = False
    hr_role: HrRole = HrRole.APPROVER
    """Means something for HR officers only."""

    @property
    def first_name(self) -> str:
        """The name to greet by, after titles ("Drs.") and the "I" and "Ni" of Balinese names."""
        words = self.name.split()
        return next((word for word in words if len(word) > 2 and not word.endswith(".")), words[0])

    @property
    def masked_nip(self) -> str:
        """The last three digits only: the others hold the date of birth and the sex (UU 27/2022 Ps 4, fact I24)."""
        return "•" * (len(self.nip) - 3) + self.nip[-3:]


class Awaiting(StrEnum):
    """What somebody was asked to type next."""

    NEW_TEXT = "new_text"
    TEXT = "text"
    AUDIENCE = "audience"
    TIME = "time"
    FILE = "campaign_file"
    QUIZ = "quiz_question"
    PULSE = "pulse_question"
    PULSE_COMMENT = "pulse_comment"
    STEP = "campaign_step"
    MOMENT = "campaign_moment"
    LINKS = "campaign_links"
    LATEST = "campaign_latest"
    TRIAL_TO = "campaign_trial"
    CORRECTION = "campaign_correction"
    SESSION_TIME = "session_time"
    SESSION_PLACE = "session_place"
    SESSION_SEATS = "session_seats"
    SESSION_DEADLINE = "session_deadline"
    SESSION_REASON = "session_reason"
    TICKET_ANSWER = "ticket_answer"
    TICKET_MORE = "ticket_more"
    ENTRY_QUESTION = "entry_question"
    ENTRY_TEXT = "entry_text"
    ENTRY_BASIS = "entry_basis"
    ENTRY_REASON = "entry_reason"
    CAMPAIGN_QUESTION = "campaign_question"
    DECLINE_REASON = "decline_reason"
    COMMENT = "comment"
    SESSION_DRAFT = "session_draft"


ABOUT_A_SESSION = frozenset(
    {
        Awaiting.SESSION_TIME,
        Awaiting.SESSION_PLACE,
        Awaiting.SESSION_SEATS,
        Awaiting.SESSION_DEADLINE,
        Awaiting.SESSION_REASON,
    }
)

ABOUT_A_TICKET = frozenset(
    {
        Awaiting.TICKET_ANSWER,
        Awaiting.TICKET_MORE,
        Awaiting.ENTRY_QUESTION,
        Awaiting.ENTRY_TEXT,
        Awaiting.ENTRY_BASIS,
        Awaiting.ENTRY_REASON,
    }
)
ABOUT_AN_ENROLLMENT = frozenset({Awaiting.DECLINE_REASON, Awaiting.COMMENT})


@dataclass(frozen=True)
class Awaited:
    """The next words of this account are about that. Kept in the database: a restart must not lose the thread.

    `words` are those typed about a session, a request or as an answer, which still want a yes under the message `message_id`.
    `draft`: what a session to be opened is so far.
    """

    what: Awaiting
    since: datetime
    campaign_id: int | None = None
    session_code: str | None = None
    words: str | None = field(default=None, repr=False)
    message_id: int | None = None
    ticket_number: int | None = None
    enrollment_id: int | None = None
    draft: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class TelegramAccount:
    """The link between a Telegram account and a person. One person has one account and the other way round."""

    telegram_id: int
    person_id: int
    linked_at: datetime
    opted_out_at: datetime | None = None
    unreachable_since: datetime | None = None
    awaits: Awaited | None = None


@dataclass(frozen=True)
class Caller:
    """Who is asking, as the database knows them. No `person`: a visitor, who may ask about policy and see the catalogue."""

    telegram_id: int | None = None
    person: Person | None = None
    opted_out: bool = False

    @property
    def is_linked(self) -> bool:
        return self.person is not None
