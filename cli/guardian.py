"""Outlives a supervisor that was killed outright, and ends what it left running: `python -I -S cli/guardian.py`.

Reads `guard N`, `release N` (process groups) and `database N` (a PostgreSQL postmaster) from its standard input. When that
pipe closes the supervisor is gone: whatever is still guarded is asked to stop, and killed if it does not. Standard library
only and nothing imported that it can do without: it runs all the time.
"""

import os
import signal
import sys
import time

PATIENCE_SECONDS = 5.0
"""Unless the first argument says otherwise."""


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_groups(groups: set[int], patience: float) -> None:
    """SIGTERM to all, SIGKILL to those still there when patience is over."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for group in groups:
            try:
                os.killpg(group, number)
            except (ProcessLookupError, PermissionError):
                continue
        until = time.monotonic() + patience
        while (groups := {group for group in groups if is_alive(group)}) and time.monotonic() < until:
            time.sleep(0.05)
        if not groups:
            return


def end_database(postmaster: int) -> None:
    """PostgreSQL's fast shutdown; it finishes by itself, and the next start reuses or repairs what it finds."""
    try:
        os.kill(postmaster, signal.SIGINT)
    except (ProcessLookupError, PermissionError):
        return


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # only the end of the pipe counts
    groups: set[int] = set()
    database: int | None = None
    for line in sys.stdin:
        word, _, operand = line.partition(" ")
        if word == "guard":
            groups.add(int(operand))
        elif word == "release":
            groups.discard(int(operand))
        elif word == "database":
            database = int(operand) or None
    end_groups(groups, float(sys.argv[1]) if len(sys.argv) > 1 else PATIENCE_SECONDS)
    if database is not None:
        end_database(database)


if __name__ == "__main__":
    main()
