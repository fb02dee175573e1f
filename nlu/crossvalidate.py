"""Compares intent classifiers on the training data: `python -m nlu.crossvalidate [CANDIDATE …] [--also FILE.jsonl]`.

Paraphrases stay in one fold, so an example is never judged by its twin. It prints the accuracy of each candidate and, for
the chosen one, each intent and what every threshold would refuse, rightly and wrongly. No Rasa is started.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from nlu.examples import Examples, embedded, examples, paraphrase_groups
from nlu.intent_model import IntentModel
from nlu.normalize import Normalizer

OUT = "out_of_scope"
CHOSEN = "chosen"
CANDIDATES: Dict[str, Dict[str, Any]] = {
    CHOSEN: {},
    "vectors": {"pieces": 0, "words": 0},
    "pieces": {"vectors": 0, "words": 0},
    "vectors+pieces": {"words": 0},
    "even-weights": {"vectors": 1.0},
    "heavy-vectors": {"vectors": 3.0},
    "loose": {"strength": 30.0},
    "tight": {"strength": 3.0},
}
THRESHOLDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


class Judged:
    """Predictions beside the truth; a message below the threshold counts as refused, as out of scope does."""

    def __init__(self, truth: np.ndarray, intents: List[str], chances: np.ndarray) -> None:
        self.truth, self.guess, self.sure = truth, np.array(intents)[chances.argmax(axis=1)], chances.max(axis=1)
        self.inside = truth != OUT

    def at(self, threshold: float) -> str:
        refused = (self.guess == OUT) | (self.sure < threshold)
        right = (self.guess == self.truth) & ~refused
        return (
            f"in-scope right {right[self.inside].mean():6.1%}   wrongly refused {refused[self.inside].mean():5.1%}"
            f"   out of scope caught {refused[~self.inside].mean():6.1%}"
        )

    def by_intent(self) -> List[str]:
        lines = []
        for intent in sorted(set(self.truth)):
            mine = self.truth == intent
            wrong = [str(guess) for guess in self.guess[mine] if guess != intent]
            taken_for = sorted(set(wrong), key=wrong.count, reverse=True)[:3]
            lines.append(
                f"  {intent:20} {mine.sum():5}  {(self.guess[mine] == intent).mean():6.1%}  {', '.join(taken_for)}"
            )
        return lines


def crossvalidated(data: Examples, settings: Dict[str, Any], folds: int) -> Judged:
    split = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    intents = sorted(set(data.intents))
    chances = np.zeros((len(data.texts), len(intents)))
    for learn, judge in split.split(data.texts, data.intents, paraphrase_groups(data.texts)):
        model = IntentModel(**settings).fit([data.texts[i] for i in learn], data.vectors[learn], data.intents[learn])
        chances[judge] = model.probabilities([data.texts[i] for i in judge], data.vectors[judge])
    return Judged(data.intents, intents, chances)


def on_file(data: Examples, settings: Dict[str, Any], path: Path) -> Judged:
    """Trained on all examples, judged on the lines of an evaluation file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    normalize = Normalizer.load()
    texts = [normalize(line["text"].lstrip("/ ")) for line in lines]
    model = IntentModel(**settings).fit(data.texts, data.vectors, data.intents)
    return Judged(
        np.array([line["intent"] for line in lines]), model.intents, model.probabilities(texts, embedded(texts))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("candidates", nargs="*", help=f"of {', '.join(CANDIDATES)}; default all")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--also", type=Path, help="an evaluation file to judge as well, after training on all examples")
    asked = parser.parse_args()
    data = examples()
    print(f"{len(data.texts)} examples in {len(set(paraphrase_groups(data.texts)))} groups of paraphrases")
    for name in asked.candidates or CANDIDATES:
        began = time.process_time()
        judged = {"folds": crossvalidated(data, CANDIDATES[name], asked.folds)}
        if asked.also:
            judged[asked.also.name] = on_file(data, CANDIDATES[name], asked.also)
        for where, result in judged.items():
            print(f"{name:16} {where:12} {result.at(0.0)}", flush=True)
        print(f"{'':16} {time.process_time() - began:.0f} s of computing")
        if name == CHOSEN:
            for where, result in judged.items():
                print("\n".join([where, *(f"  below {value:4.2f}: {result.at(value)}" for value in THRESHOLDS)]))
            print("\n".join(judged["folds"].by_intent()))


if __name__ == "__main__":
    main()
