"""Makes the environments of `make run` and `make test`, then becomes the command given after `--`.

Standard library only: cli/setup.sh starts it with whatever Python the machine has. An environment is built again only when
its requirement file, its Python or the folder it lies in has changed. It writes nothing outside the project's folder.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cli.pythons import NoPython310, find_python310

ROOT = Path(__file__).resolve().parent.parent
TOOLS, OURS, RASA = ROOT / ".tools", ROOT / ".venv", ROOT / ".venv-nlu"
SYSTEM_CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


class SetupFailed(Exception):
    """The text is what the person reads."""


def content_hash(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_fresh(environment: Path, *accepted: str) -> bool:
    """True if the environment was finished for one of these hashes, lies where it was made, and its Python is still there."""
    if not (environment / "bin" / "python").exists():
        return False
    if environment.is_symlink():
        return True  # somebody else's, lent to this folder: used as it is, never rebuilt
    try:
        stamp = json.loads((environment / "rekan-stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp.get("at") == str(environment) and stamp.get("wanted") in accepted


def stamp(environment: Path, wanted: str) -> None:
    (environment / "rekan-stamp.json").write_text(json.dumps({"at": str(environment), "wanted": wanted}), "utf-8")


def runtime_hash() -> str:
    return content_hash(ROOT / "requirements/runtime.txt", ROOT / "pyproject.toml")


def dev_hash() -> str:
    return content_hash(ROOT / "requirements/runtime.txt", ROOT / "requirements/dev.txt", ROOT / "pyproject.toml")


def rasa_hash() -> str:
    return content_hash(ROOT / "nlu/requirements.txt")


@contextlib.contextmanager
def step(doing: str) -> Iterator[None]:
    """Says what is done and how long it took."""
    print(f"  … {doing}", flush=True)
    began = time.monotonic()
    yield
    print(f"  ✓ {doing} ({time.monotonic() - began:.1f} dtk)", flush=True)


def call(command: Sequence[str | Path], remedy: str) -> str:
    """Runs quietly; a failure shows the last lines of what the program said, and what to do."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=installer_environment(), capture_output=True, text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise SetupFailed("\n".join([*(f"    {line}" for line in said), remedy]))
    return done.stdout


ONLINE = "Pemasangan paket gagal. Periksa sambungan internet atau proxy (HTTPS_PROXY), lalu jalankan perintah yang sama lagi."


