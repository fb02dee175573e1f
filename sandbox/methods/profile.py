"""The bot about itself (getMe, commands, descriptions, menu button), and getChat."""

import re
from typing import Any

from sandbox.answers import bad_request
from sandbox.params import Params
from sandbox.profile import DEFAULT_MENU_BUTTON, DEFAULT_SCOPE
from sandbox.state import World

MAX_COMMANDS = 100
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")


def get_me(world: World, params: Params) -> dict[str, Any]:
    return {
        **world.profile.user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, params: Params) -> dict[str, Any]:
    chat_id = params.number("chat_id")
    person = world.person(chat_id) if chat_id > 0 else None
    if person is not None and person.started:
        chat = world.chat_with(person)
    elif chat_id in world.chats:
        chat = world.chats[chat_id]
    else:
        raise bad_request("chat not found")
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    return {**chat.shape, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.get("commands")
    if not isinstance(commands, list) or not all(isinstance(command, dict) for command in commands):
        raise bad_request("can't parse commands: must be an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND_NAME.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    shown = [
        {"command": str(command["command"]).removeprefix("/"), "description": command["description"]}
        for command in commands
    ]
    world.profile.set_commands(_scope(world, params), params.text("language_code"), shown)
    _tell_phones(world)
    return True


def get_my_commands(world: World, params: Params) -> list[dict[str, Any]]:
    return world.profile.commands(_scope(world, params), params.text("language_code"))


def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.delete_commands(_scope(world, params), params.text("language_code"))
    _tell_phones(world)
    return True


def set_my_description(world: World, params: Params) -> bool:
    return _set_text(world, params, "description", MAX_DESCRIPTION)


def set_my_short_description(world: World, params: Params) -> bool:
    return _set_text(world, params, "short_description", MAX_SHORT_DESCRIPTION)


def set_chat_menu_button(world: World, params: Params) -> bool:
    button = params.get("menu_button") or DEFAULT_MENU_BUTTON
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("can't parse menu button: Unsupported type specified")
    chat_id = params.number("chat_id") or None
    if chat_id is not None and world.person(chat_id) is None:
        raise bad_request("chat not found")
    world.profile.set_menu_button(chat_id, button)
    _tell_phones(world)
    return True


def _set_text(world: World, params: Params, kind: str, longest: int) -> bool:
    text = params.text(kind)
    if len(text) > longest:
        raise bad_request(f"BOT_{kind.upper()}_TOO_LONG")
    world.profile.set_text(kind, params.text("language_code"), text)
    _tell_phones(world)
    return True


def _scope(world: World, params: Params) -> dict[str, Any]:
    scope = params.get("scope") or DEFAULT_SCOPE
    if not isinstance(scope, dict) or "type" not in scope:
        raise bad_request("can't parse BotCommandScope: Can't find field \"type\"")
    if scope["type"] in {"chat", "chat_administrators", "chat_member"}:
        try:
            chat_id = int(scope.get("chat_id", ""))
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None
        person = world.person(chat_id) if chat_id > 0 else None
        if chat_id not in world.chats and (person is None or not person.started):
            raise bad_request("chat not found")
    return scope


def _tell_phones(world: World) -> None:
    world.events.publish(lambda: {"type": "profile"})
