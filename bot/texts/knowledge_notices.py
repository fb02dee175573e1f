"""The word to HR officers that policy sections must be looked at again."""

from datetime import date

from bot.texts import dates
from bot.texts.notice import Facts, Notice

NAMED = 10
LONGEST = 80
"""Titles of articles can be long, and ten of them must fit into one message."""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def knowledge_due(facts: Facts) -> Notice:
    day = dates.date_words(date.fromisoformat(facts["expires"]))
    sections = facts["sections"]
    if facts["is_expired"]:
        opening = (
            f"Masa berlaku {len(sections)} bagian pengetahuan berakhir {day}. Sejak itu tidak saya sampaikan lagi sebagai "
            "aturan yang berlaku; pegawai yang bertanya diarahkan kepada tim SDM."
        )
    else:
        opening = (
            f"Masa berlaku {len(sections)} bagian pengetahuan berakhir {day}. Sesudah itu tidak saya sampaikan lagi sebagai "
            "aturan yang berlaku."
        )
    lines = ["Perlu diperiksa ulang", "", opening, ""]
    for section in sections[:NAMED]:
        by = f", terakhir diperiksa {section['checked_by']}" if section.get("checked_by") else ""
        title, document = (_short(section[name]) for name in ("title", "document"))
        lines.append(f"• {section['section_id']} {title} ({document}{by})")
    if len(sections) > NAMED:
        lines.append(f"• dan {len(sections) - NAMED} bagian lagi")
    lines += [
        "",
        "Bila masih berlaku: rekan knowledge checked NOMOR --by NAMA --until TANGGAL. "
        "Bila berubah: perbaiki dokumennya, lalu rekan knowledge import.",
    ]
    return Notice("\n".join(lines), is_marked_up=False)
