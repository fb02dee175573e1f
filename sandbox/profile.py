"""What the bot says of itself: name, descriptions, menu button, and commands by scope and language."""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.records import NothingKept, Records

DEFAULT_SCOPE = {"type": "default"}
DEFAULT_MENU_BUTTON = {"type": "commands"}

Command = dict[str, Any]


@dataclass(slots=True)
class BotProfile:
    id: int
    username: str
    name: str
    records: Records = field(default_factory=NothingKept)
    user: dict[str, Any] = field(init=False)
    """The bot as the sender of messages: one object for all of them, never changed."""
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """Description and short description as set by the bot, by kind and language."""
    _menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    _commands: dict[tuple[str, str], list[Command]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.user = {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}
        for record in self.records.all("commands"):
            scope, language = json.loads(record.name)
            self._commands[scope, language] = record.value
        for record in self.records.all("text"):
            kind, language = json.loads(record.name)
            self._texts[kind, language] = record.value
        for record in self.records.all("menu button"):
            self._menu_buttons[json.loads(record.name)] = record.value

    def set_commands(self, scope: dict[str, Any], language: str, commands: list[Command]) -> None:
        self._commands[_key(scope), language] = commands
        self.records.put("commands", json.dumps([_key(scope), language]), commands)

    def delete_commands(self, scope: dict[str, Any], language: str) -> None:
        self._commands.pop((_key(scope), language), None)
        self.records.drop("commands", json.dumps([_key(scope), language]))

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

    def set_text(self, kind: str, language: str, text: str) -> None:
        self._texts[kind, language] = text
        self.records.put("text", json.dumps([kind, language]), text)

    def text(self, kind: str, language: str = "id") -> str:
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_menu_button(self, chat_id: int | None, button: dict[str, Any]) -> None:
        """For one chat, or for all that have none of their own (None)."""
        self._menu_buttons[chat_id] = button
        self.records.put("menu button", json.dumps(chat_id), button)


def _key(scope: dict[str, Any]) -> str:
    return json.dumps({name: str(value) for name, value in scope.items()}, sort_keys=True)
