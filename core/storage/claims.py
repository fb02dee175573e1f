"""The statement by which the sender gets its next rows: each due row is given its verdict, sent now, later or never.

The rows are locked with SKIP LOCKED, so two senders never see the same one.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Interval,
    Text,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)

from core.domain.calendar import year_of
from core.domain.campaigns import CampaignStatus
from core.domain.messages import CAN_BE_DECLINED, HELD, LEASE, NEWS, DeliveryStatus, Kind
from core.domain.sending_times import CAP, CAP_WINDOW
from core.storage.audience import hours_between
from core.storage.tables import campaign_acknowledgements, campaigns, outbox, people, telegram_accounts, units

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED)
_CLAIMABLE = (*_WAITING, DeliveryStatus.SENDING)
_LOOK_AGAIN = LEASE / 60
_MOMENT = outbox.c.due_at.type
_STAYS_SILENT = (CampaignStatus.DRAFT, CampaignStatus.IN_REVIEW, CampaignStatus.SCHEDULED, CampaignStatus.PAUSED)


def _moment(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=_MOMENT)


def _among(column: ColumnElement[Any], words: Iterable[StrEnum]) -> ColumnElement[bool]:
    # written out: a list of parameters would be spelled anew at each call
    return column.in_([literal_column(f"'{word.value}'") for word in sorted(words)])


_NOW = _moment("now")


def claim(
    now: datetime, limit: int, bulk: bool | None, claimed_by: str, quiet_until: datetime | None
) -> dict[str, Any]:
    """The values of STATEMENT, which returns the rows with their addresses, the campaign's words and what they name."""
    year = year_of(now)
    return {
        "now": now,
        "lease_over": now - LEASE,
        "share_since": now - CAP_WINDOW,
        "look_again": now + _LOOK_AGAIN,
        "first_day": date(year, 1, 1),
        "last_day": date(year, 12, 31),
        "row_limit": limit,
        "personal": not bulk,
        "bulk": bulk is not False,
        "claimer": claimed_by,
        "quiet_until": quiet_until,
    }


def _statement() -> Any:
    verdicts = _verdicts(_due())
    goes_out = verdicts.c.verdict == DeliveryStatus.SENDING.value
    is_put_off = verdicts.c.later.is_not(None)
    return (
        update(outbox)
        .where(outbox.c.id == verdicts.c.id)
        .values(
            status=verdicts.c.verdict,
            due_at=case((is_put_off, _at_most_expiry(verdicts.c.later)), else_=outbox.c.due_at),
            attempts=outbox.c.attempts + case((goes_out, 1), else_=0),
            claimed_at=case((goes_out, _NOW), else_=outbox.c.claimed_at),
            claimed_by=case((goes_out, bindparam("claimer", type_=Text)), else_=outbox.c.claimed_by),
            settled_at=case((or_(goes_out, is_put_off), null()), else_=_NOW),
        )
        .returning(
            *outbox.c,
            verdicts.c.address,
            verdicts.c.campaign_text,
            verdicts.c.campaign_links,
            verdicts.c.campaign_file,
            verdicts.c.campaign_questions,
            verdicts.c.campaign_pulse,
            verdicts.c.campaign_steps,
            verdicts.c.campaign_asks,
            verdicts.c.campaign_can_ask,
            verdicts.c.person_name,
            verdicts.c.person_unit,
            verdicts.c.person_hours,
        )
    )


def put_off(now: datetime, until: datetime) -> Any:
    """All that is due of campaigns that keep quiet hours, in one go instead of claim by claim."""
    keeps_quiet = select(campaigns.c.id).where(~campaigns.c.is_urgent)
    return (
        update(outbox)
        .where(
            outbox.c.is_bulk,
            _among(outbox.c.status, _WAITING),
            outbox.c.due_at <= now,
            _among(outbox.c.kind, NEWS),
            outbox.c.campaign_id.in_(keeps_quiet),
            or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now),
        )
        .values(due_at=_at_most_expiry(literal(until, outbox.c.due_at.type)))
    )


def _due() -> CTE:
    """Personal rows first, then as many bulk rows as there is room for: in one statement, as each costs a journey."""
    room = bindparam("row_limit", type_=Integer)
    personal = _first_due("personal", ~outbox.c.is_bulk, room)
    taken = select(func.count()).select_from(personal).scalar_subquery()
    bulk = _first_due("bulk", outbox.c.is_bulk, room - taken)
    return select(personal).union_all(select(bulk)).cte("due")


