"""Finding a Python 3.10 for the Rasa server. Standard library only: it runs before anything is installed.

A name on PATH proves nothing: pyenv's shims answer for versions they then refuse to run, so every candidate is run.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

REMEDY = (
    "Python 3.10 (untuk server Rasa) tidak ditemukan. Pasang dengan `.tools/bin/uv python install 3.10` atau "
    "`pyenv install 3.10`, atau tunjuk dengan PYTHON310=/jalur/ke/python3.10 di .env, lalu ulangi."
)

SYSTEM = ("/usr/local/bin/python3.10", "/usr/bin/python3.10")


class NoPython310(Exception):
    """The text is one sentence saying which setting or installation helps."""


def version_of(python: str | Path) -> tuple[int, int] | None:
    """(major, minor) of an interpreter that runs and can make environments; None for anything else."""
    program = "import sys, ssl, venv; print(*sys.version_info[:2])"
    try:
        done = subprocess.run(
            [str(python), "-I", "-c", program], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL
        )
        major, minor = done.stdout.split()
        return (int(major), int(minor)) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def on_path(name: str, path: str) -> Iterator[str]:
    """Every program of that name on PATH, not only the first: behind a shim there may be a real one."""
    for folder in path.split(os.pathsep):
        found = shutil.which(name, path=folder) if folder else None
        if found:
            yield found


def candidates(environ: Mapping[str, str], uv_find: Callable[[], str | None]) -> Iterator[str]:
    """Where a Python 3.10 may be, cheapest first."""
    yield from on_path("python3.10", environ.get("PATH", os.defpath))
    home = Path(environ.get("HOME") or "/nonexistent")
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv")
    releases = sorted(pyenv.glob("versions/3.10.*/bin/python3.10"), key=patch_number, reverse=True)
    yield from map(str, releases)
    yield from (path for path in SYSTEM if os.access(path, os.X_OK))
    found = uv_find()
    if found:
        yield found


def patch_number(python: Path) -> int:
    """Of `…/versions/3.10.13/bin/python3.10`: 13; the newest patch release goes first."""
    patch = python.parent.parent.name.split(".")[-1]
    return int(patch) if patch.isdigit() else -1


def find_python310(
    setting: str | None, environ: Mapping[str, str], uv_find: Callable[[], str | None] = lambda: None
) -> str:
    """Path of a Python 3.10 that runs. Raises NoPython310 with the remedy; a wrong setting is named, not skipped."""
    if setting:
        if version_of(setting) == (3, 10):
            return setting
        raise NoPython310(
            f"Setelan PYTHON310={setting} bukan Python 3.10 yang dapat dijalankan. Perbaiki atau kosongkan PYTHON310."
        )
    for candidate in candidates(environ, uv_find):
        if version_of(candidate) == (3, 10):
            return candidate
    raise NoPython310(REMEDY)
