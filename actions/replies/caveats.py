"""Notes and bases of the knowledge base as staff may read them.

A note is written for us ("jangan sebut nominal", "cek sebelum dipakai") and names other facts by code. What concerns
the reader is kept, instructions to the assistant are left out, and codes never show.
"""

import re

_CODE = r"[A-Z]\d{2}"
_CODES = rf"{_CODE}(?:\s*[–-]\s*{_CODE})?(?:\s*(?:,|dan)\s*{_CODE})*"
_IN_BRACKETS = re.compile(rf"\s*\((?:lihat |cek )?{_CODES}\)")
_SEE = re.compile(rf",?\s*(?:lihat|cek|bandingkan)\s+{_CODES}", re.IGNORECASE)
_ANY_CODE = re.compile(rf"\b{_CODE}\b")
_FOR_US = re.compile(
    r"\bjangan\b|\barahkan\b|\bcek sebelum\b|\bcek ulang\b|terbaca|tidak dibuka|tidak tercatat|tidak diringkas"
    r"|^Catatan itu\b|\btidak$|https?:|\bURL\b|\bAlamat\b",
    re.IGNORECASE,
)
_REWORDED = (
    ("dan teksnya tidak terbaca", "dan perubahannya belum termuat di sini"),
    ("tidak terverifikasi", "belum dapat dipastikan"),
    ("Sejarah saja", "Ini catatan sejarah"),
    ("Satu sumber", "Hanya dari satu sumber"),
)
LIMIT = 220


def caveat(note: str | None) -> str | None:
    """What a reader must know beside the fact, or None."""
    if not note:
        return None
    for ours, theirs in _REWORDED:
        note = note.replace(ours, theirs)
    kept: list[str] = []
    for sentence in re.split(r"(?<=\.)\s+|;\s+", note):
        sentence = _SEE.sub("", _IN_BRACKETS.sub("", sentence)).strip(" .;")
        if not sentence or _FOR_US.search(sentence) or _ANY_CODE.search(sentence):
            continue
        sentence = spelled_out(sentence)
        kept.append(sentence[0].upper() + sentence[1:] + ".")
    text = " ".join(kept)
    return text if text and len(text) <= LIMIT else (kept[0] if kept else None)


def basis_words(basis: str | None) -> str | None:
    """The regulation and article, spelled out; None if the fact names none."""
    if not basis:
        return None
    parts = []
    for part in basis.split(";"):
        part = _ANY_CODE.sub("", _SEE.sub("", _IN_BRACKETS.sub("", part)))
        part = re.sub(r"\bPola\s*\(contoh karangan\)|\(simpulan\)", "", part)
        part = spelled_out(part).strip(" –-;,")
        if part:
            parts.append(re.sub(r"\s{2,}", " ", part))
    return "; ".join(parts) or None


def spelled_out(text: str) -> str:
    """The short forms of the knowledge base in full."""
    return re.sub(r"\bdgn\b", "dengan", re.sub(r"\bPs\b\.?", "Pasal", text))
