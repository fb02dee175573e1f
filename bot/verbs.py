"""What the bot does itself, without the dialogue, and what the button of each verb carries."""

from enum import StrEnum


class Verb(StrEnum):
    APPROVE = "ap"
    DECLINE = "de"
    DECLINE_BECAUSE = "db"
    WRITE_REASON = "dw"
    DECLINE_AS_WRITTEN = "dy"
    BACK_TO_REQUEST = "dk"
    ACCEPT_OFFER = "ac"
    PASS_OFFER = "pa"
    CALENDAR = "ic"
    SESSION_CALENDAR = "il"
    DELEGATE_TO = "dt"
    DELEGATE_UNTIL = "du"
    END_DELEGATION = "dx"
    CONFIRM_UNLINK = "ul"
    KEEP_LINK = "kl"
    NEW_CAMPAIGN = "gg"
    LIST_CAMPAIGNS = "gf"
    SHOW_CODE = "sk"
    OPEN_LIST = "dh"
    MARK_PRESENT = "hd"
    MARK_ALL_PRESENT = "ha"
    CONFIRM_LIST = "sd"
    CERTIFICATE = "sf"
    RATE = "ra"
    COMMENT = "km"
    LIST_SESSIONS = "kd"
    SHOW_SESSION = "ks"
    LIST_PEOPLE = "kp"
    DOWNLOAD_PEOPLE = "kf"
    CHANGE_TIME = "kw"
    CHANGE_PLACE = "kq"
    CHANGE_SEATS = "kg"
    CHANGE_DEADLINE = "kz"
    CLOSE_ENROLLING = "kc"
    CLOSE_ENROLLING_NOW = "ky"
    CANCEL_SESSION = "kx"
    DO_AS_WRITTEN = "kj"
    OPEN_SESSION = "ko"
    DRAFT_COURSES = "kb"
    DRAFT_COURSE = "kr"
    DRAFT_VALUE = "kv"
    DRAFT_EDIT = "ke"
    DRAFT_BACK = "kk"
    DRAFT_STOP = "kh"
    DRAFT_OPEN = "ku"
    LIST_TICKETS = "tq"
    LIST_ENTRIES = "tm"


HAS_ROW = frozenset(
    {
        Verb.APPROVE,
        Verb.DECLINE,
        Verb.DECLINE_BECAUSE,
        Verb.WRITE_REASON,
        Verb.DECLINE_AS_WRITTEN,
        Verb.BACK_TO_REQUEST,
        Verb.ACCEPT_OFFER,
        Verb.PASS_OFFER,
        Verb.CALENDAR,
        Verb.MARK_PRESENT,
        Verb.CERTIFICATE,
        Verb.RATE,
        Verb.COMMENT,
    }
)
"""Verbs about one enrollment."""
HAS_CHOICE = frozenset(
    {
        Verb.DECLINE_BECAUSE,
        Verb.RATE,
        Verb.LIST_SESSIONS,
        Verb.DRAFT_COURSES,
        Verb.DRAFT_VALUE,
        Verb.DRAFT_EDIT,
        Verb.LIST_TICKETS,
    }
)
"""Verbs that carry which of a short list, or which of its pages, was chosen, counted from 1."""
HAS_SESSION = frozenset(
    {
        Verb.SESSION_CALENDAR,
        Verb.SHOW_CODE,
        Verb.OPEN_LIST,
        Verb.MARK_ALL_PRESENT,
        Verb.CONFIRM_LIST,
        Verb.SHOW_SESSION,
        Verb.LIST_PEOPLE,
        Verb.DOWNLOAD_PEOPLE,
        Verb.CHANGE_TIME,
        Verb.CHANGE_PLACE,
        Verb.CHANGE_SEATS,
        Verb.CHANGE_DEADLINE,
        Verb.CLOSE_ENROLLING,
        Verb.CLOSE_ENROLLING_NOW,
        Verb.CANCEL_SESSION,
        Verb.DO_AS_WRITTEN,
    }
)
"""Verbs about one session."""
HAS_COURSE = frozenset({Verb.DRAFT_COURSE})
HAS_PERSON = frozenset({Verb.DELEGATE_TO, Verb.DELEGATE_UNTIL})
HAS_DAY = frozenset({Verb.DELEGATE_UNTIL})
