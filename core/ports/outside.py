"""What runs outside the database: the clock, the embedding model, Telegram."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.messages import Message

Vectors = NDArray[np.float32]


class Clock(Protocol):
    def now(self) -> datetime:
        """The present as aware UTC."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their similarity."""

    @property
    def name(self) -> str:
        """Names model and version; stored vectors of another name are made anew."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions)."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions)."""


class EmbedderUnavailable(Exception):
    """No vectors now: `setting` names what chose the embedder, `reason` is a fact for the log and the person at the machine."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"{setting}: {reason}")
        self.setting = setting
        self.reason = reason


class SendFailed(Exception):
    """The message did not go out. `permanent`: this chat cannot be reached (blocked, never started, left)."""

    def __init__(self, reason: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        """Seconds Telegram asked everybody to wait (429)."""


class Messenger(Protocol):
    async def send(self, message: Message) -> int:
        """Sends one ledger row to `message.telegram_id` (never None here); returns Telegram's message id. Raises SendFailed."""
