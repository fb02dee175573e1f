"""Words about courses, from course_words.yml: those that name none, and everyday words for what titles call otherwise."""

from pathlib import Path

import yaml

_TABLE = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))

REQUEST_WORDS: frozenset[str] = frozenset(_TABLE["request"].split())
EVERYDAY: dict[str, str] = _TABLE["everyday"]
