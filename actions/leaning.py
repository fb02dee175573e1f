"""Words that lean on what was said before: taking it back, "the other one", "next month's", taking it up again.

Pure: words in plain form (the normalizer's) and sessions in, what they mean out.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from actions.choices import TAIL, dated, ordinal, telling_words, words_of
from core.domain.calendar import jakarta
from core.domain.courses import Availability
from core.domain.periods import find_period

_CALLS = (
    r"(?:ya ampun|ampun|astaga|duh|ih|eh+|ehm|em+|hm+|aduh|waduh|maaf|sori|sorry|oh|lho|loh|wah|nah|"
    r"kak|kakak|min|pak|bu|bang|ya|yah|mas|mbak)"
)
_NODS = r"(?:ok|oke|okay|iya|sip|boleh|baik)"
_SOFT = r"(?:deh|dong|ding|ya|yah|sih|kak|kakak|min|pak|bu|bang|saja|dulu|sudah|dah|lah|kok|mas|mbak)"
_THAT = r"(?:(?:yang|sesi|kelas) )?(?:itu|ini|tadi|begitu)"
_WRONG = r"salah|keliru|ralat|ganti|tukar|pindah|ubah|koreksi"
_NO = r"bukan(?:nya)?|bkn|maksud(?:nya|ku| saya)?|mending(?:an)?"
_OFF = r"tidak (?:jadi|jd)|batal(?:in|kan)?|jangan"
_BACK = re.compile(
    rf"(?:(?:{_CALLS}|{_NODS}|mau|minta|saya|bisa|tunggu|sebentar|bentar) )*"
    rf"(?P<said>(?:(?:{_WRONG}|{_NO}|{_OFF})(?: |$)(?:(?:{_SOFT})(?: |$))*(?:{_THAT}(?: |$))?(?:(?:{_SOFT})(?: |$))*)+)"
    r"(?:(?:tapi|tetapi|ke|jadi|jd|mau|maunya|pilih|ambil|menjadi|sama)(?: |$))*(?P<rest>.*)"
)
_MEANT = re.compile(r"\b(?:maksudnya|maksudku|maksud saya)$")
_OTHER = r"(?:satunya(?: lagi)?|satu lagi|lain(?:nya)?|laen|sebelah(?:nya)?)"
_LATER = r"(?:berikutnya|sesudahnya|setelahnya|selanjutnya|belakangan|lebih (?:lambat|lama|akhir|jauh|mundur))"
_EARLIER = r"(?:sebelumnya|duluan|lebih (?:cepat|awal|dekat|dulu|maju))"
_LEAD = rf"(?:{_CALLS}|{_NODS}|yang|sesi|jadwal|tanggal|hari|waktu|kelas|ada|mau|maunya|pilih|ambil|ke|ikut|pindah|ganti|saya)"
_PICK = re.compile(
    rf"(?:{_LEAD} )*(?:(?P<other>{_OTHER})|(?P<later>{_LATER})|(?P<earlier>{_EARLIER})|(?P<letter>[a-h])|(?P<day>\d{{1,2}}))"
    rf"(?: (?:{TAIL}|kalau ada|ada|tidak|bisa))*"
)
_FILLS = frozenset(
    re.findall(
        r"\w+",
        "tanggal bulan hari minggu pekan sesi jadwal kalau lagi pindah ganti maunya tidak yang bisa tunggu sebentar "
        "ok oke okay iya sip boleh baik kakak",
    )
)

_LISTS = frozenset({"pelatihan", "diklat", "training", "kursus", "bimtek", "apa", "semua", "lihat", "list", "daftar"})
"""Who says one of these wants to see what there is, not another time of the same."""

_AGAIN = re.compile(
    rf"(?:(?:{_CALLS}|ok\w*|iya|yaudah|sudah|yauda|baik|sip|kalau begitu|tetap) )*"
    r"(?:jadi|jd|lanjut\w*|terus(?:in|kan)|gas\w*|da[fp]tar(?:in|kan)?|ikut(?:an)?|gabung|mau|boleh|balik lagi)"
    rf"(?: (?:{_SOFT}|{TAIL}|{_THAT}|saya|ke|daftar|daftarkan|daftarin|ikut|lagi|lanjut|mau|kalau begitu|sekarang|begitu|tetap))*"
)
_LISTED = r"(?:pelatihan|kelas|diklat|training|kursus|bimtek|semua|apa|isi|jadwal|nama|peserta|hadir|tunggu)"
_JOINS = re.compile(
    rf"(?:(?:{_CALLS}|{_NODS}|mau|saya|tolong|sekalian) )*(?:daftar (?!{_LISTED})|da[fp]tar(?:in|kan)|ikut(?:an|in)?|gabung)\b.+"
)
_DROPPED = re.compile(r"\b(?:tidak (?:jadi|jd)|batal(?:in|kan)?|urung)\b")
_UNDONE = re.compile(
    r"\bbatal(?:in|kan)\b.*\b(?:barusan|tadi|itu|terakhir|semua\w*|pendaftaran\w*|kelas\w*|pelatihan\w*)\b"
)
_LATER_THEN = re.compile(
    rf"(?:{_CALLS} )*(?:nanti|ntar|entar|tar|sebentar|bentar|tunggu|kapan kapan|lain kali|lain waktu|pikir|mikir|tanya)\b.*"
)
_ASKS = re.compile(
    r"\?|\b(?:apa|apakah|berapa|brp|kapan|siapa|bagaimana|gimana|kenapa|mengapa|di ?mana|boleh|bisa|perlu|harus|dapat)\b"
)


def taken_back(plain: str) -> str | None:
    """What is wanted instead, when the words first take back what stands ("eh bukan, yang januari": "yang januari").

    Empty when they only say that something else is meant ("bukan yang itu"); None if they take nothing back, or call
    all off ("tidak jadi").
    """
    match = _BACK.fullmatch(words_of(plain))
    if not match:
        return None
    said, rest = match["said"].strip(), _MEANT.sub("", match["rest"]).strip()
    has_that = re.search(rf"\b{_THAT}\b", said) is not None
    if not rest:
        is_off = re.search(rf"\b(?:{_OFF})\b", said) is not None and not said.startswith("jangan")
        return "" if (has_that or re.match(_WRONG, said)) and not is_off else None
    if re.match(_OFF, said) and not has_that and not (said.startswith("tidak") and rest.startswith("yang ")):
        return None  # "batalin yang literasi digital" names what is called off
    return rest


def pointed_at(
    plain: str, sessions: Sequence[Availability], asked: str | None, now: datetime
) -> list[Availability] | None:
    """Those of the sessions that the words point at; empty if they name a time when there is none.

    `asked`: the session that is being talked about, for "the other one" and "a later one". None if the words point at
    nothing, or say more than that.
    """
    words = words_of(plain)
    match = _PICK.fullmatch(words)
    this = next((one for one in sessions if one.session.code == asked), None)
    if match and (match["other"] or match["later"] or match["earlier"]):
        if this is None:
            return None
        return [one for one in sessions if _is_meant(match, one, this)]
    if match and match["letter"]:
        return [one for one in sessions if one.session.code.upper().endswith(f"-{match['letter'].upper()}")] or None
    if (index := ordinal(words, len(sessions))) is not None:
        return [sessions[index]]
    if match and match["day"]:
        held = dated(f"tanggal {match['day']}", sessions, now)
        return held if "tanggal" in words else held or None
    found = find_period(words, jakarta(now).date())
    if found is None or set(telling_words(found.rest)) - _FILLS or _LISTS & set(words.split()):
        return None
    return dated(words, sessions, now)


def _is_meant(match: re.Match[str], one: Availability, this: Availability) -> bool:
    if match["later"]:
        return one.session.starts_at > this.session.starts_at
    if match["earlier"]:
        return one.session.starts_at < this.session.starts_at
    return one.session.code != this.session.code


def takes_up_again(plain: str) -> bool:
    """Wants what was called off or offered after all ("eh jadi deh", "iya lanjut"), and says nothing beside it."""
    return _AGAIN.fullmatch(words_of(plain)) is not None


def wants_to_join(plain: str) -> bool:
    """A wish to enroll in what is named behind it ("daftar juga manajemen perubahan"), and no question."""
    return _JOINS.fullmatch(words_of(plain)) is not None and not asks(plain)


def drops(plain: str) -> bool:
    """Calls off what is being asked, wherever in the words it stands ("yang itu tidak jadi ya"), and no question."""
    return _DROPPED.search(words_of(plain)) is not None and not asks(plain)


def calls_off(plain: str) -> bool:
    words = words_of(plain)
    return re.search(r"\bbatal(?:in|kan)?\b", words) is not None and not re.search(r"\b(?:tidak|jangan)\b", words)


def means_enrollment(plain: str) -> bool:
    """Calling off what was done, not what is being asked ("batalin yang barusan")."""
    return calls_off(plain) and _UNDONE.search(words_of(plain)) is not None


def puts_off(plain: str) -> bool:
    """Not now ("nanti dulu deh, mau tanya atasan"), which is no question."""
    return "?" not in plain and _LATER_THEN.fullmatch(words_of(plain)) is not None


def asks(plain: str) -> bool:
    """A question, rather than an answer or a wish."""
    return _ASKS.search(plain.lower()) is not None
