"""The command menu: one for everybody, and one for each linked chat by the person's role."""

import structlog
from telegram import Bot, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.texts import commands as texts
from core.domain.people import Caller

log = structlog.get_logger(__name__)

Menu = list[tuple[str, str]]


def menu_for(caller: Caller, *, is_supervisor: bool) -> Menu:
    """The commands this person can use. Only a menu: the services check the rights again."""
    if caller.person is None:
        return texts.EVERYBODY
    menu = [
        *texts.EMPLOYEE,
        *(texts.APPROVER if is_supervisor or caller.person.is_hr else []),
        *(texts.SUPERVISOR if is_supervisor else []),
        *(texts.HR if caller.person.is_hr else []),
    ]
    # a command that means more to HR is called so
    return list(dict(menu).items())


async def show_default(bot: Bot) -> None:
    """The menu of everybody who is not linked. A failure is logged: the commands work without their menu."""
    try:
        await bot.set_my_commands(texts.EVERYBODY, scope=BotCommandScopeAllPrivateChats())
    except TelegramError as error:
        log.warning("default commands not set", error=type(error).__name__)


async def show(bot: Bot, chat_id: int, menu: Menu) -> None:
    try:
        await bot.set_my_commands(menu, scope=BotCommandScopeChat(chat_id))
    except TelegramError as error:
        log.warning("commands not set", telegram_id=chat_id, error=type(error).__name__)


async def reset(bot: Bot, chat_id: int) -> None:
    """Back to everybody's menu, when the link has ended."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id))
    except TelegramError as error:
        log.warning("commands not reset", telegram_id=chat_id, error=type(error).__name__)
