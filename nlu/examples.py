"""The training examples as plain texts with their sentence vectors, without Rasa: for measuring."""

import re
from typing import List, NamedTuple, Sequence

import numpy as np
import yaml
from scipy.sparse import vstack
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.known_words import ROOT
from nlu.normalize import Normalizer
from nlu.vectors import kept_vectors_of

MARKUP = re.compile(r"\[([^\]]+)\]\([^)]+\)")
AT_ONCE = 1000
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


def embedded(texts: Sequence[str]) -> np.ndarray:
    """One row a text, as E5Featurizer gives them."""
    vectors = kept_vectors_of(texts)
    return np.stack([vectors[text] for text in texts])


def paraphrase_groups(texts: Sequence[str]) -> np.ndarray:
    """A number for each text, the same for texts that are paraphrases of each other, directly or through others."""
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32).fit_transform(
        texts
    )
    # in slices: nearly all texts share some pieces, so the whole product would be millions of numbers to keep a few
    rows = (pieces[start : start + AT_ONCE] @ pieces.T > ALIKE for start in range(0, len(texts), AT_ONCE))
    return connected_components(vstack(list(rows)))[1]
