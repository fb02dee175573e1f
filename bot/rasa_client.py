"""The way to the dialogue: one HTTP call to Rasa's guarded channel, one timeout, typed refusals.

It knows the channel's contract; it must not know Telegram.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

_PATH = "/webhooks/rekan/webhook"


class RasaUnavailable(Exception):
    """No usable answer came within the time: the server is down, slow, or failed."""


class RasaRefused(Exception):
    """The channel does not take this input: blank once its leading slashes are gone, or off the allow list."""


@dataclass(frozen=True)
class RasaMessage:
    """One message of the reply; `buttons` are (title, payload)."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RasaReply:
    messages: tuple[RasaMessage, ...]
    actions: tuple[str, ...] = ()
    """What the dialogue did in this turn."""
    intent: str = ""
    """What it took the words for."""


class RasaClient:
    def __init__(self, http: httpx.AsyncClient, token: str, timeout_seconds: float) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout_seconds = timeout_seconds

    @classmethod
    def open(cls, base_url: str, token: str, timeout_seconds: float) -> Self:
        """A client with its own connections; `close` ends them."""
        # loopback only: a proxy named in the environment must not see the conversation
        return cls(httpx.AsyncClient(base_url=base_url, timeout=None, trust_env=False), token, timeout_seconds)

    async def close(self) -> None:
        await self._http.aclose()

    async def say(self, conversation_id: str, text: str) -> RasaReply:
        """Sends typed text. Raises RasaUnavailable, RasaRefused."""
        return await self._post({"sender": conversation_id, "message": text})

    async def press(self, conversation_id: str, intent: str, entities: Mapping[str, str] | None = None) -> RasaReply:
        """Sends a pressed button. Raises RasaUnavailable, RasaRefused."""
        payload = {"intent": intent, "entities": dict(entities or {})}
        return await self._post({"sender": conversation_id, "payload": payload})

    async def _post(self, body: dict[str, Any]) -> RasaReply:
        try:
            # httpx counts each step by itself; the person waits for their sum
            async with asyncio.timeout(self._timeout_seconds):
                response = await self._http.post(_PATH, json=body, headers=self._headers)
        except (TimeoutError, httpx.HTTPError) as error:
            raise RasaUnavailable(type(error).__name__) from error
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise RasaRefused
        if response.status_code != httpx.codes.OK:
            raise RasaUnavailable(f"HTTP {response.status_code}")
        try:
            return _read(response.json())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RasaUnavailable("the reply is not of the agreed form") from error


def _read(body: Any) -> RasaReply:
    messages = tuple(
        RasaMessage(
            text=str(message.get("text") or ""),
            buttons=tuple((str(b["title"]), str(b["payload"])) for b in message.get("buttons") or ()),
            custom=message.get("custom") or {},
        )
        for message in body["messages"]
    )
    trace = body.get("trace") or {}
    return RasaReply(messages, tuple(map(str, trace.get("actions") or ())), str(trace.get("intent") or ""))
