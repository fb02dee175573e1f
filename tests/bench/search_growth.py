"""`python -m tests.bench.search_growth N`: a search index of N made-up sections, alone in this process; prints numbers as JSON.

Texts are put together from halves of the shipped ones, vectors lie at random around a center of each section; the embedding
of the question is left out, as it does not grow. The baseline is the bare product of the question with all vectors.
"""

import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil

from cli.search_material import shipped_sections
from core.services.search.section_index import SectionIndex
from core.services.search.words import plain
from tests.bench.measure import percentile

QUESTIONS_EACH = 4
DIMENSIONS = 384
SEARCHES = 60
WARM_UP = 5


def main(size: int) -> None:
    chance, numbers = random.Random(size), np.random.default_rng(size)
    shipped = shipped_sections()
    asked_for = [question for section in shipped for question in section.questions]
    sections = [
        replace(
            shipped[i % len(shipped)],
            section_id=f"U{i}",
            document_id=f"uji-{i // 100}",
            title=f"{chance.choice(shipped).title} {i}",
            text=_halves(chance.choice(shipped).text, chance.choice(shipped).text),
            questions=tuple(_halves(chance.choice(asked_for), chance.choice(asked_for)) for _ in range(QUESTIONS_EACH)),
        )
        for i in range(size)
    ]
    texts = _unit(numbers.standard_normal((size, DIMENSIONS), dtype=np.float32))
    questions = np.repeat(texts, QUESTIONS_EACH, axis=0)
    questions += 0.5 / DIMENSIONS**0.5 * numbers.standard_normal(questions.shape, dtype=np.float32)
    questions = _unit(questions)
    before = _resident()
    began = time.perf_counter()
    index = SectionIndex(sections, texts, questions, plain)
    built = time.perf_counter() - began
    asked = [
        (sections[i].questions[0], questions[i * QUESTIONS_EACH]) for i in numbers.integers(0, size, WARM_UP + SEARCHES)
    ]
    taken, bare = [], []
    for text, vector in asked:
        began = time.perf_counter()
        texts @ vector
        questions @ vector
        bare.append(1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        index.rank(text, vector, None)
        taken.append(1000 * (time.perf_counter() - began))
    json.dump(
        {
            "search_p50": percentile(taken[WARM_UP:], 0.5),
            "search_p95": percentile(taken[WARM_UP:], 0.95),
            "bare_p50": percentile(bare[WARM_UP:], 0.5),
            "built": built,
            "index_mb": _resident() - before,
            "vectors_mb": (texts.nbytes + questions.nbytes) / 1e6,
            "peak_mb": _peak(),
        },
        sys.stdout,
    )


def _halves(one: str, other: str) -> str:
    """As new as a new text is: whole phrases, newly put together."""
    first, second = one.split(), other.split()
    return " ".join([*first[: len(first) // 2], *second[len(second) // 2 :]])


def _unit(vectors: np.ndarray) -> np.ndarray:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _resident() -> float:
    return psutil.Process().memory_info().rss / 1e6


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
