"""How well intents are told apart, by cross-validation, as numbers: `python -m nlu.quality [--folds N]` prints one JSON object.

Under the names of the measures of `rekan eval`, at the threshold of config.yml. No Rasa is started.
"""

import argparse
import json
import sys
from typing import Dict

import yaml

from nlu.crossvalidate import CANDIDATES, CHOSEN, OUT, Judged, crossvalidated
from nlu.examples import examples
from nlu.known_words import ROOT

FOLDS = 3


def threshold() -> float:
    """Below it the assistant asks back instead of acting."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return next(part["threshold"] for part in pipeline if part["name"] == "FallbackClassifier")


def numbers(judged: Judged, below: float) -> Dict[str, float]:
    refused = (judged.guess == OUT) | (judged.sure < below)
    right = (judged.guess == judged.truth) & ~refused
    return {
        "intent_accuracy": float(right[judged.inside].mean()),
        "oos_recall": float(refused[~judged.inside].mean()),
        "false_fallback": float(refused[judged.inside].mean()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=FOLDS)
    asked = parser.parse_args()
    json.dump(numbers(crossvalidated(examples(), CANDIDATES[CHOSEN], asked.folds), threshold()), sys.stdout)


if __name__ == "__main__":
    main()
