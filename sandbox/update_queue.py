"""Updates waiting for the bot: numbered, kept until confirmed, handed out by long polling.

Knows nothing of what is inside an update; `webhook.py` takes from the same queue.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.answers import SandboxRefusal, bad_request, conflict
from sandbox.records import NothingKept, Records

MAX_PENDING = 100_000
KEPT_HISTORY = 2_000
MAX_TIMEOUT_SECONDS = 50
# What a bot that names no kinds gets, cut down to the kinds the sandbox produces.
DEFAULT_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})

Update = dict[str, Any]


@dataclass(slots=True, eq=False)
class Pending:
    update: Update
    replayed: bool = False
    handed_out: bool = False


@dataclass(slots=True)
class Webhook:
    url: str
    secret_token: str | None
    max_connections: int
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True)
class UpdateQueue:
    first_id: int
    """Higher than any id given out before; what the records know may raise it further."""
    records: Records = field(default_factory=NothingKept)
    pending: deque[Pending] = field(default_factory=lambda: deque(maxlen=MAX_PENDING))
    history: deque[Update] = field(default_factory=lambda: deque(maxlen=KEPT_HISTORY))
    allowed: frozenset[str] = DEFAULT_KINDS
    webhook: Webhook | None = None
    # Set when there is something new to deliver or the webhook was changed.
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _next_id: int = 0
    _poller: asyncio.Future[None] | None = None

    def __post_init__(self) -> None:
        kept = {record.name: record.value for record in self.records.all("queue")}
        self._next_id = max(self.first_id, kept.get("next_id", 0))
        self.allowed = frozenset(kept.get("allowed", DEFAULT_KINDS))
        self.webhook = Webhook(**kept["webhook"]) if kept.get("webhook") else None
        self.history.extend(record.value for record in self.records.all("update"))
        self.pending.extend(Pending(record.value) for record in self.records.all("update"))

    @property
    def has_poller(self) -> bool:
        return self._poller is not None

    def put(self, kind: str, content: dict[str, Any]) -> int | None:
        """The new update's id, or None if the bot asked not to get updates of this kind."""
        if kind not in self.allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        update: Update = {"update_id": update_id, kind: content}
        self.history.append(update)
        if len(self.pending) == MAX_PENDING:
            self._forget(self.pending.popleft())
        self.pending.append(Pending(update))
        self.records.put("update", update_id, update)
        self.records.put("queue", "next_id", self._next_id)
        self._wake()
        return update_id

    def replay(self, update_id: int) -> None:
        """Delivers a past update once more, as Telegram does after a lost confirmation."""
        for update in self.history:
            if update["update_id"] == update_id:
                self.pending.appendleft(Pending(update, replayed=True))
                self._wake()
                return
        raise SandboxRefusal(f"update {update_id} is unknown or too old", 404)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Holds for updates to come; an empty list means the default kinds, None changes nothing."""
        allowed = self.allowed if kinds is None else frozenset(kinds) or DEFAULT_KINDS
        if allowed != self.allowed:
            self.allowed = allowed
            self.records.put("queue", "allowed", sorted(allowed))

    def confirm(self, offset: int) -> None:
        """Forgets updates below `offset`; a negative one keeps only the last few."""
        if offset < 0:
            while len(self.pending) > -offset:
                self._forget(self.pending.popleft())
            return
        kept: list[Pending] = []
        for entry in self.pending:
            if entry.update["update_id"] >= offset or (entry.replayed and not entry.handed_out):
                kept.append(entry)
            else:
                self._forget(entry)
        if len(kept) != len(self.pending):
            self.pending = deque(kept, maxlen=MAX_PENDING)

    def taken(self, entry: Pending) -> None:
        """The webhook has taken this update."""
        if entry in self.pending:
            self.pending.remove(entry)
            self._forget(entry)

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[Update]:
        """Up to `limit` updates, as soon as there are any. A second poller ends the first one's wait."""
        if not 1 <= limit <= 100:
            limit = 100
        if self.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._end_poll()
        self.confirm(offset)
        if not self.pending and timeout_seconds > 0:
            self._poller = poller = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(min(timeout_seconds, MAX_TIMEOUT_SECONDS)):
                    await poller
            except TimeoutError:
                return []
            finally:
                if self._poller is poller:
                    self._poller = None
        batch = [entry for entry, _ in zip(self.pending, range(limit), strict=False)]
        for entry in batch:
            entry.handed_out = True
        return [entry.update for entry in batch]

    def set_webhook(self, webhook: Webhook | None, *, drop_pending: bool) -> None:
        if webhook is not None:
            self._end_poll()
        self.webhook = webhook
        self.records.put("queue", "webhook", webhook and asdict(webhook))
        while drop_pending and self.pending:
            self._forget(self.pending.popleft())
        self.changed.set()

    def hang_up(self) -> None:
        """Ends a waiting poll at once, with nothing in it."""
        self._wake()

    def _forget(self, entry: Pending) -> None:
        self.records.drop("update", entry.update["update_id"])

    def _wake(self) -> None:
        self.changed.set()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _end_poll(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(
                conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
            )


def checked_kinds(kinds: object) -> list[str] | None:
    if kinds is None or kinds == "":
        return None
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed updates: must be an Array of String")
    return [str(kind) for kind in kinds]
