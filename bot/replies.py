"""Sending a chat reply, and changing a message after its button was pressed."""

from collections.abc import Iterable

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    InputFile,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from bot import markup
from bot.render import AnyButton, Button, LinkButton, Outgoing, keyboard, render, title_of

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = structlog.get_logger(__name__)


async def say(
    bot: Bot,
    chat_id: int,
    text: str,
    buttons: Iterable[AnyButton] = (),
    *,
    reply_keyboard: ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None,
    is_marked_up: bool = True,
) -> Message:
    """Sends the text, in several messages if it is long; returns the last. `reply_keyboard` excludes `buttons`."""
    return await send_all(bot, chat_id, render(text, buttons, is_marked_up=is_marked_up), reply_keyboard=reply_keyboard)


async def send_all(
    bot: Bot,
    chat_id: int,
    messages: list[Outgoing],
    *,
    reply_keyboard: ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None,
) -> Message:
    """Sends at least one message, in order; returns the last."""
    sent: Message | None = None
    for message in messages:
        is_last = message is messages[-1]
        sent = await bot.send_message(
            chat_id,
            message.text,
            entities=message.entities,
            reply_markup=message.keyboard or (reply_keyboard if is_last else None),
            link_preview_options=NO_PREVIEW,
        )
    if sent is None:
        raise ValueError("a reply needs a text")
    return sent


def fits_below_a_file(messages: list[Outgoing]) -> bool:
    return len(messages) == 1 and markup.utf16_length(messages[0].text) <= markup.CAPTION_LIMIT


async def send_file(bot: Bot, chat_id: int, name: str, content: bytes, caption: Outgoing) -> Message:
    """The file with the words below it."""
    return await bot.send_document(
        chat_id,
        InputFile(content, filename=name),
        caption=caption.text,
        caption_entities=caption.entities,
        reply_markup=caption.keyboard,
    )


async def send_picture(bot: Bot, chat_id: int, content: bytes, caption: Outgoing) -> Message:
    """The picture (PNG) with the words below it."""
    return await bot.send_photo(
        chat_id,
        InputFile(content, filename="gambar.png"),
        caption=caption.text,
        caption_entities=caption.entities,
        reply_markup=caption.keyboard,
    )


async def mark_choice(query: CallbackQuery) -> None:
    """Takes the buttons off the pressed message and writes down which one it was."""
    message, title = _pressed(query)
    if message is not None and title is not None:
        await _add_below(message, f"› {title}")


async def conclude(query: CallbackQuery, outcome: str, buttons: Iterable[AnyButton] = ()) -> None:
    """Takes the buttons off the pressed message, but for those that open a page, and adds the outcome below its text.

    Says the outcome as a message of its own where the pressed one can no longer be changed.
    """
    message, _ = _pressed(query)
    buttons = [*_links_under(message), *buttons]
    if message is None or not await _add_below(message, outcome, buttons):
        await say(query.get_bot(), query.from_user.id, outcome, buttons)


