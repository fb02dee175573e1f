"""Finds the sentence of one short text that a question is about, or none. Pure: texts and similarities in, a place out.

A text of a dozen sentences gives no odds to weigh, so the rule is plain: most of the telling words stand in the sentence and
the meaning is near; or nothing but "when?" or "where?" is asked, and the sentence names a time or a place.
"""

import re
from collections.abc import Sequence

from core.services.search.words import stem, words

_NEAR = 0.83
_TELLING_SHARE = 0.5
"""Measured on 29 own questions about four texts: 12 of 17 found, 1 of 12 found wrongly."""
_LONGEST_FOLLOW_UP = 5

_LITTLE = frozenset(
    words(
        """yang di ke dari dan atau untuk ada apa itu ini saya kami kita anda kah jadi gimana bagaimana berapa brp siapa kalau
        kalo klo boleh bisa ya ga gak nggak tidak tdk kok sih dong juga ikut apakah bagi pada dengan akan sudah belum harus
        mohon tolong min pak bu mau nya"""
    )
)
_WHEN = frozenset(
    words(
        """kapan batas waktu waktunya tanggal tanggalnya jam jamnya pukul mulai mulainya sampai berlaku berlakunya tenggat
        tenggatnya deadline deadlinenya jadwal jadwalnya hari harinya akhir akhirnya terakhir"""
    )
)
_ASKS_WHEN, _ASKS_WHERE = frozenset({"kapan"}), frozenset({"mana", "dimana"})
_WHERE = frozenset(words("mana dimana tempat tempatnya lokasi lokasinya ruang ruangnya gedung"))
_TIME = re.compile(
    r"\d{1,2} (?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)|pukul \d|\d{1,2}\.\d{2}|"
    r"\d{1,2}[-/]\d{1,2}[-/]\d{2,4}",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\bdi (?:blok|gedung|ruang|aula|lantai|kantor|balai|jalan|jl|kampus|rumah sakit|puskesmas|taman|lapangan|masjid|hotel)\b|"
    r"\blantai \d|\bzoom\b|\bdaring\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_SHORT_FORM = re.compile(r"\b(?:yth|bpk|no|jl|dr|ir|drs)\.$", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """In order; a salutation's "Yth." ends none."""
    found: list[str] = []
    for line in text.splitlines():
        joins = False
        for part in filter(None, _SENTENCE.split(line.strip())):
            if joins:
                found[-1] += f" {part}"
            else:
                found.append(part)
            joins = _SHORT_FORM.search(part) is not None
    return found


def best(parts: Sequence[str], question: str, similarities: Sequence[float]) -> int | None:
    """The place of the sentence that answers. `parts` and `question` as typed, or both as the normalizer leaves them."""
    asked = [word for word in words(question.lower()) if word not in _LITTLE]
    if not asked or not parts:
        return None
    order = sorted(range(len(parts)), key=lambda place: -similarities[place])
    telling = [word for word in asked if word not in _ASKS_WHEN | _ASKS_WHERE]
    stems = [{_stem(word) for word in words(part.lower())} for part in parts]
    shares = [sum(_stem(word) in own for word in telling) / max(1, len(telling)) for own in stems]
    for kind, asking, named in ((_WHEN, _ASKS_WHEN, _TIME), (_WHERE, _ASKS_WHERE, _PLACE)):
        names_it = [place for place in order if named.search(parts[place])]
        if set(asked) <= kind and len(asked) <= _LONGEST_FOLLOW_UP:
            return next(iter(names_it), None)
        about = [place for place in names_it if telling and shares[place] >= _TELLING_SHARE]
        if about and asking & set(asked):
            return max(about, key=lambda one: shares[one])
    place = max(order, key=lambda one: similarities[one] + 0.1 * shares[one])
    is_about = shares[place] >= _TELLING_SHARE and similarities[place] >= _NEAR
    return place if is_about else None


def _stem(word: str) -> str:
    """Down to what `sosialisasi` and `sosialisasinya` share: an ending may hide behind another."""
    return stem(stem(word))
