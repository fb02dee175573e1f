"""News for open pages: whoever listens gets each event once. Knows nothing of what the events mean."""

import asyncio
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
MAX_WAITING = 1000


class Listener:
    """One page's queue. A page that cannot keep up is told to load everything afresh."""

    def __init__(self, users: frozenset[int] | None, calls: bool) -> None:
        self._users, self._calls = users, calls
        self.queue: asyncio.Queue[Event] = asyncio.Queue()

    def offer(self, event: Event) -> None:
        if event["type"] == "call" and not self._calls:
            return
        user_id = event.get("user_id")
        if user_id is not None and self._users is not None and user_id not in self._users:
            return
        if self.queue.qsize() >= MAX_WAITING:
            while not self.queue.empty():
                self.queue.get_nowait()
            event = {"type": "resync"}
        self.queue.put_nowait(event)


class EventHub:
    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def listen(self, users: frozenset[int] | None, calls: bool) -> Listener:
        listener = Listener(users, calls)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def publish(self, make_event: Callable[[], Event]) -> None:
        """Tells every listener. The event is only built if somebody listens: bulk sends stay cheap."""
        if self._listeners:
            event = make_event()
            for listener in self._listeners:
                listener.offer(event)
