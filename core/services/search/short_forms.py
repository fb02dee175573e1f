"""Indonesian short forms of phrases: initials (`PBJ`) and joined beginnings (`barjas`, `anjab`, `medsos`)."""

from collections.abc import Sequence

_JOINING = frozenset({"dan", "di", "untuk", "bagi", "dalam", "pada", "berbasis", "tingkat"})
_SHORTEST_BEGINNING = 2
_FEWEST_INITIALS = 3


def is_short_for(word: str, phrase: Sequence[str]) -> bool:
    """Whether the word is made of initials or beginnings of neighboring words of the phrase (joining words left out)."""
    content = [one for one in phrase if one not in _JOINING]
    return any(_is_made_of(word, content[start:]) for start in range(len(content)))


def _is_made_of(word: str, content: Sequence[str]) -> bool:
    initials = "".join(one[0] for one in content[: len(word)])
    if len(word) >= _FEWEST_INITIALS and word == initials:
        return True
    return _joins(word, content, 0)


def _joins(word: str, content: Sequence[str], used: int) -> bool:
    """Whether the word splits into beginnings of the next words, at least two of them."""
    if not word:
        return used > 1
    if not content:
        return False
    longest = min(len(word), len(content[0]) - 1)
    return any(
        content[0].startswith(word[:size]) and _joins(word[size:], content[1:], used + 1)
        for size in range(longest, _SHORTEST_BEGINNING - 1, -1)
    )
