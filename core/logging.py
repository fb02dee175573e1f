"""One logging set-up for all processes: JSON lines that carry ids only.

Names, texts and tokens never reach a log: libraries whose lines hold them are kept at WARNING, an exception is
logged as its types and frames, and of its message only a redacted first line (database drivers put values below it).
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

_QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "alembic", "asyncio")
_REDACTIONS = (
    (re.compile(r"\d{5,}:[A-Za-z0-9_-]{8,}"), "[token]"),
    (re.compile(r"\+?\d{8,}"), "[digits]"),
    # What libraries quote may be what a person wrote; a name with an underscore is one of ours.
    (re.compile(r"""(?<!\w)(['"“‘])(?![a-z]+(_[a-z]+)+['"])[^'"”’]*['"”’]"""), "[quoted]"),
)
_MESSAGE_LIMIT = 200

Event = MutableMapping[str, Any]


def configure(process_name: str, level: str = "INFO") -> None:
    """Sends all logs of this process, ours and the libraries', to standard error as one JSON object a line."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _stamp(process_name),
        _describe_exception,
        _redact_event,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(text: str) -> str:
    """The first line of a message with tokens, long numbers and quotations taken out."""
    line = text.strip().split("\n", 1)[0][:_MESSAGE_LIMIT]
    for pattern, replacement in _REDACTIONS:
        line = pattern.sub(replacement, line)
    return line


def _stamp(process_name: str) -> structlog.typing.Processor:
    def add_process(_: Any, __: str, event: Event) -> Event:
        event["process"] = process_name
        return event

    return add_process


def _describe_exception(_: Any, __: str, event: Event) -> Event:
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["error_chain"] = [f"{type(e).__qualname__}: {redact(str(e))}" for e in _chain(error)]
        event["frames"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)][-12:]
    return event


def _redact_event(_: Any, __: str, event: Event) -> Event:
    event["event"] = redact(str(event.get("event", "")))
    return event


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what caused it, outermost first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain
