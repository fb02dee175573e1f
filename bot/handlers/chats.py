"""Where the bot is: help, groups that are sent to a private chat, and people who block or unblock it."""

from telegram import ChatMember, Update
from telegram.constants import ChatType

from bot.context import Context
from bot.replies import say
from bot.texts import general


async def help_(update: Update, context: Context) -> None:
    """/bantuan, with the commands of this person's role."""
    if update.effective_user is None:
        return
    caller = await context.tools.caller(update.effective_user.id)
    text = general.help_text(await context.tools.menu_for(caller), is_linked=caller.is_linked)
    await say(context.bot, update.effective_user.id, text)


async def group(update: Update, context: Context) -> None:
    """A command in a group: nothing personal is said where others read along."""
    if update.effective_chat is not None:
        text = general.GROUP_ONLY_PRIVATE.format(username=context.bot.username)
        await say(context.bot, update.effective_chat.id, text)


async def heard_from(update: Update, context: Context) -> None:
    """Whoever writes or presses can be reached, whatever we thought. Runs before the handler that answers."""
    if update.effective_user is not None:
        await context.tools.services.identity.reachable(update.effective_user.id, True)


async def membership(update: Update, context: Context) -> None:
    """Telegram tells at once when a person blocks or unblocks the bot; groups do not matter."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return
    is_reachable = change.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT)
    await context.tools.services.identity.reachable(change.from_user.id, is_reachable)
