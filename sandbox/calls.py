"""The log of the bot's calls, and their counts. Bounded: old calls are forgotten, counts are not."""

from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

KEPT_CALLS = 20_000
KEPT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Call:
    number: int
    at: float
    method: str
    body: dict[str, Any]
    error_code: int | None
    description: str | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "call_id": self.number,
            "at": self.at,
            "method": self.method,
            "body": self.body,
            "ok": self.error_code is None,
            "error_code": self.error_code,
            "description": self.description,
        }


class CallLog:
    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._last_number = 0
        self._by_method: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        # Messages that arrived, by second: what a throttled sender is judged by.
        self._seconds: deque[list[int]] = deque(maxlen=KEPT_SECONDS)
        self._peak = 0

    def add(
        self, at: float, method: str, body: dict[str, Any], error_code: int | None, description: str | None
    ) -> Call:
        self._last_number += 1
        call = Call(self._last_number, at, method, body, error_code, description)
        self._calls.append(call)
        self._by_method[method] += 1
        if error_code is not None:
            self._errors[str(error_code)] += 1
        elif method.startswith("send") and method != "sendChatAction":
            self._count_message(int(at))
        return call

    @property
    def count(self) -> int:
        """Of all calls ever; may be asked from another thread."""
        return self._last_number

    def since(self, number: int, method: str | None, limit: int) -> list[Call]:
        """The newest `limit` calls numbered above `number`, oldest first."""
        wanted = method.lower() if method else None
        chosen: list[Call] = []
        for call in reversed(self._calls):
            if call.number <= number or len(chosen) == limit:
                break
            if wanted in (None, call.method.lower()):
                chosen.append(call)
        return chosen[::-1]

    def stats(self, now: float) -> dict[str, Any]:
        recent = sum(count for second, count in self._seconds if now - 10 <= second)
        return {
            "calls": self._last_number,
            "by_method": dict(self._by_method),
            "errors": dict(self._errors),
            "messages_per_second": recent / 10,
            "peak_messages_per_second": self._peak,
            "messages_by_second": [list(pair) for pair in self._seconds],
        }

    def _count_message(self, second: int) -> None:
        if not self._seconds or self._seconds[-1][0] != second:
            self._seconds.append([second, 0])
        self._seconds[-1][1] += 1
        self._peak = max(self._peak, self._seconds[-1][1])
