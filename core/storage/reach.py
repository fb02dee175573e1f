"""Why an account cannot be reached, as SQL: what Telegram answered stands in the ledger's rows of that time."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, literal, or_

from core.domain.messages import DeliveryStatus
from core.domain.reach import gone_patterns
from core.storage.tables import outbox, people, telegram_accounts

_SAME_TIME = timedelta(minutes=1)


def says_gone(error: ColumnElement[str]) -> ColumnElement[bool]:
    """NULL is no."""
    return func.coalesce(or_(*(func.lower(error).like(pattern) for pattern in gone_patterns())), False)


def account_is_gone() -> ColumnElement[bool]:
    """Of the joined `people` and `telegram_accounts`: when it became unreachable, Telegram said there is no such chat."""
    told = outbox.alias("told")
    return exists().where(
        told.c.person_id == people.c.id,
        told.c.status == DeliveryStatus.UNREACHABLE,
        told.c.settled_at >= telegram_accounts.c.unreachable_since - literal(_SAME_TIME),
        says_gone(told.c.error),
    )
