"""The questions that stand with each policy section, as training data: they are how people ask.

`python -m nlu.selection --write` takes those that teach something into FILE. Answers do not depend on it: a section added to
the database is found without any training.
"""

from pathlib import Path
from typing import Iterable, Iterator, List

from nlu.known_words import ROOT

FILE = ROOT / "nlu" / "data" / "intents" / "policy_questions.yml"
START = "- questions:"

HEAD = """# Made by `python -m nlu.selection --write` from knowledge/*.md; do not edit.
version: "3.1"

nlu:
  - intent: ask_policy
    examples: |
"""


def sections(folder: Path = ROOT / "knowledge") -> Iterator[List[str]]:
    """The questions of each section, in the order of the documents."""
    for path in sorted(folder.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(START):
                yield [question.strip() for question in line[len(START) :].split("|") if question.strip()]


def write(questions: Iterable[str]) -> None:
    FILE.write_text(HEAD + "".join(f"      - {question}\n" for question in questions), encoding="utf-8")
