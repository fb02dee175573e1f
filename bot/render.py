"""From words and buttons to what Telegram takes: text with entities, split when long, and an inline keyboard.

It knows Telegram's forms and limits; it must not know what a message is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot import callback_data, markup
from bot.rasa_client import RasaMessage

MAX_ROWS = 8
SHORT_TITLE = 18
"""Two buttons side by side stay readable at 360 px up to this many characters."""
LONGEST_TITLE = 60
LONGEST_SCALE = 5
"""Single characters, a scale of numbers, stand in one row."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Button:
    title: str
    press: callback_data.Press


@dataclass(frozen=True)
class LinkButton:
    """Opens a page; nothing comes back to us."""

    title: str
    url: str


AnyButton = Button | LinkButton


@dataclass(frozen=True)
class Outgoing:
    """One message as it goes to Telegram."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None


def render(text: str, buttons: Iterable[AnyButton] = (), *, is_marked_up: bool = True) -> list[Outgoing]:
    """At least one message unless the text is blank; the buttons stand under the last.

    `is_marked_up=False` leaves stars alone: for words of people, which are shown as they were typed.
    """
    styled = markup.parse(text) if is_marked_up else markup.Styled(text)
    pieces = markup.split(styled)
    board = keyboard(buttons)
    return [
        Outgoing(piece.text, _entities(piece), board if number == len(pieces) else None)
        for number, piece in enumerate(pieces, 1)
    ]


def render_reply(message: RasaMessage) -> list[Outgoing]:
    """A message of the dialogue. A button whose payload is off the allow list is left out and logged."""
    buttons: list[AnyButton] = []
    for title, payload in message.buttons:
        press = callback_data.parse_payload(payload)
        if press is None:
            log.warning("button left out", payload_intent=payload.partition("{")[0][:40])
        else:
            buttons.append(Button(title, press))
    return render(message.text, buttons)


def keyboard(buttons: Iterable[AnyButton]) -> InlineKeyboardMarkup | None:
    """One button a row, two short ones or a scale side by side, at most eight rows; None without buttons."""
    keys = [key for key in map(_key, buttons) if key is not None][:MAX_ROWS]
    if not keys:
        return None
    is_pair = len(keys) == 2 and all(len(key.text) <= SHORT_TITLE for key in keys)
    is_scale = len(keys) <= LONGEST_SCALE and all(len(key.text) == 1 for key in keys)
    if is_pair or is_scale:
        return InlineKeyboardMarkup([keys])
    return InlineKeyboardMarkup([[key] for key in keys])


def title_of(board: InlineKeyboardMarkup | None, data: str) -> str | None:
    """The words on the button that carries this data."""
    rows: Sequence[Sequence[InlineKeyboardButton]] = board.inline_keyboard if board else ()
    return next((key.text for row in rows for key in row if key.callback_data == data), None)


def _key(button: AnyButton) -> InlineKeyboardButton | None:
    title = " ".join(button.title.split())
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rstrip() + "…"
    if isinstance(button, LinkButton):
        return InlineKeyboardButton(title, url=button.url) if title else None
    try:
        data = callback_data.encode(button.press)
    except callback_data.NotEncodable as error:
        log.warning("button left out", reason=str(error))
        return None
    return InlineKeyboardButton(title, callback_data=data) if title else None


def _entities(piece: markup.Styled) -> tuple[MessageEntity, ...]:
    # Telegram takes a hundred entities a message
    units = list(piece.units())[:100]
    return tuple(MessageEntity(MessageEntity.BOLD, offset, length) for offset, length in units)
