"""Short questions that lean on the answer before: "kalau PPPK?", "dasarnya apa?". Pure: plain words in, what is meant out."""

import re

_POLITE = "kak|min|pak|bu|bang|ya|sih|dong|nih|tuh|saja"
_JOINING = "kalau|kalo|klo|kl|terus|trus|lalu|nah|oh|jadi|dan|untuk|utk|buat|bagi|yang|yg|dengan|bila|apakah|itu"
_HOW = "bagaimana|gimana|gmn|pegimane|juga|sama|apakah|beda|bedanya|berlaku|tidak|begitu|seperti|nya"
_STATUS = r"(?P<status>(?:pppk|p3k)(?: paruh waktu)?|paruh waktu|cpns|pns)(?:nya)?"
_OTHER_STATUS = re.compile(rf"(?:(?:{_JOINING}|{_HOW}|{_POLITE}) )*{_STATUS}(?: (?:{_HOW}|{_POLITE}))*")
_ANY_STATUS = re.compile(r"\b(?:(?:pppk|p3k)(?: paruh waktu)?|paruh waktu|cpns|pns)\b")

_NAMED = r"(?:dasar(?: hukum)?|landasan(?: hukum)?|aturan|peraturan|pasal|sumber|rujukan)(?:nya)?"
_ASKING = f"(?:{_POLITE}|apa|mana|di mana|berapa|brp|nomor|dari|yang|yg|itu|tadi|ada|memang|terus|lalu|kalau|boleh|tahu|tolong)"
_BASIS = re.compile(rf"(?:{_ASKING} )*{_NAMED}(?: (?:{_ASKING}|{_NAMED}))*")
_LONGEST = 8
"""Words: whoever says more asks a question of its own."""


def asks_for_basis(text: str) -> bool:
    """Nothing but the wish for the rule behind what was said ("dasarnya apa?")."""
    plain = _plain(text)
    return len(plain.split()) <= _LONGEST and _BASIS.fullmatch(plain) is not None


def other_status(text: str) -> str | None:
    """The kind of civil servant that the last question shall be answered for, if the words say nothing else."""
    plain = _plain(text)
    match = _OTHER_STATUS.fullmatch(plain) if len(plain.split()) <= _LONGEST else None
    return match["status"] if match else None


def asked_for(question: str, status: str) -> str:
    """The question asked anew for that kind of civil servant."""
    return f"{' '.join(_ANY_STATUS.sub(' ', question).split())} {status}"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
