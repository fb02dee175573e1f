"""Where the actions find the services: set once when the process starts, replaced by tests, never built on import."""

from core.bootstrap import Services

_installed: Services | None = None


def install(services: Services) -> None:
    global _installed
    _installed = services


def services() -> Services:
    if _installed is None:
        raise RuntimeError("The services are installed by actions.__main__ before the first action runs.")
    return _installed
