"""`python -m cli.prepare`: migrations and first data, then gone; what it loads must not stay in the supervisor's memory.

Exit code 2 and one sentence as the last line when a setting is to blame.
"""

import argparse
import sys

from core.ports import DatabaseUnreachable
from core.settings import load_settings
from core.storage import migrate


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m cli.prepare", description=__doc__)
    parser.add_argument("--sample", action="store_true", help="fill an empty registry with the sample people")
    parser.parse_args()
    settings = load_settings()
    assert settings.database_url is not None  # the supervisor hands it over
    try:
        migrate.upgrade(settings.database_url.get_secret_value())
    except DatabaseUnreachable as error:
        print(
            f"Basis data (setelan DATABASE_URL, {error.address}) tidak dapat dihubungi: {error.reason}. "
            "Periksa servernya dan DATABASE_URL, atau kosongkan untuk memakai basis data bawaan."
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
