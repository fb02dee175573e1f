"""Everything CI runs, in one go: `make test`, or `make test ONLY="lint tests"`. Standard library only.

Every step runs even if another has failed; a failing step shows its output; the last line adds up the tests that ran.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON, RASA = sys.executable, str(ROOT / ".venv-nlu/bin/python")
BIN = Path(sys.executable).parent
# an embedding's OpenMP threads spin while they wait, which on a busy machine costs twenty times the work itself
CALM = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
# each process has a PostgreSQL of its own; a file stays together, as its tests share what is slow to make
ON_ALL_CORES = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
RASA_ENV = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    # endpoints.yml names them; no server is started by these steps
    "ACTIONS_PORT": "5055",
    "RASA_TRACKER_DB": ":memory:",
    "RASA_CHANNEL_TOKEN": "token-of-the-tests-only",
}
CLOSING = re.compile(r"\b(\d+) (passed|failed|error|errors|skipped|xfailed)\b")
UNITTEST = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """`shows`: its output is printed while it runs, as CI reads the closing lines of test runners."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] | None = None
    shows: bool = False
    needs: str = ""


def steps() -> list[Step]:
    rasa = (RASA, "-m", "rasa")
    pytest = (PYTHON, "-m", "pytest", "-q")
    given = os.environ.get("EVAL_SET")  # noqa: TID251 - a setting of CI, not of the assistant
    with_set = [Step("set", (PYTHON, "-m", "tests.e2e.evaluate", given), needs="train")] if given else []
    return [
        Step("format", (str(BIN / "ruff"), "format", "--check", ".")),
        Step("lint", (str(BIN / "ruff"), "check", ".")),
        Step("types", (PYTHON, "-m", "mypy", *packages())),
        Step("imports", (str(BIN / "lint-imports"),)),
        Step("knowledge", (PYTHON, "-m", "cli", "knowledge", "lint", "knowledge")),
        Step("tests", (*pytest, *ON_ALL_CORES, "tests", "--ignore=tests/e2e"), shows=True),
        Step("nlu", (RASA, "-m", "unittest", "discover", "-q", "-s", "nlu/tests", "-t", "."), RASA_ENV, shows=True),
        Step("data", (*rasa, "data", "validate", "--fail-on-warnings", "--data", "nlu/data"), RASA_ENV),
        Step("eval", (PYTHON, "-m", "cli.baseline")),
        Step("train", (PYTHON, "-m", "cli", "train")),
        Step("stories", (PYTHON, "-m", "tests.stories_run"), RASA_ENV, needs="train"),
        Step("e2e", (*pytest, "tests/e2e"), shows=True, needs="train"),
        *with_set,
    ]


def packages() -> list[str]:
    return [name for name in ("core", "bot", "actions", "scheduler", "sandbox", "cli") if (ROOT / name).is_dir()]


def carry_out(step: Step) -> tuple[int, str]:
    """(exit code, output)."""
    environ = dict(os.environ) | CALM | dict(step.env or {})  # noqa: TID251 - handed on, not read
    process = subprocess.Popen(
        step.command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    )  # fmt: skip
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if step.shows:
            print(line, end="", flush=True)
    return process.wait(), "".join(lines)


def count(output: str) -> tuple[int, int]:
    """(passed, failed) of pytest's or unittest's closing line."""
    last = next((line for line in reversed(output.splitlines()) if CLOSING.search(line) and " in " in line), "")
    counts = {
        word.rstrip("s") if word.startswith("error") else word: int(number) for number, word in CLOSING.findall(last)
    }
    unittest = UNITTEST.search(output)
    passed = counts.get("passed", 0) + (int(unittest[1]) if unittest and "FAILED" not in output else 0)
    return passed, counts.get("failed", 0) + counts.get("error", 0)


def main(only: Iterable[str]) -> int:
    wanted = list(only)
    chosen = [step for step in steps() if not wanted or step.name in wanted]
    unknown = set(wanted) - {step.name for step in steps()}
    if unknown:
        print(f"No such step: {', '.join(sorted(unknown))}. Steps: {', '.join(step.name for step in steps())}.")
        return 2
    results: dict[str, tuple[int, float]] = {}
    passed = failed = 0
    for step in chosen:
        if results.get(step.needs, (0, 0.0))[0]:
            print(f"── {step.name}: not run, as {step.needs} failed", flush=True)
            results[step.name] = (1, 0.0)
            continue
        print(f"── {step.name}", flush=True)
        began = time.monotonic()
        code, output = carry_out(step)
        results[step.name] = (code, time.monotonic() - began)
        more_passed, more_failed = count(output) if step.shows else (0, 0)
        passed, failed = passed + more_passed, failed + more_failed
        if code and not step.shows:
            print(output, flush=True)
    print("\nstep        result   seconds")
    for name, (code, seconds) in results.items():
        print(f"{name:<11} {'ok' if code == 0 else 'FAILED':<8} {seconds:7.1f}")
    print(f"{'all':<11} {'':<8} {sum(seconds for _, seconds in results.values()):7.1f}\n")
    if passed or failed:
        print(f"{passed} passed, {failed} failed", flush=True)
    return int(any(code for code, _ in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
