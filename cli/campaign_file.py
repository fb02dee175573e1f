"""What a campaign says, read from a YAML file or from options. Raises GivenUp with a sentence for what cannot be read."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from cli.campaign_parts import links_of, quiz_of, step_of, steps_in, whole
from cli.session import GivenUp
from cli.sheets import read_bytes, read_text
from core.bootstrap import Services
from core.domain.attachments import Attachment
from core.domain.calendar import JAKARTA
from core.domain.people import Caller
from core.services.campaign_changes import Changes

_KEYS = {
    "text",
    "audience",
    "links",
    "attachment",
    "quiz",
    "pulse",
    "steps",
    "each_at",
    "ask",
    "acknowledge",
    "urgent",
    "until",
    "at",
    "chase_after",
    "chase_times",
}


def from_file(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(read_text(file))
    except yaml.YAMLError as error:
        raise GivenUp(f"{file}: bukan YAML yang benar. Lihat contoh di docs/campaigns.md.") from error
    if not isinstance(found, dict) or not found.keys() <= _KEYS:
        raise GivenUp(f"{file}: kunci yang dikenal hanya {', '.join(sorted(_KEYS))}.")
    if found.get("attachment"):
        found["attachment"] = file.parent / str(found["attachment"])
    for step in steps_in(found.get("steps")):
        if step.get("attachment"):
            step["attachment"] = file.parent / str(step["attachment"])
    return found


async def with_files(services: Services, caller: Caller, changes: Changes, asked: dict[str, Any]) -> Changes:
    """With the files named in what is asked saved. Raises GivenUp, and what `Attachments.save` raises."""
    if asked.get("attachment"):
        changes = replace(changes, attachment=await _saved(services, caller, asked["attachment"]))
    if asked.get("steps") is None:
        return changes
    steps = []
    for step in steps_in(asked["steps"]):
        file = await _saved(services, caller, step["attachment"]) if step.get("attachment") else None
        steps.append(step_of(step, file))
    return replace(changes, steps=steps)


async def _saved(services: Services, caller: Caller, file: object) -> Attachment:
    path = Path(str(file))
    return await services.attachments.save(caller, path.name, read_bytes(path))


def changes_of(asked: dict[str, Any]) -> Changes:
    return Changes(
        text=None if asked.get("text") is None else str(asked["text"]),
        quiz=quiz_of(asked["quiz"]) if asked.get("quiz") is not None else None,
        pulse=None if asked.get("pulse") is None else str(asked["pulse"]),
        anchor=None if asked.get("each_at") is None else str(asked["each_at"]),
        remove_attachment=bool(asked.get("remove_attachment")),
        audience=asked.get("audience"),
        links=links_of(asked.get("links", [])) or None,
        needs_acknowledgement=asked.get("acknowledge"),
        takes_questions=asked.get("ask"),
        is_urgent=asked.get("urgent"),
        latest_at=moment_of(asked.get("until"), "until"),
        chase_after_days=whole(asked.get("chase_after"), "chase_after"),
        chase_times=whole(asked.get("chase_times"), "chase_times"),
    )


def moment_of(text: object, name: str) -> datetime | None:
    """On Jakarta's clock unless it says otherwise. YAML may have read it already."""
    if text is None:
        return None
    try:
        moment = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
    except ValueError as error:
        raise GivenUp(f"{name}: waktu ditulis seperti 2026-12-01 09:00 (waktu Jakarta).") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)
