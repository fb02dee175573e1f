"""Trouble on demand: calls that fail as told, and Telegram's limit on messages a second.

Knows neither HTTP nor the methods; `bot_api` asks before each call.
"""

import math
from collections import deque
from dataclasses import dataclass

from sandbox.answers import ConnectionDropped, SandboxRefusal, TelegramError, too_many_requests

DROPPED = 0
LIMITED_METHODS = frozenset({"sendmessage", "sendphoto", "senddocument"})


@dataclass(slots=True)
class Fault:
    """The next `times` calls of `method` (any, if None) to `chat_id` (any, if None) fail.

    With `applied` the call takes effect first and only its answer is lost, as when a connection
    breaks at the worst moment.
    """

    method: str | None
    chat_id: str | None
    error_code: int
    description: str
    retry_after: int | None
    times: int
    applied: bool

    def error(self) -> Exception:
        if self.error_code == DROPPED:
            return ConnectionDropped()
        return TelegramError(self.error_code, self.description, self.retry_after)

    def as_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "chat_id": self.chat_id,
            "error_code": self.error_code,
            "description": self.description,
            "retry_after": self.retry_after,
            "times": self.times,
            "applied": self.applied,
        }


def fault_from(body: dict[str, object]) -> Fault:
    """A fault from the request's fields; `SandboxRefusal` if they make no sense."""
    code, times, retry_after = body.get("error_code"), body.get("times", 1), body.get("retry_after")
    if not isinstance(code, int) or not (code == DROPPED or 400 <= code <= 599):
        raise SandboxRefusal("error_code must be 0 (dropped connection) or between 400 and 599")
    if not isinstance(times, int) or times < 1:
        raise SandboxRefusal("times must be a whole number from 1")
    if retry_after is not None and not isinstance(retry_after, int):
        raise SandboxRefusal("retry_after must be a whole number of seconds")
    method, chat_id = body.get("method"), body.get("chat_id")
    description = body.get("description") or (
        f"Too Many Requests: retry after {retry_after}" if code == 429 else "Internal Server Error"
    )
    return Fault(
        method=None if method in (None, "", "*") else str(method).lower(),
        chat_id=None if chat_id is None else str(chat_id),
        error_code=code,
        description=str(description),
        retry_after=retry_after,
        times=times,
        applied=bool(body.get("applied", False)),
    )


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def all(self) -> list[Fault]:
        return list(self._faults)

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The oldest fault that fits the call, with one of its times used up."""
        for fault in self._faults:
            if fault.method not in (None, method) or fault.chat_id not in (None, str(chat_id)):
                continue
            fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)
            return fault
        return None


class RateLimit:
    """At most `per_second` messages in any second; past that, 429 until `retry_after` has gone by."""

    def __init__(self) -> None:
        self.per_second = 0
        self.retry_after = 1
        self._sent: deque[float] = deque()
        self._closed_until = 0.0

    def set(self, per_second: int, retry_after: int = 1) -> None:
        self.per_second, self.retry_after = per_second, retry_after
        self._sent.clear()
        self._closed_until = 0.0

    def check(self, method: str, now: float) -> None:
        """Counts a message; raises `TelegramError` 429 if it is one too many."""
        if not self.per_second or method not in LIMITED_METHODS:
            return
        if now < self._closed_until:
            raise too_many_requests(max(1, math.ceil(self._closed_until - now)))
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if len(self._sent) >= self.per_second:
            self._closed_until = now + self.retry_after
            raise too_many_requests(self.retry_after)
        self._sent.append(now)
