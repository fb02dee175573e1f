"""Short questions that lean on the answer before: "kalau PPPK?", "dasarnya apa?", "jam berapa?" of a training.

Pure: plain words in, what is meant out.
"""

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


_IT = r"(?:itu|ini|kalau|kelas|pelatihan|sesi|acara|nya|yang)(?:nya)?"
_HOW_MUCH = r"(?:jp|jam|hari|kursi|kuota|peserta|orang|sesi)(?: ?nya)?"
_WHEN = r"(?:mulai|tutup|selesai|batas(?: daftar)?|pendaftaran(?: tutup)?|jadwal)(?: ?nya)?"
_HOW_HELD = r"(?:online|daring|zoom|luring|offline|tatap muka)"
_WHO = r"(?:saya|pppk|pns|cpns|guru|kita|kami)"
_OF_CLASS = re.compile(
    rf"(?:(?:eh|oh|lalu|terus|jadi|nah|{_IT}|nanti dulu|nanti|sisa(?:nya)?) )*"
    r"(?:"
    rf"berapa (?:lama|{_HOW_MUCH})(?: {_WHEN})?"
    rf"|(?:{_HOW_MUCH}|{_WHEN}|durasinya|lamanya)(?: masih| ada| sisa| jam| tanggal)* (?:berapa|kapan)(?: lama)?"
    rf"|(?:jam|tanggal|hari) (?:berapa|apa)(?: {_WHEN})?|kapan(?: {_WHEN})?"
    r"|(?:tempat|lokasi|ruang)(?: ?nya)?(?: di)? ?mana|di mana(?: (?:tempat|lokasi|acara)(?: ?nya)?)?"
    rf"|(?:bisa )?{_HOW_HELD}(?: (?:atau|apa) {_HOW_HELD})?"
    rf"|(?:{_WHO} )*(?:boleh|bisa) (?:ikut|daftar|gabung)(?:an)?(?: tidak)?(?: {_WHO})*"
    rf"|siapa (?:saja )?(?:yang (?:boleh|bisa) (?:ikut|daftar)|pesertanya)"
    rf")(?: (?:{_POLITE}|sih|kak|kakak|deh|kok|{_IT}|tidak|bukan|apakah))*"
)


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


def asks_about_class(plain: str) -> bool:
    """A short question that only makes sense of the training at hand ("berapa jp?", "pppk boleh ikut tidak?")."""
    return _OF_CLASS.fullmatch(_plain(plain)) is not None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
