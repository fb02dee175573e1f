"""Logs carry ids and types; never tokens, numbers of people or what drivers quote."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from core import logging as core_logging


@pytest.fixture
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.usefixtures("_restored")
def test_one_json_object_a_line_with_process_level_and_ids(capsys: pytest.CaptureFixture[str]) -> None:
    core_logging.configure("bot", "info")
    structlog.get_logger("x").info("refused", telegram_id=700, refusal="NotHR")
    logging.getLogger("library").warning("plain %s", "words")
    first, second = logged(capsys)
    assert (first["event"], first["process"], first["level"]) == ("refused", "bot", "info")
    assert (first["telegram_id"], first["refusal"]) == (700, "NotHR")
    assert (second["event"], second["logger"]) == ("plain words", "library")


@pytest.mark.usefixtures("_restored")
def test_the_lines_of_httpx_which_hold_the_token_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    core_logging.configure("bot", "DEBUG")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot123456:AAA/getMe")
    assert logged(capsys) == []


@pytest.mark.usefixtures("_restored")
def test_an_exception_is_logged_as_types_and_frames_without_what_it_quotes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    core_logging.configure("bot", "INFO")
    try:
        try:
            raise ValueError("bad url /bot123456789:AAAAAAAAAAAAAAAAAAAA/x\nDETAIL: Key (phone)=(+6281234567890)")
        except ValueError as cause:
            raise RuntimeError("NIP 199001012015011001 clashes") from cause
    except RuntimeError:
        structlog.get_logger("x").error("update failed", exc_info=sys.exc_info())
    (line,) = logged(capsys)
    assert line["error_chain"] == ["RuntimeError: NIP [digits] clashes", "ValueError: bad url /bot[token]/x"]
    assert line["frames"]
    assert "6281234567890" not in json.dumps(line)


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        ('can\'t parse entities: tag "Sari" unsupported', "can't parse entities: tag [quoted] unsupported"),
        (
            "invalid literal for int() with base 10: 'jp saya berapa'",
            "invalid literal for int() with base 10: [quoted]",
        ),
        ("button URL 'http://sari.example' isn't valid", "button URL [quoted] isn't valid"),
        ("unit “Dinas Sari” unknown", "unit [quoted] unknown"),
        ("'enrollment_id'", "'enrollment_id'"),
        ("'sari'", "[quoted]"),
    ],
)
def test_what_a_message_quotes_is_taken_out_unless_it_is_a_name_of_ours(message: str, logged: str) -> None:
    assert core_logging.redact(message) == logged
