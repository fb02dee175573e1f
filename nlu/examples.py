"""The training examples as plain texts with their sentence vectors, without Rasa: for measuring.

Vectors are kept in .data/, so that only new examples are embedded.
"""

import re
from pathlib import Path
from typing import List, NamedTuple, Sequence

import numpy as np
import yaml
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.known_words import ROOT
from nlu.normalize import Normalizer
from nlu.vectors import vectors_of

CACHE = ROOT / ".data" / "vectors.npz"
MARKUP = re.compile(r"\[([^\]]+)\]\([^)]+\)")
ALIKE = 0.7
"""Share of letter groups in common (cosine) from which two examples count as paraphrases of each other."""


class Examples(NamedTuple):
    texts: List[str]
    intents: np.ndarray
    vectors: np.ndarray


def examples() -> Examples:
    """All of nlu/data/intents, normalized and embedded."""
    normalize, texts, intents = Normalizer.load(), [], []
    for path in sorted((ROOT / "nlu" / "data" / "intents").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [MARKUP.sub(r"\1", line[2:]) for line in item["examples"].splitlines()]
            texts += [normalize(line) for line in lines]
            intents += [item["intent"]] * len(lines)
    return Examples(texts, np.array(intents), embedded(texts))


def embedded(texts: Sequence[str], cache: Path = CACHE) -> np.ndarray:
    """One row a text, as E5Featurizer gives them."""
    known = {}
    if cache.exists():
        with np.load(cache) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    if missing:
        known.update(vectors_of(missing))
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts])


def paraphrase_groups(texts: Sequence[str]) -> np.ndarray:
    """A number for each text, the same for texts that are paraphrases of each other, directly or through others."""
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit_transform(texts)
    return connected_components(pieces @ pieces.T > ALIKE)[1]
