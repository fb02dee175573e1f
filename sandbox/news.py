"""Tells open phones about new and changed messages. Knows nothing of why they changed."""

from sandbox.chats import Chat, Kept
from sandbox.state import World
from sandbox.views import message_view


def announce(world: World, chat: Chat, kept: Kept, change: str = "message") -> None:
    """`change` is `message` for a new one, `edit` for one that was changed or deleted."""
    world.events.publish(lambda: {"type": change, "user_id": chat.id, "message": message_view(kept, world.files)})
