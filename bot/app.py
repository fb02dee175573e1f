"""The handler table: what the bot reacts to, in order. Building only; running is `bot.__main__`."""

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.context import Context, Tools
from bot.handlers import (
    approvals,
    attachments,
    attendance,
    buttons,
    campaign_desk,
    chats,
    conversation,
    delegations,
    errors,
    linking,
    overdue_staff,
    reports,
    sessions,
    tickets,
)
from bot.intake import Intake
from bot.updates import OnePersonAtATime

App = Application[ExtBot[None], Context, dict, dict, dict, None]  # type: ignore[type-arg]

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]
"""Edited messages are not asked for: an edit does not change what was answered or done."""

_HERE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
_GROUP = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
_BEFORE_ALL = -1
_FIRST = -2
"""PTB's numbers of groups of handlers, of each of which one acts; those that answer are in group 0."""

COMMANDS = {
    "start": linking.start,
    "bantuan": chats.help_,
    "help": chats.help_,
    "pelatihan": conversation.trainings,
    "status": conversation.status,
    "profil": conversation.profile,
    "batal": conversation.cancel,
    "kode": linking.code,
    "berhenti": linking.stop,
    "persetujuan": approvals.waiting,
    "hadir": attendance.sign_in,
    "kehadiran": attendance.show_code,
    "delegasi": delegations.delegate,
    "kampanye": campaign_desk.start,
    "laporan": reports.command,
    "belumbaca": overdue_staff.command,
    "kelas": sessions.command,
    "tiket": tickets.command,
    "jawab": tickets.answer,
}


def build(bot: ExtBot[None], tools: Tools, intake: Intake, *, worker: str) -> App:
    """The application, wired but not started. `worker` names this run of the process in the ledger of updates."""
    services = tools.services
    app: App = (
        Application.builder()
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(OnePersonAtATime(services.unit_of_work, services.clock, worker, on_done=intake.done))
        .update_queue(intake.queue)
        .job_queue(None)
        .build()
    )
    app.bot_data["tools"] = tools

    app.add_handler(MessageHandler(_HERE & filters.COMMAND, campaign_desk.other_business), group=_FIRST)
    app.add_handler(MessageHandler(_HERE, chats.heard_from), group=_BEFORE_ALL)
    app.add_handler(CallbackQueryHandler(chats.heard_from), group=_BEFORE_ALL)
    for name, handler in COMMANDS.items():
        app.add_handler(CommandHandler(name, handler, filters=_HERE))
    app.add_handler(CommandHandler(list(COMMANDS), chats.group, filters=_GROUP))
    app.add_handler(MessageHandler(_HERE & filters.CONTACT, linking.contact))
    app.add_handler(MessageHandler(_HERE & filters.TEXT, conversation.text))  # unknown commands are words too
    app.add_handler(MessageHandler(_HERE & ~filters.StatusUpdate.ALL, attachments.attachment))
    app.add_handler(CallbackQueryHandler(buttons.pressed))
    app.add_handler(ChatMemberHandler(chats.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_error_handler(errors.failed)
    return app
