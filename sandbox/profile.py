"""What the bot says of itself: name, descriptions, menu button, and commands by scope and language."""

import json
from dataclasses import dataclass, field
from typing import Any

DEFAULT_SCOPE = {"type": "default"}
DEFAULT_MENU_BUTTON = {"type": "commands"}

Command = dict[str, Any]


@dataclass(slots=True)
class BotProfile:
    id: int
    username: str
    name: str
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """Description, short description and name as set by the bot, by kind and language."""
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    user: dict[str, Any] = field(init=False)
    """The bot as the sender of messages: one object for all of them, never changed."""
    _commands: dict[tuple[str, str], list[Command]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.user = {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def set_commands(self, scope: dict[str, Any], language: str, commands: list[Command]) -> None:
        self._commands[_key(scope), language] = commands

    def delete_commands(self, scope: dict[str, Any], language: str) -> None:
        self._commands.pop((_key(scope), language), None)

    def commands(self, scope: dict[str, Any], language: str) -> list[Command]:
        """Exactly what was set for the scope and language."""
        return self._commands.get((_key(scope), language), [])

    def commands_shown_in(self, chat_id: int, language: str = "id") -> list[Command]:
        """What a person's phone lists: the narrowest scope that has commands, their language first."""
        scopes: list[dict[str, Any]] = [{"type": "chat", "chat_id": chat_id}]
        scopes.append({"type": "all_private_chats" if chat_id > 0 else "all_group_chats"})
        scopes.append(DEFAULT_SCOPE)
        for scope in scopes:
            for spoken in (language, ""):
                if commands := self.commands(scope, spoken):
                    return commands
        return []

    def text(self, kind: str, language: str = "id") -> str:
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")


def _key(scope: dict[str, Any]) -> str:
    return json.dumps({name: str(value) for name, value in scope.items()}, sort_keys=True)
