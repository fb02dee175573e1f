"""Questions of staff that no section answers, from unanswerable.txt: being close to one speaks for "none of them"."""

from pathlib import Path

UNANSWERABLE: tuple[str, ...] = tuple(
    line
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
