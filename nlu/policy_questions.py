"""Takes some of the questions that stand with each policy section into the training data: they are how people ask.

Two of the (mostly five) questions a section, a different two from section to section, so that every register is there and
`ask_policy` does not outweigh the other intents. Run `python -m nlu.policy_questions` after changing documents; a test says
when it is due. Answers do not depend on it: a section added to the database is found without any training.
"""

from pathlib import Path
from typing import Iterator, List

from nlu.known_words import ROOT

FILE = ROOT / "nlu" / "data" / "intents" / "policy_questions.yml"
START = "- questions:"
A_SECTION = 2

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
    for number, questions in enumerate(sections(folder)):
        for step in range(min(A_SECTION, len(questions))):
            picked[questions[(number + 2 * step) % len(questions)]] = None
    return list(picked)


def rendered() -> str:
    return HEAD + "".join(f"      - {question}\n" for question in chosen())


if __name__ == "__main__":
    FILE.write_text(rendered(), encoding="utf-8")
