"""`python -m cli.prepare`: migrations and first data, then gone; what it loads must not stay in the supervisor's memory."""

import sys


def main() -> int:
    return 0


if __name__ == "__main__":
    sys.exit(main())
