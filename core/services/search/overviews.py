"""Finds overviews: a section that names the titles of the sections right after it is answered together with them."""

from collections.abc import Sequence

from core.domain.knowledge import Section
from core.services.search.words import Normalize, words

_FEWEST_PARTS = 3


def parts_of_overviews(sections: Sequence[Section], normalize: Normalize) -> dict[str, tuple[str, ...]]:
    """Section ids of the parts by that of the overview: "Tujuh nilai dasar" and the seven values behind it."""
    titles = [_framed(normalize(section.title)) for section in sections]
    overviews = {}
    for place, section in enumerate(sections):
        text = _framed(normalize(section.text))
        end = place + 1
        while end < len(sections) and sections[end].document_id == section.document_id and titles[end] in text:
            end += 1
        if end - place > _FEWEST_PARTS:
            overviews[section.section_id] = tuple(part.section_id for part in sections[place + 1 : end])
    return overviews


def _framed(text: str) -> str:
    return f" {' '.join(words(text))} "
