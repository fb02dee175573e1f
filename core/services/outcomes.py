"""What becomes of a row when Telegram refuses it: rest and try again, give up, or remember that the chat is gone."""

from datetime import datetime, timedelta

import structlog

from core.domain.messages import MAX_ATTEMPTS, DeliveryStatus, Message, Settlement, retry_delay
from core.ports import SendFailed

_log = structlog.get_logger(__name__)


def sent(row: Message, telegram_message_id: int) -> Settlement:
    return Settlement(row.message_id, DeliveryStatus.SENT, telegram_message_id=telegram_message_id)


def put_back(row: Message, until: datetime, reason: str | None = None) -> Settlement:
    """Not sent, and no failure of the row's."""
    return Settlement(row.message_id, DeliveryStatus.QUEUED, due_at=until, error=reason)


def failed(row: Message, failure: SendFailed, now: datetime, chance: float) -> Settlement:
    """`chance` (from 0 to 1) spreads the retries."""
    if failure.retry_after is not None:
        _log.warning("flood_wait", message_id=row.message_id, seconds=failure.retry_after)
        return put_back(row, now + timedelta(seconds=failure.retry_after), failure.reason)
    if failure.permanent:
        return Settlement(row.message_id, DeliveryStatus.UNREACHABLE, error=failure.reason)
    if row.attempts >= MAX_ATTEMPTS:
        _log.warning("message_given_up", message_id=row.message_id, kind=row.kind, reason=failure.reason)
        return Settlement(row.message_id, DeliveryStatus.EXPIRED, error=failure.reason)
    due_at = now + retry_delay(row.attempts, chance)
    return Settlement(row.message_id, DeliveryStatus.FAILED, due_at=due_at, error=failure.reason)
