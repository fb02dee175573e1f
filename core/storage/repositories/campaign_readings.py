"""Who read a campaign, person by person and unit by unit, and whom it did not reach and why. Mixed into SqlCampaigns."""

from sqlalchemy import ColumnElement, Select, case, exists, false, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.campaigns import Campaign, CampaignStatus, UnitReading, Unreached
from core.domain.messages import DeliveryStatus, Kind
from core.domain.people import Unit
from core.domain.readings import Reading, Recipient
from core.storage.audience import belongs_to, subtree, units_above
from core.storage.reach import account_is_gone, says_gone
from core.storage.rows import AnyRow, person_columns, person_of, read_in_parts
from core.storage.tables import campaign_acknowledgements, campaign_replies, outbox, people, telegram_accounts, units

_WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.FAILED)
_OPEN_TO_ALL = (CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.FINISHED)
_account, _read = telegram_accounts.c, campaign_acknowledgements.c

_reading = case(
    (_read.at.is_not(None), Reading.READ.value),
    (outbox.c.status == DeliveryStatus.SENT, Reading.SILENT.value),
    (outbox.c.status.in_(_WAITING), Reading.WAITING.value),
    else_=Reading.UNREACHED.value,
)
_why = case(
    (_account.telegram_id.is_(None), Unreached.NOT_LINKED.value),
    (_account.opted_out_at.is_not(None), Unreached.OPTED_OUT.value),
    (
        (outbox.c.status == DeliveryStatus.UNREACHABLE) & (says_gone(outbox.c.error) | account_is_gone()),
        Unreached.NOT_FOUND.value,
    ),
    (outbox.c.status == DeliveryStatus.UNREACHABLE, Unreached.BLOCKED.value),
    (outbox.c.error.is_not(None), Unreached.FAILED.value),
    else_=Unreached.TOO_LATE.value,
)


class Readings:
    _connection: AsyncConnection

    async def by_unit(self, campaign_id: int) -> list[UnitReading]:
        above = units_above()
        counts = (
            select(
                above.c.ancestor,
                func.count().label("recipients"),
                func.count().filter(outbox.c.status == DeliveryStatus.SENT).label("sent"),
                func.count().filter(_has_read()).label("acknowledged"),
                func.count().filter(_has_replied()).label("replied"),
            )
            .select_from(outbox.join(people, people.c.id == outbox.c.person_id))
            .join(above, above.c.code == people.c.unit_code)
            .where(outbox.c.campaign_id == campaign_id, outbox.c.kind == Kind.CAMPAIGN)
            .group_by(above.c.ancestor)
            .subquery()
        )
        query = select(units, counts).join(counts, counts.c.ancestor == units.c.code).order_by(units.c.code)
        return [
            UnitReading(Unit(r.code, r.name, r.short_name, r.parent), r.recipients, r.sent, r.acknowledged, r.replied)
            for r in await self._connection.execute(query)
        ]

    async def unreached_counts(self, campaign: Campaign) -> dict[Unreached, int]:
        rows = _recipients(campaign).where(_reading == Reading.UNREACHED.value).subquery()
        counts = {
            Unreached(why): number
            for why, number in await self._connection.execute(select(rows.c.why, func.count()).group_by(rows.c.why))
        }
        if campaign.status in _OPEN_TO_ALL:
            refused = _refusing(campaign).subquery()
            number = await self._connection.scalar(select(func.count()).select_from(refused)) or 0
            counts[Unreached.OPTED_OUT] = counts.get(Unreached.OPTED_OUT, 0) + number
        return {why: counts[why] for why in Unreached if counts.get(why)}

    async def recipients(
        self,
        campaign: Campaign,
        reading: Reading | None = None,
        *,
        unit: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Recipient]:
        rows = _recipients(campaign)
        if reading is not None:
            rows = rows.where(_reading == reading.value)
        if reading in (None, Reading.UNREACHED) and campaign.status in _OPEN_TO_ALL:
            both = rows.union_all(_refusing(campaign)).subquery()
        else:
            both = rows.subquery()
        page = select(both)
        if unit is not None:
            page = page.where(both.c.person_unit_code.in_(subtree([unit])))
        page = page.order_by(both.c.person_unit_code, both.c.person_name, both.c.person_id)
        return await read_in_parts(self._connection, page.limit(limit).offset(offset), _recipient)

    async def staff_recipients(self, campaign: Campaign, supervisor_id: int) -> list[Recipient]:
        rows = _recipients(campaign).where(people.c.supervisor_id == supervisor_id)
        return [_recipient(row) for row in await self._connection.execute(rows.order_by(people.c.name, people.c.id))]


def _recipients(campaign: Campaign) -> Select[*tuple[object, ...]]:
    chase = outbox.alias("chase")
    reminders = (
        select(func.count())
        .where(
            chase.c.campaign_id == campaign.campaign_id,
            chase.c.person_id == people.c.id,
            chase.c.kind == Kind.CAMPAIGN_CHASE,
            chase.c.status == DeliveryStatus.SENT,
        )
        .scalar_subquery()
    )
    sent_at = case((outbox.c.status == DeliveryStatus.SENT, outbox.c.settled_at), else_=null())
    return (
        select(
            *person_columns,
            _reading.label("reading"),
            sent_at.label("sent_at"),
            _read.at.label("read_at"),
            reminders.label("reminders"),
            _why.label("why"),
            _has_replied().label("replied"),
        )
        .select_from(
            outbox.join(people, people.c.id == outbox.c.person_id)
            .join(units, units.c.code == people.c.unit_code)
            .outerjoin(telegram_accounts, _account.person_id == people.c.id)
            .outerjoin(
                campaign_acknowledgements,
                (_read.campaign_id == outbox.c.campaign_id) & (_read.person_id == outbox.c.person_id),
            )
        )
        .where(outbox.c.campaign_id == campaign.campaign_id, outbox.c.kind == Kind.CAMPAIGN)
    )


def _refusing(campaign: Campaign) -> Select[*tuple[object, ...]]:
    """Who is in the audience, opted out before it went out, and so has no row in the ledger."""
    has_row = exists().where(
        outbox.c.campaign_id == campaign.campaign_id,
        outbox.c.person_id == people.c.id,
        outbox.c.kind == Kind.CAMPAIGN,
    )
    never = null().cast(outbox.c.settled_at.type)
    return (
        select(
            *person_columns,
            literal(Reading.UNREACHED.value).label("reading"),
            never.label("sent_at"),
            never.label("read_at"),
            literal(0).label("reminders"),
            literal(Unreached.OPTED_OUT.value).label("why"),
            false().label("replied"),
        )
        .select_from(
            people.join(units, units.c.code == people.c.unit_code).join(
                telegram_accounts, _account.person_id == people.c.id
            )
        )
        .where(belongs_to(campaign.audience, campaign.created_at), _account.opted_out_at.is_not(None), ~has_row)
    )


def _recipient(row: AnyRow) -> Recipient:
    is_lost = row.reading == Reading.UNREACHED
    why = Unreached(row.why) if is_lost else None
    return Recipient(person_of(row), Reading(row.reading), row.sent_at, row.read_at, row.reminders, why, row.replied)


def _has_replied() -> ColumnElement[bool]:
    asked = campaign_replies.c
    return exists().where(asked.campaign_id == outbox.c.campaign_id, asked.person_id == outbox.c.person_id)


def _has_read() -> ColumnElement[bool]:
    return exists().where(_read.campaign_id == outbox.c.campaign_id, _read.person_id == outbox.c.person_id)