def _first_due(name: str, which: ColumnElement[bool], limit: ColumnElement[int]) -> CTE:
    row = outbox.c
    return (
        select(row.id, row.kind, row.person_id, row.telegram_id, row.campaign_id, row.expires_at)
        .where(
            which,
            bindparam(name, type_=Boolean),
            _among(outbox.c.status, _CLAIMABLE),
            outbox.c.due_at <= _NOW,
            or_(outbox.c.status != DeliveryStatus.SENDING, outbox.c.claimed_at <= _moment("lease_over")),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte(name)
    )


def _verdicts(due: CTE) -> CTE:
    account, quiet_until = telegram_accounts.c, _moment("quiet_until")
    is_news = and_(due.c.campaign_id.is_not(None), _among(due.c.kind, NEWS))
    keeps_rules = and_(is_news, ~campaigns.c.is_urgent)
    has_no_chat = or_(account.telegram_id.is_(None), account.unreachable_since.is_not(None))
    read = campaign_acknowledgements.c
    has_answered = exists().where(read.campaign_id == due.c.campaign_id, read.person_id == due.c.person_id)
    share_back_at = _share_back_at(due)
    later = case(
        (and_(is_news, _among(campaigns.c.status, _STAYS_SILENT)), literal(HELD, _MOMENT)),
        (and_(keeps_rules, quiet_until.is_not(None)), quiet_until),
        (keeps_rules, share_back_at),
        else_=None,
    )
    never = case(
        (due.c.expires_at <= _NOW, DeliveryStatus.EXPIRED.value),
        (and_(is_news, campaigns.c.status == CampaignStatus.CANCELLED), DeliveryStatus.WITHDRAWN.value),
        (and_(due.c.kind == Kind.CAMPAIGN_CHASE, has_answered), DeliveryStatus.WITHDRAWN.value),
        (and_(due.c.person_id.is_not(None), has_no_chat), DeliveryStatus.UNREACHABLE.value),
        # who opted out after the campaign was queued is spared it all the same
        (and_(_among(due.c.kind, CAN_BE_DECLINED), account.opted_out_at.is_not(None)), DeliveryStatus.WITHDRAWN.value),
        else_=None,
    )
    judged = (
        select(
            due.c.id,
            never.label("never"),
            case((never.is_(None), later), else_=None).label("later"),
            func.coalesce(due.c.telegram_id, account.telegram_id).label("address"),
            campaigns.c.text.label("campaign_text"),
            campaigns.c.links.label("campaign_links"),
            campaigns.c.attachment.label("campaign_file"),
            func.jsonb_array_length(campaigns.c.quiz).label("campaign_questions"),
            campaigns.c.pulse.is_not(None).label("campaign_pulse"),
            campaigns.c.steps.label("campaign_steps"),
            func.coalesce(campaigns.c.needs_acknowledgement, false()).label("campaign_asks"),
            func.coalesce(campaigns.c.takes_questions, false()).label("campaign_can_ask"),
            people.c.name.label("person_name"),
            units.c.name.label("person_unit"),
            hours_between(bindparam("first_day", type_=Date), bindparam("last_day", type_=Date)).label("person_hours"),
        )
        .select_from(
            due.outerjoin(telegram_accounts, account.person_id == due.c.person_id)
            .outerjoin(campaigns, campaigns.c.id == due.c.campaign_id)
            .outerjoin(people, and_(people.c.id == due.c.person_id, due.c.campaign_id.is_not(None)))
            .outerjoin(units, units.c.code == people.c.unit_code)
        )
        .cte("judged")
    )
    verdict = case(
        (judged.c.never.is_not(None), judged.c.never),
        (judged.c.later.is_not(None), DeliveryStatus.QUEUED.value),
        else_=DeliveryStatus.SENDING.value,
    )
    return select(judged, verdict.label("verdict")).cte("verdicts")


def _share_back_at(due: CTE) -> ColumnElement[datetime]:
    """When the person may get another campaign; NULL: now. Messages in flight count as sent."""
    other = outbox.alias("other")
    sent_at = func.coalesce(other.c.settled_at, other.c.claimed_at)
    newest = (
        select(sent_at)
        .where(
            other.c.person_id == due.c.person_id,
            other.c.id != due.c.id,
            other.c.campaign_id.is_not(None),
            _among(other.c.kind, NEWS),
            _among(other.c.status, (DeliveryStatus.SENT, DeliveryStatus.SENDING)),
            sent_at > _moment("share_since"),
        )
        .order_by(sent_at.desc())
        .offset(CAP - 1)
        .limit(1)
        .correlate(due)
        .scalar_subquery()
    )
    # two rows of one person in the same claim do not see each other: the later one looks again
    earlier = due.alias("earlier")
    comes_second = (
        select(_moment("look_again"))
        .where(
            earlier.c.person_id == due.c.person_id,
            earlier.c.campaign_id.is_not(None),
            earlier.c.id < due.c.id,
        )
        .limit(1)
        .correlate(due)
        .scalar_subquery()
    )
    back_at = newest.op("+", return_type=_MOMENT)(literal(CAP_WINDOW, Interval()))
    return func.coalesce(back_at, comes_second)


def _at_most_expiry(moment: ColumnElement[datetime]) -> ColumnElement[datetime]:
    # LEAST leaves NULL out
    return func.least(moment, outbox.c.expires_at)


# built once: putting it together takes longer than running it
STATEMENT = _statement()
