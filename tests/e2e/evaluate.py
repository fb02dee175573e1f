"""`python -m tests.e2e.evaluate FILE.jsonl`: an evaluation set through a system of its own, against the baseline.

CI runs it where EVAL_SET names a set; the repository holds none.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.e2e.system import ROOT, System


def main(file: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="rekan-eval-") as folder:
        system = System.start(Path(folder))
        try:
            command = [sys.executable, "-m", "cli.baseline", str(file), "--set-only"]
            return subprocess.run(command, cwd=ROOT, env=system.env, check=False).returncode
        finally:
            system.stop()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
