"""One-time linking codes: making, reading and hashing them. Knows nothing of who gets one."""

import hashlib
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which are read for each other. Ten of them are 49 bits."""
LENGTH = 10
_ROUNDS = 20_000


def new_code() -> str:
    """A fresh code as HR reads it out: `XXXXX-XXXXX`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def hash_code(code: str) -> str:
    """What is stored. Case, blanks and dashes of any kind do not matter.

    Codes are looked up by their hash, so there can be no salt of their own; the rounds make trying out all codes against a
    stolen table take years (HMAC-SHA-256 in PBKDF2).
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), b"rekan-asn link code", _ROUNDS).hex()
