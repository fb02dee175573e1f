"""Answers to "which one?": the second, the last, the one next month, on the 4th. Pure: words and dates in, a choice out."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from core.domain.calendar import MONTHS, jakarta
from core.domain.courses import Availability
from core.domain.periods import find_period

_ORDINALS = (
    ("pertama", "kesatu", "satu"),
    ("kedua", "dua"),
    ("ketiga", "tiga"),
    ("keempat", "empat"),
    ("kelima", "lima"),
    ("keenam", "enam"),
    ("ketujuh", "tujuh"),
    ("kedelapan", "delapan"),
    ("kesembilan", "sembilan"),
    ("kesepuluh", "sepuluh"),
)
_LEAD = (
    r"(?:yang|yg|nomor|nomer|no|pilihan|opsi|sesi|urutan|ke|pilih|ambil|daftar|ikut|mau|detail|rincian|batalkan|batal|"
    r"ok|oke|okay|iya|ya|sip|saya|kami|tolong|mohon|coba|daftarkan|daftarin|ikutan|gabung|join|kelas|di|untuk)"
)
TAIL = r"(?:aja|saja|deh|dah|sudah|dong|ya|yah|ah|nih|itu|tadi|dulu|kak|kakak|min|pak|bu|bang|lah|please)"
_JOINS = r"(?:saya|kami|mau|ingin|tolong|ikut|ikutan|daftar|daftarkan|daftarin|gabung|join|ambil|pilih)"
_WRAPPED = re.compile(rf"(?:{_LEAD}\s+)*(?P<core>[a-z0-9]+(?:\s[a-z0-9]+)??)(?:\s+(?:{TAIL}|{_JOINS}))*")
_SOONEST = {"terdekat", "tercepat", "paling cepat", "paling dekat", "paling awal", "terawal"}
_LATEST = {"terakhir", "paling akhir", "paling lama", "paling bawah"}
_DAY = re.compile(r"\b(?:tanggal|tgl)\s*(?P<day>\d{1,2})\b|\b(?P<before>\d{1,2})\s+(?P<month>[a-z]{3,9})\b")


def ordinal(text: str, count: int) -> int | None:
    """The index meant by "yang kedua", "no 2", "2", "terakhir"; None unless the whole text says just that."""
    return numbered(text, 1, count)


def numbered(text: str, first: int, count: int) -> int | None:
    """The same for a list whose numbers begin at `first`: the number shown, or else the place in the list."""
    words = words_of(text)
    match = _WRAPPED.fullmatch(re.sub(r"\bke(\d)", r"ke \1", words))
    core = match["core"] if match else words
    if core in _SOONEST:
        return 0 if count else None
    if core in _LATEST:
        return count - 1 if count else None
    if core.isdigit() and len(core) <= 2:
        number = int(core)
    else:
        number = next((i for i, names in enumerate(_ORDINALS, 1) if core in names), 0)
    if first <= number < first + count:
        return number - first
    return number - 1 if 1 <= number <= count else None


def by_date(text: str, sessions: Sequence[Availability], now: datetime) -> list[Availability]:
    """The sessions held when the words say; empty if they name no time or none fits."""
    return dated(text, sessions, now) or []


def dated(text: str, sessions: Sequence[Availability], now: datetime) -> list[Availability] | None:
    """The sessions held when the words say; None if they name no time.

    A bare day of the month is that day of any month; everything else is a period in which the session starts.
    """
    words = words_of(text)
    today = jakarta(now).date()
    found = list(sessions)
    narrowed = False
    for named, test in _wishes(words, today):
        if named:
            found = [item for item in found if test(*_days(item))]
            narrowed = True
    if narrowed:
        return found
    period = find_period(words, today)
    return [item for item in found if _days(item)[0] in period.period] if period else None


def _days(item: Availability) -> tuple[date, date]:
    return jakarta(item.session.starts_at).date(), jakarta(item.session.ends_at).date()


def _wishes(words: str, today: date) -> Iterator[tuple[bool, Callable[[date, date], bool]]]:
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    months = [n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name.lower()}\b|\b{name[:3].lower()}\b", words)]
    days = [int(m["day"] or m["before"]) for m in _DAY.finditer(words) if m["day"] or _is_month(m["month"])]
    yield "bulan depan" in words, lambda d, _: (d.year, d.month) == (next_month.year, next_month.month)
    yield "bulan ini" in words, lambda d, _: (d.year, d.month) == (today.year, today.month)
    yield bool(months), lambda d, _: d.month in months
    yield bool(days), lambda first, last: any(d.day in days for d in _between(first, last))


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _is_month(word: str) -> bool:
    return any(word in (name.lower(), name[:3].lower()) for name in MONTHS)


def words_of(text: str) -> str:
    """Lower case letters and digits, one blank between words."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


def telling_words(text: str) -> list[str]:
    """The words left when those every wish for a training has are taken out."""
    return [word for word in re.findall(r"[A-Za-z0-9.-]+", text) if word.lower() not in _SAYS_NOTHING]


def compact(text: str, limit: int = 40) -> str:
    """The telling words as far as a page button can carry them; empty if there are none."""
    wish = ""
    for word in telling_words(text):
        if len(wish) + len(word) + 1 > limit:
            break
        wish = f"{wish} {word}".strip()
    return wish if wish[:1].isalnum() else ""


_SAYS_NOTHING = frozenset(
    re.findall(
        r"\w+",
        """
        ada apa aja saja yang yg dong donk nih ya yah sih kak min pak bu bpk ibu tolong tlg mohon coba lihat liat tampilkan
        list daftar daftarin daftarkan mendaftar pendaftaran didaftarkan ikut ikutan ikutin ikutkan gabung join masuk
        pelatihan pelatihannya diklat diklatnya training trainingnya kelas kelasnya kursus bimtek belajar dibuka buka tersedia
        saya sy aku gue gw ane mau mo mw ingin pengen pengin pgn bisa boleh untuk buat utk tentang soal sekarang lagi dan atau
        di ke dari dalam apakah gimana caranya cara berapa mana semua info informasi jadwal itu ini tadi tersebut tsb deh aja
        halo hai eh oh jadi nya kan untukku buatku dulu please yuk ayo lain lainnya
        """,
    )
)