def installer_environment() -> dict[str, str]:
    environ = dict(os.environ)  # noqa: TID251 - core.settings cannot be imported before the environments stand
    environ |= {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environ.setdefault("UV_HTTP_TIMEOUT", "120")
    if any(map(os.path.exists, SYSTEM_CERTIFICATES)):
        # offices often inspect TLS with a certificate of their own, which only the system's store knows
        environ.setdefault("UV_SYSTEM_CERTS", "1")
    if environ.get("PIP_INDEX_URL"):
        environ.setdefault("UV_DEFAULT_INDEX", environ["PIP_INDEX_URL"])
    return environ


def make_tools() -> Path:
    """uv of the pinned hash, in an environment of its own; returns the program."""
    uv = TOOLS / "bin" / "uv"
    requirements = ROOT / "requirements/uv.txt"
    wanted = content_hash(requirements)
    if uv.exists() and is_fresh(TOOLS, wanted):
        return uv
    with step("Alat pemasang (uv)"):
        remedy = "Python di mesin ini tanpa `venv` atau `pip`. Pasang (Debian/Ubuntu: apt-get install python3-venv) lalu ulangi."
        python = TOOLS / "bin" / "python"
        try:
            call([sys.executable, "-m", "venv", "--clear", TOOLS], remedy)
            pip: list[str | Path] = [python, "-m", "pip"]
        except SetupFailed:
            # Debian parts ensurepip from Python; an installed pip can still serve an environment without one
            call([sys.executable, "-m", "venv", "--clear", "--without-pip", TOOLS], remedy)
            pip = [sys.executable, "-m", "pip", "--python", python]
            call([*pip, "--version"], remedy)
        call([*pip, "install", "--quiet", "--require-hashes", "-r", requirements], ONLINE)
        stamp(TOOLS, wanted)
    return uv


def install(uv: Path, environment: Path, python: str, requirements: Path) -> None:
    """An environment with exactly these packages, every file checked against its hash."""
    is_same_python = os.path.realpath(environment / "bin/python") == os.path.realpath(python)
    (environment / "rekan-stamp.json").unlink(missing_ok=True)
    if not (is_same_python and (environment / "pyvenv.cfg").exists()):
        shutil.rmtree(environment, ignore_errors=True)
        call([uv, "venv", "--quiet", "--no-project", "--python", python, environment], ONLINE)
    call(
        [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", environment / "bin/python", requirements], ONLINE
    )


def make_ours(uv: Path, *, dev: bool) -> None:
    wanted = dev_hash() if dev else runtime_hash()
    if is_fresh(OURS, wanted) or (not dev and is_fresh(OURS, dev_hash())):
        return
    version = ".".join(map(str, sys.version_info[:3]))
    with step(f"Paket Rekan{' dan alat uji' if dev else ''} di .venv (Python {version})"):
        install(uv, OURS, sys.executable, ROOT / ("requirements/dev.txt" if dev else "requirements/runtime.txt"))
        call(
            [uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--python", OURS / "bin/python", "-e", ROOT],
            ONLINE,
        )  # fmt: skip
        stamp(OURS, wanted)


def python_of_rasa(uv: Path) -> str | None:
    """The Python 3.10 to build with; None if the environment stands already. Raises NoPython310."""
    if is_fresh(RASA, rasa_hash()):
        return None

    def uv_find() -> str | None:
        if not uv.exists():
            return None
        done = subprocess.run(
            [uv, "python", "find", "--no-project", "3.10"], cwd=TOOLS, env=installer_environment(),
            capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip() or None

    return find_python310(python310_setting(), os.environ, uv_find)  # noqa: TID251 - before core.settings


def make_rasa(uv: Path, python: str) -> None:
    with step("Paket server Rasa di .venv-nlu (Python 3.10)"):
        install(uv, RASA, python, ROOT / "nlu/requirements.txt")
        stamp(RASA, rasa_hash())


def python310_setting() -> str | None:
    """PYTHON310 of the environment or of `.env`; the rest of `.env` is core.settings' business."""
    value = os.environ.get("PYTHON310")  # noqa: TID251 - before core.settings
    if value is None and (ROOT / ".env").is_file():
        for line in (ROOT / ".env").read_text(encoding="utf-8").splitlines():
            name, _, given = line.removeprefix("export ").partition("=")
            if name.strip() == "PYTHON310":
                value = given.strip().strip("'\"")
    return value or None


def make_all(*, dev: bool) -> None:
    """Every environment. Two starts at once take turns. Raises SetupFailed or NoPython310."""
    TOOLS.mkdir(exist_ok=True)
    lock = os.open(TOOLS, os.O_RDONLY)  # held until this process ends or becomes another program
    fcntl.flock(lock, fcntl.LOCK_EX)
    uv = make_tools()
    python310 = python_of_rasa(uv)  # first: without one, nothing else is worth the download
    make_ours(uv, dev=dev)
    if python310:
        make_rasa(uv, python310)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="cli/setup.sh", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="the test tools too")
    parser.add_argument("then", nargs="*", help="what .venv's Python runs afterwards")
    given = parser.parse_args(arguments)
    try:
        make_all(dev=given.dev)
    except (SetupFailed, NoPython310) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Folder proyek tidak dapat ditulisi: {error}", file=sys.stderr)
        return 2
    if given.then:
        python = str(OURS / "bin/python")
        sys.stdout.flush()
        os.execv(python, [python, *given.then])
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
