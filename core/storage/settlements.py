"""The statement by which the sender marks its rows: many outcomes, one statement, so that they cost one commit."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, ColumnClause, Text, bindparam, case, cast, column, func, or_, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from core.domain.messages import DeliveryStatus, Settlement
from core.storage.tables import outbox


def settle(settlements: Collection[Settlement], now: datetime, claimed_by: str | None) -> dict[str, Any]:
    """The values of SETTLE. `claimed_by` None: whoever claimed them."""
    return {
        "ids": [each.message_id for each in settlements],
        "statuses": [each.status.value for each in settlements],
        "due": [each.due_at for each in settlements],
        "sent_as": [each.telegram_message_id for each in settlements],
        "errors": [each.error for each in settlements],
        "now": now,
        "claimer": claimed_by,
    }


def _array(name: str, kind: TypeEngine[Any]) -> BindParameter[Any]:
    return bindparam(name, type_=ARRAY(kind))


def _statement() -> Any:
    number, word, moment = BigInteger(), Text(), outbox.c.due_at.type
    arrays = (_array("ids", number), _array("statuses", word), _array("due", moment), _array("sent_as", number))
    columns: list[ColumnClause[Any]] = [column("id", number), column("status", word), column("due_at", moment)]
    columns += [column("telegram_message_id", number), column("error", word)]
    found = func.unnest(*arrays, _array("errors", word)).table_valued(*columns, name="found").render_derived()
    claimer = cast(bindparam("claimer", type_=Text()), Text())
    unsent = found.c.status == DeliveryStatus.QUEUED.value
    return (
        update(outbox)
        .where(
            outbox.c.id == found.c.id,
            outbox.c.status == DeliveryStatus.SENDING,
            or_(claimer.is_(None), outbox.c.claimed_by == claimer),
        )
        .values(
            status=found.c.status,
            settled_at=bindparam("now", type_=moment),
            due_at=func.coalesce(found.c.due_at, outbox.c.due_at),
            telegram_message_id=func.coalesce(found.c.telegram_message_id, outbox.c.telegram_message_id),
            error=found.c.error,
            attempts=case((unsent, func.greatest(outbox.c.attempts - 1, 0)), else_=outbox.c.attempts),
        )
    )


# built once: putting it together takes longer than running it
SETTLE = _statement()
