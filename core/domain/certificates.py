"""The certificate of a completed training: its number, and what anybody may learn who wants to check it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LETTERS = 8
"""Forty bits: numbers cannot be guessed one after the other, so a check tells only those who hold the document."""

_NUMBER = re.compile(rf"RA([0-9]{{4}})([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")


@dataclass(frozen=True)
class Certificate:
    """Made once, when the session is completed. `revoked_at` is set when a correction took all its hours back."""

    number: str
    enrollment_id: int
    issued_at: datetime
    revoked_at: datetime | None = None

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None


def number_of(year: int, letters: Sequence[str]) -> str:
    """RA-2026-K7M3-9QXW"""
    text = "".join(letters)
    return f"RA-{year}-{text[:4]}-{text[4:]}"


def read_number(typed: str) -> str | None:
    """The number however it was typed or scanned; None for what cannot be one."""
    match = _NUMBER.fullmatch("".join(letter for letter in typed.upper() if letter.isalnum()))
    return f"RA-{match[1]}-{match[2]}-{match[3]}" if match else None


def masked_name(name: str) -> str:
    """Enough to compare with the paper in hand, too little to learn a name from a number: "Sari P••••••"."""
    first, *others = name.split()
    return " ".join([first, *(word[0] + "•" * (len(word) - 1) for word in others)])
