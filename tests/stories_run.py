"""Runs `rasa test core` on the model of the present data, which `rekan train` has left under its hash."""

import subprocess
import sys

from cli.components import rasa_python
from cli.model import model_key, model_path
from core.settings import ROOT


def main() -> int:
    command = (
        rasa_python(), "-m", "rasa", "test", "core", "--stories", "tests/stories", "--fail-on-prediction-errors",
        "--model", str(model_path(ROOT, model_key(ROOT))), "--out", "results",
    )  # fmt: skip
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