async def show(query: CallbackQuery, text: str, buttons: Iterable[AnyButton]) -> None:
    """Makes the pressed message say this instead; says it below where that one can no longer be changed."""
    message, _ = _pressed(query)
    buttons = tuple(buttons)
    outgoing = render(text, buttons)
    if message is not None and len(outgoing) == 1:
        try:
            await message.edit_text(
                outgoing[0].text,
                entities=outgoing[0].entities,
                reply_markup=outgoing[0].keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return
            log.info("message not changed", reason=error.message)
        else:
            return
    await say(query.get_bot(), query.from_user.id, text, buttons)


async def redraw(message: Message, text: str, buttons: Iterable[AnyButton]) -> bool:
    """Makes a message say this instead, for one that changes by itself. False: it can no longer be changed."""
    outgoing = render(text, buttons)[0]
    try:
        await message.edit_text(
            outgoing.text,
            entities=outgoing.entities,
            reply_markup=outgoing.keyboard,
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True


async def swap_buttons(query: CallbackQuery, buttons: Iterable[Button], otherwise: str) -> None:
    """Puts these buttons under the pressed message; under a message saying `otherwise` where it cannot be changed."""
    message, _ = _pressed(query)
    buttons = tuple(buttons)
    if message is not None:
        try:
            await message.edit_reply_markup(keyboard(buttons))
        except BadRequest as error:
            log.info("buttons not changed", reason=error.message)
        else:
            return
    await say(query.get_bot(), query.from_user.id, otherwise, buttons)


def typed(message: Message) -> str:
    """What somebody wrote, or wrote below a file, with the bold of their phone as our markup."""
    text, entities = message.text or message.caption or "", [*message.entities, *message.caption_entities]
    return markup.with_stars(text, [(e.offset, e.length) for e in entities if e.type == MessageEntity.BOLD])


async def drop_buttons(message: Message) -> None:
    """Takes the buttons off a message; one that cannot be changed any more keeps them."""
    try:
        await message.edit_reply_markup(None)
    except BadRequest as error:
        log.info("buttons not changed", reason=error.message)


async def rewrite(query: CallbackQuery, text: str, buttons: Iterable[Button] = (), *, is_marked_up: bool = True) -> int:
    """Puts another text and other buttons in the place of the pressed message; says them anew where it cannot be changed.

    Returns the id of the message that says it.
    """
    buttons = tuple(buttons)
    outgoing = render(text, buttons, is_marked_up=is_marked_up)[0]
    message, _ = _pressed(query)
    try:
        if message is not None:
            await message.edit_text(
                outgoing.text,
                entities=outgoing.entities,
                reply_markup=outgoing.keyboard,
                link_preview_options=NO_PREVIEW,
            )
            return message.message_id
    except BadRequest as error:
        if message is not None and "not modified" in error.message.lower():
            return message.message_id
        log.info("message not changed", reason=error.message)
    return (await say(query.get_bot(), query.from_user.id, text, buttons, is_marked_up=is_marked_up)).message_id


def _pressed(query: CallbackQuery) -> tuple[Message | None, str | None]:
    message = query.message
    if not isinstance(message, Message):  # too old for Telegram to show it
        return None, None
    return message, title_of(message.reply_markup, query.data or "")


def _links_under(message: Message | None) -> list[AnyButton]:
    board = message.reply_markup if message is not None else None
    rows = board.inline_keyboard if board else ()
    return [LinkButton(key.text, key.url) for row in rows for key in row if key.url]


async def _change_buttons(message: Message, buttons: Iterable[AnyButton]) -> None:
    """Where the words have no room for the outcome, the buttons that led to it go all the same."""
    try:
        await message.edit_reply_markup(keyboard(button for button in buttons if isinstance(button, LinkButton)))
    except BadRequest as error:
        log.info("buttons not changed", reason=error.message)


async def _add_below(message: Message, addition: str, buttons: Iterable[AnyButton] = ()) -> bool:
    """False if the message cannot be changed any more."""
    is_caption = message.text is None and message.caption is not None
    text = message.text or message.caption or ""
    added = render(addition)[0]
    shift = markup.utf16_length(text) + 2
    limit = markup.CAPTION_LIMIT if is_caption else markup.LIMIT
    if not text or shift + markup.utf16_length(added.text) > limit:
        await _change_buttons(message, buttons)
        return False
    words = f"{text}\n\n{added.text}"
    styled = [*message.entities, *message.caption_entities, *MessageEntity.shift_entities(shift, added.entities)]
    try:
        if is_caption:
            await message.edit_caption(words, caption_entities=styled, reply_markup=keyboard(buttons))
        else:
            await message.edit_text(
                words, entities=styled, reply_markup=keyboard(buttons), link_preview_options=NO_PREVIEW
            )
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return True  # pressed twice: it says so already
        # deleted or too old: the words of the outcome must still arrive
        log.info("message not changed", reason=error.message)
        return False
    return True
