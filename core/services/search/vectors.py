"""Vectors of texts, made once and kept in the database: start-up is quick and an import embeds only what is new."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from os.path import commonprefix
from typing import Literal

import numpy as np

from core.ports import Embedder, UnitOfWork, Vectors

Side = Literal["queries", "passages"]
_BATCH = 16
_SAVED_TOGETHER = 256
"""Saved as they are made: on a slow machine the database would take a transaction for dead that is silent until the end."""
LONGEST_EMBEDDED = 1000
"""Characters; the model reads about 500 words and time grows with length."""


async def stored_vectors(unit_of_work: UnitOfWork, embedder: Embedder, side: Side, texts: Mapping[str, str]) -> Vectors:
    """One vector a text, in the order of `texts` (key: text). Missing and changed ones are embedded and saved.

    Embedding runs in a worker thread. The caller commits.
    """
    shared = commonprefix(list(texts))  # noqa: RUF071 - of characters, as keys are no paths
    stored = await unit_of_work.knowledge.vectors(embedder.name, shared)
    # an endpoint may have got another model under the same name: vectors of two sizes cannot be compared
    sizes = {len(vector) for key in texts if key in stored for vector in stored[key][1:]}
    if len(sizes) > 1:
        stored = {}
    hashes = {key: sha256(f"{side} {text}".encode()).hexdigest() for key, text in texts.items()}
    missing = [key for key in texts if stored.get(key, ("",))[0] != hashes[key]]
    for start in range(0, len(missing), _SAVED_TOGETHER):
        some = missing[start : start + _SAVED_TOGETHER]
        made = await asyncio.to_thread(embed, embedder, side, [texts[key] for key in some])
        fresh = {key: (hashes[key], vector.tobytes()) for key, vector in zip(some, made, strict=True)}
        await unit_of_work.knowledge.save_vectors(embedder.name, fresh)
        stored.update(fresh)
    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    return np.stack([np.frombuffer(stored[key][1], dtype=np.float32) for key in texts])


def embed(embedder: Embedder, side: Side, texts: Sequence[str]) -> Vectors:
    """In batches, so that a large import does not need a large memory, and on all processors."""
    call = embedder.queries if side == "queries" else embedder.passages
    shortened = [text[:LONGEST_EMBEDDED] for text in texts]
    if len(shortened) <= _BATCH:
        return call(shortened)
    batches = [shortened[start : start + _BATCH] for start in range(0, len(shortened), _BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        return np.concatenate(list(workers.map(call, batches)))
