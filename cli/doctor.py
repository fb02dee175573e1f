"""`rekan doctor`: looks at everything a start needs and says what to do about what is wrong. Changes nothing."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.environments import OURS, RASA, TOOLS, dev_hash, is_fresh, python_of_rasa, rasa_hash, runtime_hash
from cli.findings import Finding, check_port, check_token, read_settings, used_ports
from cli.keys import FILE as KEYS_FILE
from cli.model import model_key, model_path
from cli.output import NOT_POSSIBLE, OK, console, say, show_json
from cli.pythons import NoPython310, version_of
from cli.state import running_state
from cli.texts import database_unreachable
from core.settings import ROOT, Settings

MAKE_RUN = "Jalankan `make run`."
GIB = 1024**3


def examine(*, as_json: bool) -> int:
    """Exit code 2, as of `rekan run`, if something keeps the system from working; hints alone are 0."""
    findings = list(all_findings())
    is_well = all(finding.is_ok or not finding.is_fatal for finding in findings)
    if as_json:
        shown = [
            {
                "subject": f.subject,
                "ok": f.is_ok,
                "fatal": not f.is_ok and f.is_fatal,
                "detail": f.detail,
                "remedy": f.remedy,
            }
            for f in findings
        ]
        show_json({"ok": is_well, "findings": shown})
    else:
        show(findings)
        say("\nSemua yang diperlukan ada." if is_well else "\nAda yang harus dibereskan dahulu (ditandai ✗).")
    return OK if is_well else NOT_POSSIBLE


def show(findings: list[Finding]) -> None:
    for finding in findings:
        mark, style = ("✓", "green") if finding.is_ok else ("✗", "bold red") if finding.is_fatal else ("!", "yellow")
        console.print(f"[{style}]{mark}[/] ", end="")
        console.print(f"{finding.subject}: {finding.sentence}", markup=False, highlight=False, soft_wrap=True)


def all_findings() -> Iterator[Finding]:
    yield from environments()
    settings, problems = read_settings()
    yield from problems
    if settings is None:
        return
    if not problems:
        yield Finding("Setelan", "Semua nilai sah.")
    yield from strange_names()
    running = running_state(settings.data_dir)
    yield from system(settings, running)
    yield check_token(settings)
    if not any(problem.subject == "DATABASE_URL" for problem in problems):
        yield database(settings, is_running=running is not None)
    yield model()
    yield embedder(settings)
    yield from machine(settings)


def environments() -> Iterator[Finding]:
    yield Finding("Python", f"Rekan memakai Python {'.'.join(map(str, sys.version_info[:3]))}.")
    for name, path, accepted in (
        ("Paket Rekan", OURS, (runtime_hash(), dev_hash())),
        ("Paket server Rasa", RASA, (rasa_hash(),)),
    ):
        if is_fresh(path, *accepted):
            yield Finding(name, f"{path.name} sesuai daftar terkunci.")
        else:
            yield Finding(name, f"{path.name} belum ada atau tertinggal dari daftar terkunci.", MAKE_RUN)
    if not is_fresh(RASA, rasa_hash()):
        try:
            python_of_rasa(TOOLS / "bin/uv")
        except NoPython310 as error:
            yield Finding("Python 3.10", str(error), MAKE_RUN)
    elif version_of(RASA / "bin/python") != (3, 10):
        remedy = "Hapus folder .venv-nlu lalu jalankan `make run`; Python 3.10 lain dapat ditunjuk dengan PYTHON310."
        yield Finding("Python 3.10", "Python di .venv-nlu bukan 3.10 atau tidak dapat dijalankan.", remedy)


def strange_names() -> Iterator[Finding]:
    """A misspelled name in `.env` is silently nothing otherwise."""
    try:
        lines = (ROOT / ".env").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    known = {name.upper() for name in Settings.model_fields}
    for line in lines:
        name = line.removeprefix("export ").partition("=")[0].strip()
        if "=" in line and name and not name.startswith("#") and name.upper().removesuffix("_FILE") not in known:
            yield Finding(
                ".env", f"Nama {name} tidak dikenal dan diabaikan.", "Periksa ejaannya di README.", is_fatal=False
            )


def embedder(settings: Settings) -> Finding:
    """Whether the model of the search gives vectors; without it the other parts work, so it is no reason not to start."""
    from core.embedding import embedder_for
    from core.ports import EmbedderUnavailable

    key = settings.embedder_key.get_secret_value() if settings.embedder_key else None
    made = embedder_for(settings.embedder, key)
    try:
        made.queries(["cuti tahunan"])
    except EmbedderUnavailable as error:
        detail = f"Model pencarian {made.name} tidak dapat dipakai ({error.reason})."
        return Finding(
            "EMBEDDER", detail, "Periksa EMBEDDER, atau kosongkan untuk memakai model bawaan.", is_fatal=False
        )
    return Finding("EMBEDDER", f"Model pencarian {made.name} memberi vektor.")


def system(settings: Settings, running: dict[str, Any] | None) -> Iterator[Finding]:
    if running is None:
        yield Finding("Sistem", "Tidak sedang berjalan.")
        for name, port in used_ports(settings).items():
            yield check_port(name, port)
        return
    for name, part in running["components"].items():
        if part["state"] == "up":
            yield Finding(name, f"siap (pid {part['pid']}, dimulai ulang {part['restarts']} kali).")
        else:
            remedy = f"Lihat catatan {settings.data_dir / 'logs' / (name + '.log')}."
            yield Finding(
                name, f"{part['state']}: {part['reason']}".rstrip(": ") + ".", remedy, part["state"] == "failed"
            )


def database(settings: Settings, *, is_running: bool) -> Finding:
    """Reachable, not too old, and at the schema of this code."""
    from core.ports import DatabaseUnreachable
    from core.storage import embedded

    if settings.database_url is not None:
        url, name = settings.database_url.get_secret_value(), "DATABASE_URL"
    else:
        name = "Basis data"
        try:
            url = embedded.running_url(settings.data_dir)
        except DatabaseUnreachable as error:
            if is_running:
                return Finding(name, f"Server bawaan tidak berjalan ({error.reason}).", "Mulai ulang `make run`.")
            return Finding(name, "Server bawaan dimulai bersama `make run`.")
    return inspect_database(name, url)


def inspect_database(name: str, url: str) -> Finding:
    import psycopg

    from core.ports import DatabaseUnreachable
    from core.storage import migrate
    from core.storage.addresses import first_line, libpq, shown

    try:
        with psycopg.connect(libpq(url), connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
            has_table = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            row = (
                connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if has_table and has_table[0]
                else None
            )
    except DatabaseUnreachable as error:
        return _unreachable(name, error.address, error.reason)
    except psycopg.Error as error:
        return _unreachable(name, shown(url), first_line(error))
    if version < 14:
        return Finding(name, f"PostgreSQL {version} terlalu lama.", "Pakai PostgreSQL 14 atau lebih baru.")
    if row is None or row[0] != migrate.newest():
        return Finding(
            name, f"PostgreSQL {version}; skema belum yang terbaru.", f"{MAKE_RUN[:-1]}, yang memperbaruinya."
        )
    return Finding(name, f"PostgreSQL {version}, skema {row[0]}, di {shown(url)}.")


def _unreachable(name: str, address: str, reason: str) -> Finding:
    detail, _, remedy = database_unreachable(address, reason).partition(" Periksa ")
    return Finding(name, detail, f"Periksa {remedy}")


def model() -> Finding:
    path = model_path(ROOT, model_key(ROOT))
    if path.exists():
        return Finding("Model bahasa", f"Terlatih dan sesuai data ({path.name}).")
    return Finding(
        "Model bahasa", "Belum dilatih untuk data saat ini.", f"{MAKE_RUN[:-1]}, yang melatihnya.", is_fatal=False
    )


def machine(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(ROOT).free / GIB
    least = 1 if RASA.exists() else 4
    if free < least:
        yield Finding("Ruang disk", f"Tersisa {free:.1f} GB.", f"Sediakan paling sedikit {least} GB.")
    else:
        yield Finding("Ruang disk", f"Tersisa {free:.1f} GB.")
    keys = settings.data_dir / KEYS_FILE
    if keys.exists() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        yield Finding("Rahasia", f"{keys} dapat dibaca pengguna lain.", f"Jalankan `chmod 600 {keys}`.")
    nearest = next(folder for folder in (settings.data_dir, *settings.data_dir.parents) if folder.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        yield Finding(
            "DATA_DIR", f"Folder {settings.data_dir} tidak dapat ditulisi.", "Perbaiki izinnya atau setelan DATA_DIR."
        )
    if chromium() is None:
        remedy = "Hanya untuk `make test`: pasang dengan `apt-get install chromium`."
        yield Finding("Chromium", "Tidak ditemukan.", remedy, is_fatal=False)
    else:
        yield Finding("Chromium", "Ada, untuk uji halaman telepon.")


def chromium() -> Path | None:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return Path(found) if found else None
