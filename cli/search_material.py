"""Policy sections with their vectors without a database: for measuring, fitting and lint."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from core.documents.markdown import slug
from core.domain.knowledge import Section, parse_document
from core.embedding import embedder_for
from core.normalizer import normalize
from core.ports import Embedder
from core.services.search.held_out import Material
from core.services.search.section_index import embedded_text
from core.services.search.unanswerable import UNANSWERABLE
from core.services.search.vectors import Side, embed
from core.settings import ROOT, load_settings


def shipped_sections() -> list[Section]:
    return [
        section
        for path in sorted((ROOT / "knowledge").glob("*.md"))
        for section in parse_document(path.read_text(encoding="utf-8"))
    ]


def read_material(sections: Sequence[Section]) -> Material:
    texts = embedded("passages", [embedded_text(section) for section in sections])
    questions = embedded("queries", [normalize(question) for section in sections for question in section.questions])
    return Material(sections, texts, questions, UNANSWERABLE, embedded("queries", list(map(normalize, UNANSWERABLE))))


def settings_embedder() -> Embedder:
    settings = load_settings()
    return embedder_for(settings.embedder, settings.embedder_key.get_secret_value() if settings.embedder_key else None)


def embedded(side: Side, texts: list[str]) -> NDArray[np.float32]:
    """Vectors of the texts; those made before are kept in the data folder, so that a second run takes seconds."""
    embedder = settings_embedder()
    file = load_settings().data_dir / "fit-search" / f"{slug(embedder.name)}-{side}.npz"
    kept: dict[str, NDArray[np.float32]] = dict(np.load(file)) if file.is_file() else {}
    keys = [sha256(text.encode()).hexdigest() for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if missing:
        made = embed(embedder, side, list(missing.values()))
        kept = {key: kept[key] for key in keys if key in kept} | dict(zip(missing, made, strict=True)) | kept
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, **kept)  # type: ignore[arg-type]  # the stub takes the names for its own switches
    return np.stack([kept[key] for key in keys])
