"""Who a campaign is for, as one line HR can type: `unit=DISDIK status=PNS jp<20 kecuali jenjang=jpt`.

Conditions of a group hold together, values behind one condition are alternatives, groups are joined by `atau`; whoever is
in a group after `kecuali` is left out. `semua` (or nothing) is everybody. Whether units, courses and campaigns exist is the
service's to ask.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from core.domain.errors import AudienceNotReadable
from core.domain.people import Employment, PositionLevel

EVERYBODY_WORDS = frozenset({"semua", "all"})
_OR, _BUT = "atau", "kecuali"
LARGEST_NUMBER = 10**9


@dataclass(frozen=True)
class Group:
    """Empty tuples and None are no condition."""

    units: tuple[str, ...] = ()
    """With everything below them."""
    employments: tuple[Employment, ...] = ()
    levels: tuple[PositionLevel, ...] = ()
    hours_below: int | None = None
    """Learning hours of the calendar year."""
    enrolled: tuple[str, ...] = ()
    not_enrolled: tuple[str, ...] = ()
    """Course codes."""
    acknowledged: tuple[int, ...] = ()
    not_acknowledged: tuple[int, ...] = ()
    """Numbers of earlier campaigns."""
    nips: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = [f"{key}={','.join(map(str, values))}" for key, values in self._lists()]
        if self.hours_below is not None:
            words.append(f"jp<{self.hours_below}")
        return " ".join(words)

    @property
    def shown(self) -> str:
        """Without anybody's NIP: for screens and the audit trail."""
        hidden = replace(self, nips=())
        return " ".join(filter(None, [str(hidden), f"nip={len(self.nips)} orang" if self.nips else ""]))

    def _lists(self) -> list[tuple[str, tuple[Any, ...]]]:
        return [(key, getattr(self, name)) for key, (name, _) in _CONDITIONS.items() if getattr(self, name)]


@dataclass(frozen=True)
class Audience:
    include: tuple[Group, ...] = ()
    """None: everybody."""
    exclude: tuple[Group, ...] = ()

    def __str__(self) -> str:
        """What `parse` reads back."""
        return self._written(str)

    @property
    def shown(self) -> str:
        return self._written(lambda group: group.shown)

    @property
    def groups(self) -> tuple[Group, ...]:
        return (*self.include, *self.exclude)

    def _written(self, write: Callable[[Group], str]) -> str:
        text = f" {_OR} ".join(map(write, self.include)) or "semua"
        return text + (f" {_BUT} " + f" {_OR} ".join(map(write, self.exclude)) if self.exclude else "")


def parse(text: str) -> Audience:
    """Raises AudienceNotReadable with the word that is not understood."""
    included, *excluded = _split(text.split(), _BUT)
    if len(excluded) > 1 or (excluded and not excluded[0]):
        raise AudienceNotReadable(_BUT)
    is_everybody = not included or [word.lower() for word in included] in [[word] for word in EVERYBODY_WORDS]
    return Audience(() if is_everybody else _groups(included), _groups(excluded[0]) if excluded else ())


def _groups(words: list[str]) -> tuple[Group, ...]:
    parts = _split(words, _OR)
    if not all(parts):
        raise AudienceNotReadable(_OR)
    return tuple(map(_group, parts))


def _group(words: list[str]) -> Group:
    group = Group()
    for word in words:
        key, sign, value = word.partition("=")
        if word.lower().startswith("jp<") and group.hours_below is None:
            group = replace(group, hours_below=_number(word[3:], word))
        elif sign and key.lower() in _CONDITIONS:
            name, read = _CONDITIONS[key.lower()]
            values = tuple(read(part, word) for part in value.split(",") if part)
            if not values or getattr(group, name):
                raise AudienceNotReadable(word)
            changes: dict[str, Any] = {name: values}
            group = replace(group, **changes)
        else:
            raise AudienceNotReadable(word)
    return group


def _split(words: list[str], mark: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word.lower() == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _number(text: str, word: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:12]) < LARGEST_NUMBER):
        raise AudienceNotReadable(word)
    return int(text)


def _code(text: str, _: str) -> str:
    return text.upper()


def _employment(text: str, word: str) -> Employment:
    try:
        return Employment(text.upper())
    except ValueError as error:
        raise AudienceNotReadable(word) from error


def _level(text: str, word: str) -> PositionLevel:
    try:
        return PositionLevel(text.lower())
    except ValueError as error:
        raise AudienceNotReadable(word) from error


def _nip(text: str, word: str) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) == 18):
        raise AudienceNotReadable("nip")  # whatever it is, it may be part of a NIP: not repeated
    return text


_CONDITIONS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "unit": ("units", _code),
    "status": ("employments", _employment),
    "jenjang": ("levels", _level),
    "ikut": ("enrolled", _code),
    "tidak-ikut": ("not_enrolled", _code),
    "paham": ("acknowledged", _number),
    "belum-paham": ("not_acknowledged", _number),
    "nip": ("nips", _nip),
}
assert {name for name, _ in _CONDITIONS.values()} == {field.name for field in fields(Group)} - {"hours_below"}
