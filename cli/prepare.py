"""`python -m cli.prepare`: migrations and first data, then gone; what it loads must not stay in the supervisor's memory.

Exit code 2 and one sentence as the last line when a setting is to blame.
"""

import argparse
import asyncio
import csv
import json
import sys
from pathlib import Path

from cli.texts import database_unreachable
from core.bootstrap import Services, build
from core.ports import DatabaseUnreachable
from core.services import sample
from core.settings import ROOT, Settings, load_settings
from core.storage import migrate

SAMPLE, KNOWLEDGE = ROOT / "sample", ROOT / "knowledge"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m cli.prepare", description=__doc__)
    parser.add_argument("--sample", action="store_true", help="add the sample data, unless the registry holds others")
    parser.add_argument("--sandbox-people", type=Path, help="write the people to pick from in the sandbox here")
    given = parser.parse_args()
    settings = load_settings()
    assert settings.database_url is not None  # the supervisor hands it over
    try:
        migrate.upgrade(settings.database_url.get_secret_value())
        asyncio.run(fill(settings, with_sample=given.sample))
    except DatabaseUnreachable as error:
        print(database_unreachable(error.address, error.reason))
        return 2
    if given.sandbox_people:
        write(given.sandbox_people, json.dumps(sample.sandbox_people(SAMPLE), ensure_ascii=False, indent=1))
    return 0


async def fill(settings: Settings, *, with_sample: bool) -> None:
    """Sample data if wanted and nobody real would be mixed with it; the policy documents in any case, if there are none."""
    async with build(settings) as services:
        if with_sample and await is_for_samples(services):
            print(await sample.seed(services, SAMPLE, KNOWLEDGE))
            return
        async with services.unit_of_work() as unit:
            is_empty = not await unit.knowledge.all()
        if is_empty:
            documents = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(KNOWLEDGE.glob("*.md"))]
            print(await services.knowledge.import_markdown(documents))


async def is_for_samples(services: Services) -> bool:
    """An empty registry, or one that was filled with our sample people before."""
    async with services.unit_of_work() as unit:
        held = set(await unit.people.hierarchy())
    with (SAMPLE / "people.csv").open(encoding="utf-8", newline="") as file:
        return not held or not held.isdisjoint(row["nip"] for row in csv.DictReader(file))


def write(path: Path, text: str) -> None:
    """Whole or not at all: the sandbox reads it at any time."""
    half = path.with_suffix(".half")
    half.write_text(text, encoding="utf-8")
    half.replace(path)


if __name__ == "__main__":
    sys.exit(main())
