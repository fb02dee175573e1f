"""Which courses a person's words mean: codes, title words with typing slips and short forms, and meaning. Pure computation."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from core.domain.courses import Course
from core.ports import Vectors
from core.services.search.course_words import EVERYDAY, REQUEST_WORDS
from core.services.search.short_forms import is_short_for
from core.services.search.words import Normalize, stem, words

TITLE, SUMMARY, OTHER = 1.0, 0.6, 0.3
_CODE = re.compile(r"(?<![^\W_])(?P<letters>[^\W\d_]{2,5})[\s._-]*0*(?P<number>\d{1,3})(?![\d])")
_HOURS = re.compile(r"\b(\d{1,3}) ?(?:jp|jam)\b")
_EVERYDAY = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(EVERYDAY, key=len, reverse=True)))})\b")
_SHORTEST_SLIP = 5
_FEWEST_LETTERS_OF_A_BEGINNING = 4
_MEANING_SHARE = 0.25
_MEANING_CLEAR = 3.0
"""Standard deviations above the usual course from which the meaning counts in full."""

Scores = NDArray[np.float64]


def embedded_course(course: Course) -> str:
    return f"{course.title}. {course.summary}"


class CourseIndex:
    """Immutable: a change of the catalogue makes a new one."""

    def __init__(self, courses: Sequence[Course], vectors: Vectors, normalize: Normalize) -> None:
        self.courses = tuple(courses)
        self._vectors = vectors
        self._normalize = normalize
        self._titles = [words(normalize(course.title)) for course in self.courses]
        self._vocabulary: dict[str, Scores] = {}
        for place, course in enumerate(self.courses):
            other = " ".join([course.competency, *sorted(level.value for level in course.audience)])
            for text, weight in ((course.title, TITLE), (course.summary, SUMMARY), (other, OTHER)):
                for word in words(normalize(text)):
                    held = self._vocabulary.setdefault(word, np.zeros(len(self.courses)))
                    held[place] = max(held[place], weight)
        self._word = lru_cache(maxsize=4096)(self._match)

    def named(self, text: str) -> list[Course]:
        """The courses whose code stands in the text in any spelling: `TIK-02`, `tik 2`, `tik02-a`."""
        said = {(match["letters"], int(match["number"])) for match in _CODE.finditer(text.lower())}
        return [course for course in self.courses if _code_parts(course.code) in said]

    def content(self, text: str) -> list[str]:
        """The words of the text that may name a course, plain."""
        plain = _EVERYDAY.sub(lambda match: EVERYDAY[match.group()], self._normalize(text))
        return [word for word in words(plain) if word not in REQUEST_WORDS and not word.isdigit()]

    def scores(self, text: str, vector: NDArray[np.float32]) -> Scores:
        """0 to 1 for each course: how far the content words and the meaning of the text are its own."""
        return self.word_scores(text) * (1 - _MEANING_SHARE) + self.meaning_scores(vector) * _MEANING_SHARE

    def word_scores(self, text: str) -> Scores:
        scores, total = np.zeros(len(self.courses)), 0.0
        for word in dict.fromkeys(self.content(text)):
            match = self._word(word)
            known = int((match >= OTHER).sum())
            weight = float(np.log((len(self.courses) + 1) / (known + 0.5))) if known else 1.0
            scores += weight * match
            total += weight
        if total:
            scores /= total
            hours = {int(match) for match in _HOURS.findall(text.lower())}
            scores *= np.array([1.0 if not hours or course.hours in hours else 0.8 for course in self.courses])
        return scores

    def meaning_scores(self, vector: NDArray[np.float32]) -> Scores:
        """How far each course stands out from the others for this text; a bare cosine says little."""
        similarity = (self._vectors @ vector).astype(np.float64)
        spread = float(similarity.std())
        if spread < 1e-6:
            return np.zeros(len(self.courses))
        return np.asarray(np.clip((similarity - similarity.mean()) / spread / _MEANING_CLEAR, 0, 1))

    def _match(self, word: str) -> Scores:
        """How well the word fits the best word of each course."""
        best = np.zeros(len(self.courses))
        for known, weight in self._vocabulary.items():
            likeness = _likeness(word, known)
            if likeness:
                best = np.maximum(best, likeness * weight)
        for place, title in enumerate(self._titles):
            if best[place] < TITLE and is_short_for(word, title):
                best[place] = 0.95
        return best


def _likeness(word: str, known: str) -> float:
    if word == known:
        return 1.0
    if stem(word) == stem(known):
        return 0.95
    shorter, longer = sorted((word, known), key=len)
    if len(shorter) >= _FEWEST_LETTERS_OF_A_BEGINNING and longer.startswith(shorter):
        return 0.8
    if len(shorter) >= _SHORTEST_SLIP:
        similarity = OSA.normalized_similarity(word, known, score_cutoff=0.78)
        return 0.9 * similarity
    return 0.0


def _code_parts(code: str) -> tuple[str, int] | None:
    match = _CODE.fullmatch(code.lower())
    return (match["letters"], int(match["number"])) if match else None
