"""The files between a suggestion and its acceptance: examples in Rasa's YAML, questions of sections in Markdown."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from core.domain.kept_questions import GONE, KeptKind
from core.normalizer import normalize
from core.services.kept_questions import Group
from core.settings import ROOT

INTENTS_FILE, SECTIONS_FILE = "usulan-maksud.yml", "usulan-bagian.md"
OPEN = "TENTUKAN"
"""In place of an intent or a section that a person must choose."""
_HEADING = re.compile(r"## +([A-Z]+\d*)\b")
_HEAD = f"""# Usulan dari percakapan, tanpa nama penanya. Periksa: hapus yang tidak cocok, ganti {OPEN} dengan nama maksudnya,
# hapus atau lengkapi baris dengan {GONE} (bekas nama atau nomor), lalu `rekan questions accept {INTENTS_FILE}`.
version: "3.1"

nlu:
"""


class BadSuggestions(Exception):
    """Nothing is taken over; `problems` are sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def as_yaml(groups: Sequence[Group]) -> str:
    """Words that were not understood, as examples of the intent they came nearest to; empty if there are none."""
    blocks = []
    for group in groups:
        if group.kind is KeptKind.UNCLEAR:
            lines = "".join(f"      - {_example(text)}\n" for text in group.texts)
            blocks.append(f"  # {group.count} kali\n  - intent: {group.intent or OPEN}\n    examples: |\n{lines}")
    return _HEAD + "\n".join(blocks) if blocks else ""


def as_markdown(groups: Sequence[Group]) -> str:
    """Questions without an answer below the section they come nearest to; empty if there are none."""
    blocks = []
    for group in groups:
        if group.kind is KeptKind.REFUSED:
            section = f"{group.section.section_id} · {group.section.title}" if group.section else f"{OPEN} · belum ada"
            questions = " | ".join(text.replace("|", "/") for text in group.texts)
            blocks.append(f"## {section}\n\n{group.count} kali\n\n- questions: {questions}\n")
    if not blocks:
        return ""
    head = (
        "# Usulan dari percakapan\n\nTanpa nama penanya. Periksa: hapus yang tidak dijawab bagian itu, "
        f"pindahkan yang salah tempat, hapus atau lengkapi pertanyaan dengan {GONE}.\nUntuk {OPEN} tulis dahulu bagiannya. Lalu "
        f"`rekan questions accept {SECTIONS_FILE}`.\n\n"
    )
    return head + "\n".join(blocks)


def read_yaml(text: str) -> dict[str, list[str]]:
    """Examples by intent. Raises BadSuggestions for intents that do not exist and lines that still hide something."""
    try:
        items = yaml.safe_load(text)["nlu"]
        found = [(str(item["intent"]), str(item["examples"]).splitlines()) for item in items]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise BadSuggestions(["bukan YAML data latih Rasa (nlu: - intent: … examples: |)"]) from error
    known = set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"])
    problems, examples = [], dict[str, list[str]]()
    for intent, lines in found:
        if intent not in known:
            problems.append(f"maksud {intent} tidak ada di domain.yml")
        for line in lines:
            example = line.strip().removeprefix("- ").strip()
            if GONE in example:
                problems.append(f"masih berisi {GONE}: {example}")
            elif example:
                examples.setdefault(intent, []).append(example)
    if problems or not examples:
        raise BadSuggestions(problems or ["tidak ada contoh di dalamnya"])
    return examples


def read_markdown(text: str) -> dict[str, list[str]]:
    """Questions by section. Raises BadSuggestions for sections left open and questions that still hide something."""
    problems, questions, section = [], dict[str, list[str]](), ""
    for line in text.splitlines():
        if heading := _HEADING.match(line):
            section = heading[1]
        elif line.startswith("- questions:") and section:
            some = [one.strip() for one in line.removeprefix("- questions:").split("|") if one.strip()]
            if some and section == OPEN:
                problems.append(f"belum ada bagiannya: {some[0]}")
            problems += [f"masih berisi {GONE}: {one}" for one in some if GONE in one]
            questions.setdefault(section, []).extend(some)
    if problems or not any(questions.values()):
        raise BadSuggestions(problems or ["tidak ada `## NOMOR · judul` dengan `- questions:` di dalamnya"])
    return questions


def add_examples(file: Path, examples: Mapping[str, Sequence[str]]) -> int:
    """Into a training file of their own, each once; what any training file has already is left out. Returns how many are new."""
    there = {normalize(one) for path in file.parent.glob("*.yml") for some in _intents(path).values() for one in some}
    held = _intents(file) if file.exists() else {}
    added = 0
    for intent, some in examples.items():
        for example in some:
            if normalize(example) not in there:
                there.add(normalize(example))
                held.setdefault(intent, []).append(_example(example))
                added += 1
    if added:
        blocks = [
            f"  - intent: {intent}\n    examples: |\n" + "".join(f"      - {one}\n" for one in held[intent])
            for intent in sorted(held)
        ]
        head = '# Taken over by `rekan questions accept` after a person looked at them.\nversion: "3.1"\n\nnlu:\n'
        file.write_text(head + "\n".join(blocks), encoding="utf-8")
    return added


def _intents(file: Path) -> dict[str, list[str]]:
    items = yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu") or []
    found: dict[str, list[str]] = {}
    for item in items:
        if "intent" in item:
            lines = str(item["examples"]).splitlines()
            found.setdefault(item["intent"], []).extend(line.removeprefix("- ") for line in lines)
    return found


def _example(text: str) -> str:
    """One line; brackets would be entities."""
    return " ".join(re.sub(r"[\[\]{}|]", " ", text).split()).lstrip("-# ")
