"""Telegram's refusals, with its own wording. Knows no HTTP: `bot_api` turns them into responses."""


class TelegramError(Exception):
    """A call Telegram would refuse. `error_code` is also the HTTP status of the answer."""

    def __init__(self, error_code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.retry_after = retry_after

    def as_body(self) -> dict[str, object]:
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


class ConnectionDropped(Exception):
    """The connection breaks instead of an answer arriving (a fault with error code 0)."""


class SandboxRefusal(Exception):
    """The user's side asked for something a person could not do in Telegram."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def bad_request(description: str) -> TelegramError:
    return TelegramError(400, f"Bad Request: {description}")


def forbidden(description: str) -> TelegramError:
    return TelegramError(403, f"Forbidden: {description}")


def conflict(description: str) -> TelegramError:
    return TelegramError(409, f"Conflict: {description}")


def too_many_requests(retry_after: int) -> TelegramError:
    return TelegramError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
