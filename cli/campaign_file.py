"""What a campaign says, read from a YAML file or from options. Raises GivenUp with a sentence for what cannot be read."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from cli.session import GivenUp
from cli.sheets import read_bytes, read_text
from core.bootstrap import Services
from core.domain.calendar import JAKARTA
from core.domain.campaign_content import Link
from core.domain.people import Caller
from core.domain.quizzes import Question
from core.services.campaign_changes import Changes

_KEYS = {
    "text",
    "audience",
    "links",
    "attachment",
    "quiz",
    "pulse",
    "acknowledge",
    "urgent",
    "until",
    "at",
    "chase_after",
    "chase_times",
}
_QUESTION = {"question": None, "options": None, "answer": None, "explanation": None}.keys()


def from_file(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(read_text(file))
    except yaml.YAMLError as error:
        raise GivenUp(f"{file}: bukan YAML yang benar. Lihat contoh di docs/campaigns.md.") from error
    if not isinstance(found, dict) or not found.keys() <= _KEYS:
        raise GivenUp(f"{file}: kunci yang dikenal hanya {', '.join(sorted(_KEYS))}.")
    if found.get("attachment"):
        found["attachment"] = file.parent / str(found["attachment"])
    return found


async def with_files(services: Services, caller: Caller, changes: Changes, asked: dict[str, Any]) -> Changes:
    """With the file named in what is asked saved. Raises GivenUp, and what `Attachments.save` raises."""
    if not asked.get("attachment"):
        return changes
    path = Path(asked["attachment"])
    attachment = await services.attachments.save(caller, path.name, read_bytes(path))
    return replace(changes, attachment=attachment)


def changes_of(asked: dict[str, Any]) -> Changes:
    links = [link if isinstance(link, dict) else _pair(str(link)) for link in asked.get("links", [])]
    return Changes(
        text=None if asked.get("text") is None else str(asked["text"]),
        quiz=_quiz(asked["quiz"]) if asked.get("quiz") is not None else None,
        pulse=None if asked.get("pulse") is None else str(asked["pulse"]),
        remove_attachment=bool(asked.get("remove_attachment")),
        audience=asked.get("audience"),
        links=[Link(str(link.get("title", "")), str(link.get("url", ""))) for link in links] or None,
        needs_acknowledgement=asked.get("acknowledge"),
        is_urgent=asked.get("urgent"),
        latest_at=moment_of(asked.get("until"), "until"),
        chase_after_days=_whole(asked.get("chase_after"), "chase_after"),
        chase_times=_whole(asked.get("chase_times"), "chase_times"),
    )


def _quiz(given: object) -> list[Question]:
    """`answer` counts the options from 1."""
    questions = []
    for asked in given if isinstance(given, list) else [given]:
        if not isinstance(asked, dict) or not asked.keys() <= _QUESTION or not isinstance(asked.get("options"), list):
            raise GivenUp(f"quiz: tiap pertanyaan berisi {', '.join(_QUESTION)}. Lihat contoh di docs/campaigns.md.")
        right = _whole(asked.get("answer"), "answer") or 0
        options = tuple(str(option) for option in asked["options"])
        questions.append(
            Question(str(asked.get("question", "")), options, right - 1, str(asked.get("explanation", "")))
        )
    return questions


def _whole(value: object, name: str) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise GivenUp(f"{name}: tulis sebuah bilangan bulat.")


def _pair(text: str) -> dict[str, str]:
    title, _, url = text.partition("=")
    return {"title": title, "url": url}


def moment_of(text: object, name: str) -> datetime | None:
    """On Jakarta's clock unless it says otherwise. YAML may have read it already."""
    if text is None:
        return None
    try:
        moment = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    except ValueError as error:
        raise GivenUp(f"{name}: waktu ditulis seperti 2026-12-01 09:00 (waktu Jakarta).") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)
