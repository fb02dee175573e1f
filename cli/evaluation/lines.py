"""The lines of an evaluation set: read whole, and every bad one named with its number and what is wrong."""

import json
from dataclasses import dataclass
from typing import Any

REGISTERS = ("formal", "casual", "abbrev", "betawi", "typo", "english")
OUT_OF_SCOPE = "out_of_scope"
ASK_POLICY = "ask_policy"
INTENTS = frozenset(
    """greet goodbye thank affirm deny cancel_dialogue capabilities ask_policy list_trainings training_details
    recommend_training enroll_training cancel_enrollment enrollment_status my_schedule learning_hours certificate
    pending_approvals talk_to_hr ticket_status my_profile verify_bot opt_out opt_in delete_my_data feedback
    out_of_scope""".split()  # noqa: SIM905 - twenty-seven names read better as words than as a quoted list
)
LONGEST = 4096


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    intent: str
    register: str
    training: str | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class BadLine:
    number: int
    reason: str


class BadSet(Exception):
    """The file cannot be measured; `problems` name every bad line."""

    def __init__(self, problems: list[BadLine]) -> None:
        super().__init__(f"{len(problems)} bad lines")
        self.problems = problems


def read_lines(content: str) -> list[Line]:
    """Raises BadSet. Blank lines are allowed, an empty file is not."""
    lines: list[Line] = []
    problems: list[BadLine] = []
    for number, raw in enumerate(content.splitlines(), start=1):
        if raw.strip():
            read = _read(number, raw)
            if isinstance(read, Line):
                lines.append(read)
            else:
                problems.append(BadLine(number, read))
    if not lines and not problems:
        problems.append(BadLine(1, "berkas kosong"))
    if problems:
        raise BadSet(problems)
    return lines


def _read(number: int, raw: str) -> Line | str:
    """The line, or what is wrong with it."""
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return f"bukan JSON: {error}"
    if not isinstance(row, dict):
        return "bukan objek JSON"
    text, intent, register = row.get("text"), row.get("intent"), row.get("register")
    entities, facts = row.get("entities") or {}, row.get("facts")
    if not isinstance(text, str) or not text.strip():
        return "`text` tidak ada atau kosong"
    if len(text) > LONGEST:
        return f"`text` lebih dari {LONGEST} huruf"
    if intent not in INTENTS:
        return f"`intent` tidak dikenal: {intent!r}"
    if register not in REGISTERS:
        return f"`register` tidak dikenal: {register!r} (pilihan: {', '.join(REGISTERS)})"
    if not isinstance(entities, dict) or not isinstance(entities.get("training", ""), str):
        return "`entities` harus objek, dan `training` di dalamnya kode pelatihan"
    if intent == ASK_POLICY and not _are_ids(facts):
        return "`facts` harus daftar nomor fakta (boleh kosong) untuk ask_policy"
    return Line(
        number, text, intent, register, entities.get("training"), tuple(facts or ()) if intent == ASK_POLICY else ()
    )


def _are_ids(facts: Any) -> bool:
    return isinstance(facts, list) and all(isinstance(fact, str) for fact in facts)
