"""The trained Rasa model, kept under the hash of everything it is made from, so that it is trained once for each content.

Training happens in a folder of its own and the finished file is moved into place: an interrupted training leaves nothing.
"""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from cli.processes import Guardian, Running, last_lines, rotate

KEPT_MODELS = 2
"""This one and the one before, for going back a step without training."""


class TrainingFailed(Exception):
    """The text is one sentence; `lines` are the last words of the training."""

    def __init__(self, message: str, lines: list[str]) -> None:
        super().__init__(message)
        self.lines = lines


def ingredients(root: Path) -> Iterator[Path]:
    """What the model depends on. All of nlu's Python: a component may import any of it, and so does its behavior."""
    yield from (root / name for name in ("config.yml", "domain.yml") if (root / name).is_file())
    for folder in ("domain", "nlu"):
        for path in sorted((root / folder).rglob("*")):
            is_test = "tests" in path.relative_to(root).parts
            if path.suffix in {".py", ".yml", ".yaml", ".txt", ".csv", ".json"} and not is_test:
                yield path


def model_key(root: Path) -> str:
    """Changes when the content or the name of an ingredient changes, not with its date."""
    digest = hashlib.sha256()
    for path in ingredients(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def model_path(root: Path, key: str) -> Path:
    return root / "models" / f"{key}.tar.gz"


async def train(root: Path, key: str, python: str, env: Mapping[str, str], *, log: Path, guardian: Guardian) -> Path:
    """Trains and returns the model. Raises TrainingFailed. Cancelling it ends the training and removes what was half done."""
    workshop = root / "models" / f".training-{os.getpid()}"
    remove_leftovers(root)
    workshop.mkdir(parents=True)
    rotate(log)
    try:
        process = await Running.start(
            (
                python, "-m", "rasa", "train", "--config", "config.yml", "--domain", domain(root), "--data", "nlu/data",
                "--out", str(workshop), "--fixed-model-name", key, "--force",
                "--skip-validation",  # ten seconds; `make test` validates the data, and stricter (step "data")
            ),
            cwd=root, env=env, log=log, guardian=guardian,
        )  # fmt: skip
        try:
            code = await process.wait()
        finally:
            await process.stop(5)
        made = workshop / f"{key}.tar.gz"
        if code or not made.exists():
            raise TrainingFailed(f"Pelatihan model gagal (kode {code}). Catatan lengkap: {log}", last_lines(log, 12))
        made.replace(model_path(root, key))
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    prune(root, key)
    return model_path(root, key)


def domain(root: Path) -> str:
    return "domain" if (root / "domain").is_dir() else "domain.yml"


def remove_leftovers(root: Path) -> None:
    """Workshops of trainings whose process was killed outright."""
    for path in (root / "models").glob(".training-*"):
        with contextlib.suppress(ValueError):
            if not Path(f"/proc/{int(path.name.rsplit('-', 1)[1])}").exists():
                shutil.rmtree(path, ignore_errors=True)


def prune(root: Path, key: str) -> None:
    """Removes all models but this one and the newest others."""
    others = [path for path in (root / "models").glob("*.tar.gz") if path != model_path(root, key)]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT_MODELS - 1 :]:
        path.unlink(missing_ok=True)
