"""Keeps the training within its time: leaves out the examples that the others explain anyway.

`python -m nlu.selection` says how many those are; `--write` takes them out of nlu/data/intents, and chooses anew which
questions of the policy documents are examples (policy_questions.yml). An example that a classifier which never saw it is
sure of moves no boundary, but costs as much time as any other. Run it after taking in many new examples.
"""

import argparse
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Set

import numpy as np
from sklearn.model_selection import StratifiedKFold

from nlu import policy_questions
from nlu.examples import embedded
from nlu.intent_model import IntentModel
from nlu.known_words import ROOT
from nlu.normalize import Normalizer

EXPLAINED = 0.97
"""How sure of an example the others must be. Other writers' lines change by one a set or so up to here (decision 0005)."""
FOLDS = 3
ASK_POLICY = "ask_policy"
INTENT = re.compile(r"  - intent: (\w+)")
EXAMPLE = "      - "
FOLDER = ROOT / "nlu" / "data" / "intents"


class Line(NamedTuple):
    intent: str
    text: str


def written() -> Iterator[Line]:
    """The examples that people wrote, without those that mark entities: they are needed for what they mark."""
    for path in sorted(FOLDER.glob("*.yml")):
        if path != policy_questions.FILE:
            yield from (line for line in _read(path).values() if "[" not in line.text)


def explained(lines: List[Line]) -> Set[Line]:
    """Those that a classifier trained on two thirds of the others is sure of."""
    normalize = Normalizer.load()
    texts, intents = [normalize(line.text) for line in lines], np.array([line.intent for line in lines])
    vectors, found = embedded(texts), set()
    for learn, judge in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, intents):
        model = IntentModel().fit([texts[i] for i in learn], vectors[learn], intents[learn])
        chances = model.probabilities([texts[i] for i in judge], vectors[judge])
        place = {intent: column for column, intent in enumerate(model.intents)}
        found |= {lines[i] for i, row in zip(judge, chances, strict=True) if row[place[intents[i]]] > EXPLAINED}
    return found


def leave_out(needless: Set[Line]) -> None:
    for path in sorted(FOLDER.glob("*.yml")):
        if path != policy_questions.FILE:
            gone = {number for number, line in _read(path).items() if line in needless}
            kept = [
                line for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()) if number not in gone
            ]
            path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _read(path: Path) -> Dict[int, Line]:
    """Its examples by number of line."""
    found, intent = {}, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if begun := INTENT.match(line):
            intent = begun[1]
        elif line.startswith(EXAMPLE):
            found[number] = Line(intent, line[len(EXAMPLE) :])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="leave them out, and choose the policy questions anew")
    asked = parser.parse_args()
    own = list(dict.fromkeys(written()))
    known = {line.text for line in own}
    questions = [
        Line(ASK_POLICY, text) for text in dict.fromkeys(chain(*policy_questions.sections())) if text not in known
    ]
    needless = explained(own + questions)
    for intent, count in Counter(line.intent for line in own if line in needless).most_common():
        print(f"  {intent:20} {count:5}")
    chosen = [line.text for line in questions if line not in needless]
    print(
        f"{len(own)} examples, {len(needless & set(own))} needless; {len(questions)} policy questions, {len(chosen)} needed"
    )
    if asked.write:
        leave_out(needless)
        policy_questions.write(chosen)


if __name__ == "__main__":
    main()
