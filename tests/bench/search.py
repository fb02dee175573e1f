"""Understanding and searching alone, and how the search grows with what it knows."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cli.components import RASA_ENV, rasa_python
from cli.model import model_key, model_path
from cli.search_material import read_material, settings_embedder, shipped_sections
from core.domain.people import Employment
from core.embedding import RecentQueries
from core.normalizer import normalize
from core.services.search.section_index import SectionIndex
from tests.bench.measure import Measure, percentile
from tests.run import CALM, ROOT

SIZES = (360, 10_000, 100_000)
ASKED = 300


def understanding(_: Path, say: Callable[[str], None]) -> list[Measure]:
    """One client, question after question: the model of Rasa in a process of its own, then the search here, with the vector
    that Rasa hands over. Baseline: one bare embedding of the question."""
    environ = dict(os.environ) | CALM | RASA_ENV  # noqa: TID251 - handed on, not read
    subprocess.run([sys.executable, "-m", "cli", "train"], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    sections = shipped_sections()
    material = read_material(sections)
    # a word more, so that no question is one that is known
    texts = [f"{question} kak" for section in sections for question in section.questions][:: len(sections) // 36][
        :ASKED
    ]
    command = [rasa_python(), "-m", "nlu.parse_speed", str(model_path(ROOT, model_key(ROOT)))]
    child = subprocess.run(
        command, cwd=ROOT, env=environ, input="\n".join(texts), capture_output=True, text=True, check=True
    )
    understood = json.loads(child.stdout.splitlines()[-1])  # the libraries of Rasa talk before
    parsed: list[float] = [milliseconds for milliseconds, _ in understood]
    index = SectionIndex(sections, material.texts, material.questions, normalize, material.unanswerable_vectors)
    bare_embedder = settings_embedder()
    embedder = RecentQueries(bare_embedder)
    searched, bare = [], []
    bare_embedder.queries(texts[:1])  # the model is loaded here
    for text, (_, message) in zip(texts, understood, strict=True):
        began = time.perf_counter()
        bare_embedder.queries([normalize(text)])
        embedded = time.perf_counter()
        embedder.hand_over(message["plain_text"], message["vector"])
        index.rank(text, embedder.queries([normalize(text)])[0], Employment.PNS)
        searched.append(1000 * (time.perf_counter() - embedded))
        bare.append(1000 * (embedded - began))
    both = [one + other for one, other in zip(parsed, searched, strict=True)]
    per_second = 1000 * len(parsed) / sum(parsed)
    return [
        Measure("questions understood a second, 1 client", per_second, "/s", 1000 * len(bare) / sum(bare)),
        Measure("understanding alone, p95", percentile(parsed, 0.95), "ms", percentile(bare, 0.95)),
        Measure("search alone, p95", percentile(searched, 0.95), "ms", percentile(bare, 0.95)),
        Measure("understanding and search, p50", percentile(both, 0.5), "ms", percentile(bare, 0.5)),
        Measure("understanding and search, p95", percentile(both, 0.95), "ms", percentile(bare, 0.95), "≤ 60 ms"),
    ]


def growth(_: Path, say: Callable[[str], None]) -> list[Measure]:
    """Without the embedding of the question. Baseline: the bare product with all vectors, and the bare vectors."""
    measures = []
    for size in SIZES:
        say(f"{size:,} sections")
        command = [sys.executable, "-m", "tests.bench.search_growth", str(size)]
        environ = dict(os.environ) | CALM  # noqa: TID251 - handed on, not read
        found = json.loads(subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True).stdout)
        name = f"{size:,} sections"
        measures += [
            Measure(f"search among {name}, p50", found["search_p50"], "ms", found["bare_p50"]),
            Measure(f"search among {name}, p95", found["search_p95"], "ms"),
            Measure(f"making the index of {name}", found["built"], "s"),
            Measure(f"memory of the index of {name}", found["index_mb"], "MB", found["vectors_mb"]),
        ]
    return measures
