"""The bot about itself: commands by scope, descriptions, menu button, chats."""

import pytest
from telegram import Bot, BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from tests.running_sandbox import RunningSandbox

SITI, BUDI = 101, 102


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (424242, True, "RekanASNBot")


async def test_the_narrowest_scope_decides_which_commands_a_phone_lists(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.write(SITI, "halo")
    sandbox.write(BUDI, "halo")
    await bot.set_my_commands([("bantuan", "Bantuan")])
    await bot.set_my_commands([("status", "Status")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("kampanye", "Siarkan pesan")], scope=BotCommandScopeChat(BUDI), language_code="id")

    def listed(user_id: int) -> list[str]:
        return [command["command"] for command in sandbox.get(f"users/{user_id}")["commands"]]

    assert (listed(SITI), listed(BUDI)) == (["status"], ["kampanye"])
    assert [c.command for c in await bot.get_my_commands()] == ["bantuan"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(BUDI), language_code="id")
    await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats())
    assert listed(BUDI) == ["bantuan"]


async def test_commands_for_a_chat_that_is_not_there_are_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("bantuan", "Bantuan")], scope=BotCommandScopeChat(987))


async def test_a_command_with_other_characters_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Bantuan!", "Bantuan")])


async def test_descriptions_and_menu_button_can_be_set(sandbox: RunningSandbox, bot: Bot) -> None:
    await bot.set_my_description("Asisten ASN.")
    await bot.set_my_short_description("Asisten")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert sandbox.get("bot")["description"] == "Asisten ASN."
    with pytest.raises(BadRequest, match="Bot_short_description_too_long"):
        await bot.set_my_short_description("x" * 121)


async def test_a_started_chat_can_be_looked_up(sandbox: RunningSandbox, bot: Bot) -> None:
    sandbox.post("users", {"id": SITI, "first_name": "Siti", "username": "siti"})
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(SITI)
    sandbox.write(SITI, "halo")
    chat = await bot.get_chat(SITI)
    assert (chat.type, chat.first_name, chat.username) == ("private", "Siti", "siti")
