"""Chat Indonesian to plain words: abbreviations, Jakarta and Betawi forms, repeated letters, typing slips.

The Rasa pipeline and the policy search both use it, so it imports neither Rasa nor anything of `core`.
All words live in normalizer.yml; this module only applies them.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, List, Optional, Pattern, Tuple

import yaml
from rapidfuzz.distance import OSA

TABLE = Path(__file__).with_name("normalizer.yml")
KNOWN_WORDS = Path(__file__).with_name("known_words.txt")

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
REPEATED = re.compile(r"([^\W\d])\1{2,}")
DOUBLED = re.compile(r"([^\W\d])\1")
SUFFIXES = ("nya", "kah", "lah", "ku", "mu", "in", "an")
PREFIXES = ("meng", "mem", "men", "me", "peng", "pem", "pen", "pe", "ber", "di", "ke", "ter", "se")
SHORTEST_CORRECTED = 6  # below it nearly every word has a correct neighbor
SECOND_SLIP_FROM = 11  # letters a word needs before two slips are forgiven
VOWELS = frozenset("aiueo")
LONGEST_ACRONYM = 5
FEWEST_CONSONANTS = 3  # below it too many words share them
STARVED_FROM = 1.6  # consonants for each vowel; whole Indonesian words have about as many of both


class Normalizer:
    """Applies one table; `Normalizer.load()` gives the shipped one."""

    def __init__(self, words: Dict[str, str], vocabulary: FrozenSet[str], known: FrozenSet[str]) -> None:
        self._words = {key: value for key, value in words.items() if " " not in key}
        phrases = {key: value for key, value in words.items() if " " in key}
        self._phrases: Optional[Pattern[str]] = None
        if phrases:
            longest_first = sorted(phrases, key=len, reverse=True)
            self._phrases = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
        self._phrase_words = phrases
        self._known = known | vocabulary
        self._by_initial: Dict[str, List[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= SHORTEST_CORRECTED:
                self._by_initial.setdefault(word[0], []).append(word)
        self._by_consonants: Dict[str, List[str]] = {}
        for word in sorted(self._known):
            if len(consonants(word)) >= FEWEST_CONSONANTS:
                self._by_consonants.setdefault(consonants(word), []).append(word)
        self._vocabulary = vocabulary
        self._cached_word = lru_cache(maxsize=20_000)(self._word)

    @classmethod
    def load(cls, path: Path = TABLE, known: Optional[Iterable[str]] = None) -> "Normalizer":
        """The normalizer of a table file; raises ValueError when an entry is not a plain word pair.

        `known`: words left alone beside the table's own; those of known_words.txt unless others are given.
        """
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        words: Dict[str, str] = {}
        for section in table["words"].values():
            for variants, meaning in _pairs(section):
                for variant in variants:
                    if words.setdefault(variant, meaning) != meaning:
                        raise ValueError(f"{variant} is listed twice, as {words[variant]} and as {meaning}")
        vocabulary = frozenset(_split(table["vocabulary"]))
        listed = _split(KNOWN_WORDS.read_text(encoding="utf-8")) if known is None else known
        meanings = frozenset(word for meaning in words.values() for word in meaning.split())
        return cls(words, vocabulary, meanings.union(_split(table["keep"]), listed))

    def __call__(self, text: str) -> str:
        """The plain form of a text: lower case, one blank between words, punctuation kept.

        A text never gains a leading slash, so nothing typed can become a Rasa payload here.
        """
        text = "".join(_visible(character) for character in unicodedata.normalize("NFKC", text))
        is_shouted = text == text.upper()
        text = WORD.sub(lambda match: self._plain(match.group(), is_shouted), text).lower()
        if self._phrases is not None:
            text = self._phrases.sub(lambda match: self._phrase_words[match.group()], text)
        return " ".join(text.split())

    def _plain(self, typed: str, is_shouted: bool) -> str:
        word = typed.lower()
        # Capitals among small letters are a name of an office (`DLH`), not a word without its vowels.
        is_acronym = not is_shouted and 1 < len(typed) <= LONGEST_ACRONYM and typed.isupper() and typed.isalpha()
        return self._words.get(word, word) if is_acronym else self._cached_word(word)

    def _word(self, word: str) -> str:
        if word in self._words:
            return self._words[word]
        if "-" in word:  # `di-acc` is listed as one word, most others are two
            return "-".join(map(self._cached_word, word.split("-")))
        if word in self._known or any(character.isdigit() for character in word):
            return word
        if REPEATED.search(word) and len(set(word)) > 1:  # "iii" is a numeral
            for keep in (r"\1", r"\1\1"):
                calm = REPEATED.sub(keep, word)
                if calm in self._words or calm in self._known:
                    return self._words.get(calm, calm)
            word = REPEATED.sub(r"\1", word)
        return (
            self._without_suffix(word)
            or self._from_betawi(word)
            or self._with_vowels(word)
            or self._with_vowels_before_suffix(word)
            or self._without_doubling(word)
            or self._corrected(word)
        )

    def _without_suffix(self, word: str) -> Optional[str]:
        """`sertifnya` is the listed `sertif` with an ordinary ending."""
        for suffix in ("nya", "nye", "ny", "kah", "lah", "ku", "mu"):
            stem = word[: -len(suffix)]
            if word.endswith(suffix) and len(stem) >= 3:
                ending = "nya" if suffix in ("nye", "ny") else suffix
                if stem in self._words and " " not in self._words[stem]:
                    return self._words[stem] + ending
                if stem in self._known:
                    return stem + ending
        return None

    def _from_betawi(self, word: str) -> Optional[str]:
        """Betawi says a final `a` as `e`: `lame` is `lama`, `kerje` is `kerja`."""
        if len(word) >= 4 and word.endswith("e") and word[:-1] + "a" in self._known:
            return word[:-1] + "a"
        return None

    def _without_doubling(self, word: str) -> Optional[str]:
        """`sakitt` and `kelass` are a finger that stayed on the key."""
        calm = DOUBLED.sub(r"\1", word) if len(word) > FEWEST_CONSONANTS else ""
        return self._words.get(calm, calm) if calm in self._words or calm in self._known else None

    def _with_vowels(self, word: str) -> Optional[str]:
        """The one word that this one is short for: chat Indonesian drops vowels first (`plathan`, `jadwl`, `kntor`).

        Among several, the one of the domain.
        """
        if len(consonants(word)) < FEWEST_CONSONANTS or not is_starved(word):
            return None
        found = [full for full in self._by_consonants.get(consonants(word), ()) if drops_vowels(word, full)]
        if len(found) > 1:
            found = [full for full in found if full in self._vocabulary]
        return found[0] if len(found) == 1 else None

    def _with_vowels_before_suffix(self, word: str) -> Optional[str]:
        for suffix in SUFFIXES:
            if word.endswith(suffix):
                full = self._with_vowels(word[: -len(suffix)])
                if full and not full.endswith(suffix):
                    return self._words.get(full + suffix, full + suffix)
        return None

    def _corrected(self, word: str) -> str:
        """The one domain word a typing slip away; the word itself when there is none, or more than one."""
        if len(word) < SHORTEST_CORRECTED or self._is_known_with_affixes(word):
            return word
        allowed = 2 if len(word) >= SECOND_SLIP_FROM else 1
        distances = {
            candidate: OSA.distance(word, candidate, score_cutoff=allowed)
            for candidate in self._by_initial.get(word[0], ())
        }
        nearest = min(distances.values(), default=allowed + 1)
        best = [candidate for candidate, distance in distances.items() if distance == nearest <= allowed]
        return best[0] if len(best) == 1 else word

    def _is_known_with_affixes(self, word: str) -> bool:
        stems = {word}
        for suffix in SUFFIXES:
            if word.endswith(suffix):
                stems.add(word[: -len(suffix)])
        for prefix in PREFIXES:
            stems |= {stem[len(prefix) :] for stem in tuple(stems) if stem.startswith(prefix)}
        return any(len(stem) >= 4 and stem in self._known for stem in stems)


def consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in VOWELS)


def is_starved(word: str) -> bool:
    """Too few vowels for a whole word."""
    spoken = len(consonants(word))
    return spoken >= STARVED_FROM * (len(word) - spoken)


def drops_vowels(word: str, full: str) -> bool:
    """`word` is `full` with some vowels left out and nothing else changed. Expects the same consonants."""
    letters = iter(full)
    return len(word) < len(full) and all(letter in letters for letter in word)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category in ("Cc", "Cs", "Co", "Zl", "Zp") else character


def _pairs(section: Dict[str, Any]) -> List[Tuple[List[str], str]]:
    """Meaning first: `bagaimana: gmn gimana pegimane`, or a list when a form has blanks."""
    pairs = []
    for meaning, variants in section.items():
        listed = variants.split() if isinstance(variants, str) else variants
        if not isinstance(meaning, str) or not all(isinstance(variant, str) for variant in listed):
            raise ValueError(f"{meaning!r}: {variants!r} must be words, quoted where YAML would read something else")
        pairs.append((listed, meaning))
    return pairs


def _split(words: str) -> List[str]:
    return words.split()
