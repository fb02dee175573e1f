"""Policy answers in words: the fact, the rule it rests on, how far it was checked, and as of when."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from actions.replies.caveats import basis_words, caveat, spelled_out
from actions.replies.dates import long_date
from actions.replies.reply import ASK_HR, CAPABILITIES, Button, Reply, button, plain, shorten
from actions.replies.trainings import course_button
from core.domain.courses import Course
from core.domain.knowledge import Section

ANSWER_LIMIT = 700

ASK_FOR_QUESTION = Reply(
    "Silakan tulis pertanyaan Anda tentang aturan kepegawaian, misalnya:\n"
    "• “Cuti besar berapa lama?”\n• “PPPK dapat jaminan pensiun?”\n• “Apa isi penataan ASN di Jakarta?”",
    (CAPABILITIES, ASK_HR),
    {"answered": False},
)

_VERIFICATION = {
    "primary": "Sudah dicocokkan dengan naskah peraturannya.",
    "secondary": "Perlu dicek: diambil dari sumber kedua, belum dicocokkan dengan naskah peraturannya.",
    "officers": "Jawaban tim SDM, diperiksa dua petugas; bunyi peraturannya perlu dicek.",
    "policy-document": "Perlu dicek: isi naskah kebijakan, bukan bunyi peraturan.",
}
_UNKNOWN_VERIFICATION = "Perlu dicek: belum dicocokkan dengan naskah peraturannya."
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def section_button(section: Section) -> Button:
    return button(section.title, "show_section", section=section.section_id)


def answer(sections: Sequence[Section], others: Iterable[Section]) -> Reply:
    """The best two sections in full and further ones while they fit a phone; the others as buttons."""
    first, *rest = sections
    # a pair may be likely enough only together, so two are always told
    shown = [first, *rest[:1]]
    for section in rest[1:]:
        if len(_told([*shown, section])) <= ANSWER_LIMIT:
            shown.append(section)
    sources = [section.section_id for section in shown]
    further: dict[str, Section] = {}
    for section in (*rest, *others):
        if section.section_id not in sources:
            further.setdefault(section.section_id, section)
    related = list(further.values())[:3]
    source_buttons = [
        button("Sumber" if len(shown) == 1 else f"Sumber: {s.title}", "show_source", section=s.section_id)
        for s in shown
    ]
    return Reply(
        _told(shown),
        (*source_buttons, *map(section_button, related)),
        {"answered": True, "sources": sources, "suggestions": [section.section_id for section in related]},
    )


def _told(sections: Sequence[Section]) -> str:
    dates = {section.as_of for section in sections}
    parts = [_fact(section) for section in sections]
    return "\n\n".join(parts) + f"\nKeadaan per {long_date(min(dates))}."


def _fact(section: Section) -> str:
    lines = [f"*{plain(section.title)}*", plain(spelled_out(section.text)), ""]
    basis = basis_words(section.basis)
    lines.append(f"Dasar: {plain(basis)}." if basis else "Dasar: pasalnya belum tercatat.")
    if not section.is_checked:
        lines.append(verification_words(section.verification))
    if remark := caveat(section.note):
        lines.append(f"Catatan: {plain(remark)}")
    return "\n".join(lines)


def verification_words(verification: str) -> str:
    return _VERIFICATION.get(verification, _UNKNOWN_VERIFICATION)


def not_known(suggestions: Sequence[Section], course: Course | None = None) -> Reply:
    """`course` is the training that the words name, which may be what they are about."""
    custom = {"answered": False, "sources": [], "suggestions": [section.section_id for section in suggestions]}
    if not suggestions and course is None:
        return Reply(
            "Maaf, saya belum punya jawaban yang bisa dipertanggungjawabkan untuk pertanyaan itu. "
            "Anda bisa meneruskannya kepada tim SDM; jawabannya sampai lewat percakapan ini.",
            (ASK_HR,),
            custom,
        )
    return Reply(
        "Saya belum menemukan jawaban yang pasti untuk pertanyaan itu. *Maksud Anda salah satu ini?* "
        "Bila bukan, teruskan saja kepada tim SDM.",
        (*([course_button(course)] if course else []), *map(section_button, suggestions), ASK_HR),
        custom,
    ).about(course)


def due_for_check(sections: Sequence[Section], suggestions: Sequence[Section] = ()) -> Reply:
    """Facts whose validity has run out: not told, but said to be due for a check, with whoever looked at them last."""
    first = sections[0]
    titles = " dan ".join(f"*{plain(section.title)}*" for section in sections[:2])
    return Reply(
        f"Catatan saya tentang {titles} perlu diperiksa ulang sejak {long_date(_day_after(first.expires))}, jadi belum "
        f"saya sampaikan sebagai aturan yang berlaku. {checked_words(first)}\n\n"
        "Untuk kepastiannya, teruskan saja pertanyaan Anda kepada tim SDM.",
        (
            button("Sumber", "show_source", section=first.section_id),
            *map(section_button, [one for one in suggestions if one not in sections]),
            ASK_HR,
        ),
        {"answered": False, "sources": [], "suggestions": [section.section_id for section in suggestions]},
    )


def checked_words(section: Section) -> str:
    if section.checked_by is None and section.checked_at is None:
        return "Belum tercatat siapa yang terakhir memeriksanya."
    when = f" {long_date(section.checked_at)}" if section.checked_at else ""
    return f"Terakhir diperiksa{when}{f' oleh {plain(section.checked_by)}' if section.checked_by else ''}."


def _day_after(day: date | None) -> date:
    assert day is not None  # asked of expired sections only
    return day + timedelta(days=1)


def source(section: Section) -> Reply:
    """Where the fact comes from, so that the reader can check it."""
    basis = basis_words(section.basis)
    addresses = _ADDRESS.findall(section.source or "")
    lines = [
        f"*Sumber: {plain(section.title)}*",
        f"• Dokumen: {plain(section.document_title)}",
        f"• Dasar: {plain(basis) if basis else 'pasalnya belum tercatat'}",
    ]
    lines += [f"• Alamat: {address}" for address in addresses[:2]] or ["• Alamat: tidak tersedia secara daring"]
    lines += [
        f"• Pemeriksaan: {verification_words(section.verification)}",
        f"• Keadaan per {long_date(section.as_of)}",
    ]
    if section.checked_by or section.checked_at:
        lines.append(f"• {checked_words(section).removesuffix('.')}")
    if section.expires:
        lines.append(f"• Harus diperiksa ulang sesudah {long_date(section.expires)}")
    return Reply(
        "\n".join(lines),
        (button(f"Baca lagi: {shorten(section.title, 26)}", "show_section", section=section.section_id), ASK_HR),
        {"sources": [section.section_id]},
    )
