"""Texts as Telegram keeps them: trimmed, entities in UTF-16 units, commands and links found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.answers import TelegramError
from sandbox.entities import formatted, utf16_length

BOLD = {"type": "bold"}


def marked(text: str) -> list[tuple[str, str]]:
    """Each entity found in the text, by its kind and the words it covers."""
    trimmed, entities = formatted(text)
    units = trimmed.encode("utf-16-le")
    return [
        (one["type"], units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"))
        for one in entities
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start kode", [("bot_command", "/start")]),
        ("👍 ketik /bantuan.", [("bot_command", "/bantuan")]),
        ("/bantuan@RekanASNBot tolong", [("bot_command", "/bantuan@RekanASNBot")]),
        ("dan/atau 1/2", []),
        ("//restart", []),
        ("/", []),
        ("lihat https://bkd.example/aturan?x=1.", [("url", "https://bkd.example/aturan?x=1")]),
        ("https://a.example/start lalu /status", [("url", "https://a.example/start"), ("bot_command", "/status")]),
    ],
)
def test_commands_and_links_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert marked(text) == found


def test_an_entity_past_the_end_is_cut_and_one_outside_is_dropped() -> None:
    given_entities = [{**BOLD, "offset": 2, "length": 99}, {**BOLD, "offset": 50, "length": 3}]
    assert formatted("halo", given_entities) == ("halo", [{**BOLD, "offset": 2, "length": 2}])


@pytest.mark.parametrize("entity", [{}, {"type": "bold", "offset": "x", "length": 1}, {"type": "bold", "offset": 0}])
def test_an_entity_without_its_fields_is_refused(entity: dict[str, object]) -> None:
    with pytest.raises(TelegramError, match="can't parse entities"):
        formatted("halo", [entity])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-3, 40), st.integers(0, 40))
def test_whatever_is_sent_every_kept_entity_lies_inside_the_text(text: str, offset: int, length: int) -> None:
    try:
        trimmed, entities = formatted(text, [{**BOLD, "offset": offset, "length": length}])
    except TelegramError:
        return
    assert trimmed == text.strip()
    for entity in entities:
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= utf16_length(trimmed)
