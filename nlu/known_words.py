"""Collects the correct words of the project into known_words.txt, so that the normalizer leaves them alone.

Run `python -m nlu.known_words` after adding documents, courses or examples; a test says when it is due.
"""

import re
from collections import Counter
from pathlib import Path
from typing import List, Set

import yaml

from nlu.normalize import KNOWN_WORDS, TABLE, Normalizer

ROOT = Path(__file__).parent.parent
LETTERS = re.compile(r"[^\W\d_]{3,}")
USES_THAT_MAKE_AN_EXAMPLE_WORD_CORRECT = 4  # slips are invented anew each time, words come back
USES_BEYOND_DOUBT = 40
SLIPS_AMONG_USES = 15  # a likely slip comes once where the word it stands for comes so many times


def document_words() -> Counter:
    """Words of the policy documents (without links and asked questions) and of the catalogue."""
    words: Counter = Counter()
    for path in [*sorted((ROOT / "knowledge").glob("*.md")), *sorted((ROOT / "sample").glob("courses.csv"))]:
        lines = path.read_text(encoding="utf-8").splitlines()
        prose = "\n".join(
            line for line in lines if not line.startswith(("- source:", "- verification:", "- questions:"))
        )
        words.update(LETTERS.findall(prose.lower()))
    return words


def example_words() -> Counter:
    words: Counter = Counter()
    for path in sorted((ROOT / "nlu" / "data" / "intents").glob("*.yml")):
        words.update(LETTERS.findall(path.read_text(encoding="utf-8").lower()))
    return words


def collected() -> List[str]:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    listed = set()
    for section in table["words"].values():
        for forms in section.values():
            listed |= set(forms.split() if isinstance(forms, str) else forms)
    documents, examples = set(document_words()), example_words()
    return sorted((documents | correct(examples, documents)) - listed)


def correct(examples: Counter, documents: Set[str]) -> Set[str]:
    """The words of the examples that come back, without the likeliest slips: `pelatihn` comes back, too, if enough people
    write, but the normalizer knows a word for it that is used far more often."""
    sure = {word for word, uses in examples.items() if uses >= USES_BEYOND_DOUBT}
    normalize = Normalizer.load(known=documents | sure)
    plain = {word: normalize(word) for word in examples}
    meant = Counter(examples)  # as itself, and by its other spellings
    for word, uses in examples.items():
        if plain[word] != word:
            meant[plain[word]] += uses
    return {
        word
        for word, uses in examples.items()
        if uses >= USES_THAT_MAKE_AN_EXAMPLE_WORD_CORRECT
        and (word in documents or plain[word] == word or meant[plain[word]] < SLIPS_AMONG_USES * uses)
    }


if __name__ == "__main__":
    KNOWN_WORDS.write_text("\n".join(collected()) + "\n", encoding="utf-8")
