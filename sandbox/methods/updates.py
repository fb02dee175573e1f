"""How the bot gets its updates: by long polling or by webhook, never both."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.answers import bad_request
from sandbox.params import Params
from sandbox.state import World
from sandbox.update_queue import Update, Webhook, checked_kinds

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(world: World, params: Params) -> list[Update]:
    world.updates.allow(checked_kinds(params.get("allowed_updates")))
    timeout = 0 if world.closing else params.number("timeout")
    return await world.updates.poll(params.number("offset"), params.number("limit", 100), timeout)


def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if not url:
        return delete_webhook(world, params)
    parts = urlsplit(url)
    # Telegram wants https and a public name; a stand-in must never call beyond this machine.
    if parts.scheme not in {"http", "https"} or parts.hostname not in {"127.0.0.1", "localhost"}:
        raise bad_request("bad webhook: the sandbox delivers to 127.0.0.1 only")
    secret = params.text("secret_token") or None
    if secret is not None and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(checked_kinds(params.get("allowed_updates")))
    webhook = Webhook(url, secret, params.number("max_connections", 40))
    world.updates.set_webhook(webhook, drop_pending=params.flag("drop_pending_updates"))
    return True


def delete_webhook(world: World, params: Params) -> bool:
    world.updates.set_webhook(None, drop_pending=params.flag("drop_pending_updates"))
    return True


def get_webhook_info(world: World, params: Params) -> dict[str, Any]:
    webhook = world.updates.webhook
    info: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        info["allowed_updates"] = sorted(world.updates.allowed)
        if webhook.last_error_date is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    return info
