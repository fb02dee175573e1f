"""Takes the questions that stand with each policy section into the training data: they are how people ask.

Run `python -m nlu.policy_questions` after changing documents; a test says when it is due. Answers do not depend on it: a
section added to the database is found without any training.
"""

from pathlib import Path
from typing import Iterator, List

from nlu.known_words import ROOT

FILE = ROOT / "nlu" / "data" / "intents" / "policy_questions.yml"
START = "- questions:"
A_SECTION = 6  # spread over the whole list, which is written manner by manner; more would make training too long

HEAD = """# Made by `python -m nlu.policy_questions` from knowledge/*.md; do not edit.
version: "3.1"

nlu:
  - intent: ask_policy
    examples: |
"""


def sections(folder: Path) -> Iterator[List[str]]:
    """The questions of each section, in the order of the documents."""
    for path in sorted(folder.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(START):
                yield [question.strip() for question in line[len(START) :].split("|") if question.strip()]


def chosen(folder: Path = ROOT / "knowledge") -> List[str]:
    picked = {}
    for questions in sections(folder):
        taken = min(A_SECTION, len(questions))
        picked.update(dict.fromkeys(questions[number * len(questions) // taken] for number in range(taken)))
    return list(picked)


def rendered() -> str:
    return HEAD + "".join(f"      - {question}\n" for question in chosen())


if __name__ == "__main__":
    FILE.write_text(rendered(), encoding="utf-8")
