"""The one guarded door into the Rasa server: typed text stays text, buttons arrive in a field of their own.

It knows HTTP and Rasa's message flow; it must not know Telegram, people or the database.
"""

import hmac
import inspect
import json
import logging
import re
import unicodedata
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from nlu.payloads import PayloadRefused, parse_data_for
from nlu.sessions import after_turn

logger = logging.getLogger(__name__)

MAX_TEXT = 4096  # Telegram's own limit
SENDER = re.compile(r"[A-Za-z0-9_.:-]{1,96}")
# Every character that is a slash, looks like one, or becomes one under Unicode compatibility folding.
SLASHES = frozenset("/\u2044\u2215\u2571\u29f6\u29f8\u2afb\u2afd\u2e4a\u3033\uff0f\U0001f67c")


class TurnOutput(OutputChannel):
    """Collects the replies of one turn; text, buttons and custom of an utterance stay one message."""

    def __init__(self) -> None:
        self.messages: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "rekan"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        self.messages.append(
            {
                "text": message.get("text") or "",
                "buttons": [
                    {"title": str(button.get("title", "")), "payload": str(button.get("payload", ""))}
                    for button in message.get("buttons") or []
                ],
                "custom": message.get("custom") or {},
            }
        )


class RekanChannel(InputChannel):
    """POST /webhooks/rekan/webhook; see the contract in docs/architecture.md."""

    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        return "rekan"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> "RekanChannel":
        token = str((credentials or {}).get("token") or "")
        # Rasa leaves an unset ${VARIABLE} in place when it is not the only word of the value.
        if len(token) < 16 or token.startswith("$"):
            raise RasaException("RASA_CHANNEL_TOKEN must be set and have at least 16 characters.")
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("rekan_webhook", inspect.getmodule(self).__name__)

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_authorized(request):
                return json_response({"error": "wrong or missing token"}, status=401)
            try:
                message = read_message(request.body)
            except (BadRequest, PayloadRefused) as refusal:
                return json_response({"error": str(refusal)}, status=400)
            try:
                await on_new_message(message)
                async with after_turn(request.app.ctx.agent, message.sender_id) as tracker:
                    trace = trace_of(tracker)
            except Exception:
                # The text is personal data and stays out of the log; the traceback does not carry it.
                logger.exception("A turn failed for conversation %s", message.sender_id)
                return json_response({"error": "the turn failed"}, status=500)
            return json_response({"messages": message.output_channel.messages, "trace": trace})

        return blueprint

    def _is_authorized(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self._expected)


class BadRequest(Exception):
    """The request is not of the agreed form; the text says what is wrong and repeats nothing of it."""


def read_message(body: bytes) -> UserMessage:
    """The Rasa message of a request body; raises BadRequest or PayloadRefused."""
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("the body is not JSON") from None
    if not isinstance(request, dict):
        raise BadRequest("the body is not an object")
    sender = request.get("sender")
    if not isinstance(sender, str) or not SENDER.fullmatch(sender):
        raise BadRequest("sender is missing or malformed")
    if ("message" in request) == ("payload" in request):
        raise BadRequest("exactly one of message and payload is required")
    if "payload" in request:
        parsed = parse_data_for(request["payload"])
        return UserMessage(parsed["text"], TurnOutput(), sender, parse_data=parsed, input_channel=RekanChannel.name())
    return UserMessage(clean_text(request["message"]), TurnOutput(), sender, input_channel=RekanChannel.name())


def clean_text(text: Any) -> str:
    """Typed text that can never be a payload; raises BadRequest when it is no text, empty or too long."""
    if not isinstance(text, str):
        raise BadRequest("message is not a text")
    if len(text) > MAX_TEXT:
        raise BadRequest("message is too long")
    # Lone surrogates can be neither stored nor embedded.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = "".join(" " if is_control(character) else character for character in text)
    start = 0
    while start < len(text) and is_skipped_at_start(text[start]):
        start += 1
    text = text[start:].rstrip()
    if not text:
        raise BadRequest("message is empty")
    return text


def is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character != "\n"


def is_skipped_at_start(character: str) -> bool:
    # Cf: zero-width and direction marks; Mn and Me: combining marks with nothing to stand on.
    return character.isspace() or character in SLASHES or unicodedata.category(character) in {"Cf", "Cc", "Mn", "Me"}


def trace_of(tracker: Optional[DialogueStateTracker]) -> Dict[str, Any]:
    """What the assistant understood and did in the latest turn, read from the conversation itself."""
    trace: Dict[str, Any] = {"intent": "", "confidence": 0.0, "entities": [], "actions": []}
    for event in reversed(tracker.events if tracker else []):
        if isinstance(event, ActionExecuted):
            if event.action_name not in (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, None):
                trace["actions"].insert(0, event.action_name)
        elif isinstance(event, UserUttered):
            trace["intent"] = event.intent_name or ""
            trace["confidence"] = float(event.intent.get("confidence") or 0.0)
            trace["entities"] = [
                {"entity": found.get("entity"), "value": found.get("value")} for found in event.entities
            ]
            break
    return trace
