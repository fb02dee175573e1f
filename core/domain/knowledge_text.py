"""Sections back into the Markdown they are read from: what `parse_document` reads of it is what went in."""

import re
from collections.abc import Sequence

from core.domain.knowledge import Section

_KEY = re.compile(r"^- (?=(?:basis|source|verification|note|questions|expires|checked_by|checked_at):)")
_HEADING = re.compile(r"^#+ ")


def document_text(sections: Sequence[Section]) -> str:
    """The sections of one document, at least one. Lines of a text that would be read as something else are made plain."""
    first = sections[0]
    head = [
        "---",
        f"id: {first.document_id}",
        f'title: "{_line(first.document_title).replace(chr(34), chr(39))}"',
        f"as_of: {first.as_of.isoformat()}",
        "---",
    ]
    blocks = ["\n".join(head)]
    for section in sections:
        data = {
            "basis": section.basis,
            "source": section.source,
            "verification": section.verification,
            "note": section.note,
            "expires": section.expires.isoformat() if section.expires else None,
            "checked_by": section.checked_by,
            "checked_at": section.checked_at.isoformat() if section.checked_at else None,
            "questions": " | ".join(question.replace("|", "/") for question in section.questions),
        }
        text = "\n".join(_KEY.sub("• ", _HEADING.sub("", line)) for line in section.text.splitlines())
        facts = "\n".join(f"- {key}: {_line(value)}" for key, value in data.items() if value)
        blocks += [f"## {section.section_id} · {_line(section.title)}", text, facts]
    return "\n\n".join(blocks) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
