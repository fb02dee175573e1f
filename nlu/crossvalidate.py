"""Compares intent classifiers on the training data: `python -m nlu.crossvalidate [CANDIDATE …] [--also FILE.jsonl …]`.

Paraphrases stay in one fold, so an example is never judged by its twin. It prints the accuracy of each candidate and, for
the chosen one, each intent, what every threshold would refuse, rightly and wrongly, and how far confidence can be
believed. No Rasa is started.
"""

from __future__ import annotations

import argparse
import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Sequence

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from nlu.examples import Examples, embedded, examples, paraphrase_groups
from nlu.intent_model import IntentModel
from nlu.normalize import Normalizer

if TYPE_CHECKING:
    from nlu.diet_model import DietModel

OUT = "out_of_scope"
CHOSEN = "chosen"
DIET_EPOCHS = 12  # by the sixth it knows 98 of 100 of its examples; an epoch takes some 20 s on two cores
Candidate = Callable[[], Any]
"""Makes a model of IntentModel's methods that has learned nothing yet."""


def diet(*, vectors: bool) -> DietModel:
    from nlu.diet_model import DietModel  # TensorFlow takes seconds to load

    return DietModel(vectors=vectors, epochs=DIET_EPOCHS)


CANDIDATES: Dict[str, Candidate] = {
    CHOSEN: IntentModel,
    "vectors": partial(IntentModel, pieces=0, words=0),
    "pieces": partial(IntentModel, vectors=0, words=0),
    "vectors+pieces": partial(IntentModel, words=0),
    "even-weights": partial(IntentModel, vectors=1.0),
    "heavy-vectors": partial(IntentModel, vectors=1.5),
    "loose": partial(IntentModel, strength=30.0),
    "tight": partial(IntentModel, strength=3.0),
    "diet": partial(diet, vectors=False),
    "diet+vectors": partial(diet, vectors=True),
}
BINS = np.linspace(0.0, 1.0, 11)
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

    def reliability(self) -> List[str]:
        """How often a message was right for each tenth of confidence, and how far the two are apart on average."""
        tenth = np.clip(np.digitize(self.sure, BINS) - 1, 0, len(BINS) - 2)
        right = self.guess == self.truth
        lines, apart = [], 0.0
        for one in np.unique(tenth):
            mine = tenth == one
            sure, share = self.sure[mine].mean(), right[mine].mean()
            apart += mine.mean() * abs(sure - share)
            lines.append(
                f"  {BINS[one]:.1f}-{BINS[one + 1]:.1f}  {mine.sum():5} messages  says {sure:5.1%}  right {share:5.1%}"
            )
        return [*lines, f"  apart by {apart:.1%} on average"]

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


def crossvalidated(data: Examples, candidate: Candidate, folds: int) -> Judged:
    split = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    intents = sorted(set(data.intents))
    chances = np.zeros((len(data.texts), len(intents)))
    for learn, judge in split.split(data.texts, data.intents, paraphrase_groups(data.texts)):
        model = candidate().fit([data.texts[i] for i in learn], data.vectors[learn], data.intents[learn])
        chances[judge] = model.probabilities([data.texts[i] for i in judge], data.vectors[judge])
    return Judged(data.intents, intents, chances)


def on_files(data: Examples, candidate: Candidate, paths: Sequence[Path]) -> Dict[str, Judged]:
    """Trained on all examples, judged on the lines of each evaluation file."""
    normalize, model = Normalizer.load(), candidate().fit(data.texts, data.vectors, data.intents)
    judged = {}
    for path in paths:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts = [normalize(line["text"].lstrip("/ ")) for line in lines]
        chances = model.probabilities(texts, embedded(texts))
        judged[path.name] = Judged(np.array([line["intent"] for line in lines]), model.intents, chances)
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("candidates", nargs="*", help=f"of {', '.join(CANDIDATES)}; default all")
    parser.add_argument("--folds", type=int, default=5, help="0: judge the files of --also only")
    parser.add_argument(
        "--also",
        type=Path,
        nargs="+",
        default=[],
        help="evaluation files to judge as well, after training on all examples",
    )
    asked = parser.parse_args()
    data = examples()
    print(f"{len(data.texts)} examples in {len(set(paraphrase_groups(data.texts)))} groups of paraphrases")
    for name in asked.candidates or CANDIDATES:
        began = time.process_time()
        judged = {"folds": crossvalidated(data, CANDIDATES[name], asked.folds)} if asked.folds else {}
        if asked.also:
            judged |= on_files(data, CANDIDATES[name], asked.also)
        for where, result in judged.items():
            print(f"{name:16} {where:12} {result.at(0.0)}", flush=True)
        print(f"{'':16} {time.process_time() - began:.0f} s of computing")
        if name == CHOSEN:
            for where, result in judged.items():
                print("\n".join([where, *(f"  below {value:4.2f}: {result.at(value)}" for value in THRESHOLDS)]))
                print("\n".join(result.reliability()))
                print("\n".join(result.by_intent()))


if __name__ == "__main__":
    main()
